import CostModel

extension CostReport {
    package func json() -> JSONValue {
        context.header.appending([
            "cost": .string(basis.rawValue), "by": JSONValue(dimensions),
            "period": days.map { ["from": .string($0.lowerBound.description), "to": .string($0.upperBound.description)] } ?? .null,
            "rows": .array(rows.map(entry)), "total": JSONValue(total), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    private func entry(_ row: Row) -> JSONValue {
        [
            "key": .object(zip(dimensions, row.keys).map { .init($0, JSONValue($1)) }), "amount": JSONValue(row.amount),
            "share": share(of: row).map { .number(shareText($0)) } ?? .null,
        ]
    }

    /// Four decimals.
    private func shareText(_ share: Double) -> String {
        FixedDecimal(Int((share * 10_000).rounded())).scaled(by: 1, over: 10_000).rounded(to: 4, grouped: false)
    }
}
