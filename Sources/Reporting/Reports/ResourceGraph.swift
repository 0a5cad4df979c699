package import CostModel

/// Which blocks of the code name each other, and what each costs. References between modules are not among them: a module's arguments and
/// outputs pass values on, and not names.
package struct ResourceGraph: Hashable, Sendable {
    /// A block that declares resources.
    package struct Block: Hashable, Sendable {
        /// Its root, and the address without instance keys.
        package var identity: ResourceIdentity
        package var place: Place
        /// How many resources it declares, and how many of them are on the bill.
        package var count: Int
        package var billed: Int
        /// In a month, of those that are on the bill; nil: none is, or it is not known.
        package var monthly: Money?

        package init(identity: ResourceIdentity, place: Place, count: Int, billed: Int, monthly: Money?) {
            self.identity = identity
            self.place = place
            self.count = count
            self.billed = billed
            self.monthly = monthly
        }
    }

    /// A reference, by the places of blocks.
    package struct Reference: Hashable, Sendable, Comparable {
        package var from: Int
        package var to: Int

        package static func < (a: Reference, b: Reference) -> Bool { (a.from, a.to) < (b.from, b.to) }
    }

    /// By identity.
    package let blocks: [Block]
    package let references: [Reference]

    /// - Parameter monthly: what resources cost that are on the bill; nil: what they cost is not known.
    package init(_ resources: [Resource], monthly: [ResourceIdentity: Money]?, currency: Currency) {
        let groups = Dictionary(grouping: resources, by: \.identity.block).sorted { $0.key < $1.key }
        blocks = groups.map { identity, members in
            let amounts = members.compactMap { monthly?[$0.identity] }
            return Block(
                identity: identity, place: members[0].location, count: members.count, billed: amounts.count,
                monthly: amounts.isEmpty ? nil : amounts.reduce(Money.zero(currency), +))
        }
        let places = Dictionary(groups.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var found: Set<Reference> = []
        for (index, (identity, members)) in groups.enumerated() {
            // `module.ledger.` before `aws_instance.web`.
            let module = identity.address.split(separator: ".", omittingEmptySubsequences: false).dropLast(2).map { $0 + "." }.joined()
            for referrer in Set(members.flatMap(\.referencedBy)) where referrer.type != "data" {
                let from = ResourceIdentity(root: identity.root, address: module + referrer.address)
                if let from = places[from], from != index { found.insert(Reference(from: from, to: index)) }
            }
        }
        references = found.sorted()
    }

    /// - Parameter references: by the places of the blocks.
    init(blocks: [Block], references: [Reference]) {
        self.blocks = blocks
        self.references = references
    }
}
