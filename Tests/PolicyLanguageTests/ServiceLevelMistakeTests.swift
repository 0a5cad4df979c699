import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("mistakes in a service level")
struct ServiceLevelMistakeTests {
    private static let metrics = "---\n" + object("Metric", "{paths: [m.csv]}").replacing("name: x", with: "name: latency")

    private static func level(_ objectives: String, _ more: String = "") -> String {
        object("ServiceLevel", "{match: {types: [aws_instance]}, objectives: \(objectives)\(more)}") + metrics
    }

    @Test(
        "are said",
        arguments: [
            (object("ServiceLevel", "{objectives: {headroom: {cpu: 20%}}}"), "missing 'match'"),
            (object("ServiceLevel", "{match: {types: [a]}}"), "missing 'objectives'"),
            (level("{}"), "must state 'latency', 'errors', 'availability' or 'headroom'"),
            (level("{latncy: {metric: latency, atMost: 3}}"), "did you mean 'latency'"),
            // An objective without a metric measures nothing.
            (level("{latency: {atMost: 300}}"), "missing 'metric' in 'latency'; it must be the name of a metric such as orders"),
            (level("{errors: {target: 1%}}"), "missing 'metric' in 'errors'"),
            (level("{latency: {metric: latncy, atMost: 300}}"), "unknown metric 'latncy'; did you mean 'latency'?"),
            (level("{errors: {metric: latency, total: all, target: 1%}}"), "unknown metric 'all'"),
            (level("{latency: {metric: latency}}"), "missing 'atMost'"),
            (level("{latency: {metric: latency, atMost: 0}}"), "'atMost' must be a number above 0"),
            (level("{availability: {metric: latency, target: 101%}}"), "'target' must be a percentage"),
            (level("{headroom: {}}"), "must state 'cpu', 'memory' or both"),
            (level("{headroom: {cpu: 20%, percentile: 0}}"), "'percentile' must be a number above 0"),
            (level("{headroom: {cpu: -20%}}"), "'cpu' must be a percentage"),
            (level("{headroom: {cpu: 20%}}", ", whenUnknown: perhaps"), "'whenUnknown' must be hold or allow"),
            (level("{headroom: {cpu: 20%}}", ", timeWindow: a week"), "'timeWindow' must be a duration"),
        ])
    func mistakes(text: String, message: String) {
        let said = complaints(text)
        #expect(said.contains(message), "\(said)")
    }

    @Test("one that is right is read whole, and asks for what it needs to see")
    func right() throws {
        let text = Self.level(
            "{latency: {metric: latency, key: eu, atMost: 300.5, target: 99%}, headroom: {memory: 10%}}",
            ", timeWindow: 36h, whenUnknown: allow")
        let (policies, diagnostics) = load(text)
        let level = try #require(policies?.serviceLevels.first, "\(diagnostics.map(\.message))")
        #expect(level.latency?.key == "eu" && level.latency?.atMost.description == "300.5" && level.latency?.target == FixedDecimal(99))
        #expect(level.headroom?.cpu == nil && level.headroom?.memory == FixedDecimal(10) && level.headroom?.minimumSamples == 100)
        #expect(level.days == 2 && level.whenUnknown == .allow && level.header.level == 3)
        #expect(
            level.needs.metrics == ["latency"] && level.needs.lookbacks == [.hours(36)] && level.needs.percentiles == [FixedDecimal(95)])
        #expect(policies?.readMetrics.map(\.paths) == [["m.csv"]])
    }

    @Test(
        "tests of scenarios say what is wrong with them",
        arguments: [
            ("{given: {}}", "it must be a list, or 'scenario' must be stated"),
            ("{given: {}, scenario: {monthlyAfter: 1 USD}}", "missing 'name' in 'scenario'"),
            ("{given: {}, scenario: {name: smaler}}", "unknown scenario 'smaler'; did you mean 'smaller'?"),
            ("{given: {metrics: [{metric: latency}]}, expect: []}", "a metric states 'value' or 'values'"),
            ("{given: {metrics: [{metric: latency, value: -0.5}]}, expect: []}", "a metric counts nothing below zero"),
        ])
    func tests(spec: String, message: String) throws {
        let scenario = "kind: Scenario\nmetadata: {name: smaller}\nspec: {changes: [{resources: [a], count: 1}]}\n"
        let files = [
            "bursar.yaml": plainWorkspace, "policies/a.yaml": scenario + Self.metrics, "policies/a_test.yaml": object("Test", spec),
        ]
        let loaded = PolicyLoader.loadTests(
            workspace: .init(path: "bursar.yaml", text: plainWorkspace), paths: files.keys.sorted(), now: Instant(seconds: 0)
        ) { Array((files[$0] ?? "").utf8) }
        #expect(loaded.diagnostics.contains { $0.message.contains(message) }, "\(loaded.diagnostics.map(\.message))")
    }
}
