/// Reads the syntax of RE2, without what cannot run in linear time: back-references and look-around.
struct PatternParser {
    struct Flags {
        var ignoresCase = false
        var dotMatchesNewline = false
        var isMultiline = false
        var isUngreedy = false
    }

    struct Result {
        var root: PatternNode
        var groupCount: Int
        var groupNames: [String: Int]
    }

    /// As in RE2: `{1001}` is refused.
    static let repetitionLimit = 1000
    static let depthLimit = 100
    static let groupLimit = 100
    static let lengthLimit = 16_384

    var scalars: [Unicode.Scalar]
    /// Where each scalar starts in UTF-8, and where the last one ends.
    private var offsets: [Int]
    var at = 0
    var flags = Flags()
    /// Between `\Q` and `\E`, where every character stands for itself.
    private var isQuoting = false
    private var depth = 0
    private var groupCount = 0
    private var groupNames: [String: Int] = [:]

    static func parse(_ pattern: String) throws(PatternError) -> Result {
        guard pattern.utf8.count <= lengthLimit else {
            throw PatternError("the pattern is longer than \(lengthLimit) bytes", at: lengthLimit)
        }
        var parser = PatternParser(pattern)
        let root = try parser.alternatives()
        guard parser.at == parser.scalars.count else { throw parser.error("')' without '('", at: parser.at) }
        return Result(root: root, groupCount: parser.groupCount, groupNames: parser.groupNames)
    }

    private init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
        offsets = [0]
        for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    }

    var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    func error(_ message: String, at index: Int) -> PatternError {
        PatternError(message, at: offsets[min(index, scalars.count)])
    }

    mutating func take(_ text: String) -> Bool {
        guard scalars[at...].starts(with: text.unicodeScalars) else { return false }
        at += text.unicodeScalars.count
        return true
    }

    /// Everything up to `)` or the end.
    private mutating func alternatives() throws(PatternError) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = next, isQuoting || (scalar != "|" && scalar != ")") {
            if take(isQuoting ? "\\E" : "\\Q") {
                isQuoting.toggle()
                continue
            }
            guard let atom = try atom(scalar) else { continue }
            if isQuoting, take("\\E") { isQuoting = false }
            parts.append(try repeated(atom))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    /// One element without its repetition; nil when it was only a flag setting such as `(?i)`.
    private mutating func atom(_ scalar: Unicode.Scalar) throws(PatternError) -> PatternNode? {
        let start = at
        guard !isQuoting else {
            at += 1
            return literal(scalar)
        }
        switch scalar {
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\": return try escape()
        case "*", "+", "?": throw error("nothing to repeat before '\(scalar)'", at: start)
        case "{" where try repetition(isPeek: true) != nil: throw error("nothing to repeat before '{'", at: start)
        default: break
        }
        at += 1
        switch scalar {
        case ".": return .set(flags.dotMatchesNewline ? ScalarSet(0...0x10FFFF) : ScalarSet(0x0A...0x0A).inverted)
        case "^": return .assertion(flags.isMultiline ? .startOfLine : .startOfText)
        case "$": return .assertion(flags.isMultiline ? .endOfLine : .endOfText)
        default: return literal(scalar)
        }
    }

    func literal(_ scalar: Unicode.Scalar) -> PatternNode {
        guard flags.ignoresCase, !scalar.isASCII || CaseFolding.variants(of: scalar).count > 1 else { return .scalar(scalar) }
        var set = ScalarSet()
        for variant in CaseFolding.variants(of: scalar) { set.insert(variant.value...variant.value) }
        return .set(set.caseFolded)
    }
}

// MARK: - Groups and flags

extension PatternParser {
    private mutating func group() throws(PatternError) -> PatternNode? {
        let start = at
        let outer = flags
        at += 1
        var number: Int?
        if take("?") {
            guard try !groupName(startedAt: start) else {
                number = groupCount
                return try groupBody(number, outer, startedAt: start)
            }
            try readFlags(startedAt: start)
            if take(")") { return nil }
            guard take(":") else { throw error("unknown group '(?\(next.map(String.init) ?? "")'", at: start) }
        } else {
            number = try newGroup(startedAt: start)
        }
        return try groupBody(number, outer, startedAt: start)
    }

