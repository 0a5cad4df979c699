import CostModel
package import JSON

extension CostReport {
    package func json() -> JSONValue {
        context.header.appending([
            "period": JSONValue(period), "cost": .string(breakdown.cost.rawValue), "by": JSONValue(breakdown.dimensions.map(\.description)),
            "rows": .array(breakdown.rows.map(entry)), "total": total,
            "totals": .array(breakdown.totals.map { amount($0.amount, $0.currency) }),
            "chargeRows": JSONValue(breakdown.rowCount),
            "countedBy": .string(breakdown.cost == .billed ? "billing-period" : "charge-day"),
            "coverage": breakdown.coverage.map { JSONValue($0) } ?? .null, "newestWholeDay": JSONValue(breakdown.newestWhole?.description),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    /// Currencies are never added: of several there is no total.
    private var total: JSONValue {
        guard breakdown.totals.count < 2 else { return .null }
        return amount(breakdown.totals.first?.amount ?? .zero, breakdown.totals.first?.currency)
    }

    private func entry(_ row: CostBreakdown.Row) -> JSONValue {
        [
            "key": .object(zip(breakdown.dimensions, row.values).map { .init($0.description, JSONValue($1)) }),
            "amount": amount(row.amount, row.currency), "share": share(of: row).map { .number($0.fourDecimals) } ?? .null,
        ]
    }

    /// A bill may not say in which currency it is.
    private func amount(_ amount: FixedDecimal, _ currency: Currency?) -> JSONValue {
        ["amount": .string(amount.description), "currency": JSONValue(currency?.code)]
    }
}

extension Double {
    /// A share as JSON has it.
    var fourDecimals: String {
        FixedDecimal(Int((self * 10_000).rounded())).scaled(by: 1, over: 10_000).rounded(to: 4, grouped: false)
    }
}
