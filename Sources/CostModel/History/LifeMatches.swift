/// Which finding of an evaluation, or which recommendation that was held back, goes on with which life.
///
/// What is deployed decides; where that does not tell, the place in the code, also where the code says that it has moved. So neither a
/// renamed resource nor one that is made anew begins a new life. Lives that are not over come first: nobody ends an open one by taking
/// the address of a fixed one.
///
/// Where a resource has left the code and another one of its type, of the same team, has the same finding, the other takes its place: what
/// is destroyed and made again under another name is no fix, and begins nothing anew. That goes for one that was made shortly before, too,
/// though its finding has a life by then. A recommendation that is held back takes a place only for a resource that is new: of one that was
/// there before it says nothing. The same goes for one resource of which another part fails once the first one is in order, and for a new
/// one that fails in another part.
package struct LifeMatches {
    /// By the number of a finding, that of its life; and the other way round. What was held back is numbered after the findings.
    private var lives: [Int: Int] = [:]
    private var findings: [Int: Int] = [:]
    /// The numbers of lives whose finding went on with an older one.
    package private(set) var merged: Set<Int> = []
    private let successors: (ResourceIdentity) -> [ResourceIdentity]
    private let isBilled: (String?) -> Bool
    private let isNew: (ResourceIdentity) -> Bool
    /// How many findings there are.
    private let count: Int

    /// How many days after a resource has left the code, or before that, another one may take its place.
    package static let replacementDays = 28

    /// - Parameters:
    ///   - held: the recommendations that were held back.
    ///   - isNew: whether a resource of the code was not charged before, or first in the 28 days.
    ///   - owners: by resource.
    ///   - present: the resources of the code; empty: what has left cannot be told, and nothing takes its place.
    ///   - now: when the findings were made.
    ///   - isBilled: whether what is deployed under a name is charged though it is not in the code: nothing takes its place yet.
    ///   - successors: the resources that one of an earlier revision may have become, best first, by what the code says was moved.
    package init(
        _ findings: [Finding], _ lives: [FindingLife], held: [Suppression] = [],
        isNew: @escaping (ResourceIdentity) -> Bool = { _ in false },
        owners: [ResourceIdentity: String] = [:], present: Set<ResourceIdentity> = [], at now: Instant? = nil,
        isBilled: @escaping (String?) -> Bool = { _ in false },
        successors: @escaping (ResourceIdentity) -> [ResourceIdentity] = { _ in [] }
    ) {
        self.successors = successors
        self.isBilled = isBilled
        self.isNew = isNew
        count = findings.count
        guard !lives.isEmpty else { return }
        let places = Places(findings, held, of: Set(lives.map(\.policy)))
        // Of two that were about the same the older one goes on.
        let order = lives.indices.sorted { a, b in
            lives[a].firstSeen == lives[b].firstSeen ? lives[a].identity < lives[b].identity : lives[a].firstSeen < lives[b].firstSeen
        }
        let groups = [
            order.filter { lives[$0].isOpen }, order.filter { lives[$0].state == .appearing }, order.filter { lives[$0].state == .fixed },
        ]
        let keys = lives.map(\.key)
        let ways: [(FindingKey) -> [Int]] = [
            { $0.asDeployed.flatMap { places.deployed[$0] }.map { [$0] } ?? [] },
            { places.addresses[$0.atAddress].map { [$0] } ?? [] },
            { key in
                (key.resource.map(successors) ?? []).compactMap { successor in
                    var moved = key.atAddress
                    moved.resource = successor
                    return places.addresses[moved]
                }
            },
            // Older versions did not write down which period an overrun was of.
            { key in key.period == nil ? places.undated[key.atAddress].map { [$0] } ?? [] : [] },
        ]
        for group in groups {
            for way in ways {
                for life in group where self.findings[life] == nil {
                    guard let finding = way(keys[life]).first(where: { self.lives[$0] == nil }) else { continue }
                    self.lives[finding] = life
                    self.findings[life] = finding
                }
            }
        }
        if let now { exchange(findings, lives, order: groups.joined().map(\.self), at: now) }
        guard !present.isEmpty else { return }
        replace(findings, lives, order: groups.joined().map(\.self), present: present, at: now)
        let open = (groups[0] + groups[1]).filter { lives[$0].isReplaceable(at: now) }
        replace(held.filter { isNew($0.resource.identity) }, held, lives, order: open, owners: owners, present: present)
    }

    /// Gives what is left of the findings to lives whose resource has left the code.
    private mutating func replace(
        _ findings: [Finding], _ lives: [FindingLife], order: [Int], present: Set<ResourceIdentity>, at now: Instant?
    ) {
        var free: [Replacement: [Int]] = [:]
        for index in findings.indices where (findings[index].hasLife || findings[index].awaitsApply) && self.lives[index] == nil {
            guard let resource = findings[index].resource, present.contains(resource.identity) else { continue }
            let place = Replacement(
                policy: findings[index].policy, subject: findings[index].subject, team: findings[index].team, type: resource.type)
            free[place, default: []].append(index)
        }
        free = free.mapValues { $0.sorted { findings[$0].key.identity > findings[$1].key.identity } }
        let replaceable = order.filter { lives[$0].isReplaceable(at: now) }
        takeBack(&free, findings, lives, order: order)
        var replaced = give(&free, to: replaceable, lives, present: present)
        guard let now else { return }
        var parts = newParts(free.values.joined(), findings, lives, at: now)
        if !parts.isEmpty { replaced += give(&parts, to: replaceable, lives, present: present, anyPart: true) }
        let open = order.filter { lives[$0].state != .fixed && lives[$0].isReplaceable(at: now) }
        merge(findings, lives, order: open, present: present, at: now)
        end(between: replaced, lives, open: open, present: present, at: now)
    }

    /// Takes lives back that went on with a new resource of which nobody knew whether it fails: it does not, and another new one does.
    private mutating func takeBack(_ free: inout [Replacement: [Int]], _ findings: [Finding], _ lives: [FindingLife], order: [Int]) {
        guard !free.isEmpty else { return }
        for life in order where lives[life].isOpen && lives[life].unseenSince != nil {
            guard let finding = self.findings[life], finding < count, findings[finding].verdict == .pass, !findings[finding].awaitsApply,
                let resource = findings[finding].resource, isNew(resource.identity), let place = Replacement(lives[life]),
                let other = free[place]?.lastIndex(where: { index in
                    findings[index].verdict == .fail && findings[index].resource.map { isNew($0.identity) } ?? false
                }), let taken = free[place]?.remove(at: other)
            else { continue }
            self.lives[finding] = nil
            self.lives[taken] = life
            self.findings[life] = taken
        }
    }

    /// What fails of new resources, by what their place has in common whichever part fails.
    private func newParts(
        _ numbers: some Sequence<Int>, _ findings: [Finding], _ lives: [FindingLife], at now: Instant
    ) -> [Replacement: [Int]] {
        let new = numbers.filter { index in
            findings[index].subject != nil && findings[index].resource.map { isNew($0.identity) } ?? false
        }
        guard !new.isEmpty else { return [:] }
        let beginnings = Beginnings(findings, lives, self.lives, at: now)
        var parts: [Replacement: [Int]] = [:]
        for index in new where beginnings.isOfOneTeam(index) {
            guard let resource = findings[index].resource else { continue }
            let place = Replacement(policy: findings[index].policy, subject: nil, team: findings[index].team, type: resource.type)
            parts[place, default: []].append(index)
        }
        return parts.mapValues { $0.sorted { findings[$0].key.identity > findings[$1].key.identity } }
    }

    /// Ends what came between a life and what takes its place now: it began shortly before, and its own resource has left the code by then.
    private mutating func end(
        between replaced: [Int], _ lives: [FindingLife], open: [Int], present: Set<ResourceIdentity>, at now: Instant
    ) {
        for old in replaced {
            let between = open.last { life in
                life != old && findings[life] == nil && !merged.contains(life) && lives[life].firstSeen > lives[old].firstSeen
                    && lives[life].firstSeen.day.advanced(by: Self.replacementDays) > now.day && hasLeftCode(lives[life], present)
                    && Replacement(lives[life]) == Replacement(lives[old])
            }
            if let between { merged.insert(between) }
        }
    }

    /// Gives findings that began shortly before to lives whose resource has left the code since: who makes the next one first and removes
    /// the last one then has fixed nothing.
    private mutating func merge(
        _ findings: [Finding], _ lives: [FindingLife], order: [Int], present: Set<ResourceIdentity>, at now: Instant
    ) {
        let leaving = order.filter { self.findings[$0] == nil && hasLeft(lives[$0], present) }
        guard !leaving.isEmpty else { return }
        var young: [Replacement: [Int]] = [:]
        for (finding, life) in self.lives where finding < count && lives[life].state != .fixed {
            guard findings[finding].hasLife || findings[finding].awaitsApply else { continue }
            guard lives[life].firstSeen.day.advanced(by: Self.replacementDays) > now.day,
                let resource = findings[finding].resource, present.contains(resource.identity)
            else { continue }
            let place = Replacement(
                policy: findings[finding].policy, subject: findings[finding].subject, team: findings[finding].team, type: resource.type)
            young[place, default: []].append(finding)
        }
        merge(&young, leaving, findings, lives)
        let rest = leaving.filter { self.findings[$0] == nil && lives[$0].subject != nil }
        guard !rest.isEmpty else { return }
        var parts = newParts(young.values.joined(), findings, lives, at: now)
        merge(&parts, rest, findings, lives, anyPart: true)
    }

    private mutating func merge(
        _ young: inout [Replacement: [Int]], _ leaving: [Int], _ findings: [Finding], _ lives: [FindingLife], anyPart: Bool = false
    ) {
        // The youngest last.
        young = young.mapValues { numbers in
            numbers.sorted { a, b in
                let (one, other) = (self.lives[a].map { lives[$0] }, self.lives[b].map { lives[$0] })
                return (one?.firstSeen.seconds ?? 0, one?.identity ?? "") < (other?.firstSeen.seconds ?? 0, other?.identity ?? "")
            }
        }
        for old in leaving {
            guard var place = Replacement(lives[old]) else { continue }
            if anyPart { place.subject = nil }
            guard let finding = young[place]?.last, let other = self.lives[finding], lives[other].firstSeen > lives[old].firstSeen else {
                continue
            }
            young[place]?.removeLast()
            self.findings[other] = nil
            merged.insert(other)
            self.lives[finding] = old
            self.findings[old] = finding
        }
    }

    /// Gives what fails of a resource to the life of another part of it that is in order now, or has been for a few days: who takes one tag
    /// away and adds another one has fixed nothing. What began to fail for several teams at once is asked for since then, and nobody's doing.
    private mutating func exchange(_ findings: [Finding], _ lives: [FindingLife], order: [Int], at now: Instant) {
        let mended = order.filter { life in
            guard lives[life].subject != nil, let finding = self.findings[life], finding < count else { return false }
            return findings[finding].verdict == .pass && !findings[finding].awaitsApply && lives[life].mayReturn(at: now)
        }
        guard !mended.isEmpty else { return }
        struct Part: Hashable {
            var policy: PolicyReference
            var resource: ResourceIdentity?
        }
        var failing: [Part: [Int]] = [:]
        let beginnings = Beginnings(findings, lives, self.lives, at: now)
        for index in findings.indices where findings[index].subject != nil && Beginnings.fails(findings[index]) {
            let isYoung = self.lives[index].map { life in
                lives[life].state != .fixed && lives[life].firstSeen.day.advanced(by: Self.replacementDays) > now.day
            }
            guard isYoung ?? true else { continue }
            failing[Part(policy: findings[index].policy, resource: findings[index].resource?.identity), default: []].append(index)
        }
        guard !failing.isEmpty else { return }
        for old in mended {
            guard let passing = self.findings[old] else { continue }
            let part = Part(policy: findings[passing].policy, resource: findings[passing].resource?.identity)
            let candidate = failing[part]?.firstIndex { index in
                guard beginnings.isOfOneTeam(index) else { return false }
                return self.lives[index].map { lives[$0].firstSeen > lives[old].firstSeen } ?? true
            }
            guard let candidate, let finding = failing[part]?.remove(at: candidate) else { continue }
            if let other = self.lives[finding] {
                self.findings[other] = nil
                merged.insert(other)
            }
            self.lives[passing] = nil
            self.lives[finding] = old
            self.findings[old] = finding
        }
    }

    /// Whether a resource has left the code, and is not charged any more.
    private func hasLeft(_ life: FindingLife, _ present: Set<ResourceIdentity>) -> Bool {
        hasLeftCode(life, present) && !isBilled(life.deployed)
    }

    private func hasLeftCode(_ life: FindingLife, _ present: Set<ResourceIdentity>) -> Bool {
        guard let resource = life.key.resource, !present.contains(resource) else { return false }
        return !successors(resource).contains(where: present.contains)
    }

    /// Gives what is left of what was held back to lives that are not over.
    private mutating func replace(
        _ new: [Suppression], _ held: [Suppression], _ lives: [FindingLife], order: [Int], owners: [ResourceIdentity: String],
        present: Set<ResourceIdentity>
    ) {
        guard !new.isEmpty else { return }
        let allowed = Set(new.map(\.resource.identity))
        var free: [Replacement: [Int]] = [:]
        for index in held.indices.reversed() where allowed.contains(held[index].resource.identity) {
            // What was never open has no life of its own yet: before the first charge nobody could tell what it saves.
            guard self.lives[count + index].map({ lives[$0].opened == nil }) ?? true else { continue }
            let resource = held[index].resource
            let place = Replacement(
                policy: held[index].policy, subject: nil, team: owners[resource.identity], type: resource.type)
            free[place, default: []].append(count + index)
        }
        give(&free, to: order, lives, present: present)
    }

    /// - Returns: the lives that go on in another place.
    @discardableResult
    private mutating func give(
        _ free: inout [Replacement: [Int]], to order: [Int], _ lives: [FindingLife], present: Set<ResourceIdentity>, anyPart: Bool = false
    ) -> [Int] {
        guard !free.isEmpty else { return [] }
        var replaced: [Int] = []
        for life in order where self.findings[life] == nil {
            guard hasLeft(lives[life], present), var place = Replacement(lives[life]), !anyPart || place.subject != nil else { continue }
            if anyPart { place.subject = nil }
            guard let finding = free[place]?.popLast() else { continue }
            if let other = self.lives[finding] {
                self.findings[other] = nil
                merged.insert(other)
            }
            self.lives[finding] = life
            self.findings[life] = finding
            replaced.append(life)
        }
        return replaced
    }

    /// What a resource must have in common with one whose place it takes.
    private struct Replacement: Hashable {
        var policy: PolicyReference
        var subject: String?
        var team: String?
        var type: String

        init(policy: PolicyReference, subject: String?, team: String?, type: String) {
            self.policy = policy
            self.subject = subject
            self.team = team
            self.type = type
        }

        init?(_ life: FindingLife) {
            guard let type = life.resourceType else { return nil }
            self.init(policy: life.policy, subject: life.subject, team: life.team, type: type)
        }
    }

    package func life(ofFinding number: Int) -> Int? { lives[number] }
    package func finding(ofLife number: Int) -> Int? { findings[number].flatMap { $0 < count ? $0 : nil } }
    /// The number, among what was held back, of what goes on with a life.
    package func held(ofLife number: Int) -> Int? { findings[number].flatMap { $0 < count ? nil : $0 - count } }

    /// Where the resource of a life is now, as far as the code says.
    package func resource(of life: FindingLife, among present: Set<ResourceIdentity>) -> ResourceIdentity? {
        guard let resource = life.key.resource else { return nil }
        return present.contains(resource) ? resource : successors(resource).first(where: present.contains) ?? resource
    }
}