    private mutating func groupBody(_ number: Int?, _ outer: Flags, startedAt start: Int) throws(PatternError) -> PatternNode {
        depth += 1
        guard depth <= Self.depthLimit else { throw error("groups are nested deeper than \(Self.depthLimit)", at: start) }
        let body = try alternatives()
        guard take(")") else { throw error("'(' is never closed", at: start) }
        depth -= 1
        flags = outer
        return number.map { .capture(body, group: $0) } ?? body
    }

    private mutating func newGroup(startedAt start: Int) throws(PatternError) -> Int {
        groupCount += 1
        guard groupCount <= Self.groupLimit else { throw error("more than \(Self.groupLimit) groups", at: start) }
        return groupCount
    }

    /// Reads `P<name>` or `<name>` and counts the group; false when there is no name.
    private mutating func groupName(startedAt start: Int) throws(PatternError) -> Bool {
        for refused in ["=", "!", "<=", "<!"] where scalars[at...].starts(with: refused.unicodeScalars) {
            throw error("look-around '(?\(refused)' is not supported: it cannot run in linear time", at: start)
        }
        if take("P=") { throw error("back-reference '(?P=' is not supported: it cannot run in linear time", at: start) }
        guard take("P<") || take("<") else { return false }
        var name = ""
        while let scalar = next, ScalarSet.isWord(scalar) {
            name.unicodeScalars.append(scalar)
            at += 1
        }
        guard !name.isEmpty, take(">") else { throw error("a group's name is letters, digits and '_' up to '>'", at: start) }
        let number = try newGroup(startedAt: start)
        guard groupNames.updateValue(number, forKey: name) == nil else { throw error("two groups are named '\(name)'", at: start) }
        return true
    }

    private mutating func readFlags(startedAt start: Int) throws(PatternError) {
        var value = true
        while let scalar = next, scalar != ")", scalar != ":" {
            switch scalar {
            case "i": flags.ignoresCase = value
            case "s": flags.dotMatchesNewline = value
            case "m": flags.isMultiline = value
            case "U": flags.isUngreedy = value
            case "-" where value: value = false
            default: throw error("unknown flag '\(scalar)' in '(?'", at: at)
            }
            at += 1
        }
        guard next != nil else { throw error("'(' is never closed", at: start) }
    }
}

// MARK: - Repetition

extension PatternParser {
    private mutating func repeated(_ atom: PatternNode) throws(PatternError) -> PatternNode {
        let start = at
        guard !isQuoting, var repetition = try repetition(isPeek: false) else { return atom }
        repetition.isLazy = take("?") != flags.isUngreedy
        let secondStart = at
        guard try self.repetition(isPeek: true) == nil else {
            let text = String(String.UnicodeScalarView(scalars[start...secondStart]))
            throw error("two repetitions in a row: '\(text)'", at: start)
        }
        return .repetition(atom, repetition)
    }

    /// The repetition at this place, nil when there is none. A `{` that is not a count is an ordinary character.
    private mutating func repetition(isPeek: Bool) throws(PatternError) -> PatternNode.Repetition? {
        let start = at
        defer { if isPeek { at = start } }
        if take("*") { return .init(minimum: 0, maximum: nil, isLazy: false) }
        if take("+") { return .init(minimum: 1, maximum: nil, isLazy: false) }
        if take("?") { return .init(minimum: 0, maximum: 1, isLazy: false) }
        guard take("{") else { return nil }
        guard let minimum = number() else {
            at = start
            return nil
        }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else {
            at = start
            return nil
        }
        guard minimum <= Self.repetitionLimit, maximum ?? 0 <= Self.repetitionLimit else {
            throw error("a repetition counts to at most \(Self.repetitionLimit)", at: start)
        }
        guard minimum <= maximum ?? .max else { throw error("the repetition's bounds run backwards", at: start) }
        return .init(minimum: minimum, maximum: maximum, isLazy: false)
    }

    /// Digits, saturated above the limit.
    private mutating func number() -> Int? {
        let start = at
        var value = 0
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = min(value * 10 + Int(scalar.value - 0x30), Self.repetitionLimit + 1)
            at += 1
        }
        return at > start ? value : nil
    }
}
