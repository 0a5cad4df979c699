import CostModel
package import JSON

extension CheckReport {
    package func json() -> JSONValue { document.value }
    package func jsonBytes() -> [UInt8] { JSONWriter.write(document) }

    private var document: JSONDocument {
        var document = JSONDocument()
        document.append(context.header)
        let (changes, findings) = (changes, result.findings)
        let listed = findings.indices.filter { showsAll || findings[$0].verdict != .pass }
        document.append("findings", count: listed.count) { index in
            let finding = findings[listed[index]]
            return JSONValue(finding, change: changes.isEmpty ? nil : changes[finding.id]?.change)
        }
        document.append([
            "summary": JSONValue(result.summary),
            "budgets": .array(result.budgets.map { JSONValue($0) }), "anomalies": .array(result.anomalies.map(JSONValue.init)),
            "suppressed": .array(result.suppressed.map(JSONValue.init)),
            "exemptions": .array(result.exemptions.map(JSONValue.init)), "diagnostics": .array(problems.map(JSONValue.init)),
            "coverage": result.coverage.map { JSONValue($0) } ?? .null,
        ])
        // Only who has a provider's advice is told of it: without any the document is what it was.
        if !result.advice.isEmpty { document.append(["advice": .array(result.advice.map(JSONValue.init))]) }
        guard let comparison else { return document }
        let gone = comparison.changes(.gone).map { JSONValue($0.finding, change: .gone) }
        let fixed = comparison.changes(.fixed).map { JSONValue($0.finding, change: .fixed) }
        document.append(["fixed": .array(fixed), "gone": .array(gone), "comparison": JSONValue(comparison)])
        if let estimate { document.append(["estimate": JSONValue(estimate)]) }
        if let backtest { document.append(["backtest": JSONValue(backtest)]) }
        return document
    }
}

extension JSONValue {
    /// - Parameter change: what a change does to it; known only against a base.
    init(_ finding: Finding, change: Comparison.Change? = nil) {
        self = [
            "id": .string(finding.id), "identity": .string(finding.key.identity), "policy": JSONValue(finding.policy),
            "rule": .string(finding.rule),
            "result": .string(finding.verdict.rawValue), "severity": .string(finding.severity.rawValue),
            "enforcement": .string(finding.enforcement.rawValue), "team": JSONValue(finding.team), "message": .string(finding.message),
            "subject": JSONValue(finding.subject), "proposal": JSONValue(finding.proposal), "reason": JSONValue(finding.reason),
            "resource": JSONValue(finding.resource), "location": JSONValue(finding.location),
            "monthlyCost": JSONValue(finding.monthlyCost), "monthlySavings": JSONValue(finding.monthlySavings),
            "atStake": JSONValue(finding.atStake), "estimatedMonthly": JSONValue(finding.estimatedMonthly),
            "exemption": JSONValue(finding.exemption), "baseline": JSONValue(finding.baseline),
            "change": JSONValue(change?.rawValue),
            "fix": .string(finding.fix.rawValue),
        ]
        if !finding.advice.isEmpty { self = appending(["advice": .array(finding.advice.map { JSONValue($0) })]) }
    }

    init(_ advice: ProviderAdvice) {
        self = [
            "provider": .string(advice.provider), "format": .string(advice.format.rawValue), "source": .string(advice.source),
            "action": .string(advice.action.rawValue), "current": JSONValue(advice.current), "proposed": JSONValue(advice.proposed),
            "monthlySavings": JSONValue(advice.monthlySavings), "assumptions": JSONValue(advice.assumptions),
            "refreshedAt": JSONValue(advice.refreshed?.description), "summary": JSONValue(advice.summary),
        ]
    }

    fileprivate init(_ advice: ResourceAdvice) {
        self = JSONValue.object([
            .init("resource", advice.resource.map { JSONValue($0) } ?? .null), .init("location", JSONValue(advice.location)),
        ]).appending(JSONValue(advice.advice))
    }

