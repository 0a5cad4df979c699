/// What is to be said about a rule, for whoever meets its name in a report.
package struct RuleText: Hashable, Sendable {
    /// `missing-tag`, as findings name it.
    package var id: String
    package var title: String
    /// What it finds.
    package var does: String
    /// Why it costs money.
    package var cost: String
    /// What to do instead.
    package var remedy: String

    package init(id: String, title: String, does: String, cost: String, remedy: String) {
        self.id = id
        self.title = title
        self.does = does
        self.cost = cost
        self.remedy = remedy
    }
}
