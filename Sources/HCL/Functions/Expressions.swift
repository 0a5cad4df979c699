import Patterns

extension Function {
    /// Functions of regular expressions, in linear time whatever the pattern.
    static let expressions: [Function] = [
        Function("regex", 2) { call throws(EvaluationError) in
            let pattern = try capturing(try call.text(0))
            let text = try searched(call, 1)
            guard let match = pattern.firstMatch(in: text) else { throw EvaluationError("the pattern given to regex() does not match") }
            return captured(match, of: pattern, in: text)
        },
        Function("regexall", 2) { call throws(EvaluationError) in
            let pattern = try capturing(try call.text(0))
            let text = try searched(call, 1)
            return .list(pattern.allMatches(in: text).map { captured($0, of: pattern, in: text) })
        },
    ]

    /// replace() with a pattern between slashes; `$1` and `${name}` in the replacement stand for groups.
    static func replace(_ call: borrowing Call, pattern: String) throws(EvaluationError) -> Value {
        let pattern = try compiled(pattern)
        let text = try searched(call, 0)
        let template = try call.text(2)
        var result = ""
        var end = 0
        for match in pattern.allMatches(in: text) {
            result += piece(end..<match.range.lowerBound, of: text) + expand(template, match, pattern, text)
            end = match.range.upperBound
            try call.admit(bytes: result.utf8.count)
        }
        return .string(result + piece(end..<text.utf8.count, of: text))
    }

    private static func compiled(_ text: String) throws(EvaluationError) -> LinearPattern {
        // It may be valid for Terraform: larger than is read here, with names of scripts, …
        do { return try LinearPattern(text) } catch { throw EvaluationError("the pattern '\(text)' is not read", kind: .unsupported) }
    }

    /// For what gives groups: all of them have names, or none.
    private static func capturing(_ text: String) throws(EvaluationError) -> LinearPattern {
        let pattern = try compiled(text)
        guard pattern.groupNames.isEmpty || pattern.groupNames.count == pattern.groupCount else {
            throw EvaluationError("the pattern '\(text)' has groups with and without names")
        }
        return pattern
    }

    /// The text to search; a very long one costs more than its answer is worth.
    private static func searched(_ call: borrowing Call, _ index: Int) throws(EvaluationError) -> String {
        let text = try call.text(index)
        guard text.utf8.count <= 16_384 else { throw EvaluationError("the text given to \(call.name)() is too long", kind: .limit) }
        try call.evaluator.charge(text.utf8.count)
        return text
    }

    private static func piece(_ range: Range<Int>, of text: String) -> String {
        String(decoding: text.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }

    /// The whole match without groups, else the groups: by name when they have names.
    private static func captured(_ match: PatternMatch, of pattern: LinearPattern, in text: String) -> Value {
        guard pattern.groupCount > 0 else { return .string(piece(match.range, of: text)) }
        let groups = match.groups.map { $0.map { Value.string(piece($0, of: text)) } ?? .null }
        guard !pattern.groupNames.isEmpty else { return .tuple(groups) }
        return .map(
            MapValue(
                pattern.groupNames.compactMap { name, number in
                    groups.indices.contains(number - 1) ? MapValue.Entry(name, groups[number - 1]) : nil
                }))
    }

    /// As Go's `Regexp.Expand`: `$name` takes the longest name of letters, digits and `_`; an unknown group is nothing.
    private static func expand(_ template: String, _ match: PatternMatch, _ pattern: LinearPattern, _ text: String) -> String {
        var result = ""
        // Not by characters: a mark behind a sign would be one with it.
        var rest = template.unicodeScalars[...]
        while let dollar = rest.firstIndex(of: "$") {
            result.unicodeScalars += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest.removeFirst()
                continue
            }
            let isBraced = rest.first == "{"
            let name = rest.dropFirst(isBraced ? 1 : 0).prefix { scalar in
                scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            }
            guard !name.isEmpty, !isBraced || rest[name.endIndex...].first == "}" else {
                result += "$"
                continue
            }
            rest = rest[name.endIndex...].dropFirst(isBraced ? 1 : 0)
            guard let number = Int(String(name)) ?? pattern.groupNames[String(name)] else { continue }
            if number == 0 { result += piece(match.range, of: text) }
            if match.groups.indices.contains(number - 1), let group = match.groups[number - 1] { result += piece(group, of: text) }
        }
        return result + String(rest)
    }
}
