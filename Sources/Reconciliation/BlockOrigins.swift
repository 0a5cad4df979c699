import CostModel
import Git
import Reporting

/// Which commits brought the blocks of a file, or last changed their size. Commits, never people.
struct BlockOrigins {
    /// Arguments that say how large something is.
    private static let sizes: Set<Substring> = [
        "instance_type", "instance_class", "node_type", "machine_type", "vm_size", "size", "sku_name", "sku", "tier", "type", "volume_type",
        "volume_size", "allocated_storage", "disk_size", "disk_size_gb", "iops", "desired_capacity", "desired_size", "count",
        "node_count", "capacity", "min_size", "max_size", "num_cache_nodes", "memory_size", "instance_count", "replicas",
    ]

    private let repository: Repository
    private let commits: [ObjectID?]
    private let lines: [String]

    init(_ workspace: OpenedWorkspace, _ path: String, _ content: [UInt8], _ lines: [String]) {
        repository = workspace.repository
        self.lines = lines
        guard let head = workspace.commit.flatMap({ ObjectID($0) }) else {
            commits = []
            return
        }
        do throws(GitError) {
            commits = try workspace.repository.blame(workspace.repositoryPath(path), at: head, content: content)
        } catch {
            // A history that is cut off, as in a shallow clone, is no reason to say nothing of dollars.
            commits = []
        }
    }

    /// Nil: no commit has it, or the history does not say.
    func origin(of place: Place) -> CodeBlock.Origin? {
        guard let first = commit(ofLine: place.line) else { return nil }
        let resizes = place.line < place.endLine ? (place.line + 1...place.endLine).filter(isSize).compactMap(commit(ofLine:)) : []
        let newest = resizes.filter { $0.id != first.id && $0.committer.seconds >= first.committer.seconds }.max {
            ($0.committer.seconds, $0.id) < ($1.committer.seconds, $1.id)
        }
        let shown = newest ?? first
        let subject = shown.message.prefix { $0 != "\n" }
        return CodeBlock.Origin(
            commit: shown.id.description, day: Instant(seconds: shown.committer.seconds).day, summary: String(subject.prefix(120)),
            request: Self.request(in: shown.message), isResize: newest != nil)
    }

    private func isSize(_ line: Int) -> Bool {
        guard lines.indices.contains(line - 1) else { return false }
        let text = lines[line - 1].drop { $0 == " " || $0 == "\t" }
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return Self.sizes.contains(name) && text.dropFirst(name.count).drop { $0 == " " }.hasPrefix("=")
    }

    private func commit(ofLine line: Int) -> Commit? {
        guard commits.indices.contains(line - 1), let id = commits[line - 1] else { return nil }
        do throws(GitError) { return try repository.commit(id) } catch { return nil }
    }

    /// `#12` of `Bigger machines (#12)` and of `Merge pull request #12 from …`; `!12` of `See merge request acme/infra!12`.
    static func request(in message: String) -> String? {
        let subject = message.prefix { $0 != "\n" }
        func number(after mark: String, in text: Substring) -> String? {
            guard let range = text.ranges(of: mark).last else { return nil }
            let digits = text[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
            return digits.isEmpty || digits.count > 9 ? nil : String(digits)
        }
        if let found = number(after: "(#", in: subject) ?? number(after: "pull request #", in: subject) { return "#\(found)" }
        let host = message.split(separator: "\n").first { $0.hasPrefix("See merge request ") }
        return host.flatMap { number(after: "!", in: $0) }.map { "!\($0)" }
    }
}
