/// A pattern over paths inside a repository: `infra/payments/**`, `**/main.tf`, `deploy/*.yaml`.
///
/// `*` and `?` stay inside one folder's name; `**` as a whole segment is any number of folders, also none, so
/// `infra/**` holds `infra` itself and everything below. A trailing `/` means the same as `/**`.
/// Paths are relative with `/`; a pattern that would leave the repository is refused.
package struct PathGlob: Hashable, Sendable {
    private enum Segment: Hashable {
        case name(Glob)
        case anyDepth
    }

    /// The pattern as it was written.
    package let pattern: String
    private let segments: [Segment]

    package init(_ pattern: String) throws(PatternError) {
        self.pattern = pattern
        guard !pattern.isEmpty else { throw PatternError("the path pattern is empty", at: 0) }
        guard !pattern.hasPrefix("/") else { throw PatternError("a path pattern is relative: remove the leading '/'", at: 0) }
        var segments: [Segment] = []
        var offset = 0
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.isEmpty, index == parts.count - 1 {
                segments.append(.anyDepth)
            } else {
                segments.append(try PathGlob.segment(part, at: offset))
            }
            offset += part.utf8.count + 1
        }
        self.segments = segments
    }

    /// - Parameter path: relative, with `/`, as Git spells it.
    package func matches(_ path: String) -> Bool {
        let names = path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
        var segment = 0
        var at = 0
        // As in `Glob`: only the last `**` has to be able to give way.
        var lastRun: (segment: Int, end: Int)?
        while at < names.count {
            if segment < segments.count, segments[segment] == .anyDepth {
                segment += 1
                lastRun = (segment, at)
            } else if segment < segments.count, case .name(let glob) = segments[segment], glob.matches(names[at]) {
                segment += 1
                at += 1
            } else if let run = lastRun {
                lastRun = (run.segment, run.end + 1)
                segment = run.segment
                at = run.end + 1
            } else {
                return false
            }
        }
        return segments[segment...].allSatisfy { $0 == .anyDepth }
    }

    /// How many characters of a path the pattern fixes, separators included. Of several matching patterns the one with the
    /// greatest specificity is the longest path.
    package var specificity: Int {
        var total = 0
        for (index, segment) in segments.enumerated() {
            guard case .name(let glob) = segment else { continue }
            total += glob.literalLength + (index > 0 ? 1 : 0)
        }
        return total
    }

    private static func segment(_ part: Substring, at offset: Int) throws(PatternError) -> Segment {
        switch part {
        case "**": return .anyDepth
        case "": throw PatternError("empty segment in the path pattern", at: offset)
        case "..": throw PatternError("'..' would leave the repository", at: offset)
        case ".": throw PatternError("'.' matches nothing in a path pattern: remove it", at: offset)
        default:
            guard !part.contains("**") else {
                throw PatternError("'**' must stand alone between slashes", at: offset)
            }
            return .name(Glob(String(part)))
        }
    }
}
