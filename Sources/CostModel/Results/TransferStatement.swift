/// What transfer cost in some days, by team and kind.
package struct TransferStatement: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// Nil: nobody's.
        package var team: String?
        package var kind: TransferKind
        package var amount: FixedDecimal
        /// Those that cost most, as the bill names them; empty for none.
        package var resources: [Resource]

        package init(team: String?, kind: TransferKind, amount: FixedDecimal, resources: [Resource]) {
            self.team = team
            self.kind = kind
            self.amount = amount
            self.resources = resources
        }
    }

    package struct Resource: Hashable, Sendable {
        package var name: String
        package var amount: FixedDecimal

        package init(name: String, amount: FixedDecimal) {
            self.name = name
            self.amount = amount
        }
    }

    package var days: Range<Day>
    package var currency: Currency
    package var cost: CostBasis
    /// By team, what nobody owns last; then the most money.
    package var rows: [Row] = []
    /// Why nothing is known; nil: it is.
    package var gap: String?

    package init(days: Range<Day>, currency: Currency, cost: CostBasis) {
        self.days = days
        self.currency = currency
        self.cost = cost
    }

    package var total: FixedDecimal { rows.reduce(.zero) { $0 + $1.amount } }

    package func total(of kind: TransferKind) -> FixedDecimal { rows.reduce(.zero) { $1.kind == kind ? $0 + $1.amount : $0 } }
}
