/// Where what is charged for transfer goes. In the order in which a charge is held against them.
package enum TransferKind: Int32, Hashable, Sendable, CaseIterable, Comparable {
    /// No transfer at all.
    case notTransfer
    case peering, vpn, interRegion, directConnect, cdn, internet, interZone, transitGateway, nat
    /// Transfer, but the row does not say of which kind.
    case unknown

    /// As keys of policies and documents have it: `interRegion`.
    package var name: String {
        switch self {
        case .notTransfer: "notTransfer"
        case .peering: "peering"
        case .vpn: "vpn"
        case .interRegion: "interRegion"
        case .directConnect: "directConnect"
        case .cdn: "cdn"
        case .internet: "internet"
        case .interZone: "interZone"
        case .transitGateway: "transitGateway"
        case .nat: "nat"
        case .unknown: "unknown"
        }
    }

    package static var kinds: [TransferKind] { allCases.filter { $0 != .notTransfer } }
    package static func < (a: TransferKind, b: TransferKind) -> Bool { a.rawValue < b.rawValue }

    /// What usually makes it less.
    package var remedy: String {
        switch self {
        case .notTransfer, .unknown: "ask for the usage type, or the SKU's meter, in the export"
        case .peering: "keep what talks to each other in one zone: peering within a zone is free"
        case .vpn: "send less over the tunnel: compress, cache, or move what reads to where the data is"
        case .interRegion: "read a replica in the same region, and replicate only what is read"
        case .directConnect: "compress, cache, or give back a port that is mostly idle"
        case .cdn: "compress, cache longer, and leave out edges that nobody near asks"
        case .internet: "put a CDN before it, compress, and close what need not be public"
        case .interZone: "keep callers and what they call in one zone: topology-aware routing, replicas per zone"
        case .transitGateway: "peer the two busiest networks directly: a gateway charges for each byte, peering within a zone does not"
        case .nat: "a gateway endpoint for S3 and DynamoDB is free; other services have interface endpoints"
        }
    }
}
