import Diagnostics

/// Completes edits with the changes of white space that `terraform fmt` would make because of them.
///
/// It looks at the arguments and blocks of the file's top level that are edited, and their neighbours without a blank line between:
/// columns do not reach further.
struct Realigner {
    private let bytes: [UInt8]
    private let edits: [TextEdit]
    private let changed: [UInt8]
    private let regions: [Range<Int>]

    /// - Parameters:
    ///   - edits: sorted and apart from each other.
    ///   - changed: the file's bytes with the edits made.
    init(file: HCLFile, edits: [TextEdit], changed: [UInt8]) {
        bytes = file.source.bytes
        self.edits = edits
        self.changed = changed
        regions = Self.regions(file, edits)
    }

    func aligned() -> [TextEdit] {
        var composition = EditComposition(edits, of: bytes.count)
        var spacing: [TextEdit] = []
        var next = 0
        var shift = 0
        for region in regions {
            let start = region.lowerBound + shift
            while next < edits.count, edits[next].range.lowerBound <= region.upperBound {
                shift += edits[next].replacement.count - edits[next].range.count
                next += 1
            }
            let before = Layout(bytes, region)
            let after = Layout(changed, start..<region.upperBound + shift)
            let origins = composition.origins(of: after.lines.map(\.start))
            spacing += RegionAlignment(before: before, after: after, origins: origins).edits()
        }
        return composition.followed(by: spacing)
    }

    /// Stretches of neighbouring top-level items that hold an edit, from line start to line end.
    private static func regions(_ file: HCLFile, _ edits: [TextEdit]) -> [Range<Int>] {
        let lines = SourceLines(file.source)
        let items = (file.body.attributes.map(\.range) + file.body.blocks.map(\.range)).sorted { $0.lowerBound < $1.lowerBound }
        var regions: [Range<Int>] = []
        var next = 0
        var current: Range<Int>?
        func close() {
            guard let region = current else { return }
            while next < edits.count, edits[next].range.upperBound < region.lowerBound { next += 1 }
            if next < edits.count, edits[next].range.lowerBound <= region.upperBound { regions.append(region) }
        }
        for item in items {
            let whole = lines.start(of: item.lowerBound)..<lines.end(of: item.upperBound)
            if let region = current, file.source.line(at: whole.lowerBound) <= file.source.line(at: region.upperBound) + 1 {
                current = region.lowerBound..<whole.upperBound
            } else {
                close()
                current = whole
            }
        }
        close()
        return regions
    }
}

/// One region before and after the edits.
private struct RegionAlignment {
    let before: Layout
    let after: Layout
    private let old: Alignment
    private let new: Alignment
    /// For each line of `after` the line of `before` that it was.
    private let origins: [Int?]

    init(before: Layout, after: Layout, origins: [Int?]) {
        self.before = before
        self.after = after
        old = Alignment(before)
        let lineByStart = Dictionary(before.lines.enumerated().map { ($1.start, $0) }, uniquingKeysWith: { first, _ in first })
        self.origins = origins.map { $0.flatMap { lineByStart[$0] } }
        new = Alignment(after)
    }

    func edits() -> [TextEdit] {
        var edits: [TextEdit] = []
        for (line, cell) in new.assignments {
            if isFree(cell.chain, old.assignments) {
                set(cell.gap, cell.width, &edits)
            } else if origins[line] == nil {
                set(cell.gap, widthBelow(line, cell), &edits)
            }
        }
        for (_, cell) in new.comments where isFree(cell.chain, old.comments) && isFree(cell.chain, old.assignments) {
            set(cell.gap, cell.width, &edits)
        }
        return edits.sorted()
    }

    /// Whether all of the chain's lines that were there before stood as `terraform fmt` wants them.
    private func isFree(_ chain: Range<Int>, _ cells: [Int: Alignment.Cell]) -> Bool {
        chain.allSatisfy { line in
            guard let origin = origins[line], let cell = cells[origin] else { return true }
            return before.isGap(cell.gap, cell.width)
        }
    }

    /// A new line in a run that is not aligned puts its `=` below that of the line above if it can.
    private func widthBelow(_ line: Int, _ cell: Alignment.Cell) -> Int {
        guard line > 0, let above = new.assignments[line - 1] else { return 1 }
        let column = after.columns(after.lines[line - 1].start..<above.gap.upperBound)
        return max(1, column - after.columns(after.lines[line].start..<cell.gap.lowerBound))
    }

    private func set(_ gap: Range<Int>, _ width: Int, _ edits: inout [TextEdit]) {
        if !after.isGap(gap, width) { edits.append(TextEdit(gap, String(repeating: " ", count: width))) }
    }
}
