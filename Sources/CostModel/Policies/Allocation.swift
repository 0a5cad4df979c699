/// How a part of the bill that nobody, or somebody for all, pays is divided among teams.
package struct Allocation: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var scope: Scope
    package var split: Split
    /// Who gets a share; nil: every team but the one that gives. Shares that are fixed name their teams.
    package var recipients: [String]?

    /// The lines that are divided: every part that is stated must hold.
    package struct Scope: Hashable, Sendable {
        package var lines: Budget.Scope
        /// Only what belongs to no team.
        package var isUnowned: Bool
        /// Only what lacks all of these tags.
        package var untagged: [String]

        package init(_ lines: Budget.Scope = Budget.Scope(), isUnowned: Bool = false, untagged: [String] = []) {
            self.lines = lines
            self.isUnowned = isUnowned
            self.untagged = untagged
        }

        /// All that a team has, and nothing else is asked for: then what others give it is divided with it.
        package var wholeTeam: String? {
            lines == Budget.Scope(team: lines.team) && !isUnowned && untagged.isEmpty ? lines.team : nil
        }

        /// How much the scope says: of several that hold a line the one that says most has it.
        package var specificity: Int {
            let stated = [
                lines.team != nil, lines.accounts != nil, lines.services != nil, lines.regions != nil, lines.condition != nil, isUnowned,
            ]
            return stated.count { $0 } + (lines.tags?.count ?? 0) + untagged.count
        }
    }

    package enum Split: Hashable, Sendable {
        case even
        /// By what each team itself spends in the calendar month.
        case byCost
        /// By what a metric counts of each team in the calendar month.
        case byMetric(String)
        /// Parts of one; what they leave stays where it is.
        case fixed([String: FixedDecimal])
    }

    package init(name: String, place: Place, scope: Scope, split: Split, recipients: [String]? = nil) {
        self.name = name
        self.place = place
        self.scope = scope
        self.split = split
        self.recipients = recipients
    }
}
