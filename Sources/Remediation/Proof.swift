import CostModel
import Diagnostics

/// Judges the edited tree and says which requests must not be fulfilled the way the resolver does it.
struct Proof {
    struct Objection: Hashable {
        var finding: String
        var reason: String
    }

    private let before: [ResourceIdentity: Resource]
    private let failingBefore: Set<String>
    private let judge: ([String: [UInt8]]) -> JudgedTree?
    private let sources: SourceLibrary
    private let readersBefore: ReadersBefore

    init(before: JudgedTree, judge: @escaping ([String: [UInt8]]) -> JudgedTree?, sources: SourceLibrary) {
        self.before = Dictionary(before.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        failingBefore = Self.problems(of: before)
        self.judge = judge
        self.sources = sources
        readersBefore = ReadersBefore(before.readers)
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
        return disturbed(after, requests) ?? readsOther(after, Set(files.keys), requests) ?? unfixed(after, requests)
    }

    private func unfixed(_ after: JudgedTree, _ requests: [FixRequest]) -> String? {
        let failing = Self.problems(of: after)
        if requests.contains(where: { failing.contains($0.finding) }) { return Self.stays }
        return failing.subtracting(failingBefore).isEmpty ? nil : Self.causesAnother
    }

    /// Something changed that nobody requested.
    private func disturbed(_ after: JudgedTree, _ requests: [FixRequest]) -> String? {
        guard after.resources.count == before.count else { return Self.otherResources }
        let requested = Dictionary(grouping: requests, by: \.resource)
        for resource in after.resources {
            guard let old = before[resource.identity] else { return Self.otherResources }
            let own = requested[resource.identity] ?? []
            let sizes = own.contains { if case .size = $0.subject { true } else { false } }
            if resource.size?.value != old.size?.value, !sizes { return Self.alsoChanges("the size of", resource.identity.address) }
            if otherArguments(resource, own) != otherArguments(old, own) {
                return Self.alsoChanges("other arguments of", resource.identity.address)
            }
            // Tags that are derived from a fixed one, such as a Name, may follow it on the same resource.
            if own.isEmpty, !sameTags(resource.tags, old.tags) { return Self.alsoChanges("the tags of", resource.identity.address) }
        }
        return nil
    }

    /// Something else reads what is edited, and would read something else.
    private func readsOther(_ after: JudgedTree, _ files: Set<String>, _ requests: [FixRequest]) -> String? {
        let (old, new) = (readersBefore.near(files), after.readers(files))
        let requested = Dictionary(grouping: requests, by: \.resource)
        for identity in Set(old.keys).union(new.keys).sorted() {
            let own = requested[identity] ?? []
            guard others(old[identity], own) != others(new[identity], own), let reader = old[identity] ?? new[identity] else { continue }
            let changed = Self.differences(old[identity], new[identity])
            if changed.contains("validation") { return Self.refusedValue(identity.address, reader.place) }
            if before[identity] != nil { return Self.alsoChanges("other arguments of", identity.address) }
            return identity.address.isEmpty ? Self.mistake : Self.alsoReads(identity.address, reader.place)
        }
        return nil
    }

    private static func differences(_ a: CodeReader?, _ b: CodeReader?) -> Set<String> {
        let (old, new) = (a?.digests ?? [:], b?.digests ?? [:])
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    }

    private func others(_ reader: CodeReader?, _ requests: [FixRequest]) -> [String: String] {
        var digests = reader?.digests ?? [:]
        for case .argument(let name) in requests.map(\.subject) { digests[String(name.prefix { $0 != "." })] = nil }
        return digests
    }

    /// What the block says besides what was requested.
    private func otherArguments(_ resource: Resource, _ requests: [FixRequest]) -> [String: String] {
        var digests = resource.argumentDigests
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
    private static let mistake = "the edited code would have a mistake that Terraform refuses"
    private static func alsoChanges(_ what: String, _ address: String) -> String {
        "the place is shared: a change here would also change \(what) \(address)"
    }
    private static func refusedValue(_ address: String, _ place: Place) -> String {
        "the validation of \(address) would not hold (\(place.file):\(place.line))"
    }
    private static func alsoReads(_ address: String, _ place: Place) -> String {
        "the place is shared: \(address) reads it too (\(place.file):\(place.line))"
    }
}

/// What reads values before any edit, found once for each set of files.
private final class ReadersBefore {
    private let find: (Set<String>) -> CodeReaders
    private var known: [Set<String>: CodeReaders] = [:]

    init(_ find: @escaping (Set<String>) -> CodeReaders) {
        self.find = find
    }

    func near(_ files: Set<String>) -> CodeReaders {
        if let found = known[files] { return found }
        let found = find(files)
        known[files] = found
        return found
    }
}
