/// Asks to be told of cost that nobody expected. `kind: AnomalyPolicy`.
package struct AnomalyPolicy: BillPolicy {
    package var header: PolicyHeader
    /// Which part of the bill is watched; charges of usage only.
    package var scope: Budget.Scope
    /// Whose cost one anomaly is about.
    package var group: Group
    package var cost: CostBasis
    /// What costs less above the expectation is not told of.
    package var minimumImpact: Money
    /// The same as a share of what was expected; zero: any.
    package var minimumChange: FixedDecimal
    package var sensitivity: Sensitivity
    /// How many days at the bill's end are incomplete.
    package var settle: Int
    /// What is known to be coming.
    package var expected: [Span]
    package var inlineExemptions: [InlineExemption] = []

    package enum Group: String, Hashable, Sendable, CaseIterable {
        case team, account, service
    }

    /// How readily something is called unusual.
    package enum Sensitivity: String, Hashable, Sendable, CaseIterable {
        case low, medium, high

        /// By which every bound is divided.
        package var factor: Double {
            switch self {
            case .low: 0.7
            case .medium: 1
            case .high: 1.5
            }
        }
    }

    /// Days on which more is spent on purpose, both inclusive.
    package struct Span: Hashable, Sendable {
        package var from: Day
        package var to: Day
        package var why: String

        package init(from: Day, to: Day, why: String) {
            self.from = from
            self.to = to
            self.why = why
        }
    }

    package init(
        header: PolicyHeader, scope: Budget.Scope, group: Group = .team, cost: CostBasis = .effective, minimumImpact: Money,
        minimumChange: FixedDecimal = .zero, sensitivity: Sensitivity = .medium, settle: Int = 2, expected: [Span] = []
    ) {
        self.header = header
        self.scope = scope
        self.group = group
        self.cost = cost
        self.minimumImpact = minimumImpact
        self.minimumChange = minimumChange
        self.sensitivity = sensitivity
        self.settle = settle
        self.expected = expected
    }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.bases = [cost]
        needs.tagKeys = Set((scope.tags ?? [:]).keys)
        needs.costConditions = [scope.condition].compactMap(\.self)
        needs.readsLeaves = true
        return needs
    }

    package var decidingConditions: [Condition] { [] }
    package var commentPlaces: [Place] { [] }
}
