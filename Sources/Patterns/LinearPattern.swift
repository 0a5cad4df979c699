/// A regular expression that matches in linear time, whoever wrote it.
///
/// Swift's `Regex` backtracks, so one policy could stall the loop; this is RE2's language instead, run as an automaton:
/// literals, `.`, classes, `\d \w \s \b`, anchors, groups, alternation, greedy and lazy repetition, `(?ims)`, `\pL`.
/// Back-references and look-around are errors. Classes such as `\d` are ASCII, as in RE2. Offsets are in UTF-8 bytes.
///
/// ```
/// try LinearPattern("CC-[0-9]{4}").matchesWhole("CC-1010")    // true
/// ```
package struct LinearPattern: Sendable {
    /// The pattern as it was written.
    package let pattern: String
    /// Capturing groups, without the whole match.
    package let groupCount: Int
    /// The number of each named group, from 1.
    package let groupNames: [String: Int]
    private let program: PatternProgram

    package init(_ pattern: String) throws(PatternError) {
        let parsed = try PatternParser.parse(pattern)
        self.pattern = pattern
        groupCount = parsed.groupCount
        groupNames = parsed.groupNames
        program = try PatternProgram(parsed.root)
    }

    /// How many steps one character of a text can take at most.
    package var size: Int { program.instructions.count }

    /// Whether the whole value matches: what policies mean by a pattern.
    package func matchesWhole(_ text: String) -> Bool {
        run(.whole, UTF8Text(text), from: 0) != nil
    }

    /// Whether some part of the text matches.
    package func matches(_ text: String) -> Bool {
        run(.anywhere, UTF8Text(text), from: 0) != nil
    }

    /// The leftmost match; of those that start there, the one a backtracking engine would find first.
    package func firstMatch(in text: String) -> PatternMatch? {
        firstMatch(in: UTF8Text(text), from: 0)
    }

    /// All matches from left to right without overlaps. An empty match directly behind another match does not count, as in Go.
    ///
    /// - Parameter mayScan: is told how many bytes lie ahead before each search, and can end it: a pattern may look at all of them for
    ///   every match.
    package func allMatches(in text: String, while mayScan: (Int) -> Bool = { _ in true }) -> [PatternMatch] {
        let text = UTF8Text(text)
        var result: [PatternMatch] = []
        var start = 0
        var lastEnd = -1
        while start <= text.bytes.count, mayScan(text.bytes.count - start), let match = firstMatch(in: text, from: start) {
            if !match.range.isEmpty || match.range.lowerBound != lastEnd { result.append(match) }
            lastEnd = match.range.upperBound
            let width = match.range.isEmpty ? max(1, text.scalar(at: lastEnd).width) : 0
            start = lastEnd + width
        }
        return result
    }

    private func firstMatch(in text: UTF8Text, from start: Int) -> PatternMatch? {
        guard let slots = run(.leftmost, text, from: start) else { return nil }
        let groups = (0...groupCount).map { group -> Range<Int>? in
            let (lower, upper) = (slots[2 * group], slots[2 * group + 1])
            return lower >= 0 && upper >= lower ? lower..<upper : nil
        }
        return PatternMatch(range: slots[0]..<slots[1], groups: Array(groups.dropFirst()))
    }

    private func run(_ mode: PatternMachine.Mode, _ text: UTF8Text, from start: Int) -> [Int]? {
        var machine = PatternMachine(program, groupCount: groupCount, mode: mode)
        return machine.run(over: text, from: start)
    }
}

/// Where a pattern matched, in UTF-8 bytes.
package struct PatternMatch: Hashable, Sendable {
    package let range: Range<Int>
    /// Each capturing group in order; nil where a group took no part.
    package let groups: [Range<Int>?]
}
