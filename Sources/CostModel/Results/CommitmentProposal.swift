/// What more to commit to, from what was charged on demand hour by hour, and what came of that in futures drawn from the past.
package struct CommitmentProposal: Hashable, Sendable {
    /// A part of the purchase.
    package struct Step: Hashable, Sendable {
        /// Months from now.
        package var month: Int
        /// What is bought then, in money per hour at the commitment's price.
        package var perHour: FixedDecimal

        package init(month: Int, perHour: FixedDecimal) {
            self.month = month
            self.perHour = perHour
        }
    }

    /// What the savings of the term may come to: of 1,000 futures the 5th, 50th and 95th in a hundred.
    package struct Spread: Hashable, Sendable {
        package var low: FixedDecimal
        package var middle: FixedDecimal
        package var high: FixedDecimal
        /// The share of futures that lose money.
        package var lossShare: Double

        package init(low: FixedDecimal, middle: FixedDecimal, high: FixedDecimal, lossShare: Double) {
            self.low = low
            self.middle = middle
            self.high = high
            self.lossShare = lossShare
        }
    }

    package var provider: String
    /// `Spend` or `Usage`.
    package var category: String
    /// The services whose on-demand use it would pay for.
    package var services: [String]
    /// The days whose use it goes by.
    package var days: Range<Day>
    /// What a committed unit costs, as a share of what the same use costs on demand; nil: not known.
    package var rate: FixedDecimal?
    /// Whether the policy states it; else it is that of the bill's own commitments.
    package var isRateStated: Bool
    /// What a commitment of the best size costs per hour; zero: none is worth it. Nil: not known.
    package var perHour: FixedDecimal?
    package var steps: [Step] = []
    /// What it would have saved in 28 days like those.
    package var savings: FixedDecimal?
    package var spread: Spread?
    /// How long the term is, in years.
    package var years: Int
    /// What open findings on sizes would take off the use, per hour.
    package var removed = FixedDecimal.zero
    /// Where only the use of days is known: no larger commitment can be worth it, per hour at its own price, and no commitment saves more in 28 days.
    package var highest: FixedDecimal?
    package var highestSavings: FixedDecimal?
    /// Why nothing is proposed.
    package var reason: String?

    package init(
        provider: String, category: String, services: [String], days: Range<Day>, rate: FixedDecimal?, isRateStated: Bool, years: Int
    ) {
        self.provider = provider
        self.category = category
        self.services = services
        self.days = days
        self.rate = rate
        self.isRateStated = isRateStated
        self.years = years
    }

    /// The share of a commitment that must be used for it to cost nothing more than on-demand use: its price, as a share of the on-demand price.
    package var breakEvenUse: FixedDecimal? { rate }
    /// After how many months of full use it has saved what the rest of its term costs.
    package var breakEvenMonths: FixedDecimal? { rate.map { $0.scaled(by: Int128(12 * years), over: 1) } }
}
