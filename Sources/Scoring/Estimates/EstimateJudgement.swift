package import CostModel

/// Holds estimates of merged changes to the bill that came.
///
/// Once a run has seen that what is deployed is what the code says, the next 14 whole days on the bill, which may lie within 28 days so that
/// gaps are passed over, are brought to a month of 730 hours:
///
///     actual = sum of the effective cost of 14 days · 730 / (14 · 24)
///     error  = (estimated − actual) / actual
package enum EstimateJudgement {
    /// Days of the bill that judge an estimate.
    static let days = 14
    /// The longest span in which they may lie.
    static let patience = 28

    /// What a run sees of a resource.
    package struct Deployed: Hashable, Sendable {
        /// As the bill may call it.
        package var names: [String]
        /// Whether its size is what the code says.
        package var isAsWritten: Bool

        package init(names: [String], isAsWritten: Bool) {
            self.names = names
            self.isAsWritten = isAsWritten
        }
    }

    /// - Parameters:
    ///   - deployed: of every resource in the code; nil where the resource is not there any more.
    ///   - usage: of every name in the records' `billedAs`.
    /// - Returns: the records that are not what they were.
    package static func judge(
        _ records: [EstimateRecord], usage: BilledUsage, now: Instant, currency: Currency, deployed: (String) -> Deployed?
    ) -> [EstimateRecord] {
        let calendar = BillCalendar(usage, today: now.day)
        let newest = Dictionary(records.map { ($0.resource, $0.merged) }, uniquingKeysWith: max)
        return records.compactMap { record in
            guard record.standing == .waiting else { return nil }
            var later = record
            if record.estimated.currency != currency {
                later.drop("the workspace counts in \(currency) by now")
            } else if let next = newest[record.resource], next > record.merged {
                later.drop("another change came before the bill could tell")
            } else if let deployed = deployed(record.resource) {
                follow(&later, deployed, usage, calendar, now.day)
            } else {
                later.drop("it left the code before the bill could tell")
            }
            return later == record ? nil : later
        }
    }

    private static func follow(
        _ record: inout EstimateRecord, _ deployed: Deployed, _ usage: BilledUsage, _ calendar: BillCalendar?, _ today: Day
    ) {
        guard deployed.isAsWritten, !deployed.names.isEmpty else {
            // A size that was taken back before the bill could tell begins anew.
            record.since = nil
            record.method = deployed.names.isEmpty ? "waits until a state names it" : "waits until its size is what the code says"
            return
        }
        record.billedAs = deployed.names
        // What is seen today may have come about at any hour of it.
        let since = record.since ?? today.advanced(by: 1)
        record.since = since
        let days = (calendar?.days(in: since..<since.advanced(by: patience)) ?? []).prefix(Self.days)
        guard days.count == Self.days else {
            record.method = "\(days.count) of \(Self.days) whole days"
            if let last = calendar?.last, last >= since.advanced(by: patience - 1) {
                record.drop("the bill has \(days.count) whole days of the \(patience) from \(since)")
            }
            return
        }
        let names = deployed.names.filter { usage.series[$0] != nil }
        guard !names.isEmpty else { return record.drop("the bill does not name it") }
        let billed = BilledResource(names, of: usage)
        guard days.suffix(Self.days / 2).contains(where: billed.isBilled) else { return record.drop("it is not on the bill any more") }
        let total = days.reduce(FixedDecimal.zero) { $0 + billed.cost(on: $1) }
        let actual = total.scaled(by: 730, over: Int128(Self.days * 24))
        guard let share = (record.estimated.amount - actual).ratio(to: actual), actual > .zero else {
            return record.drop("the bill charges nothing for it")
        }
        record.standing = .judged
        record.actual = Money(actual, record.estimated.currency)
        // More than a hundred times too much is too much, however much it is.
        record.error = Points(hundredths: Int((min(share, 100) * 10_000).rounded()))
        record.method = "\(Self.days) whole days from \(since)"
    }
}

extension EstimateRecord {
    fileprivate mutating func drop(_ reason: String) {
        standing = .dropped
        method = reason
    }
}
