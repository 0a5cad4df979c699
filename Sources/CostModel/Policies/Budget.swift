/// Which of FOCUS's cost columns is meant.
package enum CostBasis: String, Hashable, Sendable, CaseIterable {
    /// `EffectiveCost`, by charge period.
    case effective
    /// `BilledCost`, by billing period.
    case billed
    /// `ListCost`, by charge period.
    case list
    /// `ContractedCost`, by charge period.
    case contracted
}

/// A limit on what a part of the bill may cost in a period.
package struct Budget: BillPolicy {
    package var header: PolicyHeader
    /// Where the amount stands; findings point here.
    package var amountPlace: Place
    package var scope: Scope
    package var period: PeriodLength
    /// By which periods are counted.
    package var calendar = FiscalCalendar.gregorian
    package var amount: Money
    /// Amounts of single periods that replace `amount`.
    package var amounts: [BudgetPeriod: Money]
    package var cost: CostBasis
    package var includeTax: Bool
    package var includeCredits: Bool
    /// Ascending by threshold within one trigger; never empty.
    package var alerts: [Alert]
    /// Changes that are known to be coming: forecasts count them from their day on.
    package var plan: [Change] = []
    /// Whether a finding says that the reserve burns fast.
    package var burn = false
    /// The name of a metric: the amount is what one of it may cost, and a period may cost as much as was counted. Nil: a period has one amount.
    package var per: String?
    /// Comments above its `kind` or `amount`.
    package var inlineExemptions: [InlineExemption]

    /// Every stated part must hold of a cost row.
    package struct Scope: Hashable, Sendable {
        package var team: String?
        package var accounts: [String]?
        package var services: [String]?
        package var regions: [String]?
        package var tags: [String: String]?
        /// In CEL, over a line of the bill.
        package var condition: Condition?

        package init(
            team: String? = nil, accounts: [String]? = nil, services: [String]? = nil, regions: [String]? = nil,
            tags: [String: String]? = nil, condition: Condition? = nil
        ) {
            self.team = team
            self.accounts = accounts
            self.services = services
            self.regions = regions
            self.tags = tags
            self.condition = condition
        }
    }

    /// A change of what a day costs, for good.
    package struct Change: Hashable, Sendable {
        package var from: Day
        /// Below zero for a saving.
        package var perDay: Money
        package var why: String

        package init(from: Day, perDay: Money, why: String) {
            self.from = from
            self.perDay = perDay
            self.why = why
        }
    }

    package struct Alert: Hashable, Sendable {
        package enum Trigger: String, Hashable, Sendable, CaseIterable {
            case actual, forecast
            /// The forecast and what a change adds to it: judged on changes alone.
            case estimate
        }

        package var trigger: Trigger
        /// A share of the amount: 0.8 is 80 %. Crossed when the cost is *above* it.
        package var above: FixedDecimal
        package var severity: Severity

        package init(_ trigger: Trigger, above: FixedDecimal, _ severity: Severity) {
            self.trigger = trigger
            self.above = above
            self.severity = severity
        }
    }

    package init(
        header: PolicyHeader, amountPlace: Place, scope: Scope, period: PeriodLength = .monthly, amount: Money,
        amounts: [BudgetPeriod: Money] = [:], cost: CostBasis = .effective, includeTax: Bool = false, includeCredits: Bool = true,
        alerts: [Alert], inlineExemptions: [InlineExemption] = []
    ) {
        self.header = header
        self.amountPlace = amountPlace
        self.scope = scope
        self.period = period
        self.amount = amount
        self.amounts = amounts
        self.cost = cost
        self.includeTax = includeTax
        self.includeCredits = includeCredits
        self.alerts = alerts
        self.inlineExemptions = inlineExemptions
    }

    /// The amount of a period.
    package func amount(of period: BudgetPeriod) -> Money { amounts[period] ?? amount }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.bases = [cost]
        needs.tagKeys = Set((scope.tags ?? [:]).keys)
        needs.costConditions = [scope.condition].compactMap(\.self)
        needs.metrics = Set([per].compactMap(\.self))
        return needs
    }

    package var decidingConditions: [Condition] { [] }
    package var commentPlaces: [Place] { [amountPlace] }
}

extension PolicySet {
    package var budgets: [Budget] { all() }
}
