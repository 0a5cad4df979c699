package import CEL
package import CostModel
import Patterns

/// Which tags of the bill an expression reads. A bill keeps only the tags somebody asks for, so they must be named.
package enum CostTagKeys {
    private static let field = pattern(#"cost\.tags\s*\.\s*\??\s*([A-Za-z_][A-Za-z0-9_]*)"#)
    private static let index = pattern(#"cost\.tags\s*\[\s*\??\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\]"#)
    private static let membership = pattern(#"(?:"([^"\\]*)"|'([^'\\]*)')\s+in\s+cost\.tags(?:[^A-Za-z0-9_.\[]|$)"#)
    private static let mention = pattern(#"cost\.tags"#)

    /// - Throws: where the tags are read in another way than by name.
    package static func keys(in text: String) throws(CELProblem) -> Set<String> {
        let bytes = Array(text.utf8)
        var keys: Set<String> = []
        var named: Set<Int> = []
        for pattern in [field, index, membership].compactMap(\.self) {
            for match in pattern.allMatches(in: text) {
                guard let group = match.groups.compactMap(\.self).first else { continue }
                keys.insert(String(decoding: bytes[group], as: UTF8.self))
                let found = String(decoding: bytes[match.range], as: UTF8.self)
                if let place = mention?.firstMatch(in: found) { named.insert(match.range.lowerBound + place.range.lowerBound) }
            }
        }
        for match in mention?.allMatches(in: text) ?? [] where !named.contains(match.range.lowerBound) {
            throw CELProblem("the bill's tags are read by name, such as cost.tags.env or cost.tags[\"env\"]", match.range)
        }
        guard keys.isDisjoint(with: macros) else {
            throw CELProblem("the bill's tags are read by name, such as cost.tags.env or cost.tags[\"env\"]", 0..<bytes.count)
        }
        return keys
    }

    /// The tags that a condition reads which was checked before.
    package static func keys(of condition: Condition) -> Set<String> {
        do throws(CELProblem) { return try keys(in: condition.text) } catch { preconditionFailure("the condition was not checked") }
    }

    private static let macros: Set<String> = [
        "all", "exists", "exists_one", "existsOne", "filter", "map", "transformMap", "transformList", "transformMapEntry", "size",
    ]

    /// The patterns are our own and right.
    private static func pattern(_ text: String) -> LinearPattern? {
        do throws(PatternError) { return try LinearPattern(text) } catch { preconditionFailure("\(text): \(error)") }
    }
}
