/// How commitments did in some days: what they paid for, what nobody used of them, and what that saved.
///
/// All amounts are exact. A rate is a quotient of two of them, and nil where the lower one is not above zero.
package struct CommitmentStatement: Hashable, Sendable {
    /// One commitment.
    package struct Commitment: Hashable, Sendable {
        /// CommitmentDiscountId.
        package var id: String
        package var provider: String
        /// CommitmentDiscountType: `Savings Plan`.
        package var type: String
        /// CommitmentDiscountCategory: `Spend` or `Usage`.
        package var category: String
        /// What it paid for: at its own price, and at the on-demand price.
        package var used = FixedDecimal.zero
        package var usedOnDemand = FixedDecimal.zero
        /// What of it nobody used.
        package var unused = FixedDecimal.zero
        /// Effective cost of rows that do not say whether it was used: then nothing is known of its utilisation.
        package var unstated = FixedDecimal.zero
        /// Effective cost of what was used without an on-demand price beside it: then nothing is known of what it saves.
        package var unpriced = FixedDecimal.zero
        /// Billed cost of its purchase and of its fees.
        package var purchased = FixedDecimal.zero
        /// The first day on which it does not apply; nil: nobody said it.
        package var end: Day?
        /// Whose what nobody used is.
        package var unusedShares: [Share] = []

        package init(id: String, provider: String, type: String, category: String) {
            self.id = id
            self.provider = provider
            self.type = type
            self.category = category
        }

        package var utilization: Rate? { unstated.isZero ? Rate(used, of: used + unused) : nil }
        /// What it made cheaper, less what nobody used of it; nil: not known.
        package var savings: FixedDecimal? { unstated.isZero && unpriced.isZero ? usedOnDemand - used - unused : nil }
        /// Of what its use would cost on demand.
        package var savingsRate: Rate? { savings.flatMap { Rate($0, of: usedOnDemand) } }
        /// What stands behind the last `/` of its identifier.
        package var name: String { id.split(separator: "/").last.map(String.init) ?? id }
    }

    /// What is one team's; nil: nobody's.
    package struct Share: Hashable, Sendable {
        package var team: String?
        package var amount: FixedDecimal

        package init(team: String?, amount: FixedDecimal) {
            self.team = team
            self.amount = amount
        }
    }

    /// What commitments can pay for, of one team or of all: charges of usage in services in which one paid for something.
    package struct Use: Hashable, Sendable {
        /// What commitments paid for: at their price, and at the on-demand price.
        package var covered = FixedDecimal.zero
        package var coveredOnDemand = FixedDecimal.zero
        /// What was charged on demand: as it was charged, and at the on-demand price.
        package var uncovered = FixedDecimal.zero
        package var uncoveredOnDemand = FixedDecimal.zero
        /// What of commitments nobody used.
        package var unused = FixedDecimal.zero
        /// Effective cost of what has no on-demand price beside it: then no rate is known.
        package var unpriced = FixedDecimal.zero

        package init() {}

        package var onDemand: FixedDecimal { coveredOnDemand + uncoveredOnDemand }
        package var paid: FixedDecimal { covered + uncovered + unused }
        /// The share of use, at on-demand prices, that commitments pay for.
        package var coverage: Rate? { unpriced.isZero ? Rate(coveredOnDemand, of: onDemand) : nil }
        /// What is paid less than the on-demand price, of that price; commitments that nobody uses count against it.
        package var effectiveSavingsRate: Rate? { unpriced.isZero ? Rate(onDemand - paid, of: onDemand) : nil }
        /// What commitments alone save; nil: not known.
        package var savings: FixedDecimal? { unpriced.isZero ? coveredOnDemand - covered - unused : nil }

        package static func += (a: inout Use, b: Use) {
            a.covered += b.covered
            a.coveredOnDemand += b.coveredOnDemand
            a.uncovered += b.uncovered
            a.uncoveredOnDemand += b.uncoveredOnDemand
            a.unused += b.unused
            a.unpriced += b.unpriced
        }
    }

    /// A quotient of two amounts.
    package struct Rate: Hashable, Sendable {
        /// Rounded half to even in the 18th digit.
        package let share: FixedDecimal

        package init?(_ part: FixedDecimal, of whole: FixedDecimal) {
            guard whole > .zero else { return nil }
            share = part.scaled(by: FixedDecimal.unit, over: whole.raw)
        }
    }

    /// One team's use; nil: of no team.
    package struct TeamUse: Hashable, Sendable {
        package var team: String?
        package var use: Use

        package init(team: String?, use: Use) {
            self.team = team
            self.use = use
        }
    }

    /// A service in which a commitment paid for something.
    package struct Service: Hashable, Sendable, Comparable {
        package var provider: String
        package var name: String
        /// CommitmentDiscountCategory of what pays for most of it.
        package var category: String
        /// Of all teams, without what nobody used.
        package var use: Use

        package init(provider: String, name: String, category: String, use: Use) {
            self.provider = provider
            self.name = name
            self.category = category
            self.use = use
        }

        package static func < (a: Service, b: Service) -> Bool { (a.provider, a.name) < (b.provider, b.name) }
    }

    package var days: Range<Day>
    package var currency: Currency
    package var price: CommitmentPolicy.OnDemandPrice
    package var unusedBelongsTo: CommitmentPolicy.UnusedOwner
    /// By provider and identifier.
    package var commitments: [Commitment] = []
    /// By name; what nobody owns last.
    package var teams: [TeamUse] = []
    package var total = Use()
    package var services: [Service] = []
    /// Effective cost of usage whose rows do not say at which kind of price it was charged; no part of anything above.
    package var unstated = FixedDecimal.zero
    /// Why some of it is not known; nil: all of it is.
    package var gap: String?
    /// How many of the days the bill has; nil: nobody says.
    package var coverage: DayCoverage?

    package init(
        days: Range<Day>, currency: Currency, price: CommitmentPolicy.OnDemandPrice, unusedBelongsTo: CommitmentPolicy.UnusedOwner
    ) {
        self.days = days
        self.currency = currency
        self.price = price
        self.unusedBelongsTo = unusedBelongsTo
    }
}
