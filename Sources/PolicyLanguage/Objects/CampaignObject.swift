import CostModel
import Diagnostics
import YAML

/// `kind: Campaign`: what teams want to have fixed or saved by a day.
enum CampaignObject: SupportingKindObject {
    static let doc = "A goal over findings of some policies, and a time to reach it in."
    static let policies = Field(
        "policies", .list(of: .campaignPolicy), .required, "The policies whose findings it is about: those about resources.")
    static let goal = Field("goal", .object(CampaignGoalObject.self), .required, "What is to be reached.")
    static let from = Field("from", .day, .required, "Its first day.")
    static let to = Field("to", .day, .required, "Its last day, at most a year behind the first.")
    static let advisoryDays = Field(
        "advisoryDays", .integer(0...Campaign.mostAdvisoryDays), default: "0",
        "For so many of its first days its policies block nothing of its teams: they warn.")
    static let teams = Field("teams", .list(of: .teamReference), "Whose findings count; without it everybody's.")
    static let fields = [
        policies.description, goal.description, from.description, to.description, advisoryDays.description, teams.description,
    ]
    static let example: String? = """
        kind: Campaign
        metadata: {name: right-size-autumn}
        spec:
          policies: [compute-headroom]
          goal: {fixed: 80%}
          from: 2026-10-01
          to: 2026-11-30
          advisoryDays: 14
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let (policies, goal) = (record.value(of: policies), record.value(of: goal))
        let (from, to) = (record.value(of: from), record.located(to))
        let (days, teams) = (record.value(of: advisoryDays), record.value(of: teams))
        guard let from, let to else { return nil }
        guard from <= to.value, from.distance(to: to.value) < Campaign.longestDays else {
            let why = from <= to.value ? "is more than \(Campaign.longestDays) days behind 'from'" : "lies before 'from'"
            record.report("wrong-value", "'to' \(why)", at: to.range)
            return nil
        }
        guard let days else { return nil }
        if days > from.distance(to: to.value) + 1, let range = record.range(of: advisoryDays) {
            record.report("wrong-value", "'advisoryDays' are more than the campaign has", at: range)
            return nil
        }
        guard let policies, let goal, !record.has(Self.teams) || teams != nil else { return nil }
        return .campaign(
            Campaign(
                name: envelope.name.value, place: envelope.place, policies: policies, teams: teams, goal: goal, days: from...to.value,
                advisoryDays: days))
    }
}

/// `goal` of a campaign.
enum CampaignGoalObject: NestedObject {
    static let doc = "What is to be reached."
    static let fixed = Field("fixed", .percent(through: 100), "How much of what was at stake at the beginning is gone.")
    static let verified = Field("verified", .money, "What merged changes save in a month, as later bills show.")
    static let fields = [fixed.description, verified.description]
    static let choice: KeyChoice? = .exactlyOne(of: fields.map(\.key))

    static func build(_ record: Record) -> Campaign.Goal? {
        let (fixed, verified) = (record.value(of: fixed), record.value(of: verified))
        guard record.has(Self.fixed) != record.has(Self.verified) else {
            guard record.hasKnownKeysOnly else { return nil }
            record.report("wrong-value", "\(record.context.subject) must state one of 'fixed' and 'verified'", at: record.node.range)
            return nil
        }
        return fixed.map { .fixed(BudgetObject.share($0)) } ?? verified.map { .verified($0) }
    }
}

extension Shape where Value == String {
    /// The name of a policy that finds something in what stands; that it exists is checked when all files are read.
    static var campaignPolicy: Shape {
        Shape(.form(name: "the name of a policy", examples: ["cost-allocation"])) { node, context in
            guard let text = Shape.text.read(node, context) else { return nil }
            context.decoder.references.append(Reference(to: .campaignedPolicy, name: Located(value: text, range: node.range)))
            return text
        }
    }
}
