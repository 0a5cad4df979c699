import CostModel
import Diagnostics
import HCL

/// Judges the edited tree and says which wishes must not be fulfilled the way the draft does it.
struct Proof {
    struct Objection: Hashable {
        /// The wish's finding.
        var wish: String
        var reason: String
    }

    private let before: [ResourceIdentity: Resource]
    private let failingBefore: Set<String>
    private let judge: ([String: [UInt8]]) -> Judgement?
    private let sources: SourceLibrary

    init(before: Judgement, judge: @escaping ([String: [UInt8]]) -> Judgement?, sources: SourceLibrary) {
        self.before = Dictionary(before.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        failingBefore = Self.problems(of: before)
        self.judge = judge
        self.sources = sources
    }

    /// None: the draft does what it promises and nothing else.
    ///
    /// All changes are judged together first. Only when something is wrong is each judged alone, to find whose fault it is.
    func objections(to draft: Draft) -> [Objection] {
        let scattered = ChangeGroups.scattered(draft.changes)
        if !scattered.isEmpty { return scattered.sorted().map { Objection(wish: $0, reason: Self.severalFiles) } }
        guard !draft.changes.isEmpty, verdict(on: draft.changes) != nil else { return [] }
        // What only mends together is judged together.
        let groups = ChangeGroups.groups(draft.changes)
        let guilty = groups.flatMap { group in
            verdict(on: group).map { reason in group.map { ($0, reason) } } ?? []
        }
        if !guilty.isEmpty { return objections(guilty) }
        // Each is right alone and only their sum is wrong: keep the first half that is right, and let the others wait.
        var kept: [SiteChange] = []
        var late: [(SiteChange, String)] = []
        for group in groups {
            if verdict(on: kept + group) == nil { kept += group } else { late += group.map { ($0, Self.conflicting) } }
        }
        return objections(late)
    }

    private func objections(_ guilty: [(SiteChange, String)]) -> [Objection] {
        guilty.flatMap { change, reason in change.wishes.map { Objection(wish: $0.finding, reason: reason) } }
    }

    /// What is wrong with these changes made together; nil: nothing.
    private func verdict(on changes: [SiteChange]) -> String? {
        var edits: [String: [TextEdit]] = [:]
        for change in changes { edits[change.site.span.file, default: []] += change.edits }
        var files: [String: [UInt8]] = [:]
        for (path, edits) in edits {
            guard let file = sources.file(path), let bytes = edits.applied(to: file.source.bytes) else { return Self.unreadable }
            files[path] = bytes
        }
        guard let after = judge(files) else { return Self.unreadable }
        let wishes = changes.flatMap(\.wishes)
        return disturbed(after, wishes) ?? unfixed(after, wishes)
    }

    private func unfixed(_ after: Judgement, _ wishes: [Wish]) -> String? {
        let failing = Self.problems(of: after)
        if wishes.contains(where: { failing.contains($0.finding) }) { return Self.stays }
        return failing.subtracting(failingBefore).isEmpty ? nil : Self.causesAnother
    }

    /// Something changed that nobody wished for.
    private func disturbed(_ after: Judgement, _ wishes: [Wish]) -> String? {
        guard after.resources.count == before.count else { return Self.otherResources }
        let wished = Dictionary(grouping: wishes, by: \.resource)
        for resource in after.resources {
            guard let old = before[resource.identity] else { return Self.otherResources }
            let own = wished[resource.identity] ?? []
            let sizes = own.contains { if case .size = $0.subject { true } else { false } }
            if resource.size?.value != old.size?.value, !sizes { return Self.alsoChanges("the size of", resource) }
            if otherArguments(resource, own) != otherArguments(old, own) { return Self.alsoChanges("other arguments of", resource) }
            // Tags that are derived from a mended one, such as a Name, may follow it on the same resource.
            if own.isEmpty, !sameTags(resource.tags, old.tags) { return Self.alsoChanges("the tags of", resource) }
        }
        return nil
    }

    /// What the block says besides what is wished for.
    private func otherArguments(_ resource: Resource, _ wishes: [Wish]) -> [String: String] {
        var digests = resource.argumentDigests
        for case .argument(let name) in wishes.map(\.subject) { digests[String(name.prefix { $0 != "." })] = nil }
        return digests
    }

    private func sameTags(_ a: TagSet, _ b: TagSet) -> Bool {
        a.tags.mapValues(\.value) == b.tags.mapValues(\.value) && (a.openReason == nil) == (b.openReason == nil)
    }

    /// Findings that fail or are unknown.
    private static func problems(of judgement: Judgement) -> Set<String> {
        Set(judgement.findings.filter { $0.verdict != .pass }.map(\.id))
    }
}

// MARK: Messages

extension Proof {
    private static let unreadable = "the edited file would not be readable any more"
    private static let stays = "the finding would not disappear"
    private static let causesAnother = "the change would cause another finding"
    private static let otherResources = "the change would add or remove resources"
    private static let severalFiles = "its edits lie in several files, and a patch is of one and has to mend alone"
    private static let conflicting = "the change conflicts with another one; plan again after that one"
    private static func alsoChanges(_ what: String, _ resource: Resource) -> String {
        "the place is shared: a change here would also change \(what) \(resource.identity.address)"
    }
}
