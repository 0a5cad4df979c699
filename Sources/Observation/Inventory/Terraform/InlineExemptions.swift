import CostModel
import Diagnostics
import HCL

/// The comments of one file that exempt resources: each belongs to the block that it stands in or directly above.
struct InlineExemptions: Sendable {
    /// By the offset at which the resource's block starts.
    private(set) var byBlock: [Int: [InlineExemption]] = [:]
    /// Those that belong to no resource.
    private(set) var problems: [ObservationProblem] = []

    init(_ file: HCLFile) {
        let source = file.source
        guard InlineExemption.mayStand(in: source.bytes) else { return }
        if let comments = file.jsonComments {
            read(comments, of: file)
            return
        }
        let comments = Comment.all(in: source)
        let resources = ResourceBlocks(file, comments)
        for comment in comments {
            guard let content = InlineExemption.content(of: comment.text(in: source)) else { continue }
            let block = resources.around(comment.range.lowerBound) ?? resources.below(comment.range.lowerBound)
            if comment.isBlock {
                problems.append(Self.problem(Self.isBlockComment, source, comment))
            } else if !comment.standsAlone {
                problems.append(Self.problem(Self.sharesItsLine, source, comment))
            } else if let block {
                byBlock[block.lowerBound, default: []].append(InlineExemption(content, place: Place(source, comment.range)))
            } else {
                problems.append(Self.problem(Self.hasNoResource, source, comment))
            }
        }
    }

    /// In JSON a comment is what stands under `//`, and so inside what it belongs to.
    private mutating func read(_ comments: [HCLFile.JSONComment], of file: HCLFile) {
        let resources = ResourceBlocks(file, [])
        for comment in comments {
            guard let content = InlineExemption.content(of: comment.text) else { continue }
            if let block = resources.around(comment.range.lowerBound) {
                byBlock[block.lowerBound, default: []].append(InlineExemption(content, place: Place(file.source, comment.range)))
            } else {
                problems.append(
                    ObservationProblem(
                        .warning, id: InlineExemption.problemID, InlineExemption.message(Self.hasNoResource), at: file.source, comment.range
                    ))
            }
        }
    }

    private static func problem(_ reason: String, _ source: SourceFile, _ comment: Comment) -> ObservationProblem {
        ObservationProblem(
            .warning, id: InlineExemption.problemID, InlineExemption.message(reason), at: source, comment.range)
    }
}

/// Where the resources of a file stand. A file may have as many of them, and of comments, as it has lines.
private struct ResourceBlocks {
    /// By their start; blocks never overlap.
    private let ranges: [Range<Int>]
    /// By the line that it starts on, the first one there.
    private let byLine: [Int: Range<Int>]
    /// Of each line of a comment: the first line below that is none.
    private var lineBelow: [Int: Int] = [:]
    private let source: SourceFile

    init(_ file: HCLFile, _ comments: [Comment]) {
        let source = file.source
        self.source = source
        ranges = file.body.blocks("resource").map(\.range).sorted { $0.lowerBound < $1.lowerBound }
        byLine = Dictionary(ranges.map { (source.line(at: $0.lowerBound), $0) }, uniquingKeysWith: { first, _ in first })
        for comment in comments.reversed() where comment.standsAlone && !comment.isBlock {
            let line = source.line(at: comment.range.lowerBound)
            lineBelow[line] = lineBelow[line + 1] ?? line + 1
        }
    }

    func around(_ offset: Int) -> Range<Int>? {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && ranges[low - 1].contains(offset) ? ranges[low - 1] : nil
    }

    /// The resource right below a comment; further comments may stand between.
    func below(_ offset: Int) -> Range<Int>? {
        let line = source.line(at: offset)
        return byLine[lineBelow[line] ?? line + 1]
    }
}

// MARK: Messages

extension InlineExemptions {
    private static let isBlockComment = "it must be written with '#' or '//'"
    private static let sharesItsLine = "it must stand on a line of its own"
    private static let hasNoResource = "it stands neither directly above a resource nor inside one"
}
