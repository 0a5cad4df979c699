import CostModel

/// Divides what transfer cost among those who sent the bytes, as logs of traffic show them.
///
/// What the bill charges for a kind on a day is divided by the bytes of that kind and day, to the last digit, so that no price is assumed:
/// the logs are taken for all of what is charged. Of accounts that they do not name nothing is divided. Days that the logs lack are left out.
struct TrafficShares {
    /// How many pairs a statement holds.
    static let mostPairs = 100

    private struct Pair: Equatable {
        var source: Int32
        var target: Int32
        var kind: TransferKind
    }

    private struct Part: Hashable {
        var kind: TransferKind
        var day: Day
    }

    private struct Sum {
        var bytes: UInt64 = 0
        var before: UInt64 = 0
        var amount = FixedDecimal.zero
    }

    private let traffic: TrafficTable
    private let ends: [TransferStatement.Pair.End]
    private let kinds: TrafficKinds

    init(_ state: ObservedState, ownership: Ownership) {
        traffic = state.traffic
        kinds = TrafficKinds(state)
        let owners = kinds.resources
        ends = state.traffic.names.map { name in
            guard let resource = owners[name] else { return TransferStatement.Pair.End(name: name) }
            return TransferStatement.Pair.End(
                name: name, resource: resource.identity, place: resource.location, team: ownership.owner(of: resource))
        }
    }

    /// The accounts whose charges are divided; nil: all.
    var accounts: Set<String>? { traffic.accounts.isEmpty ? nil : traffic.accounts }

    /// - Parameter charged: what the bill says, by kind and day.
    func add(to statement: inout TransferStatement, charged: [TransferKind: [Day: FixedDecimal]]) {
        let days = statement.days
        let before = days.lowerBound.advanced(by: -days.count)..<days.lowerBound
        var sums: [(pair: Pair, sum: Sum)] = []
        var parts: [Part: [(index: Int, bytes: UInt64)]] = [:]
        // Entries are in the order of their pairs, so that those of one stand together.
        for entry in traffic.entries where days.contains(entry.key.day) || before.contains(entry.key.day) {
            let kind = kinds.kind(of: entry.key, in: traffic)
            guard kind != .notTransfer else { continue }
            let pair = Pair(source: entry.key.source, target: entry.key.target, kind: kind)
            let index = place(of: pair, in: &sums)
            if days.contains(entry.key.day) {
                sums[index].sum.bytes.add(entry.bytes)
                parts[Part(kind: kind, day: entry.key.day), default: []].append((index, entry.bytes))
            } else {
                sums[index].sum.before.add(entry.bytes)
            }
        }
        let logged = traffic.days
        statement.loggedDays = logged.count(where: days.contains)
        let loggedBefore = logged.count(where: before.contains)
        for (part, entries) in parts {
            guard let amount = charged[part.kind]?[part.day] else { continue }
            let shares = amount.divided(by: entries.map { FixedDecimal(raw: Int128($0.bytes)) }) ?? []
            for (entry, share) in zip(entries, shares) { sums[entry.index].sum.amount += share }
        }
        statement.pairCount = sums.count
        statement.pairs = Array(sums.sorted { isHotter($0, $1) }.prefix(Self.mostPairs)).map { pair, sum in
            let scaled =
                loggedBefore == 0
                ? nil : UInt64(clamping: UInt128(sum.before) * UInt128(max(statement.loggedDays, 1)) / UInt128(loggedBefore))
            return TransferStatement.Pair(
                source: ends[Int(pair.source)], target: ends[Int(pair.target)], kind: pair.kind, bytes: sum.bytes, amount: sum.amount,
                bytesBefore: scaled)
        }
    }

    /// Looks among those of the same ends, which stand last: the states may have made one kind of two.
    private func place(of pair: Pair, in sums: inout [(pair: Pair, sum: Sum)]) -> Int {
        var at = sums.count - 1
        while at >= 0, sums[at].pair.source == pair.source, sums[at].pair.target == pair.target {
            if sums[at].pair.kind == pair.kind { return at }
            at -= 1
        }
        sums.append((pair, Sum()))
        return sums.count - 1
    }

    private func isHotter(_ a: (pair: Pair, sum: Sum), _ b: (pair: Pair, sum: Sum)) -> Bool {
        if a.sum.amount != b.sum.amount { return a.sum.amount > b.sum.amount }
        if a.sum.bytes != b.sum.bytes { return a.sum.bytes > b.sum.bytes }
        return (a.pair.source, a.pair.target, a.pair.kind) < (b.pair.source, b.pair.target, b.pair.kind)
    }
}

extension UInt64 {
    fileprivate mutating func add(_ other: UInt64) {
        let sum = addingReportingOverflow(other)
        self = sum.overflow ? .max : sum.partialValue
    }
}

/// What the states add to what a log says of a flow: which address is a NAT gateway's, and in which zone it is.
struct TrafficKinds {
    /// By what logs call them; without what several resources claim.
    let resources: [String: Resource]
    private let zones: [(first: UInt32, bits: Int, zone: String)]

    init(_ state: ObservedState) {
        guard !state.traffic.isEmpty else {
            (resources, zones) = ([:], [])
            return
        }
        var found: [String: Resource?] = [:]
        var zones: [(first: UInt32, bits: Int, zone: String)] = []
        for resource in state.resources {
            guard let deployed = resource.deployed else { continue }
            if resource.type == "aws_subnet", let zone = deployed.zone {
                zones += deployed.addresses.compactMap(NetworkAddress.block).map { ($0.first, $0.bits, zone) }
            } else {
                for name in Set(deployed.addresses) { found[name] = .some(found[name] == nil ? resource : nil) }
            }
        }
        resources = found.compactMapValues(\.self)
        // The smallest block first.
        self.zones = zones.sorted { ($1.bits, $0.first, $0.zone) < ($0.bits, $1.first, $1.zone) }
    }

    func kind(of key: TrafficTable.Key, in table: TrafficTable) -> TransferKind {
        guard key.kind == .interZone else { return key.kind }
        let (source, target) = (table.name(key.source), table.name(key.target))
        if [source, target].contains(where: { resources[$0]?.type == "aws_nat_gateway" }) { return .nat }
        guard let from = zone(of: source), let to = zone(of: target) else { return .interZone }
        return from == to ? .notTransfer : .interZone
    }

    /// Nil: no subnet has the address, or subnets of several zones do.
    private func zone(of address: String) -> String? {
        guard let number = NetworkAddress.octets(address) else { return nil }
        let holders = zones.filter { number & NetworkAddress.mask($0.bits) == $0.first }
        guard let first = holders.first else { return nil }
        return holders.allSatisfy { $0.bits != first.bits || $0.zone == first.zone } ? first.zone : nil
    }
}
