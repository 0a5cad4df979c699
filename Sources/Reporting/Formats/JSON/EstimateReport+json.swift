import CostModel
package import JSON

extension EstimateReport {
    package func json() -> JSONValue {
        switch content {
        case .estimate(let estimate):
            context.header.appending([
                "currency": .string(estimate.currency.code),
                "resources": .array(estimate.resources.map { JSONValue($0, estimate.currency) }),
                "totals": Self.totals(estimate.totals, estimate.totals.monthly, estimate.currency),
                "diagnostics": .array(problems.map(JSONValue.init)),
            ])
        case .change(let change):
            context.header.appending([
                "currency": .string(change.currency.code), "base": .string(change.base),
                "resources": .array(change.entries.map { JSONValue($0, change.currency) }),
                "totals": JSONValue(totalsOf: change),
                "findings": .array(change.findings.map { JSONValue($0, change: $0.verdict == .pass ? nil : .new) }),
                "diagnostics": .array(problems.map(JSONValue.init)),
            ])
        }
    }

    fileprivate static func totals(_ totals: Estimate.Totals, _ amount: FixedDecimal, _ currency: Currency) -> JSONValue {
        [
            "monthly": .cents(amount, currency), "priced": JSONValue(totals[.priced]), "free": JSONValue(totals[.free]),
            "usage": JSONValue(totals[.usage]), "notPriced": JSONValue(totals[.notPriced]), "unknown": JSONValue(totals[.unknown]),
            "sources": .object(
                EstimateSource.Kind.allCases.map { .init($0.rawValue, .cents(totals.sources[$0] ?? .zero, currency)) }),
        ]
    }
}

extension JSONValue {
    /// To the cent: sums of a month are what somebody will pay.
    static func cents(_ amount: FixedDecimal?, _ currency: Currency) -> JSONValue {
        guard let amount else { return .null }
        return ["amount": .string(amount.rounded(to: 2, grouped: false)), "currency": .string(currency.code)]
    }

    private static func exact(_ amount: FixedDecimal?, _ currency: Currency) -> JSONValue { JSONValue(amount.map { Money($0, currency) }) }

    init(_ resource: ResourceEstimate, _ currency: Currency) {
        self = Self.head(of: resource).appending(Self.side(resource, currency))
    }

    /// A resource that differs, with what it costs before and after.
    init(_ entry: EstimateChange.Entry, _ currency: Currency) {
        let resource = entry.resource
        self = Self.head(of: resource).appending([
            "before": entry.before.map { Self.side($0, currency) } ?? .null, "after": entry.after.map { Self.side($0, currency) } ?? .null,
            "difference": .cents(entry.difference, currency),
        ])
    }

    /// What a change costs, as `check` has it.
    init(_ change: EstimateChange) {
        self = [
            "currency": .string(change.currency.code), "monthly": .cents(change.difference, change.currency),
            "shares": change.shares.map { ["own": .number($0.own.fourDecimals), "list": .number($0.list.fourDecimals)] } ?? .null,
            "resources": .array(change.entries.map { JSONValue($0, change.currency) }), "totals": JSONValue(totalsOf: change),
            "budgets": .array(
                change.budgets.map { budget in
                    [
                        "name": .string(budget.name), "amount": JSONValue(budget.amount),
                        "forecast": [
                            "before": .cents(budget.before.amount, budget.before.currency),
                            "after": .cents(budget.after.amount, budget.after.currency),
                        ], "unsure": JSONValue(budget.unsure),
                    ]
                }), "unreliable": .array(change.unreliable.map { JSONValue($0, named: "type") }),
        ]
    }

    /// The difference, and how many resources of the change are of which status after it.
    init(totalsOf change: EstimateChange) {
        var totals = change.openTotals
        totals.sources = [:]
        for kind in EstimateSource.Kind.allCases {
            totals.sources[kind] = (change.after.sources[kind] ?? .zero) - (change.before.sources[kind] ?? .zero)
        }
        self = EstimateReport.totals(totals, change.difference, change.currency).appending([
            "before": .cents(change.before.monthly, change.currency), "after": .cents(change.after.monthly, change.currency),
        ])
    }

    private static func head(of resource: ResourceEstimate) -> JSONValue {
        [
            "root": .string(resource.identity.root), "address": .string(resource.identity.address), "type": .string(resource.type),
            "region": JSONValue(resource.region), "team": JSONValue(resource.team),
        ]
    }

    private static func side(_ resource: ResourceEstimate, _ currency: Currency) -> JSONValue {
        [
            "status": .string(resource.status.rawValue), "reason": JSONValue(resource.reason),
            "monthly": .cents(resource.monthly, currency),
            "components": .array(resource.components.map { JSONValue($0, currency) }),
        ]
    }

    private init(_ component: EstimateComponent, _ currency: Currency) {
        self = [
            "name": .string(component.name), "quantity": JSONValue(component.quantity?.description), "unit": .string(component.unit),
            "unitPrice": Self.exact(component.unitPrice, currency), "monthly": Self.exact(component.monthly, currency),
            "usageBased": .bool(component.isUsageBased),
            "source": component.source.map { source in
                [
                    "kind": .string(source.kind.rawValue), "date": JSONValue(source.date?.description),
                    "derived": JSONValue(source.derived),
                    "list": JSONValue(source.list),
                ]
            } ?? .null,
            "note": JSONValue(component.note),
        ]
    }
}
