import CostModel
import Diagnostics

/// Judges the edited tree and says which requests must not be fulfilled the way the resolver does it.
struct Proof {
    struct Objection: Hashable {
        var finding: String
        var reason: String
    }

    /// Changes, in groups that only fix a finding together.
    private typealias Groups = [[LocatedChange]]

    private let before: ResourceIndex
    /// How many resources each root has.
    private let sizes: [String: Int]
    private let failingBefore: Set<FindingKey>
    /// By id, of findings that did not pass before the edit.
    private let keys: [String: FindingKey]
    /// What findings want of resources, by resource, key and value, whether it can be written for them alone or not.
    private let wanted: [ResourceIdentity: [String: String]]
    private let judge: ([String: [UInt8]]) -> JudgedTree?
    private let reach: (String) -> Set<String>
    private let sources: SourceLibrary
    private let memory: ProofMemory
    private let deployment: Deployment

    init(before: JudgedTree, judge: @escaping ([String: [UInt8]]) -> JudgedTree?, sources: SourceLibrary) {
        self.before = ResourceIndex(before.resources)
        sizes = before.resources.reduce(into: [:]) { if !$1.isTag { $0[$1.identity.root, default: 0] += 1 } }
        failingBefore = Self.problems(of: before)
        keys = Dictionary(
            before.findings.lazy.filter { $0.verdict != .pass }.map { ($0.id, $0.key.atAddress) }, uniquingKeysWith: { first, _ in first })
        wanted = Self.wanted(in: before.findings)
        reach = before.reach
        self.judge = judge
        self.sources = sources
        memory = ProofMemory(before.readers)
        deployment = Deployment(before.resources)
    }

    /// None: the resolver does what it promises and nothing else.
    ///
    /// Changes that no root sees together are judged apart from each other, so that one that is wrong costs the others nothing. Those that
    /// a root sees together are judged together; only when something is wrong are they divided to find whose fault it is.
    func objections(to resolver: EditResolver) -> [Objection] {
        let scattered = ChangeGroups.scattered(resolver.changes)
        if !scattered.isEmpty { return scattered.sorted().map { Objection(finding: $0, reason: Self.severalFiles) } }
        return independent(ChangeGroups.groups(resolver.changes)).flatMap { objections(to: $0) }
    }

    private func objections(to groups: Groups) -> [Objection] {
        let changes = groups.flatMap(\.self)
        guard !memory.isProved(changes) else { return [] }
        let (kept, late) = separate(groups, from: [])
        if late.isEmpty { memory.prove(kept.flatMap(\.self)) }
        return late
    }

    /// In parts that have no root in common.
    private func independent(_ groups: Groups) -> [Groups] {
        var parts: [(roots: Set<String>, groups: Groups)] = []
        var partOfRoot: [String: Int] = [:]
        for group in groups {
            var roots = Set(group.flatMap { reach($0.location.span.file) })
            // Of a file nobody knows the roots of, everything may be reached.
            if roots.isEmpty { roots = ["*"] }
            let touched = Set(roots.compactMap { partOfRoot[$0] }).sorted()
            guard let first = touched.first else {
                for root in roots { partOfRoot[root] = parts.count }
                parts.append((roots, [group]))
                continue
            }
            for other in touched.dropFirst() {
                parts[first].groups += parts[other].groups
                parts[first].roots.formUnion(parts[other].roots)
                parts[other] = ([], [])
            }
            parts[first].groups.append(group)
            parts[first].roots.formUnion(roots)
            for root in parts[first].roots { partOfRoot[root] = first }
        }
        return parts.map(\.groups).filter { !$0.isEmpty }
    }

    /// The groups that are right together, earlier ones first, and what is to be said against the others.
    private func separate(_ groups: Groups, from kept: Groups) -> (kept: Groups, late: [Objection]) {
        guard !groups.isEmpty, let reason = verdict(on: (kept + groups).flatMap(\.self)) else { return (kept + groups, []) }
        guard groups.count > 1 else { return (kept, objections(to: groups[0], beside: kept, reason)) }
        let middle = groups.count / 2
        let first = separate(Array(groups[..<middle]), from: kept)
        let second = separate(Array(groups[middle...]), from: first.kept)
        return (second.kept, first.late + second.late)
    }

