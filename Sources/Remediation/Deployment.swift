import CostModel

/// Which resources may be there already. Of a root without a state nobody knows what is deployed.
struct Deployment {
    private let rootsWithState: Set<String>

    init(_ resources: some Sequence<Resource>) {
        rootsWithState = Set(resources.lazy.filter { $0.deployed != nil }.map(\.identity.root))
    }

    func mayHave(_ resource: Resource) -> Bool { resource.deployed != nil || !rootsWithState.contains(resource.identity.root) }
}
