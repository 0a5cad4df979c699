import Conditions
import CostModel
import Diagnostics
import YAML

/// `kind: Rule`: what must hold of resources, in CEL.
enum RuleObject: PolicyKindObject {
    static let doc = "What must hold of resources, in CEL."
    static let match = Field("match", .object(MatchObject.self), "Which resources; without it all.")
    static let assertion = Field("assert", .condition, .required, "True where a resource is as it should be.")
    static let message = Field("message", .locatedText, .required, "What is said where it is not; text in braces is CEL.")
    static let lookback = Field("lookback", .timeSpan, default: "14d", "How far back 'utilization' looks.")
    static let minimumSamples = Field(
        "minimumSamples", .integer(1...10_000_000), default: "1", "With fewer samples a metric's figures are unknown.")
    static let parameters = Field("parameters", .parameters, "Values that the expressions read as params.NAME.")
    static let atStake = Field("atStake", .condition, "The monthly dollars at stake; without it all that the resource costs.")
    static let saves = Field("saves", .condition, "The monthly dollars that fixing it saves.")
    static let fix = Field("fix", .ruleFix, "What may be done with a fix, and the arguments it sets.")
    static let examples = Field("examples", .list(of: .object(RuleExampleObject.self)), "Code that passes and code that fails.")
    static let fields =
        HeaderFields.all.filter { $0.key != HeaderFields.fix.key } + [
            match.description, assertion.description, message.description, lookback.description, minimumSamples.description,
            parameters.description, atStake.description, saves.description, fix.description, examples.description,
        ]
    static let example: String? = """
        kind: Rule
        metadata: {name: gp3-volumes}
        spec:
          match: {types: [aws_ebs_volume]}
          assert: 'resource.attributes.?type.orValue("gp2") != "gp2"'
          message: "{resource.address} is gp2; gp3 costs less at the same size"
          fix: {mode: review, set: {type: gp3}}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> Rule? {
        let fix = record.value(of: fix) ?? RuleFix()
        let header = HeaderFields.build(record, envelope, defaultLevel: 3, fix: fix.mode)
        let match = record.value(of: match)
        let assertion = record.value(of: assertion)
        let message = record.value(of: message)
        let parameters = record.value(of: parameters) ?? []
        let lookback = record.value(of: lookback) ?? .days(14)
        let minimumSamples = record.value(of: minimumSamples) ?? 1
        let atStake = record.value(of: atStake)
        let saves = record.value(of: saves)
        let examples = record.value(of: examples) ?? []
        let check = ConditionCheck(record.decoder, parameters: parameters)
        if let assertion { check.resource(assertion, mustBe: .truth) }
        if let atStake { check.resource(atStake, mustBe: .amount) }
        if let saves { check.resource(saves, mustBe: .amount) }
        guard let assertion, let message, !record.has(Self.match) || match != nil else { return nil }
        let parts = MessageReader(message, record).parts()
        for case .expression(let condition) in parts {
            check.resource(LocatedCondition(condition: condition, node: message.range, text: nil), mustBe: .anything)
        }
        var rule = Rule(
            header: header, match: match ?? ResourceMatch(), assertion: assertion.condition, message: parts, lookback: lookback,
            minimumSamples: minimumSamples, parameters: parameters, atStake: atStake?.condition, saves: saves?.condition,
            changes: fix.changes, examples: examples)
        rule.addition = fix.addition
        return rule
    }
}

/// One entry of `examples`.
enum RuleExampleObject: NestedObject {
    static let doc = "Code that the rule passes or fails."
    static let given = Field("given", .text, .required, "Terraform.")
    static let expect = Field("expect", .choice(Rule.Example.Expectation.self), .required, "What judging it gives.")
    static let fields = [given.description, expect.description]

    static func build(_ record: Record) -> Rule.Example? {
        let given = record.value(of: given)
        let expect = record.value(of: expect)
        guard let given, let expect else { return nil }
        return Rule.Example(given: given, expect: expect, place: Place(record.node.range))
    }
}

/// `fix` of a rule: a word, or a word with what it sets.
struct RuleFix: Sendable {
    var mode = Applicability.review
    var changes: [Rule.Change] = []
    var addition: Rule.Addition?
}

enum RuleFixObject: NestedObject {
    static let doc = "What may be done with a fix, and the arguments it sets."
    static let mode = Field("mode", .choice(Applicability.self), default: "review", "What may be done with the fix.")
    static let set = Field(
        "set", .map(key: .form(name: "an argument", examples: ["type", "root_block_device.volume_type"]), of: .literal),
        "Arguments and the values that fix the finding.")
    static let add = Field(
        "add", .object(RuleAdditionObject.self), "In the place of 'set': a resource that is missing beside the one that fails.")
    static let fields = [mode.description, set.description, add.description]
    static let choice: KeyChoice? = .exactlyOne(of: [set.key, add.key])

    static func build(_ record: Record) -> RuleFix? {
        let mode = record.value(of: mode)
        guard record.has(set) != record.has(add) else {
            let isBoth = record.has(set)
            guard isBoth || record.hasKnownKeysOnly else { return nil }
            record.report(
                isBoth ? "wrong-value" : "missing-key",
                isBoth
                    ? "'set' and 'add' are two fixes of one rule: leave one out" : "missing 'set' in \(record.context.subject), or 'add'",
                at: record.node.range)
            return nil
        }
        guard let mode else { return nil }
        if record.has(add) {
            guard let addition = record.value(of: add) else { return nil }
            return RuleFix(mode: max(mode, .review), addition: addition)
        }
        guard let entries = record.value(of: set) else { return nil }
        var fix = RuleFix(mode: mode)
        for entry in entries {
            let path = entry.key.value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard path.count <= 4, path.allSatisfy(isArgument) else {
                record.report(
                    "wrong-value",
                    "'\(entry.key.value.shortened)' is no argument; it must be a name such as type or root_block_device.volume_type",
                    at: entry.key.range)
                continue
            }
            fix.changes.append(Rule.Change(path: path, value: entry.value))
        }
        return fix
    }

    static func isArgument(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= first | 0x20 else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        }
    }
}

/// `add` of a rule's fix.
enum RuleAdditionObject: NestedObject {
    static let doc = "A resource that is written behind the block of the one that fails."
    static let type = Field(
        "type", .form("a resource type", "aws_s3_bucket_public_access_block", pattern: "^[a-z][a-z0-9_]*$", test: isType), .required,
        "Its type.")
    static let name = Field(
        "name", .form("a resource's name", "s3", pattern: "^[a-z][a-z0-9_]*$", test: isType), "Its name; without it that of the resource.")
    static let arguments = Field(
        "arguments", .map(key: .form(name: "an argument", examples: ["bucket"]), of: .literal), .required,
        "Its arguments. '$id' is an attribute of the resource, '$referencedBy.aws_route_table.id' those of all resources of a type that name "
            + "it, '{region}' in a text its region.")
    static let fields = [type.description, name.description, arguments.description]

    static func build(_ record: Record) -> Rule.Addition? {
        let type = record.value(of: type)
        let name = record.value(of: name)
        guard let type, let entries = record.value(of: arguments), !record.has(Self.name) || name != nil else { return nil }
        var arguments: [Rule.Change] = []
        for entry in entries {
            guard RuleFixObject.isArgument(entry.key.value), isWritable(entry.value) else {
                record.report(
                    "wrong-value",
                    "'\(entry.key.value.shortened)' is no argument with a value, a '$' and an attribute, or '$referencedBy.TYPE.ATTRIBUTE'",
                    at: entry.key.range)
                continue
            }
            arguments.append(Rule.Change(path: [entry.key.value], value: entry.value))
        }
        return Rule.Addition(type: type, name: name, arguments: arguments)
    }

    private static func isType(_ text: String) -> Bool {
        guard let first = text.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else { return false }
        return text.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "_")
        }
    }

    private static func isWritable(_ value: Rule.Literal) -> Bool {
        guard case .string(let text) = value, text.hasPrefix("$") else { return true }
        let words = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return words.allSatisfy(isType) && words.count == 1
            || words.count == 3 && words[0] == "referencedBy" && isType(words[1]) && isType(words[2])
    }
}

extension Shape where Value == RuleFix {
    static var ruleFix: Shape {
        let word = Shape<Applicability>.choice()
        let object = Shape.object(RuleFixObject.self)
        return Shape(.either([word.description, object.description])) { node, context in
            if node.mapping != nil { return object.read(node, context) }
            return word.read(node, context).map { RuleFix(mode: $0) }
        }
    }
}

extension Shape where Value == Rule.Literal {
    /// A string, a number or a truth value, as it is to stand in the code.
    static var literal: Shape {
        Shape(.literal(name: "a string, a number or a truth value", examples: ["gp3", "30", "true"])) { node, context in
            switch node.scalar.map({ ($0.kind, $0) }) {
            case (.bool, let scalar)?: return scalar.bool.map { .bool($0) }
            case (.int, let scalar)?, (.float, let scalar)?:
                if let number = FixedDecimal(exactly: scalar.text) { return .number(number) }
            case (.string, let scalar)?: return .string(scalar.text)
            default: break
            }
            context.reportWrongType(.literal(name: "a string, a number or a truth value", examples: ["gp3", "30", "true"]), node)
            return nil
        }
    }
}