    /// What is wrong with a group: alone, or only together with others, for which it waits.
    private func objections(to group: [LocatedChange], beside kept: Groups, _ reason: String) -> [Objection] {
        guard kept.isEmpty || verdict(on: group) != nil else { return Self.objections(group, Self.conflicting) }
        // Several keys of one block are one edit; one of them may be wrong and the others right.
        let parts = group.flatMap(\.parts)
        guard group.count == 1, !parts.isEmpty else { return Self.objections(group, kept.isEmpty ? reason : verdict(on: group) ?? reason) }
        let guilty = parts.flatMap { part in verdict(on: [part]).map { Self.objections([part], $0) } ?? [] }
        return guilty.isEmpty ? Self.objections(Array(parts.dropFirst()), Self.conflicting) : guilty
    }

    private static func objections(_ changes: [LocatedChange], _ reason: String) -> [Objection] {
        changes.flatMap { $0.requests.map { Objection(finding: $0.finding, reason: reason) } }
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
        if requests.contains(where: { keys[$0.finding].map(failing.contains) ?? true }) { return Self.stays }
        return failing.subtracting(failingBefore).isEmpty ? nil : Self.causesAnother
    }

    /// Something changed that nobody requested.
    private func disturbed(_ after: JudgedTree, _ requests: [FixRequest]) -> String? {
        if let other = gainsForOthers(after, requests) { return Self.alsoChanges("the tags of", other.address) }
        let roots = after.roots ?? Set(sizes.keys).union(after.resources.lazy.map(\.identity.root))
        let requested = Dictionary(grouping: requests, by: \.resource)
        var keys: [String: Set<String>] = [:]
        for case (.tag(let key), let value) in requests.map({ ($0.subject, $0.value) }) { keys[key, default: []].insert(value) }
        let tags = after.resources.lazy.filter(\.isTag)
        guard tags.allSatisfy({ isWanted($0, keys) }) else { return Self.otherResources }
        let count = roots.reduce(0) { $0 + (sizes[$1] ?? 0) }
        let added = Set(requests.flatMap(\.added))
        let new = added.isEmpty ? 0 : after.resources.count { !$0.isTag && isAdded($0.identity, added) }
        guard after.resources.count - tags.count - new == count, keepsTags(of: roots, in: Set(tags.map(\.identity)), requests) else {
            return Self.otherResources
        }
        for index in after.resources.indices where !after.resources[index].isTag && !isAdded(after.resources[index].identity, added) {
            guard let place = before.place(of: after.resources[index].identity) else { return Self.otherResources }
            if let reason = disturbed(after.resources[index], before.resources[place], requested, adding: keys) { return reason }
        }
        return nil
    }

    /// Whether it is of a block that was requested, and was not there.
    private func isAdded(_ identity: ResourceIdentity, _ added: Set<ResourceIdentity>) -> Bool {
        !added.isEmpty && before.place(of: identity) == nil && added.contains(identity.block)
    }

    private func disturbed(
        _ resource: Resource, _ old: Resource, _ requested: [ResourceIdentity: [FixRequest]], adding keys: [String: Set<String>]
    ) -> String? {
        let own = requested[resource.identity] ?? []
        let address = resource.identity.address
        let sizes = own.contains { if case .size = $0.subject { true } else { false } }
        if resource.size?.value != old.size?.value, !sizes { return Self.alsoChanges("the size of", address) }
        if resource.tags != old.tags, !mayHave(resource.tags, instead: old.tags, own, adding: keys), !wants(resource, old.tags) {
            return Self.alsoChanges("the tags of", address)
        }
        let isReplaced = old.tags.changeReplaces && !resource.tags.tags.hasSameValues(as: old.tags.tags) && deployment.mayHave(old)
        return isReplaced ? Self.wouldReplace(address) : nil
    }

