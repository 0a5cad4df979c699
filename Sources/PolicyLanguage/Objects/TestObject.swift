import CostModel
import Diagnostics
import YAML

/// `kind: Test`: a small world, and what judging it must find. It stands in `*_test.yaml` files beside the policies.
enum TestObject: SupportingKindObject {
    static let doc = "A small world, and what judging it must find; in *_test.yaml files beside the policies."
    static let now = Field("now", .instant, default: "2026-01-29T00:00:00Z", "The time as of which the world is judged.")
    static let policies = Field("policies", .list(of: .testedPolicy), "The policies that take part; without it all.")
    static let given = Field("given", .object(GivenObject.self), .required, "The world.")
    static let expect = Field(
        "expect", .list(of: .object(ExpectationObject.self), minimum: 0),
        "The findings that fail or are unknown: these, and no others. Only a test of a scenario may leave it out.")
    static let scenario = Field("scenario", .object(ExpectedScenarioObject.self), "A scenario that is run, and what it comes to.")
    static let expectPatch = Field("expectPatch", .text, "The patch that a plan offers, without its index lines.")
    static let fields = [
        now.description, policies.description, given.description, expect.description, expectPatch.description,
        scenario.description,
    ]
    static let choice: KeyChoice? = .atLeastOne(of: [expect.key, scenario.key])
    static let example: String? = """
        kind: Test
        metadata: {name: old-volumes-are-found}
        spec:
          policies: [gp3-volumes]
          given:
            resources: [{address: aws_ebs_volume.data, attributes: {size: 10, type: gp2}}]
          expect:
            - {policy: gp3-volumes, resource: aws_ebs_volume.data}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let now = record.value(of: now)
        let policies = record.value(of: policies) ?? []
        let given = record.value(of: given)
        let expected = record.value(of: expect)
        let patch = record.value(of: expectPatch)
        let scenario = record.value(of: scenario)
        guard record.has(expect) || record.has(Self.scenario) else {
            record.report(
                "missing-key", "missing 'expect' in \(record.context.subject); it must be a list, or 'scenario' must be stated",
                at: record.context.anchor)
            return nil
        }
        guard let now, let given, record.has(expect) == (expected != nil), record.has(Self.scenario) == (scenario != nil) else {
            return nil
        }
        return .test(
            PolicyTest(
                name: envelope.name.value, place: envelope.place, now: now, policies: policies, given: given, expected: expected,
                expectedSpan: record.range(of: expect).map { FileSpan(file: $0.file.path, bytes: $0.bytes) }, patch: patch,
                scenario: scenario))
    }
}

/// `scenario` of a test.
enum ExpectedScenarioObject: NestedObject {
    static let doc = "A scenario that is run in the test's world; what it expects must hold, and what is stated here."
    static let name = Field("name", .scenarioReference, .required, "The name of a Scenario beside the policies.")
    static let monthlyBefore = Field("monthlyBefore", .money, "What its resources cost in a month, to the cent.")
    static let monthlyAfter = Field("monthlyAfter", .money, "What they would cost, to the cent.")
    static let headroom = Field(
        "headroom", .percent(through: 100), "What the fullest machine would have left, to one digit behind the point.")
    static let brokenObjectives = Field(
        "brokenObjectives", .list(of: .objectiveName, minimum: 0), "The objectives that would be broken: these, and no others.")
    static let fields = [
        name.description, monthlyBefore.description, monthlyAfter.description, headroom.description, brokenObjectives.description,
    ]

    static func build(_ record: Record) -> PolicyTest.ScenarioExpectation? {
        let (before, after) = (record.value(of: monthlyBefore), record.value(of: monthlyAfter))
        let (headroom, broken) = (record.value(of: headroom), record.value(of: brokenObjectives))
        guard let name = record.value(of: name), record.has(monthlyBefore) == (before != nil),
            record.has(monthlyAfter) == (after != nil), record.has(Self.headroom) == (headroom != nil),
            record.has(brokenObjectives) == (broken != nil)
        else { return nil }
        return PolicyTest.ScenarioExpectation(
            name: name, monthlyBefore: before, monthlyAfter: after, headroom: headroom, brokenObjectives: broken,
            place: Place(record.node.range))
    }
}

/// One entry of `expect`.
enum ExpectationObject: NestedObject {
    static let doc = "A finding that must be there, as far as it is described."
    static let policy = Field("policy", .testedPolicy, .required, "The policy that makes it.")
    static let resource = Field("resource", .text, "The resource's address; without it the finding has none, such as a budget's.")
    static let subject = Field("subject", .text, "What inside the resource it is about: a tag's key.")
    static let result = Field("result", .choice(Verdict.self), default: "fail", "What judging gives.")
    static let rule = Field("rule", .text, "What was found, such as missing-tag or failed-assertion.")
    static let severity = Field("severity", .choice(Severity.self), "How much it matters.")
    static let message = Field("message", .text, "The whole message.")
    static let team = Field("team", .text, "Who owns it.")
    static let proposal = Field("proposal", .map(key: .text, of: .text), "Arguments or tags and the values that would fix it.")
    static let monthlySavings = Field("monthlySavings", .money, "What fixing it saves in a month, to the cent.")
    static let fields = [
        policy.description, resource.description, subject.description, result.description, rule.description, severity.description,
        message.description, team.description, proposal.description, monthlySavings.description,
    ]

    static func build(_ record: Record) -> PolicyTest.Expectation? {
        guard let policy = record.value(of: policy), let verdict = record.value(of: result) else { return nil }
        return PolicyTest.Expectation(
            policy: policy, resource: record.value(of: resource), subject: record.value(of: subject), verdict: verdict,
            rule: record.value(of: rule), severity: record.value(of: severity), message: record.value(of: message),
            team: record.value(of: team), proposal: record.value(of: proposal)?.dictionary,
            monthlySavings: record.value(of: monthlySavings), place: Place(record.node.range))
    }
}

extension Shape where Value == String {
    /// The name of a scenario; that it exists is checked when all files are read.
    static var scenarioReference: Shape {
        Shape(.form(name: "the name of a scenario", examples: ["smaller-workers"])) { node, context in
            guard let text = Shape.text.read(node, context) else { return nil }
            context.decoder.references.append(Reference(to: .scenario, name: Located(value: text, range: node.range)))
            return text
        }
    }

    /// The name of a policy that exists, which need not allow exemptions.
    static var testedPolicy: Shape {
        Shape(.form(name: "the name of a policy", examples: ["cost-allocation"])) { node, context in
            guard let text = Shape.text.read(node, context) else { return nil }
            context.decoder.references.append(Reference(to: .testedPolicy, name: Located(value: text, range: node.range)))
            return text
        }
    }
}
