package import CostModel
package import Game

/// What `history` says: a part of what is remembered about a workspace.
package struct HistoryReport: Report {
    package enum Content: Hashable, Sendable {
        /// The newest first.
        case runs([Run])
        /// What is not fixed first, then by dollars at stake.
        case findings([FindingLife])
        /// One life, with what happened to it, oldest first.
        case finding(FindingLife, [LifeEvent])
        /// The newest day first.
        case scores([ScoreDay], [Badge])
        /// The newest first.
        case requests([RequestRecord])
        /// The newest first; and how good all of them were.
        case estimates([EstimateRecord], EstimateAccuracy)
        /// The newest first.
        case audit([AuditEntry])
        /// The newest first.
        case snoozes([Snooze])
        /// By name.
        case campaigns([CampaignProgress])
    }

    package var context: ReportContext
    package var content: Content
    /// The identities of the findings that are overdue.
    package var overdue: Set<String>

    package init(context: ReportContext, content: Content, overdue: Set<String> = []) {
        self.context = context
        self.content = content
        self.overdue = overdue
    }
}

extension FindingLife {
    /// The order of a list for people: what is open before what is fixed, and what matters most first.
    package static func isListed(_ a: FindingLife, before b: FindingLife) -> Bool {
        if (a.state == .fixed) != (b.state == .fixed) { return b.state == .fixed }
        if a.atStake.currency != b.atStake.currency { return a.atStake.currency < b.atStake.currency }
        if a.atStake != b.atStake { return a.atStake.amount > b.atStake.amount }
        return a.id < b.id
    }
}
