/// Which finding of an evaluation, or which recommendation that was held back, goes on with which life.
///
/// What is deployed decides; where that does not tell, the place in the code, also where the code says that it has moved. So neither a
/// renamed resource nor one that is made anew begins a new life. Lives that are not over come first: nobody ends an open one by taking
/// the address of a fixed one.
///
/// Where a resource has left the code and another one of its type, of the same team, has the same finding, the other takes its place: what
/// is destroyed and made again under another name is no fix, and begins nothing anew. A recommendation that is held back takes a place only
/// for a resource that is new: of one that was there before it says nothing.
package struct LifeMatches {
    /// By the number of a finding, that of its life; and the other way round. What was held back is numbered after the findings.
    private var lives: [Int: Int] = [:]
    private var findings: [Int: Int] = [:]
    private let successors: (ResourceIdentity) -> [ResourceIdentity]
    /// How many findings there are.
    private let count: Int

    /// How many days after a resource has left the code another one may take its place.
    package static let replacementDays = 28

    /// - Parameters:
    ///   - held: the recommendations that were held back.
    ///   - isNew: whether a resource of the code was not charged before, or first in the 28 days.
    ///   - owners: by resource.
    ///   - present: the resources of the code; empty: what has left cannot be told, and nothing takes its place.
    ///   - now: when the findings were made.
    ///   - successors: the resources that one of an earlier revision may have become, best first, by what the code says was moved.
    package init(
        _ findings: [Finding], _ lives: [FindingLife], held: [Suppression] = [], isNew: (ResourceIdentity) -> Bool = { _ in false },
        owners: [ResourceIdentity: String] = [:], present: Set<ResourceIdentity> = [], at now: Instant? = nil,
        successors: @escaping (ResourceIdentity) -> [ResourceIdentity] = { _ in [] }
    ) {
        self.successors = successors
        count = findings.count
        guard !lives.isEmpty else { return }
        let places = Places(findings, held, of: Set(lives.map(\.policy)))
        let order = lives.indices.sorted { lives[$0].identity < lives[$1].identity }
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
        guard !present.isEmpty else { return }
        replace(findings, lives, order: groups.joined().map(\.self), present: present, at: now)
        replace(held.filter { isNew($0.resource.identity) }, held, lives, order: groups[0] + groups[1], owners: owners, present: present)
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
        give(&free, to: order.filter { lives[$0].isReplaceable(at: now) }, lives, present: present)
    }

    /// Gives what is left of what was held back to lives that are not over.
    private mutating func replace(
        _ new: [Suppression], _ held: [Suppression], _ lives: [FindingLife], order: [Int], owners: [ResourceIdentity: String],
        present: Set<ResourceIdentity>
    ) {
        guard !new.isEmpty else { return }
        let allowed = Set(new.map(\.resource.identity))
        var free: [Replacement: [Int]] = [:]
        for index in held.indices.reversed() where self.lives[count + index] == nil && allowed.contains(held[index].resource.identity) {
            let resource = held[index].resource
            let place = Replacement(
                policy: held[index].policy, subject: nil, team: owners[resource.identity], type: resource.type)
            free[place, default: []].append(count + index)
        }
        give(&free, to: order, lives, present: present)
    }

    private mutating func give(
        _ free: inout [Replacement: [Int]], to order: [Int], _ lives: [FindingLife], present: Set<ResourceIdentity>
    ) {
        guard !free.isEmpty else { return }
        for life in order where self.findings[life] == nil {
            guard let resource = lives[life].key.resource, let type = lives[life].resourceType, !present.contains(resource),
                !successors(resource).contains(where: present.contains)
            else { continue }
            let place = Replacement(policy: lives[life].policy, subject: lives[life].subject, team: lives[life].team, type: type)
            guard let finding = free[place]?.popLast() else { continue }
            self.lives[finding] = life
            self.findings[life] = finding
        }
    }

    /// What a resource must have in common with one whose place it takes.
    private struct Replacement: Hashable {
        var policy: PolicyReference
        var subject: String?
        var team: String?
        var type: String
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
        guard state == .fixed else { return true }
        guard hasLeft, let fixed, let now else { return false }
        return fixed.day.advanced(by: LifeMatches.replacementDays) > now.day
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
