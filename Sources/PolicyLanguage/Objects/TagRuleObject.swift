import CostModel
import Diagnostics
import YAML

/// `kind: TagRule`: virtual tags, other names and spellings of tags, in the bill alone.
enum TagRuleObject: SupportingKindObject {
    static let doc = "Says what tags of the bill mean: virtual ones, renamed ones, other spellings. Tags in code are not touched."
    static let scope = Field(
        "scope", .object(TagRuleScopeObject.self), "Which rows it is about, by what was billed; without it all of them.")
    static let set = Field(
        "set", .map(key: .text, of: .tagSetting), .required, "The tags that it makes: for each key a value, or where it comes from.")
    static let fields = [scope.description, set.description]
    static let example: String? = """
        kind: TagRule
        metadata: {name: team-spelling}
        spec:
          set:
            team: {from: [team, Team, owner], case: lower, map: {pay: payments}}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let scope = record.has(scope) ? record.value(of: scope) : TagRule.Scope()
        guard let scope, let entries = record.value(of: set) else { return nil }
        let settings = Dictionary(entries.map { ($0.key.value, $0.value) }, uniquingKeysWith: { first, _ in first })
        return .tagRule(TagRule(name: envelope.name.value, place: envelope.place, scope: scope, settings: settings))
    }
}

/// `scope` of a rule of tags.
enum TagRuleScopeObject: NestedObject {
    static let doc = "Rows of the bill, by what was billed; every part that is stated must hold."
    static let accounts = Field("accounts", .list(of: .text), "What runs in these accounts.")
    static let services = Field("services", .list(of: .text), "These services, by their names on the bill.")
    static let regions = Field("regions", .list(of: .text), "What runs in these regions.")
    static let tags = Field("tags", .map(key: .text, of: .text), "What carries all of these tags.")
    static let untagged = Field("untagged", .list(of: .text), "Only what has none of these tags.")
    static let fields = [accounts.description, services.description, regions.description, tags.description, untagged.description]

    static func build(_ record: Record) -> TagRule.Scope? {
        let lines = Budget.Scope(
            accounts: record.value(of: accounts), services: record.value(of: services), regions: record.value(of: regions),
            tags: record.value(of: tags).map(\.dictionary))
        let untagged = record.value(of: untagged) ?? []
        // What is read wrongly must not widen the scope.
        let isRead =
            record.has(accounts) == (lines.accounts != nil) && record.has(services) == (lines.services != nil)
            && record.has(regions) == (lines.regions != nil) && record.has(tags) == (lines.tags != nil)
        guard isRead, record.has(Self.untagged) != untagged.isEmpty else { return nil }
        return TagRule.Scope(lines, untagged: untagged)
    }
}

/// A value of `set`.
enum TagSettingObject: NestedObject {
    static let doc = "Where a tag's value comes from."
    static let from = Field("from", .textOrTexts, .required, "A tag, or several of which the first that has a value counts.")
    static let letterCase = Field("case", .choice(TagRule.Setting.LetterCase.self), "Letters become these.")
    static let map = Field("map", .map(key: .text, of: .text), "What stands for a value, as it is after 'case'; others stay.")
    static let fields = [from.description, letterCase.description, map.description]

    static func build(_ record: Record) -> TagRule.Setting? {
        let letterCase = record.value(of: letterCase)
        let map = record.value(of: map)?.dictionary
        guard let from = record.value(of: from) else { return nil }
        return TagRule.Setting(.tags(from), letterCase: letterCase, map: map ?? [:])
    }
}

extension Shape where Value == [String] {
    /// One text, or a list of them.
    fileprivate static var textOrTexts: Shape {
        let list = Shape<[String]>.list(of: .text)
        return Shape(.either([.text, list.description])) { node, context in
            node.scalar == nil ? list.read(node, context) : Shape<String>.text.read(node, context).map { [$0] }
        }
    }
}

extension Shape where Value == TagRule.Setting {
    /// A value, or where it comes from.
    fileprivate static var tagSetting: Shape {
        let object = Shape.object(TagSettingObject.self)
        return Shape(.either([.text, object.description])) { node, context in
            if node.mapping != nil { return object.read(node, context) }
            return Shape<String>.text.read(node, context).map { TagRule.Setting(.value($0)) }
        }
    }
}
