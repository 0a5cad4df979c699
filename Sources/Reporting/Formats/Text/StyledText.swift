import Diagnostics

/// A piece of text with its looks, harmless by construction: whatever goes in is made printable, and only `rendered` writes escapes.
package struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral {
    package enum Look: String, Hashable, Sendable {
        case plain = ""
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
        case magenta = "35"
        case cyan = "36"
        case alarm = "1;31"
    }

    struct Run: Hashable, Sendable {
        let text: String
        let look: Look
        let width: Int

        init(text: String, look: Look) {
            self.text = text.printable
            self.look = look
            width = self.text.displayWidth
        }
    }

    /// Nearly every text is one run; it needs no array, of which a long table would have millions.
    private var first: Run?
    private var others: [Run] = []

    var runs: [Run] {
        get { first.map { [$0] + others } ?? [] }
        set {
            first = newValue.first
            others = Array(newValue.dropFirst())
        }
    }

    package init(_ text: String, _ look: Look = .plain) {
        first = text.isEmpty ? nil : Run(text: text, look: look)
    }

    package init(stringLiteral text: String) { self.init(text) }

    /// Neighbouring pieces.
    init(runs: [Run]) { self.runs = runs }

    package static func + (a: StyledText, b: StyledText) -> StyledText {
        guard a.first != nil else { return b }
        var sum = a
        sum.others += b.runs
        return sum
    }

    package static func += (a: inout StyledText, b: StyledText) { a = a + b }

    /// Columns of a terminal.
    package var width: Int { others.reduce(first?.width ?? 0) { $0 + $1.width } }
    package var isEmpty: Bool { first == nil }

    package func rendered(_ style: TextStyle) -> String {
        func rendered(_ run: Run) -> String {
            style.color && run.look != .plain ? "\u{1B}[\(run.look.rawValue)m\(run.text)\u{1B}[0m" : run.text
        }
        return others.reduce(first.map(rendered) ?? "") { $0 + rendered($1) }
    }
}

extension Sequence<StyledText> {
    package func joined(separator: StyledText) -> StyledText {
        reduce(into: nil as StyledText?) { sum, text in sum = sum.map { $0 + separator + text } ?? text } ?? ""
    }
}
