import CostModel
import Patterns
import YAML

/// `kind: Scenario`: what somebody thinks of doing; `bursar simulate` says what it would come to.
enum ScenarioObject: SupportingKindObject {
    static let doc = "Something that somebody thinks of doing, to be computed by 'bursar simulate' before anybody does it."
    static let changes = Field("changes", .list(of: .object(ScenarioChangeObject.self)), .required, "What happens to which resources.")
    static let expect = Field("expect", .object(ScenarioExpectationObject.self), "What must hold afterwards.")
    static let fields = [changes.description, expect.description]
    static let example: String? = """
        kind: Scenario
        metadata: {name: smaller-workers}
        spec:
          changes:
            - {resources: ["aws_instance.worker*"], size: m5.xlarge, count: 4}
            - {resources: ["aws_instance.staging"], hours: 60}
          expect: {monthlyAtMost: 2000 USD, headroom: 20%}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let expectation = record.value(of: expect)
        guard let changes = record.value(of: changes), !record.has(expect) || expectation != nil else { return nil }
        return .scenario(
            Scenario(name: envelope.name.value, place: envelope.place, changes: changes, expectation: expectation))
    }
}

/// One entry of `changes`.
enum ScenarioChangeObject: NestedObject {
    static let doc = "What happens to some resources."
    static let resources = Field("resources", .list(of: .glob), .required, "Patterns over addresses, or root:address.")
    static let size = Field("size", .text, "The type that they have instead.")
    static let count = Field("count", .integer(0...10_000), "How many there are of each block instead, all alike.")
    static let hours = Field("hours", .integer(0...168), "How many of the 168 hours of a week they run.")
    static let traffic = Field("traffic", .percent(through: 10_000), "Their load and what they use, of what it is.")
    static let price = Field("price", .percent(through: 1_000), "What is paid for them, of what it is: a discount or a commitment.")
    static let fields = [
        resources.description, size.description, count.description, hours.description, traffic.description, price.description,
    ]
    static let choice: KeyChoice? = .atLeastOne(of: [size.key, count.key, hours.key, traffic.key, price.key])

    static func build(_ record: Record) -> Scenario.Change? {
        let (size, count, hours) = (record.value(of: size), record.value(of: count), record.value(of: hours))
        let (traffic, price) = (record.value(of: traffic), record.value(of: price))
        let stated = [
            (record.has(Self.size), size != nil), (record.has(Self.count), count != nil), (record.has(Self.hours), hours != nil),
            (record.has(Self.traffic), traffic != nil), (record.has(Self.price), price != nil),
        ]
        guard stated.contains(where: \.0) else {
            record.report(
                "missing-key", "\(record.context.subject) must state 'size', 'count', 'hours', 'traffic' or 'price'",
                at: record.context.anchor)
            return nil
        }
        // What is read wrongly must not make another scenario.
        guard let resources = record.value(of: resources), stated.allSatisfy({ $0.0 == $0.1 }) else { return nil }
        return Scenario.Change(
            resources: resources, place: Place(record.context.anchor), size: size, count: count, hours: hours,
            traffic: traffic.map(BudgetObject.share), price: price.map(BudgetObject.share))
    }
}

/// `expect` of a scenario.
enum ScenarioExpectationObject: NestedObject {
    static let doc = "What must hold afterwards."
    static let monthlyAtMost = Field("monthlyAtMost", .money, "What all resources of the scenario may cost in a month.")
    static let headroom = Field(
        "headroom", .percent(through: 100),
        "How much of its CPU and of its memory each machine must have left, at the 95th percentile of 14 days.")
    static let brokenObjectives = Field(
        "brokenObjectives", .list(of: .objectiveName, minimum: 0),
        "The objectives of services that would be broken: these, and no others. An empty list: none may be.")
    static let fields = [monthlyAtMost.description, headroom.description, brokenObjectives.description]
    static let choice: KeyChoice? = .atLeastOne(of: [monthlyAtMost.key, headroom.key, brokenObjectives.key])

    static func build(_ record: Record) -> Scenario.Expectation? {
        let (most, headroom, broken) = (record.value(of: monthlyAtMost), record.value(of: headroom), record.value(of: brokenObjectives))
        let stated = [
            (record.has(monthlyAtMost), most != nil), (record.has(Self.headroom), headroom != nil),
            (record.has(brokenObjectives), broken != nil),
        ]
        guard stated.contains(where: \.0) else {
            record.report(
                "missing-key", "\(record.context.subject) must state 'monthlyAtMost', 'headroom' or 'brokenObjectives'",
                at: record.context.anchor)
            return nil
        }
        guard stated.allSatisfy({ $0.0 == $0.1 }) else { return nil }
        return Scenario.Expectation(monthlyAtMost: most, headroom: headroom.map(BudgetObject.share), brokenObjectives: broken)
    }
}

extension Shape where Value == ObjectiveName {
    /// `checkout/headroom`
    static var objectiveName: Shape {
        let words = ServiceLevel.Objective.allCases.map(\.rawValue).joined(separator: "|")
        let description = ValueDescription.form(
            name: "the name of a ServiceLevel, '/' and one of its objectives", examples: ["checkout/headroom"],
            pattern: "^[a-z0-9-]{1,63}/(\(words))$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let name = ObjectiveName(text) else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return name
        }
    }
}
