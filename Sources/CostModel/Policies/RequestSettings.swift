/// How remediation requests (pull requests, merge requests, branches) are made: `remediation.requests` of a workspace.
package struct RequestSettings: Hashable, Sendable {
    /// What one request holds, besides being of one team and the same policies.
    package enum Grouping: String, Hashable, Sendable, CaseIterable {
        /// All of them.
        case team
        /// Those of one Terraform root.
        case root
    }

    /// A time of the week in which requests may be opened and updated, in UTC.
    package struct Window: Hashable, Sendable {
        /// Monday is 0.
        package var days: Set<Int>
        /// Minutes since midnight; `until` is exclusive.
        package var from: Int
        package var until: Int

        package init(days: Set<Int> = Set(0...6), from: Int = 0, until: Int = 24 * 60) {
            self.days = days
            self.from = from
            self.until = until
        }
    }

    package var grouping: Grouping
    /// Open at one time.
    package var maxOpen: Int
    package var maxNewPerHour: Int
    package var labels: [String]
    /// User or team names as the code host spells them, besides those of CODEOWNERS.
    package var reviewers: [String]
    /// Whether the owners of the changed files are asked for a review.
    package var asksCodeOwners: Bool
    package var isDraft: Bool
    /// Empty: at any time. Outside of it nothing new is opened; what is open is still closed when it is fixed.
    package var schedule: [Window]
    /// How long a request that a person closed stays closed though nothing new stands in it; nil: for good.
    package var dismissal: TimeSpan?
    /// The issue that shows what waits; nil: there is none.
    package var dashboard: DashboardSettings?

    package init(
        grouping: Grouping = .team, maxOpen: Int = 10, maxNewPerHour: Int = 2, labels: [String] = ["bursar"], reviewers: [String] = [],
        asksCodeOwners: Bool = true, isDraft: Bool = false, schedule: [Window] = [], dismissal: TimeSpan? = .days(90),
        dashboard: DashboardSettings? = nil
    ) {
        self.grouping = grouping
        self.maxOpen = maxOpen
        self.maxNewPerHour = maxNewPerHour
        self.labels = labels
        self.reviewers = reviewers
        self.asksCodeOwners = asksCodeOwners
        self.isDraft = isDraft
        self.schedule = schedule
        self.dismissal = dismissal
        self.dashboard = dashboard
    }
}

/// The one issue of a workspace that shows on its code host what waits: `remediation.requests.dashboard`.
package struct DashboardSettings: Hashable, Sendable {
    package var title: String
    /// How long its boxes put a request off.
    package var snooze: TimeSpan

    package init(title: String = "Cost dashboard", snooze: TimeSpan = .days(30)) {
        self.title = title
        self.snooze = snooze
    }
}
