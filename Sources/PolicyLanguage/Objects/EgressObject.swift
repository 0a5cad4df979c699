import CostModel
import Diagnostics
import YAML

/// `kind: EgressPolicy`: what transfer may cost.
enum EgressObject: PolicyKindObject {
    static let doc = "What transfer may cost a team in a month, by where it goes."
    static let scope = Field(
        "scope", .object(ScopeObject.self), "Which part of the bill is judged; without it all of it. Charges of usage only.")
    static let cost = Field("cost", .choice(CostBasis.self), default: "effective", "Which of the bill's costs is counted.")
    static let limits = Field("limits", .object(TransferLimitsObject.self), .required, "What each team may pay in a month.")
    static let fields = HeaderFields.all + [scope.description, cost.description, limits.description]
    static let example: String? = """
        kind: EgressPolicy
        metadata: {name: egress}
        spec:
          limits: {nat: 100 USD, internet: 500 USD, total: 1000 USD}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> EgressPolicy? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 2)
        let scope = record.value(of: scope)
        let cost = record.value(of: cost) ?? .effective
        let limits = record.value(of: limits)
        guard let limits, !record.has(Self.scope) || scope != nil else { return nil }
        return EgressPolicy(header: header, scope: scope ?? Budget.Scope(), cost: cost, limits: limits.byKind, total: limits.total)
    }
}

/// `limits`: a key for each kind of transfer.
enum TransferLimitsObject: NestedObject {
    struct Limits {
        var byKind: [TransferKind: Money] = [:]
        var total: Money?
    }

    static let doc = "What each team may pay in a month for transfer of a kind; at least one of them."
    private static let kinds = TransferKind.kinds.map { kind in (kind: kind, field: Field(kind.name, .money, meaning(of: kind))) }
    private static let total = Field("total", .money, "For transfer of all kinds together.")
    static let fields = kinds.map(\.field.description) + [total.description]

    static func build(_ record: Record) -> Limits? {
        var limits = Limits()
        for (kind, field) in kinds { if let limit = record.value(of: field) { limits.byKind[kind] = limit } }
        limits.total = record.value(of: total)
        guard limits.total != nil || !limits.byKind.isEmpty || kinds.contains(where: { record.has($0.field) }) || record.has(total) else {
            record.report("missing-key", "'limits' names no kind of transfer", at: record.node.range)
            return nil
        }
        return limits
    }

    private static func meaning(of kind: TransferKind) -> String {
        switch kind {
        case .notTransfer: ""
        case .peering: "Between peered networks."
        case .vpn: "Out over VPN connections."
        case .interRegion: "From one region to another."
        case .directConnect: "Over dedicated lines: Direct Connect, ExpressRoute, Interconnect."
        case .cdn: "Everything that a content delivery network charges."
        case .internet: "Out to the internet."
        case .interZone: "Between availability zones."
        case .transitGateway: "Processed by transit gateways."
        case .nat: "Processed by NAT gateways."
        case .unknown: "Transfer whose row does not say of which kind."
        }
    }
}
