/// Where `terraform fmt` wants `=` and comments to stand, and where they stand.
///
/// Neighbouring lines with an assignment form a chain whose `=` stand in one column; neighbouring lines with a comment behind code
/// form one as well. A line of another kind ends a chain.
struct Alignment {
    /// The blanks in front of an `=` or a comment.
    struct Cell {
        var gap: Range<Int>
        /// How wide the gap should be.
        var width: Int
        /// The lines that stand or fall together.
        var chain: Range<Int>
    }

    /// By line.
    var assignments: [Int: Cell] = [:]
    var comments: [Int: Cell] = [:]

    init(_ layout: Layout) {
        alignAssignments(layout)
        alignComments(layout)
    }

    private mutating func alignAssignments(_ layout: Layout) {
        let lines = layout.lines
        for (chain, isChain) in Self.runs(lines.count, { lines[$0].isAssignment }) {
            // An `=` outside of a chain, such as that of `tags = {`, has one space in front.
            let chains = isChain ? [chain] : chain.map { $0..<$0 + 1 }
            for chain in chains {
                let cells = chain.compactMap { line in lines[line].equals.map { (line, layout.gap(before: $0)) } }
                let leads = cells.map { layout.columns(lines[$0.0].start..<$0.1.lowerBound) }
                let widest = leads.max() ?? 0
                for ((line, gap), lead) in zip(cells, leads) {
                    assignments[line] = Cell(gap: gap, width: widest - lead + 1, chain: chain)
                }
            }
        }
    }

    private mutating func alignComments(_ layout: Layout) {
        let lines = layout.lines
        for (chain, hasComments) in Self.runs(lines.count, { lines[$0].comment != nil }) where hasComments {
            let cells = chain.compactMap { line in lines[line].comment.map { (line, layout.gap(before: $0)) } }
            let widths = cells.map { line, gap in
                let shift = assignments[line].map { $0.width - $0.gap.count } ?? 0
                return layout.columns(lines[line].start..<gap.lowerBound) + shift
            }
            let widest = widths.max() ?? 0
            for ((line, gap), width) in zip(cells, widths) { comments[line] = Cell(gap: gap, width: widest - width + 1, chain: chain) }
        }
    }

    /// Splits lines into runs that have a property and runs that have it not.
    private static func runs(_ count: Int, _ property: (Int) -> Bool) -> [(Range<Int>, Bool)] {
        var runs: [(Range<Int>, Bool)] = []
        var start = 0
        while start < count {
            let value = property(start)
            var end = start + 1
            while end < count, property(end) == value { end += 1 }
            runs.append((start..<end, value))
            start = end
        }
        return runs
    }
}
