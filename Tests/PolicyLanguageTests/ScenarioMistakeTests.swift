import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("mistakes in scenarios")
struct ScenarioMistakeTests {
    private func load(_ spec: String) -> (scenarios: [Scenario], diagnostics: [Diagnostic]) {
        let text = "kind: Scenario\nmetadata: {name: s}\nspec: \(spec)\n"
        return PolicyLoader.loadScenarios(SourceFile(path: "s.yaml", text: text), currency: .usd, now: Instant(seconds: 0))
    }

    @Test(
        "are said",
        arguments: [
            ("{changes: [{resources: [a], count: -3}]}", "'count' must be a whole number from 0 to 10000, found '-3'"),
            ("{changes: [{resources: [a], count: 1.5}]}", "'count' must be"),
            ("{changes: [{resources: [a], hours: 169}]}", "'hours' must be"),
            ("{changes: [{resources: [a]}]}", "must state 'size', 'count', 'hours', 'traffic' or 'price'"),
            ("{changes: [{size: m5.large}]}", "resources"), ("{changes: []}", "changes"), ("{}", "changes"),
            ("{changes: [{resources: [a], traffic: -10%}]}", "'traffic' must be"),
            ("{changes: [{resources: [a], price: 0%}]}", "'price' must be"),
            ("{changes: [{resources: [a], traffic: 2}]}", "'traffic' must be"),
            ("{changes: [{resources: [a], siez: x}]}", "did you mean 'size'"),
            ("{changes: [{resources: [a], count: 1}], expect: {}}", "must state 'monthlyAtMost', 'headroom' or 'brokenObjectives'"),
            ("{changes: [{resources: [a], count: 1}], expect: {brokenObjectives: [shop]}}", "such as checkout/headroom, found 'shop'"),
            ("{changes: [{resources: [a], count: 1}], expect: {brokenObjectives: [shop/latncy]}}", "found 'shop/latncy'"),
            ("{changes: [{resources: [a], count: 1}], expect: {monthlyAtMost: 5 EUR}}", "is in EUR"),
            ("{changes: [{resources: [a], count: 1}], expect: {headroom: 101%}}", "'headroom' must be"),
        ])
    func mistakes(spec: String, message: String) {
        let (scenarios, diagnostics) = load(spec)
        #expect(scenarios.isEmpty)
        #expect(diagnostics.contains { $0.message.contains(message) }, "\(diagnostics.map(\.message))")
    }

    @Test("one that is right is read whole, and other objects of its file are left out")
    func right() throws {
        let spec =
            "{changes: [{resources: ['a', 'r:b*'], size: m5.large, count: 0, hours: 60, traffic: 150%, price: 72.5%}], expect: {headroom: 20%, brokenObjectives: [shop/latency]}}\n---\nkind: Nonsense"
        let scenario = try #require(load(spec.replacing("\n---\nkind: Nonsense", with: "")).scenarios.first)
        let change = try #require(scenario.changes.first)
        #expect(change.size == "m5.large" && change.count == 0 && change.hours == 60)
        #expect(change.traffic?.description == "1.5" && change.price?.description == "0.725")
        #expect(change.resources.names(ResourceIdentity(root: "r", address: "bc")))
        #expect(scenario.expectation?.headroom?.description == "0.2")
        #expect(scenario.expectation?.brokenObjectives == [ObjectiveName(service: "shop", objective: .latency)])
    }
}
