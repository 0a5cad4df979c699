/// What policies would have found had they been in force over some days of the past.
package struct Backtest: Hashable, Sendable {
    /// One finding, from the evaluation that opened it to the first one without it.
    package struct Entry: Hashable, Sendable {
        /// How a finding ended.
        package enum End: Hashable, Sendable {
            /// It was there in the last evaluation.
            case stays
            /// No commit touched what it is about: it went as it had come.
            case byItself
            /// The code that it is about was changed, or left.
            case changed(commit: String)
            /// Of a budget: its period was over, which mends nothing.
            case over

            package var word: String {
                switch self {
                case .stays: "stays"
                case .byItself: "by-itself"
                case .changed: "changed"
                case .over: "period-over"
                }
            }
        }

        /// That of the finding's life.
        package var identity: String
        package var id: String
        package var policy: PolicyReference
        package var rule: String
        package var severity: Severity
        package var team: String?
        /// `root:address`; nil for a part of the bill.
        package var resource: String?
        package var subject: String?
        /// As it was last seen.
        package var message: String
        package var opened: Day
        /// The first evaluation without it; nil: it stays.
        package var gone: Day?
        package var end: End
        /// Whether the first evaluation had it: since when it was there is not known.
        package var wasThere: Bool
        /// In 28 days, as last seen.
        package var atStake: Money
        /// What fixing it on its first day would have saved until it was gone, or until the last day.
        package var saved: Money

        package init(
            identity: String, id: String, policy: PolicyReference, rule: String, severity: Severity, team: String?, resource: String?,
            subject: String?, message: String, opened: Day, gone: Day?, end: End, wasThere: Bool, atStake: Money, saved: Money
        ) {
            self.identity = identity
            self.id = id
            self.policy = policy
            self.rule = rule
            self.severity = severity
            self.team = team
            self.resource = resource
            self.subject = subject
            self.message = message
            self.opened = opened
            self.gone = gone
            self.end = end
            self.wasThere = wasThere
            self.atStake = atStake
            self.saved = saved
        }

        /// How soon a finding that goes by itself was not worth telling of.
        package static let wrongDays = 7

        /// Whether nobody was needed to mend it: it went by itself within a week.
        package var isWrong: Bool {
            guard !wasThere, case .byItself = end, let gone else { return false }
            return opened.distance(to: gone) <= Self.wrongDays
        }

        /// How long it was there, in days.
        ///
        /// - Parameter last: the last day that was judged.
        package func days(until last: Day) -> Int { max(1, opened.distance(to: gone ?? last.advanced(by: 1))) }
    }

    /// How often the days were judged.
    package enum Stepping: Hashable, Sendable {
        case daily
        /// Once a week, and on first days of months, days of commits and the last day.
        case weekly
        case every(days: Int)
    }

    /// The commit whose policies were tried, with `-dirty` where it was an edited working tree.
    package var policies: String
    /// The newest commit of the history that they were tried on.
    package var head: String
    package var from: Day
    package var to: Day
    package var stepping: Stepping
    package var currency: Currency
    /// How many evaluations there were, and how many of them were by a snapshot.
    package var evaluations = 0
    package var bySnapshot = 0
    /// How many of them could not observe everything, and what the first of them lacked.
    package var partial = 0
    package var partialReason: String?
    /// Days before the first commit, on which there was nothing to judge.
    package var withoutCode = 0
    /// Findings that were open without anybody knowing whether they hold.
    package var unknown = 0
    /// By the day on which they opened.
    package var entries: [Entry] = []

    package init(policies: String, head: String, from: Day, to: Day, stepping: Stepping, currency: Currency) {
        self.policies = policies
        self.head = head
        self.from = from
        self.to = to
        self.stepping = stepping
        self.currency = currency
    }

    /// Sums over some of the findings.
    package struct Sums: Hashable, Sendable {
        package var findings = 0
        package var staying = 0
        package var wrong = 0
        /// In 28 days, of the findings as they were last seen.
        package var atStake: Money
        package var saved: Money

        package init(_ entries: [Entry], _ currency: Currency) {
            findings = entries.count
            staying = entries.count { $0.gone == nil }
            wrong = entries.count(where: \.isWrong)
            atStake = entries.reduce(.zero(currency)) { $0 + $1.atStake }
            saved = entries.reduce(.zero(currency)) { $0 + $1.saved }
        }
    }

    package var sums: Sums { Sums(entries, currency) }

    /// By policy; the most findings first.
    package var byPolicy: [(policy: PolicyReference, sums: Sums)] {
        Dictionary(grouping: entries, by: \.policy).map { (policy: $0, sums: Sums($1, currency)) }.sorted { a, b in
            a.sums.findings == b.sums.findings ? a.policy < b.policy : a.sums.findings > b.sums.findings
        }
    }

    /// The same of some policies only.
    package func of(_ policies: Set<PolicyReference>) -> Backtest {
        var part = self
        part.entries = entries.filter { policies.contains($0.policy) }
        return part
    }
}
