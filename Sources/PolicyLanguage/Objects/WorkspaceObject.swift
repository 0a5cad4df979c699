import CostModel
import Diagnostics
import YAML

/// `kind: Workspace`: where the policies are and what the world is observed through.
enum WorkspaceObject: SupportingKindObject {
    static let doc = "Where the policies are, and what the world is observed through."
    static let currency = Field("currency", .currency, .required, "The currency of every amount.")
    static let policies = Field(
        "policies", .list(of: .locatedTreePath), .required, "Files or folders in Git that hold policies.")
    static let observe = Field("observe", .object(ObserveObject.self), "What the world looks like.")
    static let fiscal = Field("fiscal", .object(FiscalObject.self), "The years by which budgets count that name no others.")
    static let remediation = Field("remediation", .object(RemediationObject.self), "How fixes are proposed.")
    static let scoring = Field("scoring", .object(ScoringObject.self), "How scorecards are made.")
    static let fields = [
        currency.description, policies.description, observe.description, fiscal.description, remediation.description, scoring.description,
    ]
    static let example: String? = """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: acme}
        spec:
          currency: USD
          policies: [policies, teams]
          observe:
            cost: [{name: billing, format: focus, paths: ["observed/focus/*.csv.gz"]}]
            inventory: [{name: infra, format: terraform, path: infra, state: ["observed/state/{root}/terraform.tfstate"]}]
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let currency = record.value(of: currency)
        record.decoder.currency = currency
        record.decoder.calendar = record.value(of: fiscal) ?? .gregorian
        let policies = record.value(of: policies)
        let observe = record.value(of: observe) ?? ObserveObject.Value()
        let remediation = record.value(of: remediation) ?? RemediationSettings()
        let scoring = record.value(of: scoring) ?? ScoringObject.Value()
        guard let currency, let policies else { return nil }
        var workspace = Workspace(
            name: envelope.name.value, place: envelope.place, currency: currency, policyPaths: policies.map(\.value), cost: observe.cost,
            inventory: observe.inventory, utilization: observe.utilization, instanceCatalog: observe.instanceCatalog,
            remediation: remediation,
            scoring: ScoringSettings(
                materiality: scoring.materiality ?? Money(ScoringObject.defaultMateriality, currency), freeze: scoring.freeze,
                badges: scoring.badges.flatMap { badges(of: $0, apartFrom: remediation.branchPrefix, record) }))
        workspace.hasNoBill = observe.hasNoBill
        workspace.rates = observe.rates
        workspace.prices = observe.prices
        workspace.usage = observe.usage
        workspace.cloud = observe.cloud
        workspace.recommendations = observe.recommendations
        workspace.logs = observe.logs
        return .workspace(workspace)
    }

    /// Nil, and reported, where the branch would be taken for one of a proposed fix, or could not stand beside those.
    private static func badges(of named: Located<BadgeSettings>, apartFrom prefix: String, _ record: Record) -> BadgeSettings? {
        let branch = named.value.branch
        guard !branch.hasPrefix(prefix), !prefix.hasPrefix(branch + "/") else {
            record.report(
                "wrong-value",
                "the branch of 'badges' must not be among those of proposed fixes, whose names begin with '\(prefix.shortened)'",
                at: named.range)
            return nil
        }
        return named.value
    }
}

/// `remediation`
enum RemediationObject: NestedObject {
    static let doc = "How fixes are proposed."
    static let branchPrefix = Field("branchPrefix", .branchPrefix, default: "bursar/", "What the names of proposed branches begin with.")
    static let maxChangesPerPlan = Field("maxChangesPerPlan", .integer(1...100_000), default: "50", "How many changes one plan may hold.")
    static let author = Field("author", .author, "The author of commits; without it Git's configuration.")
    static let verify = FieldDescription.unsupported("verify", .bool, "Whether a fix is run through the provider's own plan first.")
    static let requests = Field("requests", .object(RequestsObject.self), "How the loop makes pull requests of fixes.")
    static let fields = [
        branchPrefix.description, maxChangesPerPlan.description, author.description, requests.description, verify,
    ]

    static func build(_ record: Record) -> RemediationSettings? {
        RemediationSettings(
            branchPrefix: record.value(of: branchPrefix) ?? "bursar/", maxChangesPerPlan: record.value(of: maxChangesPerPlan) ?? 50,
            author: record.value(of: author), requests: record.value(of: requests) ?? RequestSettings())
    }
}

/// `scoring`
enum ScoringObject: NestedObject {
    struct Value: Sendable {
        var materiality: Money?
        var freeze: [ClosedRange<Day>] = []
        var badges: Located<BadgeSettings>?
    }

    static let defaultMateriality = FixedDecimal(1_000)
    static let doc = "How scorecards are made."
    static let materiality = Field(
        "materiality", .money, "What a team's findings of 28 days must be worth to weigh much; 1000 of the workspace's currency by default."
    )
    static let freeze = Field(
        "freeze", .list(of: .object(FreezeObject.self), minimum: 0, maximum: 100), "Times in which streaks stand still, such as holidays.")
    static let badges = Field("badges", .object(BadgesObject.self), "Where the loop commits badges and cards of the teams.")
    static let fields = [materiality.description, freeze.description, badges.description]

    static func build(_ record: Record) -> Value? {
        Value(materiality: record.value(of: materiality), freeze: record.value(of: freeze) ?? [], badges: record.located(badges))
    }
}

/// `badges`
enum BadgesObject: NestedObject {
    static let doc = "Badges and cards of the teams, which the loop commits to a branch that holds nothing else."
    static let branch = Field("branch", .branchName, .required, "The branch; the loop makes it, and takes no other's over.")
    static let amounts = Field(
        "amounts", .bool, default: "false", "Whether pictures show amounts of money; whoever may read the branch then reads them.")
    static let fields = [branch.description, amounts.description]

    static func build(_ record: Record) -> BadgeSettings? {
        record.value(of: branch).map { BadgeSettings(branch: $0, showsAmounts: record.value(of: amounts) ?? false) }
    }
}

/// One entry of `freeze`.
enum FreezeObject: NestedObject {
    static let doc = "A time in which streaks stand still; each week that it touches."
    static let from = Field("from", .day, .required, "Its first day.")
    static let to = Field("to", .day, .required, "Its last day.")
    static let fields = [from.description, to.description]

    static func build(_ record: Record) -> ClosedRange<Day>? {
        let from = record.value(of: from)
        let to = record.value(of: to)
        guard let from, let to else { return nil }
        guard from <= to else {
            record.report("wrong-value", "a time of 'freeze' must not end before it begins", at: record.node.range)
            return nil
        }
        return from...to
    }
}

extension Shape where Value == Currency {
    static var currency: Shape {
        let description = ValueDescription.form(name: "an ISO 4217 code", examples: ["USD", "EUR"], pattern: "^[A-Z]{3}$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let currency = Currency(text) else {
                let corrected = Currency(text.uppercased())?.code
                context.reportWrongValue(
                    description, text, at: node.range, suggestion: corrected, edit: corrected.map { context.replacing(node, by: $0) })
                return nil
            }
            return currency
        }
    }
}

extension Shape where Value == RemediationSettings.Author {
    static var author: Shape {
        let description = ValueDescription.form(
            name: "a name and an address", examples: ["Bursar <bursar@example.com>"], pattern: "^[^<>]*[^<> ][^<>]*<[^<> ]*@[^<> ]*>$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let author = parse(text) else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return author
        }
    }

    private static func parse(_ text: String) -> Value? {
        guard text.hasSuffix(">"), let open = text.firstIndex(of: "<") else { return nil }
        let name = text[..<open].split(separator: " ").joined(separator: " ")
        let email = String(text[text.index(after: open)...].dropLast())
        // What would break out of a commit's header line.
        let forbidden: (Character) -> Bool = { "<>".contains($0) || $0.isNewline || $0 == "\0" }
        guard !name.isEmpty, email.contains("@"), !email.contains(" "), !(name + email).contains(where: forbidden) else { return nil }
        return Value(name: name, email: email)
    }
}

extension Shape where Value == String {
    /// The beginning of a branch's name, by the rules of `git check-ref-format`.
    static var branchPrefix: Shape {
        form("the beginning of a branch's name", "bursar/", pattern: #"^[^\s~^:?*\[\\./-][^\s~^:?*\[\\]*$"#) { text in
            isBranch(text, wholeParts: text.split(separator: "/", omittingEmptySubsequences: false).dropLast())
        }
    }

    /// A branch's name, by the same rules.
    static var branchName: Shape {
        form("the name of a branch", "bursar-badges", pattern: #"^[^\s~^:?*\[\\./-][^\s~^:?*\[\\]*$"#) { text in
            text != "HEAD" && text != "@" && isBranch(text, wholeParts: text.split(separator: "/", omittingEmptySubsequences: false)[...])
        }
    }

    /// - Parameter wholeParts: what stands between slashes and is not gone on with.
    private static func isBranch(_ text: String, wholeParts: ArraySlice<Substring>) -> Bool {
        let forbidden = text.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F || "~^:?*[\\".unicodeScalars.contains($0) }
        let isBroken = wholeParts.contains { $0.isEmpty || $0.hasPrefix(".") || $0.hasSuffix(".lock") || $0.hasSuffix(".") }
        return !forbidden && !isBroken && !text.hasPrefix("-") && !text.hasPrefix(".") && !text.contains("..") && !text.contains("@{")
            && text.utf8.count <= 100
    }
}
