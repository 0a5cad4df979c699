import CostModel
import Diagnostics
import YAML

/// `kind: Allocation`: how shared, unowned or untagged spend is divided among teams.
enum AllocationObject: SupportingKindObject {
    static let doc = "Divides a part of the bill among teams: what is shared, unowned or untagged."
    static let scope = Field(
        "scope", .object(AllocationScopeObject.self), .required, "Which part of the bill is divided; every part that is stated must hold.")
    static let split = Field("split", .split, .required, "How large each share is: 'even', or how the shares differ.")
    static let to = Field(
        "to", .teamsOrList, default: "teams",
        "Who gets a share: 'teams' is every team but the one that gives. Shares that are 'fixed' name their teams.")
    static let fields = [scope.description, split.description, to.description]
    static let example: String? = """
        kind: Allocation
        metadata: {name: shared-network}
        spec:
          scope: {accounts: ["999900001111"], unowned: true}
          split: {proportional: {by: cost}}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let scope = record.value(of: scope)
        let split = record.value(of: split)
        let recipients = record.value(of: to)
        guard let scope, let split, let recipients else { return nil }
        if let problem = problem(scope, split, recipients.teams, isStated: record.has(to)) {
            record.report("wrong-split", problem, at: record.range(of: to) ?? record.context.anchor)
            return nil
        }
        return .allocation(
            Allocation(name: envelope.name.value, place: envelope.place, scope: scope, split: split, recipients: recipients.teams))
    }

    private static func problem(
        _ scope: Allocation.Scope, _ split: Allocation.Split, _ recipients: [String]?, isStated: Bool
    ) -> String? {
        if case .fixed = split { return isStated ? "'fixed' names its teams: leave 'to' out" : nil }
        guard let recipients else { return nil }
        if Set(recipients).count != recipients.count { return "'to' names a team twice" }
        return recipients == [scope.lines.team] ? "'to' names only the team that gives" : nil
    }
}

/// `scope` of an allocation: a part of the bill, or what nobody owns of it.
enum AllocationScopeObject: NestedObject {
    static let doc = "The part of the bill that is divided; every part that is stated must hold."
    static let unowned = Field("unowned", .bool, default: "false", "Only what belongs to no team.")
    static let untagged = Field("untagged", .list(of: .text), "Only what has none of these tags.")
    static let fields = ScopeObject.fields + [unowned.description, untagged.description]

    static func build(_ record: Record) -> Allocation.Scope? {
        let isUnowned = record.value(of: unowned) ?? false
        let untagged = record.value(of: untagged) ?? []
        guard let lines = ScopeObject.build(record) else { return nil }
        if isUnowned, lines.team != nil, let range = record.keyRange(of: unowned) {
            record.report("wrong-scope", "what belongs to a team is not unowned: state 'team' or 'unowned'", at: range)
            return nil
        }
        let scope = Allocation.Scope(lines, isUnowned: isUnowned, untagged: untagged)
        guard scope.specificity > 0 else {
            record.report(
                "wrong-scope", "\(record.context.subject) states nothing: the whole bill cannot be divided", at: record.context.anchor)
            return nil
        }
        return scope
    }
}

/// `split`: how large each share is.
enum SplitObject: NestedObject {
    static let doc = "How shares differ: by what each team spends, or as agreed."
    static let proportional = Field(
        "proportional", .object(ProportionalObject.self), "Shares that follow what each team spends.")
    static let fixed = Field(
        "fixed", .map(key: ValueDescription.teamName, of: .percent(through: 100)), "What each team gets; together at most 100%.")
    static let fields = [proportional.description, fixed.description]
    static let choice: KeyChoice? = .exactlyOne(of: fields.map(\.key))

    static func build(_ record: Record) -> Allocation.Split? {
        guard record.has(proportional) != record.has(fixed) else {
            guard record.hasKnownKeysOnly else { return nil }
            record.report("wrong-split", "\(record.context.subject) must state one of 'proportional' and 'fixed'", at: record.node.range)
            return nil
        }
        if record.has(proportional) { return record.value(of: proportional) }
        guard let shares = record.value(of: fixed), let range = record.range(of: fixed) else { return nil }
        record.decoder.references += shares.map { Reference(to: .team, name: $0.key) }
        let parts = shares.map { ($0.key.value, BudgetObject.share($0.value)) }
        let sum = parts.reduce(FixedDecimal.zero) { $0 + $1.1 }
        guard sum <= FixedDecimal(1) else {
            record.report("wrong-split", "'fixed' gives away more than 100%", at: range)
            return nil
        }
        return .fixed(Dictionary(parts, uniquingKeysWith: { first, _ in first }))
    }
}

/// `proportional`: what shares follow.
enum ProportionalObject: NestedObject {
    static let doc = "What shares follow."
    static let by = Field(
        "by", .shareBase, .required,
        "What each team itself spends in the calendar month, before anything is divided: 'cost'; or what a metric counts of it.")
    static let fields = [by.description]

    static func build(_ record: Record) -> Allocation.Split? { record.value(of: by) }
}

/// `by`: a metric whose keys are teams.
enum MetricShareObject: NestedObject {
    static let doc = "A metric whose keys are teams."
    static let metric = Field("metric", .metricReference, .required, "Its name.")
    static let fields = [metric.description]

    static func build(_ record: Record) -> Allocation.Split? { record.value(of: metric).map { .byMetric($0) } }
}

/// All teams, or those that are named.
struct Recipients: Sendable {
    var teams: [String]?
}

extension Shape where Value == Recipients {
    static var teamsOrList: Shape {
        let list = Shape<[String]>.list(of: .teamReference)
        return Shape(.either([.choice(["teams"]), list.description])) { node, context in
            node.scalar?.text == "teams" ? Recipients() : list.read(node, context).map { Recipients(teams: $0) }
        }
    }
}

extension Shape where Value == String {
    /// The name of a metric; that it exists is checked when all files are read.
    static var metricReference: Shape {
        Shape(.form(name: "the name of a metric", examples: ["orders"])) { node, context in
            guard let text = Shape.text.read(node, context) else { return nil }
            context.decoder.references.append(Reference(to: .metric, name: Located(value: text, range: node.range)))
            return text
        }
    }
}

extension Shape where Value == Allocation.Split {
    static var split: Shape { word("even", .even, or: .object(SplitObject.self)) }
    static var shareBase: Shape { word("cost", .byCost, or: .object(MetricShareObject.self)) }

    private static func word(_ word: String, _ meaning: Allocation.Split, or object: Shape) -> Shape {
        let description = ValueDescription.either([.choice([word]), object.description])
        return Shape(description) { node, context in
            if node.scalar?.text == word { return meaning }
            guard node.mapping != nil else {
                context.reportWrongType(description, node)
                return nil
            }
            return object.read(node, context)
        }
    }
}
