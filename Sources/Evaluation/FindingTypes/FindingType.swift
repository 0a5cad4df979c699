/// What a rule is, for people: `bursar explain RULE` prints it, and so does the catalogue of rules.
package struct FindingType: Hashable, Sendable {
    /// `missing-tag`, as findings name it.
    package let id: String
    package let title: String
    /// What it finds.
    package let does: String
    /// Why it costs money.
    package let cost: String
    /// Code or a bill that breaks it.
    package let example: String
    /// What to do instead.
    package let remedy: String
}