    fileprivate init(_ summary: EvaluationResult.Summary) {
        self = [
            "resources": JSONValue(summary.resources), "pass": JSONValue(summary.pass), "fail": JSONValue(summary.fail),
            "unknown": JSONValue(summary.unknown), "error": JSONValue(summary.error), "exempt": JSONValue(summary.exempt),
            "baseline": JSONValue(summary.baseline), "shadow": JSONValue(summary.shadow), "suppressed": JSONValue(summary.suppressed),
        ]
    }

    fileprivate init(_ budget: BudgetStatus) {
        self = [
            "name": .string(budget.name), "period": .string(budget.period.description), "closed": JSONValue(budget.closed),
            "judged": JSONValue(budget.judged), "cost": .string(budget.cost.rawValue), "amount": JSONValue(budget.amount),
            "actual": JSONValue(budget.known), "forecast": JSONValue(budget.forecast), "forecastMethod": JSONValue(budget.forecastMethod),
            "forecastLow": JSONValue(budget.forecastLow), "forecastHigh": JSONValue(budget.forecastHigh),
            "coverage": JSONValue(budget.coverage), "matched": JSONValue(budget.matched),
            "burn": budget.burn.map { JSONValue($0) } ?? .null, "perUnit": JSONValue(perUnit: budget),
        ]
    }

    /// Null: the amount is the budget's own.
    fileprivate init(perUnit status: BudgetStatus) {
        guard let perUnit = status.perUnit else {
            self = .null
            return
        }
        self = [
            "unit": .string(perUnit.unit), "amount": JSONValue(perUnit.amount), "count": .string(perUnit.count.description),
            "cost": JSONValue(status.unitCost),
        ]
    }

    private init(_ burn: BudgetStatus.Burn) {
        self = [
            "plan": JSONValue(burn.plan), "reserve": JSONValue(burn.reserve), "burned": JSONValue(burn.burned),
            "page": burn.page.map { page in
                ["days": JSONValue(page.days), "burned": JSONValue(page.burned), "share": .number(page.share.fourDecimals)]
            } ?? .null, "tooNoisy": JSONValue(burn.isTooNoisy),
        ]
    }

    init(_ coverage: DayCoverage) {
        self = [
            "days": JSONValue(coverage.days), "known": JSONValue(coverage.known), "notYet": JSONValue(coverage.notYet),
            "missing": .array(coverage.missingRuns.map { .string($0) }), "gap": JSONValue(coverage.gap),
        ]
    }

    /// Which days of the bill are there, by source and account.
    init(_ coverage: BillCoverage) {
        self = .array(
            coverage.sources.map { source in
                let days = source.firstDay.flatMap { first in source.newestWhole.map { first..<max(first, $0.advanced(by: 1)) } }
                func missing(_ state: (Day) -> BillCoverage.State) -> JSONValue {
                    var coverage = DayCoverage(days: 0)
                    coverage.missing = days?.filter { state($0) == .missing } ?? []
                    return .array(coverage.missingRuns.map { .string($0) })
                }
                return [
                    "source": .string(source.name), "firstDay": JSONValue(source.firstDay?.description),
                    "newestWholeDay": JSONValue(source.newestWhole?.description), "missing": missing { source.state(of: $0) },
                    "accounts": .array(
                        source.accounts.map { account in
                            [
                                "account": .string(account.name),
                                "days": JSONValue(account.days.reduce(0) { $0 + $1.count }),
                                "zeroDays": JSONValue(account.zero.reduce(0) { $0 + $1.count }),
                                "missing": missing { source.state(of: $0, account: account) },
                            ]
                        }),
                ]
            })
    }

    fileprivate init(_ suppression: Suppression) {
        self = [
            "policy": JSONValue(suppression.policy), "resource": JSONValue(suppression.resource),
            "location": JSONValue(suppression.location), "reason": .string(suppression.reason.rawValue),
            "detail": .string(suppression.detail),
        ]
    }

    fileprivate init(_ exemption: ExemptionResult) {
        self = [
            "name": .string(exemption.name), "standing": .string(exemption.standing.rawValue),
            "expires": .string(exemption.expires.description), "location": JSONValue(exemption.place),
            "findings": JSONValue(exemption.findings),
        ]
    }
}