    /// The first resource whose tag would change, of a key that only those may get for which it was requested; nil: there is none.
    private func gainsForOthers(_ after: JudgedTree, _ requests: [FixRequest]) -> ResourceIdentity? {
        var requested: [String: Set<ResourceIdentity>] = [:]
        for request in requests where request.isForItselfOnly {
            if case .tag(let key) = request.subject { requested[key, default: []].insert(request.resource) }
        }
        guard !requested.isEmpty else { return nil }
        return after.resources.filter { resource in
            requested.contains { key, resources in
                !resources.contains(resource.identity)
                    && resource.tags.tags[key]?.value != before[resource.identity]?.tags.tags[key]?.value
            }
        }.map(\.identity).min()
    }

    /// A resource that is one tag of another is there as before, or says what was requested.
    private func isWanted(_ tag: Resource, _ keys: [String: Set<String>]) -> Bool {
        if let old = before[tag.identity], old.tags.tags.hasSameValues(as: tag.tags.tags) { return true }
        return !tag.tags.tags.isEmpty
            && tag.tags.tags.allSatisfy { key, tag in tag.value.map { keys[key]?.contains($0) ?? false } ?? false }
    }

    /// Resources that are tags go only where a key is renamed.
    private func keepsTags(of roots: Set<String>, in left: Set<ResourceIdentity>, _ requests: [FixRequest]) -> Bool {
        var renamed: Set<String> = []
        for case .rename(_, let key, _) in requests.flatMap(\.candidates).flatMap(\.steps).map(\.operation) { renamed.insert(key) }
        return before.resources.allSatisfy {
            !$0.isTag || !roots.contains($0.identity.root) || left.contains($0.identity) || renamed.isSuperset(of: $0.tags.tags.keys)
        }
    }

    private func mayHave(_ new: TagSet, instead old: TagSet, _ own: [FixRequest], adding keys: [String: Set<String>]) -> Bool {
        if sameTags(new, old) { return true }
        // Where it is not known which tags there are, a key more that others want does no harm.
        if old.openReason != nil, new.openReason != nil, onlyGains(new, old, keys) { return true }
        // Tags that are derived from a fixed one, such as a Name, may follow it on the same resource; a key that others want may not.
        let wanted = Set(own.compactMap { if case .tag(let key) = $0.subject { key } else { nil } })
        let gained = Set(new.tags.keys).subtracting(old.tags.keys).intersection(keys.keys)
        return !own.isEmpty && gained.isSubset(of: wanted)
    }

    /// Whether a resource for which nothing was requested only gets what its own findings ask for, by way of what it inherits.
    private func wants(_ resource: Resource, _ old: TagSet) -> Bool {
        guard let wanted = wanted[resource.identity], (resource.tags.openReason == nil) == (old.openReason == nil) else { return false }
        return Set(resource.tags.tags.keys).union(old.tags.keys).allSatisfy { key in
            let (then, now) = (old.tags[key]?.value, resource.tags.tags[key]?.value)
            return then == now || now != nil && now == wanted[key]
        }
    }

    private static func wanted(in findings: [Finding]) -> [ResourceIdentity: [String: String]] {
        var wanted: [ResourceIdentity: [String: String]] = [:]
        for finding in findings where finding.isFailing && finding.policy.kind == .tagging {
            guard let identity = finding.resource?.identity else { continue }
            wanted[identity, default: [:]].merge(finding.proposal, uniquingKeysWith: { first, _ in first })
        }
        return wanted
    }

    private func onlyGains(_ new: TagSet, _ old: TagSet, _ keys: [String: Set<String>]) -> Bool {
        Set(new.tags.keys).union(old.tags.keys).allSatisfy { key in
            let (then, now) = (old.tags[key]?.value, new.tags[key]?.value)
            if then == now, new.tags[key] != nil || keys[key] == nil { return true }
            guard then == nil, let values = keys[key] else { return false }
            return now.map { values.contains($0) } ?? true
        }
    }

