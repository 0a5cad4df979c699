import CostModel
import Diagnostics

/// Reads a rule's message: text with expressions in braces, `{resource.address} is gp2`. Two braces stand for one.
struct MessageReader {
    private let message: Located<String>
    private let record: Record

    init(_ message: Located<String>, _ record: Record) {
        self.message = message
        self.record = record
    }

    func parts() -> [Rule.MessagePart] {
        var parts: [Rule.MessagePart] = []
        var text = ""
        var rest = Substring(message.value)
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                text.append(character)
                continue
            }
            if rest.first == character {
                rest.removeFirst()
                text.append(character)
            } else if character == "{", let expression = Self.expression(&rest) {
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(.expression(Condition(expression, at: Place(message.range))))
            } else {
                record.report(
                    "wrong-value", "'\(character)' in 'message' has no partner; write '\(character)\(character)' for the character itself",
                    at: message.range)
                return []
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
        return parts
    }

    /// Up to the brace that closes it; braces inside and those in strings do not count.
    private static func expression(_ rest: inout Substring) -> String? {
        var result = ""
        var depth = 0
        var quote: Character?
        while let character = rest.popFirst() {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "{" {
                depth += 1
            } else if character == "}" {
                if depth == 0 { return result }
                depth -= 1
            }
            result.append(character)
        }
        return nil
    }
}
