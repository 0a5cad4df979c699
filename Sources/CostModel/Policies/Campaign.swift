/// What teams want to have fixed or saved by a day: a goal over findings of some policies. It judges nothing itself.
package struct Campaign: Hashable, Sendable {
    package enum Goal: Hashable, Sendable {
        /// How much of what was at stake when it began is gone, from 0 to 1.
        case fixed(FixedDecimal)
        /// What merged changes save in a month, as later bills show.
        case verified(Money)
    }

    /// More days than these no policy is held back.
    package static let mostAdvisoryDays = 30
    /// More days than these it does not last.
    package static let longestDays = 366

    package var name: String
    package var place: Place
    /// The names of policies.
    package var policies: [String]
    /// Nil: all.
    package var teams: [String]?
    package var goal: Goal
    package var days: ClosedRange<Day>
    /// For so many of its first days its policies block nothing of its teams.
    package var advisoryDays: Int

    package init(
        name: String, place: Place, policies: [String], teams: [String]? = nil, goal: Goal, days: ClosedRange<Day>, advisoryDays: Int = 0
    ) {
        self.name = name
        self.place = place
        self.policies = policies
        self.teams = teams
        self.goal = goal
        self.days = days
        self.advisoryDays = advisoryDays
    }

    package func holds(policy: String, team: String?) -> Bool {
        policies.contains(policy) && (teams.map { teams in team.map(teams.contains) ?? false } ?? true)
    }

    /// Whether its policies only warn on this day.
    package func isAdvisory(on day: Day) -> Bool { days.contains(day) && days.lowerBound.distance(to: day) < advisoryDays }
}

extension [Campaign] {
    /// What a policy's word comes to for a team on a day: within advisory days nothing blocks.
    package func enforcement(_ stated: Enforcement, of policy: String, for team: String?, on day: Day) -> Enforcement {
        stated == .block && contains(where: { $0.isAdvisory(on: day) && $0.holds(policy: policy, team: team) }) ? .warn : stated
    }

    /// Takes the blocking from findings that are within advisory days.
    package func soften(_ findings: inout [Finding], on day: Day) {
        guard contains(where: { $0.isAdvisory(on: day) }) else { return }
        for index in findings.indices {
            let finding = findings[index]
            findings[index].enforcement = enforcement(finding.enforcement, of: finding.policy.name, for: finding.team, on: day)
        }
    }
}
