/// Which finding of an evaluation goes on with which life.
///
/// What is deployed decides; where that does not tell, the place in the code, also where the code says that it has moved. So neither a
/// renamed resource nor one that is made anew begins a new life. Lives that are not over come first: nobody ends an open one by taking
/// the address of a fixed one.
package struct LifeMatches {
    /// By the number of a finding, that of its life; and the other way round.
    private var lives: [Int: Int] = [:]
    private var findings: [Int: Int] = [:]
    private let successors: (ResourceIdentity) -> [ResourceIdentity]

    /// - Parameters:
    ///   - successors: the resources that one of an earlier revision may have become, best first, by what the code says was moved.
    package init(
        _ findings: [Finding], _ lives: [FindingLife], successors: @escaping (ResourceIdentity) -> [ResourceIdentity] = { _ in [] }
    ) {
        self.successors = successors
        guard !lives.isEmpty else { return }
        let places = Places(findings, of: Set(lives.map(\.policy)))
        let order = lives.indices.sorted { lives[$0].identity < lives[$1].identity }
        let groups = [order.filter { lives[$0].state != .fixed }, order.filter { lives[$0].state == .fixed }]
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
    }

    package func life(ofFinding number: Int) -> Int? { lives[number] }
    package func finding(ofLife number: Int) -> Int? { findings[number] }

    /// Where the resource of a life is now, as far as the code says.
    func resource(of life: FindingLife, among present: Set<ResourceIdentity>) -> ResourceIdentity? {
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
    init(_ findings: [Finding], of policies: Set<PolicyReference>) {
        for index in findings.indices where findings[index].enforcement.counts && policies.contains(findings[index].policy) {
            let key = findings[index].key
            addresses[key.atAddress] = index
            if let deployedKey = key.asDeployed { deployed[deployedKey] = index }
            if key.period != nil { undated[key.atAddress.undated] = index }
        }
    }
}
