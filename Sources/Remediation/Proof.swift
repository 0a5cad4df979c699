import CostModel
import Diagnostics

/// Judges the edited tree and says which requests must not be fulfilled the way the resolver does it.
struct Proof {
    struct Objection: Hashable {
        var finding: String
        var reason: String
    }

    private let before: [ResourceIdentity: Resource]
    /// Of every resource that any edit of the requests can reach.
    private let argumentsBefore: ArgumentDigests
    private let failingBefore: Set<String>
    private let judge: ([String: [UInt8]]) -> JudgedTree?
    private let sources: SourceLibrary

    init(
        of requests: [FixRequest], before: JudgedTree, judge: @escaping ([String: [UInt8]]) -> JudgedTree?, sources: SourceLibrary
    ) {
        let files = Set(requests.flatMap { $0.candidates.map(\.location.span.file) })
        self.before = Dictionary(before.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        argumentsBefore = files.isEmpty ? [:] : before.argumentDigests(files)
        failingBefore = Self.problems(of: before)
        self.judge = judge
        self.sources = sources
    }

    /// None: the resolver does what it promises and nothing else.
    ///
    /// All changes are judged together first. Only when something is wrong is each judged alone, to find whose fault it is.
    func objections(to resolver: EditResolver) -> [Objection] {
        let scattered = ChangeGroups.scattered(resolver.changes)
        if !scattered.isEmpty { return scattered.sorted().map { Objection(finding: $0, reason: Self.severalFiles) } }
        guard !resolver.changes.isEmpty, verdict(on: resolver.changes) != nil else { return [] }
        // What only fixes a finding together is judged together.
        let groups = ChangeGroups.groups(resolver.changes)
        let guilty = groups.flatMap { group in
            verdict(on: group).map { reason in group.map { ($0, reason) } } ?? []
        }
        if !guilty.isEmpty { return objections(guilty) }
        // Each is right alone and only their sum is wrong: keep the first half that is right, and let the others wait.
        var kept: [LocatedChange] = []
        var late: [(LocatedChange, String)] = []
        for group in groups {
            if verdict(on: kept + group) == nil { kept += group } else { late += group.map { ($0, Self.conflicting) } }
        }
        return objections(late)
    }

    private func objections(_ guilty: [(LocatedChange, String)]) -> [Objection] {
        guilty.flatMap { change, reason in change.requests.map { Objection(finding: $0.finding, reason: reason) } }
    }

    /// What is wrong with these changes made together; nil: nothing.
    private func verdict(on changes: [LocatedChange]) -> String? {
        var edits = TreeEdits()
        for change in changes { edits.add(change.edits, to: change.location.span.file) }
        let edited: [TreeEdits.EditedFile]
        do throws(TreeEdits.Conflict) { edited = try edits.made { sources.editor(of: $0)?.source.bytes } } catch { return Self.unreadable }
        let files = Dictionary(uniqueKeysWithValues: edited.map { ($0.path, $0.new) })
        guard let after = judge(files) else { return Self.unreadable }
        let requests = changes.flatMap(\.requests)
        return disturbed(after, Set(files.keys), requests) ?? unfixed(after, requests)
    }

    private func unfixed(_ after: JudgedTree, _ requests: [FixRequest]) -> String? {
        let failing = Self.problems(of: after)
        if requests.contains(where: { failing.contains($0.finding) }) { return Self.stays }
        return failing.subtracting(failingBefore).isEmpty ? nil : Self.causesAnother
    }

    /// Something changed that nobody requested.
    private func disturbed(_ after: JudgedTree, _ files: Set<String>, _ requests: [FixRequest]) -> String? {
        guard after.resources.count == before.count else { return Self.otherResources }
        let arguments = after.argumentDigests(files)
        let requested = Dictionary(grouping: requests, by: \.resource)
        for resource in after.resources {
            guard let old = before[resource.identity] else { return Self.otherResources }
            let own = requested[resource.identity] ?? []
            let sizes = own.contains { if case .size = $0.subject { true } else { false } }
            if resource.size?.value != old.size?.value, !sizes { return Self.alsoChanges("the size of", resource) }
            // What the edits do not reach has no digests, and says what it said.
            if let now = arguments[resource.identity] {
                let then = argumentsBefore[resource.identity] ?? [:]
                if others(now, own) != others(then, own) { return Self.alsoChanges("other arguments of", resource) }
            }
            // Tags that are derived from a fixed one, such as a Name, may follow it on the same resource.
            if own.isEmpty, !sameTags(resource.tags, old.tags) { return Self.alsoChanges("the tags of", resource) }
        }
        return nil
    }

    /// What the block says besides what was requested.
    private func others(_ arguments: [String: String], _ requests: [FixRequest]) -> [String: String] {
        var digests = arguments
        for case .argument(let name) in requests.map(\.subject) { digests[String(name.prefix { $0 != "." })] = nil }
        return digests
    }

    private func sameTags(_ a: TagSet, _ b: TagSet) -> Bool {
        a.tags.mapValues(\.value) == b.tags.mapValues(\.value) && (a.openReason == nil) == (b.openReason == nil)
    }

    /// Findings that fail or are unknown.
    private static func problems(of tree: JudgedTree) -> Set<String> {
        Set(tree.findings.filter { $0.verdict != .pass }.map(\.id))
    }
}

// MARK: Messages

extension Proof {
    private static let unreadable = "the edited file would not be readable any more"
    private static let stays = "the finding would not disappear"
    private static let causesAnother = "the change would cause another finding"
    private static let otherResources = "the change would add or remove resources"
    private static let severalFiles = "its edits are in several files, but a patch is of one file and must fix the finding alone"
    private static let conflicting = "the change conflicts with another one; plan again after that one"
    private static func alsoChanges(_ what: String, _ resource: Resource) -> String {
        "the place is shared: a change here would also change \(what) \(resource.identity.address)"
    }
}
