/// An event: cost that nobody expected, or a bill that is wrong. It keeps its id while it grows, and ends by itself.
package struct Anomaly: Hashable, Sendable {
    /// `unusual-cost/payments/2026-05-10`: the policy, whose it is, the first day.
    package var id: String
    package var policy: PolicyReference
    /// Nil: nobody's, or not by team.
    package var team: String?
    /// Whose cost it is, by the policy's `by`; nil: nobody's, or an account's whose bill is wrong.
    package var group: String?
    /// The account that was delivered twice; nil: it is no fault of the bill's.
    package var account: String?
    /// `spike`, `shift`, `drift`, `new`, `rate`, `moved` or `data`.
    package var kind: String
    package var start: Day
    /// The last day on which it was found.
    package var lastDay: Day
    /// Whether fewer than three days have been quiet since.
    package var isRunning: Bool
    package var expected: Money
    package var actual: Money
    /// What others of the same owner, account and service cost less since; it is part of the expectation.
    package var replaced: Money
    /// At most five, largest first.
    package var causes: [Cause]
    /// Why the policy says that it was coming; nil: it does not.
    package var why: String?
    /// The commits that brought or changed its resources shortly before or while it went on, oldest first, as far as the code shows it.
    package var commits: [Commit] = []

    package var impact: Money { Money(actual.amount - expected.amount, actual.currency) }
    /// Nil while it runs.
    package var end: Day? { isRunning ? nil : lastDay }
    /// What discounts that ended made of it: no more is used, and no unit is dearer.
    package var commitment: Money {
        causes.compactMap(\.commitment).reduce(.zero(actual.currency), +)
    }
    /// Whether most of it is a commitment that ended.
    package var isEndOfCommitment: Bool {
        commitment.amount > .zero && commitment.amount.scaled(by: 5, over: 3) >= impact.amount
    }

    /// A commit that brought or changed a resource which costs more since.
    package struct Commit: Hashable, Sendable {
        package enum Change: String, Hashable, Sendable {
            case added, resized, changed
        }

        /// 40 hexadecimal digits.
        package var id: String
        package var day: Day
        package var resource: ResourceIdentity
        package var change: Change
        /// The request by which it came, where its message says so: `#5`, `!5`; or the plan's digest of its trailer.
        package var request: String?

        package init(id: String, day: Day, resource: ResourceIdentity, change: Change, request: String?) {
            self.id = id
            self.day = day
            self.resource = resource
            self.change = change
            self.request = request
        }
    }

    /// A part of the bill that became dearer.
    package struct Cause: Hashable, Sendable {
        package var account: String
        package var service: String
        package var region: String
        package var sku: String
        /// Which resource it mainly was; nil: several.
        package var resource: String?
        package var impact: Money
        /// Of all causes together.
        package var share: Double
        /// What the price of a unit made of it, the rest being usage; nil: the bill states no quantities.
        package var rate: Money?
        /// What a commitment's discount that ended made of it: part of `rate` where that is known; nil: none ended.
        package var commitment: Money?
        /// The resources that gained most, as billed, at most five: those by which the code is searched for who brought them.
        package var gainers: [String] = []

        package init(
            account: String, service: String, region: String, sku: String, resource: String?, impact: Money, share: Double, rate: Money?
        ) {
            self.account = account
            self.service = service
            self.region = region
            self.sku = sku
            self.resource = resource
            self.impact = impact
            self.share = share
            self.rate = rate
        }

        /// What it used differently; nil where the price's part is not known.
        package var usage: Money? { rate.map { Money(impact.amount - $0.amount, impact.currency) } }
    }

    package init(
        id: String, policy: PolicyReference, team: String?, group: String?, account: String?, kind: String, start: Day, lastDay: Day,
        isRunning: Bool, expected: Money, actual: Money, replaced: Money, causes: [Cause], why: String? = nil
    ) {
        self.id = id
        self.policy = policy
        self.team = team
        self.group = group
        self.account = account
        self.kind = kind
        self.start = start
        self.lastDay = lastDay
        self.isRunning = isRunning
        self.expected = expected
        self.actual = actual
        self.replaced = replaced
        self.causes = causes
        self.why = why
    }
}
