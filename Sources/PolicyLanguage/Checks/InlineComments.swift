import CostModel
import Diagnostics
import YAML

/// The comments in policy files that exempt from a policy about the bill: each belongs to the policy whose `kind`, or for a budget `amount`,
/// stands right below it.
struct InlineComments {
    private struct FileLine: Hashable {
        var file: String
        var line: Int
    }

    private struct Found {
        var content: InlineExemption.Content
        var range: SourceRange
        var standsAlone: Bool
        /// The first line below it that is no comment.
        var below: FileLine
    }

    private var found: [Found] = []

    init(_ files: [SourceFile]) {
        for file in files where InlineExemption.mayStand(in: file.bytes) { read(file) }
    }

    /// The policy with its comments.
    func attached(to policy: Policy) -> Policy {
        var policy = policy
        let lines = Self.lines(of: policy)
        policy.inlineExemptions = found.filter { $0.standsAlone && lines.contains($0.below) }
            .map { InlineExemption($0.content, place: Place($0.range)) }
        return policy
    }

    /// Those that belong to no policy.
    func strays(besides policies: [Policy]) -> [Diagnostic] {
        let lines = Set(policies.flatMap(Self.lines))
        return found.compactMap { comment in
            guard comment.standsAlone else { return Self.stray(Self.sharesItsLine, comment.range) }
            return lines.contains(comment.below) ? nil : Self.stray(Self.hasNoBudget, comment.range)
        }
    }

    private static func lines(of policy: Policy) -> [FileLine] {
        guard case .bill(let body) = policy.body else { return [] }
        return ([body.header.place] + body.commentPlaces).map { FileLine(file: $0.file, line: $0.line) }
    }

    private mutating func read(_ file: SourceFile) {
        var scalars: [Range<Int>] = []
        for node in YAMLParser.parse(file).0 { Self.collect(node, &scalars) }
        let comments = (1...file.lineCount).map { Self.comment(in: file, line: $0, outside: scalars) }
        for (index, comment) in comments.enumerated() {
            guard let comment, let content = InlineExemption.content(of: file.text(comment.range.lowerBound + 1..<comment.range.upperBound))
            else { continue }
            let below = comments[(index + 1)...].firstIndex { !($0?.standsAlone ?? false) } ?? comments.count
            found.append(
                Found(
                    content: content, range: SourceRange(file, comment.range), standsAlone: comment.standsAlone,
                    below: FileLine(file: file.path, line: below + 1)))
        }
    }

    /// The comment of a line: it begins at a `#` at the start or behind a blank, outside of texts.
    private static func comment(
        in file: SourceFile, line: Int, outside scalars: [Range<Int>]
    ) -> (range: Range<Int>, standsAlone: Bool)? {
        let content = file.contentRange(ofLine: line)
        var standsAlone = true
        for at in content {
            let byte = file.bytes[at]
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            let followsBlank =
                at == content.lowerBound || file.bytes[at - 1] == UInt8(ascii: " ") || file.bytes[at - 1] == UInt8(ascii: "\t")
            if byte == UInt8(ascii: "#"), followsBlank, !scalars.contains(where: { $0.contains(at) }) {
                return (at..<content.upperBound, standsAlone)
            }
            if !isBlank { standsAlone = false }
        }
        return nil
    }

    private static func collect(_ node: YAMLNode, _ scalars: inout [Range<Int>]) {
        guard !node.isAlias else { return }
        switch node.content {
        case .scalar: scalars.append(node.range.bytes)
        case .sequence(let elements): for element in elements { collect(element, &scalars) }
        case .mapping(let entries):
            for entry in entries {
                collect(entry.keyNode, &scalars)
                collect(entry.value, &scalars)
            }
        }
    }
}

// MARK: Messages

extension InlineComments {
    private static func stray(_ reason: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic(.warning, id: InlineExemption.problemID, InlineExemption.message(reason), at: range)
    }
    private static let sharesItsLine = "it must stand on a line of its own"
    private static let hasNoBudget = "it does not stand directly above the 'kind' or the 'amount' of a budget"
}
