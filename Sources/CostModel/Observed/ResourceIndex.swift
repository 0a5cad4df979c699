/// Resources that are found by their identity. It says where among them each is: they are large, and are not there twice for it.
package struct ResourceIndex: Sendable {
    package let resources: [Resource]
    private let places: [ResourceIdentity: Int]

    /// Of several resources of one identity the first counts.
    package init(_ resources: [Resource]) {
        self.resources = resources
        places = Dictionary(resources.indices.map { (resources[$0].identity, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func place(of identity: ResourceIdentity) -> Int? { places[identity] }

    package subscript(identity: ResourceIdentity) -> Resource? { places[identity].map { resources[$0] } }
}
