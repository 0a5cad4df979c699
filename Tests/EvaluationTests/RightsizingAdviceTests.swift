import CostModel
import Evaluation
import Testing

@Suite("rightsizing beside what the provider advises")
struct RightsizingAdviceTests {
    private static func advice(
        _ proposed: String?, current: String? = "m5.2xlarge", action: ProviderAdvice.Action = .rightsize, savings: String? = nil
    ) -> ProviderAdvice {
        ProviderAdvice(
            format: .computeOptimizer, source: "co", action: action, current: current, proposed: proposed,
            monthlySavings: savings.map(dollars), assumptions: ["14 days of samples"])
    }

    private func scene(_ advice: ProviderAdvice?, samples: Int = 336, _ change: (inout RightsizingTests.Scene) -> Void = { _ in })
        -> RightsizingTests.Scene
    {
        var scene = RightsizingTests.Scene()
        scene.samples = samples
        if let advice { scene.world.advice.add(advice, of: "web") }
        change(&scene)
        return scene
    }

    private static let ours = "m5.2xlarge has room to spare (p95 CPU 20 %, p99 memory 30 %): m5.xlarge keeps every target"

    @Test(
        "says whether the provider agrees, and what it assumes where it does not",
        arguments: [
            (advice("m5.xlarge"), "; AWS agrees"), (advice("m5.large"), "; AWS advises m5.large (14 days of samples)"),
            (advice(nil, action: .stop), "; AWS advises to stop it"),
            (advice("m5.large", current: "m5.4xlarge"), "; AWS took it for m5.4xlarge, which it is not"),
            (advice("a plan", action: .purchase), ""),
        ])
    func beside(advice: ProviderAdvice, note: String) throws {
        let finding = try #require(scene(advice).finding)
        #expect(finding.message == Self.ours + note)
        #expect(finding.advice == [advice] && finding.proposal == ["instance_type": "m5.xlarge"])
    }

    @Test("shows advice about a resource without samples of our own, and proposes nothing unless the policy says so")
    func shown() throws {
        let result = scene(Self.advice("m5.xlarge"), samples: 0).evaluate()
        #expect(result.findings.allSatisfy { $0.policy.kind != .rightsizing })
        #expect(
            result.suppressed.map(\.detail) == ["no CPU sample in the last 14d; AWS advises m5.xlarge (14 days of samples)"])
        #expect(result.advice.map(\.advice) == [Self.advice("m5.xlarge")])
        #expect(result.advice.first?.resource?.identity.address == "aws_instance.web")
    }

    private func proposed(_ advice: ProviderAdvice, _ change: (inout RightsizingTests.Scene) -> Void = { _ in }) -> Finding? {
        scene(advice, samples: 0) { scene in
            scene.policy.advice = .propose
            change(&scene)
        }.finding
    }

    @Test("makes advice a finding where the policy says so, marked as the provider's and never automatic")
    func propose() throws {
        let finding = try #require(proposed(Self.advice("m5.xlarge", savings: "7")) { $0.policy.header.fix = .automatic })
        #expect(finding.verdict == .fail && finding.rule == "advised-size" && finding.fix == .review)
        #expect(
            finding.message
                == "AWS advises m5.xlarge in the place of m5.2xlarge (Compute Optimizer, 14 days of samples); none of our own samples say so: "
                + "no CPU sample in the last 14d")
        // What it saves follows from the bill and the catalogue, as for our own; the provider's estimate stands in the advice.
        #expect(finding.monthlySavings?.amount.rounded(to: 4) == "152.0833" && finding.advice.first?.monthlySavings == dollars("7"))
        #expect(finding.atStake == dollars("140"))
        #expect(finding.id == RightsizingTests.Scene().finding?.id)
    }

    @Test("holds advice against every guard rail")
    func guardrails() {
        #expect(proposed(Self.advice("c5.xlarge")) == nil)
        #expect(proposed(Self.advice("c5.xlarge")) { $0.policy.guardrails.families = .any } != nil)
        #expect(proposed(Self.advice("m5.large")) { $0.policy.guardrails.maxStep = 1 } == nil)
        #expect(proposed(Self.advice("m6g.large")) { $0.policy.guardrails.families = .any } == nil)
        #expect(proposed(Self.advice("m5.4xlarge")) == nil)
        #expect(proposed(Self.advice("m5.xlarge")) { $0.policy.guardrails.minimumMonthlySavings = dollars("153") } == nil)
        #expect(proposed(Self.advice("m5.xlarge")) { $0.policy.guardrails.excludedTags = ["keep": "yes"] } != nil)
        #expect(
            proposed(Self.advice("m5.xlarge")) {
                $0.machine = resource("web", tags: ["keep": "yes"], size: "m5.2xlarge")
                $0.policy.guardrails.excludedTags = ["keep": "yes"]
            } == nil)
        #expect(proposed(Self.advice("m5.xlarge", current: "m5.8xlarge")) == nil)
        #expect(proposed(Self.advice(nil, action: .stop)) == nil)
    }

    @Test("proposes nothing while a merged change waits for its samples, and nothing that the code already says")
    func merged() throws {
        let id = try #require(RightsizingTests.Scene().finding).id
        #expect(proposed(Self.advice("m5.xlarge")) { $0.world.fixedAt = [id: $0.world.now.subtracting(.days(1))] } == nil)
        let finding = try #require(
            proposed(Self.advice("m5.xlarge")) { $0.machine = resource("web", size: "m5.xlarge", running: "m5.2xlarge") })
        #expect(finding.verdict == .pass && finding.awaitsApply)
    }

    @Test("of a type that no catalogue holds counts only where no guard rail asks for it, at the provider's own saving")
    func foreignType() throws {
        let advice = Self.advice("Standard_D2s_v3", current: "Standard_D4s_v3", savings: "62.4")
        func found(_ advice: ProviderAdvice, _ change: (inout RightsizingTests.Scene) -> Void = { _ in }) -> Finding? {
            proposed(advice) { scene in
                scene.machine = resource("web", size: "Standard_D4s_v3")
                scene.policy.guardrails = .init(families: .any)
                change(&scene)
            }
        }
        let finding = try #require(found(advice))
        #expect(finding.verdict == .fail && finding.proposal.values.first == "Standard_D2s_v3")
        #expect(finding.monthlySavings?.amount.rounded(to: 2) == "62.40")
        #expect(found(advice) { $0.policy.guardrails.maxStep = 2 }?.verdict == .unknown)
        #expect(found(advice) { $0.policy.guardrails.families = .same }?.verdict == .unknown)
        #expect(found(Self.advice("Standard_D2s_v3", current: "Standard_D4s_v3"))?.verdict == .unknown)
    }
}
