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
        let ownLines = Set(comments.filter { $0.standsAlone && !$0.isBlock }.map { source.line(at: $0.range.lowerBound) })
        let resources = file.body.blocks("resource")
        for comment in comments {
            guard let content = InlineExemption.content(of: comment.text(in: source)) else { continue }
            let block = resources.first { $0.range.contains(comment.range.lowerBound) } ?? Self.below(comment, resources, source, ownLines)
            if comment.isBlock {
                problems.append(Self.problem(Self.isBlockComment, source, comment))
            } else if !comment.standsAlone {
                problems.append(Self.problem(Self.sharesItsLine, source, comment))
            } else if let block {
                byBlock[block.range.lowerBound, default: []].append(InlineExemption(content, place: Place(source, comment.range)))
            } else {
                problems.append(Self.problem(Self.hasNoResource, source, comment))
            }
        }
    }

    /// In JSON a comment is what stands under `//`, and so inside what it belongs to.
    private mutating func read(_ comments: [HCLFile.JSONComment], of file: HCLFile) {
        let resources = file.body.blocks("resource")
        for comment in comments {
            guard let content = InlineExemption.content(of: comment.text) else { continue }
            if let block = resources.first(where: { $0.range.contains(comment.range.lowerBound) }) {
                byBlock[block.range.lowerBound, default: []].append(InlineExemption(content, place: Place(file.source, comment.range)))
            } else {
                problems.append(
                    ObservationProblem(
                        .warning, id: InlineExemption.problemID, InlineExemption.message(Self.hasNoResource), at: file.source, comment.range
                    ))
            }
        }
    }

    /// The resource right below a comment; further comments may stand between.
    private static func below(_ comment: Comment, _ resources: [Block], _ source: SourceFile, _ ownLines: Set<Int>) -> Block? {
        var line = source.line(at: comment.range.lowerBound) + 1
        while ownLines.contains(line) { line += 1 }
        return resources.first { source.line(at: $0.range.lowerBound) == line }
    }

    private static func problem(_ reason: String, _ source: SourceFile, _ comment: Comment) -> ObservationProblem {
        ObservationProblem(
            .warning, id: InlineExemption.problemID, InlineExemption.message(reason), at: source, comment.range)
    }
}

// MARK: Messages

extension InlineExemptions {
    private static let isBlockComment = "it must be written with '#' or '//'"
    private static let sharesItsLine = "it must stand on a line of its own"
    private static let hasNoResource = "it stands neither directly above a resource nor inside one"
}
