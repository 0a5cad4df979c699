package import CostModel
package import JSON

/// What `plan` says: each change, what it fixes and saves, and what it cannot do.
package struct PlanReport: MarkdownReport {
    package var plan: Plan
    package var toolVersion: String
    package var currency: Currency
    package var problems: [Problem]
    /// Show the changed lines too.
    package var showsPatches: Bool

    package init(plan: Plan, toolVersion: String, currency: Currency, problems: [Problem] = [], showsPatches: Bool = false) {
        self.plan = plan
        self.toolVersion = toolVersion
        self.currency = currency
        self.problems = problems.sorted()
        self.showsPatches = showsPatches
    }

    package var digest: String { PlanDocument.digest(of: plan, toolVersion: toolVersion) }
    package func json() -> JSONValue { PlanDocument.json(of: plan, toolVersion: toolVersion) }

    var context: ReportContext { ReportContext(revision: plan.baseCommit, evaluatedAt: plan.evaluatedAt) }
    /// The changes that are written.
    var written: [Plan.Change] { plan.changes.filter { $0.applicability != .advisory } }
    var advisory: [Plan.Change] { plan.changes.filter { $0.applicability == .advisory } }
    var savings: Money { written.compactMap(\.monthlySavings).reduce(.zero(currency), +) }
}

extension Plan.Change {
    /// `infra/pay/main.tf:12`
    var shownPlace: String { (file ?? "") + (file != nil ? line.map { ":\($0)" } ?? "" : "") }
}