    /// Something else reads what is edited, and would read something else.
    private func readsOther(_ after: JudgedTree, _ files: Set<String>, _ requests: [FixRequest]) -> String? {
        let (old, new) = (memory.readers(near: files), after.readers(files))
        let requested = Dictionary(grouping: requests, by: \.resource)
        // Mistakes of a whole root, which have no address, say least and come last.
        let tags = Set(after.resources.lazy.filter(\.isTag).map(\.identity))
        let added = Set(requests.flatMap(\.added))
        let differing = Set(old.keys).union(new.keys).filter { identity in
            let own = requested[identity] ?? []
            if isAdded(identity, added) { return false }
            return others(old[identity], own) != others(new[identity], own)
        }.sorted()
        for identity in differing.filter({ !$0.address.isEmpty }) + differing.filter(\.address.isEmpty) {
            guard let reader = old[identity] ?? new[identity] else { continue }
            let changed = Self.differences(old[identity], new[identity])
            // What they say is compared as such.
            if tags.contains(identity) || before[identity]?.isTag ?? false,
                old[identity] == nil || new[identity] == nil || changed.isSubset(of: ["key", "value"])
            {
                continue
            }
            if changed.contains("validation") { return Self.refusedValue(identity.address, reader.place) }
            if changed == [CodeReader.unknownTags] { return Self.alsoChanges("the tags of", identity.address) }
            if before.place(of: identity) != nil { return Self.alsoChanges("other arguments of", identity.address) }
            return identity.address.isEmpty ? Self.mistake : Self.alsoReads(identity.address, reader.place)
        }
        return nil
    }

    private static func differences(_ a: CodeReader?, _ b: CodeReader?) -> Set<String> {
        let (old, new) = (a?.digests ?? [:], b?.digests ?? [:])
        return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    }

    private func others(_ reader: CodeReader?, _ requests: [FixRequest]) -> [String: SHA256.Digest] {
        var digests = reader?.digests ?? [:]
        for request in requests {
            switch request.subject {
            case .argument(let name), .size(let name): digests[String(name.prefix { $0 != "." })] = nil
            // Tags that are derived from a fixed one may follow it on the same resource.
            case .tag: digests[CodeReader.unknownTags] = nil
            case .block: break
            }
        }
        return digests
    }

    private func sameTags(_ a: TagSet, _ b: TagSet) -> Bool {
        a.tags.hasSameValues(as: b.tags) && (a.openReason == nil) == (b.openReason == nil)
    }

    /// Findings that fail or are unknown.
    private static func problems(of tree: JudgedTree) -> Set<FindingKey> {
        Set(tree.findings.filter { $0.verdict != .pass }.map(\.key.atAddress))
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
    private static func wouldReplace(_ address: String) -> String {
        "the place is shared: the provider would replace \(address), whose tags it cannot change"
    }
    private static func refusedValue(_ address: String, _ place: Place) -> String {
        "the validation of \(address) would not hold (\(place.file):\(place.line))"
    }
    private static func alsoReads(_ address: String, _ place: Place) -> String {
        "the place is shared: \(address) reads it too (\(place.file):\(place.line))"
    }
}

/// What a proof need not find out twice.
private final class ProofMemory {
    private struct Edit: Hashable {
        var file: String
        var edits: [TextEdit]
    }

    private let find: (Set<String>) -> CodeReaders
    private var readers: [Set<String>: CodeReaders] = [:]
    private var proved: Set<Set<Edit>> = []

    init(_ find: @escaping (Set<String>) -> CodeReaders) {
        self.find = find
    }

    /// What reads values before any edit.
    func readers(near files: Set<String>) -> CodeReaders {
        if let found = readers[files] { return found }
        let found = find(files)
        readers[files] = found
        return found
    }

    func isProved(_ changes: [LocatedChange]) -> Bool { proved.contains(Self.edits(changes)) }
    func prove(_ changes: [LocatedChange]) { proved.insert(Self.edits(changes)) }

    private static func edits(_ changes: [LocatedChange]) -> Set<Edit> {
        Set(changes.map { Edit(file: $0.location.span.file, edits: $0.edits) })
    }
}

extension Resource {
    /// Whether it is one tag of another resource: of these it is read what they say, though they take no tags themselves.
    fileprivate var isTag: Bool { tags.supported == false && !tags.tags.isEmpty }
}