/// Where findings that count are, by what they ask.
private struct Places {
    var addresses: [FindingKey: Int] = [:]
    var deployed: [FindingKey: Int] = [:]
    var undated: [FindingKey: Int] = [:]

    /// - Parameter policies: those that lives are remembered of: most findings pass and never had one.
    init(_ findings: [Finding], _ held: [Suppression], of policies: Set<PolicyReference>) {
        for index in findings.indices where findings[index].enforcement.counts && policies.contains(findings[index].policy) {
            add(findings[index].key, index)
        }
        for index in held.indices where policies.contains(held[index].policy) { add(held[index].key, findings.count + index) }
    }

    private mutating func add(_ key: FindingKey, _ index: Int) {
        addresses[key.atAddress] = index
        if let deployedKey = key.asDeployed { deployed[deployedKey] = index }
        if key.period != nil { undated[key.atAddress.undated] = index }
    }
}

extension FindingLife {
    /// What `unseenReason` of a fixed one says where its resource has left the code: it was removed rather than mended.
    package static let leftTheCode = "its resource left the code"

    /// Whether it was fixed by the removal of its resource.
    package var hasLeft: Bool { state == .fixed && unseenReason == Self.leftTheCode }

    /// Whether another resource may take the place of this one's, if that is gone.
    fileprivate func isReplaceable(at now: Instant?) -> Bool {
        // What was seen once and then missed was never open.
        guard state == .fixed else { return opened != nil || missedSince == nil }
        guard hasLeft, let fixed, let now else { return false }
        return fixed.day.advanced(by: LifeMatches.replacementDays) > now.day
    }

    /// Whether what fails of the same resource now may be what failed before.
    fileprivate func mayReturn(at now: Instant) -> Bool {
        guard opened != nil else { return false }
        return state != .fixed || !hasLeft && (fixed.map { $0.day.advanced(by: LifeMatches.replacementDays) > now.day } ?? false)
    }

    /// `aws_instance`, of what is deployed or of the address; nil for a part of the bill.
    var resourceType: String? {
        if let deployed, let end = deployed.firstIndex(of: ":") { return String(deployed[..<end]) }
        guard let address = key.resource?.address else { return nil }
        // An index may hold dots: `module.web["a.b"].aws_instance.app[0]`
        var depth = 0
        let names = address.filter { character in
            if character == "[" { depth += 1 }
            defer { if character == "]" { depth -= 1 } }
            return depth == 0
        }.split(separator: ".")
        return names.count > 1 ? String(names[names.count - 2]) : nil
    }
}
