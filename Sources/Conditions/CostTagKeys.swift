import CEL
package import CostModel
import Patterns

/// Which tags of the bill an expression reads. A bill keeps only the tags somebody asks for, so they must be named, and a line is read by its
/// fields only: behind another name nobody could tell which tags are meant.
package enum CostTagKeys {
    private static let tags = "cost.tags"
    private static let index = pattern(#"\bcost\s*\.\s*tags\s*\[\s*\??\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\]"#)
    private static let field = pattern(#"\bcost\s*\.\s*tags\s*\.\s*\??\s*([A-Za-z_][A-Za-z0-9_]*)"#)
    private static let membership = pattern(#"(?:"([^"\\]*)"|'([^'\\]*)')\s+in\s+cost\s*\.\s*tags\b"#)
    private static let mention = pattern(#"\bcost\s*\.\s*tags\b"#)
    private static let bare = pattern(#"(?:^|[^.\w])(cost)\b\s*(?:[^.\s]|$)"#)

    /// - Parameter references: what the compiled expression reads.
    /// - Throws: where the tags, or the line as a whole, are read in another way than by name.
    static func keys(in text: String, references: Set<String>) throws(CELProblem) -> Set<String> {
        let code = CodeText(text)
        if let match = bare.firstMatch(in: code.text), let range = match.groups[0] {
            throw CELProblem("a line of the bill is read by its fields, such as cost.service", range)
        }
        guard references.contains(tags) || references.contains(where: { $0.hasPrefix(tags + ".") }) else { return [] }
        let bytes = Array(text.utf8)
        var keys: Set<String> = []
        var named: Set<Int> = []
        for pattern in [field, index, membership] {
            for match in pattern.allMatches(in: text) {
                guard let group = match.groups.compactMap(\.self).first,
                    let place = mention.firstMatch(in: String(decoding: bytes[match.range], as: UTF8.self))
                else { continue }
                let start = match.range.lowerBound + place.range.lowerBound
                // What stands in a text or a comment reads nothing.
                guard code.isCode(start) else { continue }
                keys.insert(String(decoding: bytes[group], as: UTF8.self))
                named.insert(start)
            }
        }
        let mentions = mention.allMatches(in: code.text)
        for match in mentions where !named.contains(match.range.lowerBound) { throw CELProblem(byName, match.range) }
        guard !mentions.isEmpty, keys.isDisjoint(with: macros) else { throw CELProblem(byName, 0..<bytes.count) }
        return keys
    }

    /// The tags that a condition reads which was checked before.
    package static func keys(of condition: Condition) -> Set<String> {
        let program = ConditionCompiler(overCost: ()).program(of: condition, .truth)
        do throws(CELProblem) {
            return try keys(in: condition.text, references: program.references)
        } catch { preconditionFailure("\(condition.place): the condition was not checked") }
    }

    private static let byName = "the bill's tags are read by name, such as cost.tags.env or cost.tags[\"env\"]"
    private static let macros: Set<String> = [
        "all", "exists", "exists_one", "existsOne", "filter", "map", "transformMap", "transformList", "transformMapEntry", "size",
    ]

    /// The patterns are our own and right.
    private static func pattern(_ text: String) -> LinearPattern {
        do throws(PatternError) { return try LinearPattern(text) } catch { preconditionFailure("\(text): \(error)") }
    }
}

/// An expression's text with what stands in quotes and comments blanked out, byte for byte.
private struct CodeText {
    let text: String
    private let code: [Bool]

    init(_ expression: String) {
        let bytes = Array(expression.utf8)
        var code = [Bool](repeating: true, count: bytes.count)
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == byte {
                while at < bytes.count, bytes[at] != UInt8(ascii: "\n") {
                    code[at] = false
                    at += 1
                }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                let isRaw = at > 0 && bytes[at - 1] | 0x20 == UInt8(ascii: "r")
                let width = at + 2 < bytes.count && bytes[at + 1] == byte && bytes[at + 2] == byte ? 3 : 1
                let start = at
                at += width
                while at < bytes.count, !bytes[at...].starts(with: repeatElement(byte, count: width)) {
                    at += !isRaw && bytes[at] == UInt8(ascii: "\\") ? 2 : 1
                }
                at = min(at + width, bytes.count)
                for index in start..<at { code[index] = false }
            } else {
                at += 1
            }
        }
        self.code = code
        text = String(decoding: zip(bytes, code).map { $1 ? $0 : UInt8(ascii: " ") }, as: UTF8.self)
    }

    func isCode(_ offset: Int) -> Bool { code[offset] }
}
