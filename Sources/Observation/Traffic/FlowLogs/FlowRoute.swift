import CostModel

/// Which way a flow went, by the fields of its record.
///
/// Source: AWS, "Flow log records" and its examples of traffic through a NAT gateway. A gateway's interface has the address of the packet in
/// `pkt-srcaddr` or `pkt-dstaddr`, and its own in `srcaddr` or `dstaddr`.
struct FlowRoute {
    /// What is charged for it.
    struct Charged: Hashable {
        var source: String
        var target: String
        var kind: TransferKind
        /// Whether only one interface can have seen it.
        var isSeenOnce = false
        /// Whether the names are the addresses in `srcaddr` and `dstaddr`.
        var isOwnSource = true
        var isOwnTarget = true
    }

    private var texts: [FlowColumns.Text: String] = [:]

    /// Empty: the log does not say it.
    subscript(column: FlowColumns.Text) -> String {
        get { texts[column] ?? "" }
        set { texts[column] = newValue }
    }

    /// Nil: nobody charges for it, or another record says the same.
    func charged() -> Charged? {
        guard var found = way() else { return nil }
        found.isOwnSource = self[.packetSource].isEmpty && self[.sourceService].isEmpty
        found.isOwnTarget = self[.packetTarget].isEmpty && self[.targetService].isEmpty
        return found
    }

    private func way() -> Charged? {
        let packetSource = self[.packetSource].isEmpty ? self[.source] : self[.packetSource]
        let packetTarget = self[.packetTarget].isEmpty ? self[.target] : self[.packetTarget]
        guard !packetSource.isEmpty, !packetTarget.isEmpty else { return nil }
        let source = self[.sourceService].isEmpty ? packetSource : self[.sourceService]
        let target = self[.targetService].isEmpty ? packetTarget : self[.targetService]
        let (fromOutside, toOutside) = (!NetworkAddress.isPrivate(packetSource), !NetworkAddress.isPrivate(packetTarget))
        if !self[.gateway].isEmpty {
            // Charged for what comes into the gateway.
            return self[.direction] == "egress" ? nil : Charged(source: source, target: target, kind: .transitGateway, isSeenOnce: true)
        }
        let isAtGateway =
            toOutside && NetworkAddress.isPrivate(self[.target]) || fromOutside && NetworkAddress.isPrivate(self[.source])
        if isAtGateway { return Charged(source: source, target: target, kind: .nat) }
        guard self[.direction] != "ingress" else { return nil }
        if let kind = kindByPath(toOutside) {
            return kind == .notTransfer ? nil : Charged(source: source, target: target, kind: kind, isSeenOnce: kind != .nat)
        }
        // Of those that say no more: what comes in from the internet costs nothing.
        let isOurs = self[.direction] == "egress"
        if fromOutside, !isOurs { return toOutside ? Charged(source: source, target: target, kind: .unknown) : nil }
        guard toOutside else { return Charged(source: source, target: target, kind: .interZone, isSeenOnce: isOurs) }
        // To a service of the same region the internet gateway is free, to one of another it is not.
        return Charged(source: source, target: target, kind: self[.targetService].isEmpty ? .internet : .unknown, isSeenOnce: isOurs)
    }

    /// By `traffic-path`; nil: it does not decide.
    private func kindByPath(_ toOutside: Bool) -> TransferKind? {
        switch self[.path] {
        case "1": toOutside ? .nat : .interZone
        case "3": .vpn
        case "4": .peering
        case "5": .interRegion
        case "6": .unknown
        case "7": .notTransfer
        case "8": self[.targetService].isEmpty ? .internet : .unknown
        default: nil
        }
    }
}
