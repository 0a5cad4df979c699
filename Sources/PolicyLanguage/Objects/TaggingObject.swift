import CostModel
import Diagnostics
import Patterns
import YAML

/// `kind: TaggingPolicy`: which tags resources must carry.
enum TaggingObject: PolicyKindObject {
    static let doc = "Which tags resources must carry, and with which values."
    static let match = Field("match", .object(MatchObject.self), "Which resources; without it all.")
    static let require = Field("require", .list(of: .object(RequiredTagObject.self)), .required, "The tags that must be there.")
    static let fields = HeaderFields.all + [match.description, require.description]
    static let example: String? = """
        kind: TaggingPolicy
        metadata: {name: cost-allocation}
        spec:
          severity: high
          match: {types: ["aws_*"]}
          require:
            - {key: team, values: {of: teams}, default: {from: team.name}}
            - {key: environment, values: [prod, staging, dev], aliases: [env], default: {from: path, segment: 3}}
            - {key: cost-center, pattern: "CC-[0-9]{4}", default: {from: team.costCenter}}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> TaggingPolicy? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 1)
        let match = record.value(of: match)
        let required = record.value(of: require)
        if let required { checkKeys(required, record) }
        guard let required, !record.has(Self.match) || match != nil else { return nil }
        return TaggingPolicy(header: header, match: match ?? ResourceMatch(), requires: required.map(\.tag))
    }

    /// Each key is required once, and an alias is no key that is required itself.
    private static func checkKeys(_ required: [RequiredTagObject.Value], _ record: Record) {
        var places: [String: SourceRange] = [:]
        for tag in required {
            if let first = places[tag.key.value] {
                record.report(
                    "duplicate-key", "tag '\(tag.key.value)' is required twice", at: tag.key.range,
                    notes: [.init("first required here", at: first)])
            } else {
                places[tag.key.value] = tag.key.range
            }
        }
        for alias in required.flatMap(\.aliases) {
            guard let key = places[alias.value] else { continue }
            record.report(
                "wrong-value", "alias '\(alias.value)' is a required tag itself", at: alias.range, notes: [.init("required here", at: key)])
        }
    }
}

/// One entry of `require`.
enum RequiredTagObject: NestedObject {
    struct Value: Sendable {
        var tag: RequiredTag
        var key: Located<String>
        var aliases: [Located<String>]
    }

    static let doc = "A tag that must be there."
    static let key = Field("key", .text, .required, "The tag's key.")
    static let values = Field("values", .allowedValues, "The values that are allowed: a list, or {of: teams} for the names of the teams.")
    static let pattern = Field("pattern", .pattern, "What the whole value must match.")
    static let aliases = Field("aliases", .list(of: .locatedText), "Other spellings of the key, which a fix renames.")
    static let defaultValue = Field(
        "default", .tagDefault, "What to write where the tag is missing: a literal, a team's field or a segment of the file's path.")
    static let fields = [key.description, values.description, pattern.description, aliases.description, defaultValue.description]

    static func build(_ record: Record) -> Value? {
        let key = record.located(key)
        let values = record.value(of: values)
        let pattern = record.value(of: pattern)
        let aliases = record.value(of: aliases) ?? []
        let defaultValue = record.located(defaultValue)
        checkValues(values, pattern, record)
        if let defaultValue { check(defaultValue, values, pattern, record) }
        guard let key else { return nil }
        let allowed: RequiredTag.Allowed =
            switch values {
            case .teams: .teams
            case .list(let list): .list(list.map(\.value))
            case nil: .any
            }
        let tag = RequiredTag(
            key: key.value, place: Place(record.node.range), allowed: allowed, pattern: pattern, aliases: aliases.map(\.value),
            defaultValue: defaultValue?.value)
        return Value(tag: tag, key: key, aliases: aliases)
    }

    private static func checkValues(_ values: AllowedValues?, _ pattern: LinearPattern?, _ record: Record) {
        guard case .list(let list) = values, let pattern else { return }
        for value in list where !pattern.matchesWhole(value.value) {
            record.report("wrong-value", "value '\(value.value.shortened)' does not match the tag's own pattern", at: value.range)
        }
    }

    private static func check(
        _ defaultValue: Located<RequiredTag.Default>, _ values: AllowedValues?, _ pattern: LinearPattern?, _ record: Record
    ) {
        guard case .literal(let literal) = defaultValue.value else { return }
        if values == nil, let pattern, !pattern.matchesWhole(literal) {
            record.report("wrong-default", "default '\(literal.shortened)' does not match the tag's own pattern", at: defaultValue.range)
        }
        switch values {
        case nil: break
        case .teams: record.decoder.references.append(Reference(to: .team, name: Located(value: literal, range: defaultValue.range)))
        case .list(let list):
            let allowed = list.map(\.value)
            guard !allowed.contains(literal) else { break }
            let nearest = DidYouMean.nearest(to: literal, in: allowed)
            record.report(
                "wrong-default",
                "default '\(literal.shortened)' is not among the allowed values\(DidYouMean.hint(for: literal, in: allowed))",
                at: defaultValue.range,
                fixIts: nearest.map { [.init("write '\($0)'", edits: [TextEdit(defaultValue.range.bytes, YAMLScalar.written($0))])] } ?? [])
        }
    }
}

/// `values`: a list, or the names of all teams.
enum AllowedValues: Sendable {
    case list([Located<String>])
    case teams
}

/// `values: {of: teams}`
enum ValuesOfObject: NestedObject {
    static let doc = "The names of all objects of a kind."
    static let of = Field("of", .word("teams"), .required, "Whose names are allowed.")
    static let fields = [of.description]
    static func build(_ record: Record) -> AllowedValues? { record.value(of: of).map { _ in .teams } }
}

/// `default: {from: …}`
enum DefaultFromObject: NestedObject {
    static let doc = "Where the default comes from."
    static let from = Field(
        "from", .word("team.name", "team.costCenter", "team.contact", "path"), .required,
        "A field of the team that owns the resource, or its file's path.")
    static let segment = Field("segment", .integer(1...64), "Which folder of the path, counted from 1.")
    static let fields = [from.description, segment.description]

    static func build(_ record: Record) -> RequiredTag.Default? {
        let from = record.value(of: from)
        let segment = record.value(of: segment)
        if let from, from != "path", let key = record.keyRange(of: Self.segment) {
            record.report("wrong-default", "'segment' goes with 'from: path' only", at: key)
        }
        switch from {
        case "team.name": return .teamName
        case "team.costCenter": return .teamCostCenter
        case "team.contact": return .teamContact
        case "path":
            if !record.has(Self.segment) {
                record.report("missing-key", "'from: path' needs 'segment', counted from 1", at: record.node.range)
            }
            return segment.map { .pathSegment($0) }
        default: return nil
        }
    }
}

extension Shape where Value == AllowedValues {
    static var allowedValues: Shape {
        let list = Shape<[Located<String>]>.list(of: .locatedText)
        let object = Shape.object(ValuesOfObject.self)
        let description = ValueDescription.either([list.description, object.description])
        return Shape(description) { node, context in
            if node.sequence != nil { return list.read(node, context).map { .list($0) } }
            if node.mapping != nil { return object.read(node, context) }
            context.reportWrongType(description, node)
            return nil
        }
    }
}

extension Shape where Value == RequiredTag.Default {
    static var tagDefault: Shape {
        let object = Shape.object(DefaultFromObject.self)
        return Shape(.either([.text, object.description])) { node, context in
            if node.mapping != nil { return object.read(node, context) }
            return Shape<String>.text.read(node, context).map { .literal($0) }
        }
    }
}
