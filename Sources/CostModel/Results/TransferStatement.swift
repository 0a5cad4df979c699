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

    /// Who sent bytes to whom, by logs of traffic, and its share of what the bill says.
    package struct Pair: Hashable, Sendable {
        package struct End: Hashable, Sendable {
            /// As the logs have it: an address, an AWS service, a bucket, a distribution.
            package var name: String
            /// What has it, by the states; nil: nobody or several.
            package var resource: ResourceIdentity?
            /// Where that is declared.
            package var place: Place?
            package var team: String?

            package init(name: String, resource: ResourceIdentity? = nil, place: Place? = nil, team: String? = nil) {
                self.name = name
                self.resource = resource
                self.place = place
                self.team = team
            }
        }

        package var source: End
        package var target: End
        package var kind: TransferKind
        package var bytes: UInt64
        /// Of the days that the logs have.
        package var amount: FixedDecimal
        /// In as many days before, by the day where the logs have fewer or more of those; nil: the logs do not say.
        package var bytesBefore: UInt64?

        package init(source: End, target: End, kind: TransferKind, bytes: UInt64, amount: FixedDecimal, bytesBefore: UInt64?) {
            self.source = source
            self.target = target
            self.kind = kind
            self.bytes = bytes
            self.amount = amount
            self.bytesBefore = bytesBefore
        }

        /// Its end that something is known of: the source where both are.
        package var known: End? { [source, target].first { $0.resource != nil } }
    }

    package var days: Range<Day>
    package var currency: Currency
    package var cost: CostBasis
    /// By team, what nobody owns last; then the most money.
    package var rows: [Row] = []
    /// Why nothing is known; nil: it is.
    package var gap: String?
    /// How many of the days the bill has; nil: nobody says.
    package var coverage: DayCoverage?
    /// The most money first, then the most bytes.
    package var pairs: [Pair] = []
    /// How many pairs there are; `pairs` holds the first of them.
    package var pairCount = 0
    /// How many of the days the logs have; zero: there are no logs, or none of these days.
    package var loggedDays = 0

    package init(days: Range<Day>, currency: Currency, cost: CostBasis) {
        self.days = days
        self.currency = currency
        self.cost = cost
    }

    package var total: FixedDecimal { rows.reduce(.zero) { $0 + $1.amount } }

    package func total(of kind: TransferKind) -> FixedDecimal { rows.reduce(.zero) { $1.kind == kind ? $0 + $1.amount : $0 } }
}
