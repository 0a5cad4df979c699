import CostModel
import Evaluation
import Testing

@Suite("rightsizing")
struct RightsizingTests {
    /// An m5.2xlarge with two weeks of hourly samples, at 10 USD a day.
    struct Scene {
        var world = World()
        var policy = RightsizingPolicy(
            header: header(.rightsizing, "sizes", level: 2), match: .init(), lookback: .days(14), minimumSamples: 100,
            cpu: .init(percentile: FixedDecimal(95), target: FixedDecimal(60)),
            memory: .init(percentile: FixedDecimal(99), target: FixedDecimal(80)), guardrails: .init(maxStep: 2))
        var machine = resource("web", size: "m5.2xlarge")
        var cpu: Double? = 20
        var memory: Double? = 30
        var samples = 336
        var dailyCost: String? = "10"
        /// Look-backs and percentiles, where only summaries of the samples are at hand.
        var recording: (lookbacks: Set<TimeSpan>, percentiles: Set<FixedDecimal>)?

        func evaluate() -> EvaluationResult {
            var world = world
            world.resources = [machine]
            world.rightsizing = [policy]
            if let dailyCost { world.bill.daily("2026-09-01", "2026-10-31", dailyCost, resource: "web") }
            for (metric, value) in [(Metric.cpu, cpu), (.memory, memory)] {
                guard let value else { continue }
                let series = (0..<samples).map { SampleSeries.Sample(time: world.now.subtracting(.hours($0 + 1)), value: value) }
                world.utilization.series["web", default: [:]][metric] = SampleSeries(samples: series.reversed())
            }
            if let recording {
                world.utilization = UtilizationTable(
                    RecordedUtilization(
                        of: world.utilization, lookbacks: recording.lookbacks, percentiles: recording.percentiles, until: world.now))
            }
            return world.evaluate()
        }

        var finding: Finding? { evaluate().findings.first { $0.policy.kind == .rightsizing } }
        var suppression: Suppression.Reason? { evaluate().suppressed.first?.reason }
    }

    @Test("the cheapest type that keeps every target is proposed, with what it saves and what is at stake")
    func proposal() throws {
        let finding = try #require(Scene().finding)
        #expect(finding.verdict == .fail)
        #expect(finding.rule == "oversized-instance")
        #expect(finding.proposal == ["instance_type": "m5.xlarge"])
        // 280 in 28 days, times 365/336, half of it.
        #expect(finding.monthlyCost?.amount.rounded(to: 4) == "304.1667")
        #expect(finding.monthlySavings?.amount.rounded(to: 4) == "152.0833")
        #expect(finding.atStake == dollars("140"))
        #expect(
            finding.message == "m5.2xlarge has room to spare (p95 CPU 20 %, p99 memory 30 %): m5.xlarge keeps every target")
    }

    @Test("summaries give the findings that their samples give, and unknown where they do not hold what is asked")
    func summaries() throws {
        var scene = Scene()
        let measured = try #require(scene.finding)
        scene.recording = ([.days(14)], [FixedDecimal(95), FixedDecimal(99)])
        #expect(scene.finding == measured)
        scene.recording = ([.days(14)], [FixedDecimal(95)])
        #expect(scene.finding?.verdict == .unknown)
        #expect(scene.finding?.reason == "the observations do not hold the percentile 99")
        scene.recording = ([.days(7)], [FixedDecimal(95), FixedDecimal(99)])
        #expect(scene.finding?.reason == "the observations hold no samples of the last 14d")
    }

    @Test("samples of the size that a merged change replaced count for nothing")
    func resized() throws {
        var scene = Scene()
        let id = try #require(scene.finding).id
        let day = TimeSpan.days(1)
        scene.world.fixedAt = [id: scene.world.now.subtracting(day)]
        let held = try #require(scene.evaluate().suppressed.first)
        #expect(held.reason == .tooFewSamples)
        #expect(held.detail == "24 samples since it was resized on 2026-10-31, 100 are asked for")
        #expect(scene.finding == nil)
        // A hundred hours later, and long after, they are enough; those of another finding's change are not concerned.
        scene.world.fixedAt = [id: scene.world.now.subtracting(.hours(100))]
        #expect(scene.finding?.verdict == .fail)
        scene.world.fixedAt = [id: scene.world.now.subtracting(.days(15))]
        #expect(scene.finding?.verdict == .fail)
        scene.world.fixedAt = ["f-other": scene.world.now]
        #expect(scene.finding?.verdict == .fail)
        // Summaries of the whole look-back cannot be taken apart.
        scene.world.fixedAt = [id: scene.world.now.subtracting(day)]
        scene.recording = ([.days(14)], [FixedDecimal(95), FixedDecimal(99)])
        #expect(scene.finding?.verdict == .unknown)
    }

    struct Load: Sendable {
        var cpu: Double
        var memory: Double
        var type: String?
    }

    @Test(
        "utilisation scales with vCPU and memory; a target is kept at, not above, its value",
        arguments: [
            Load(cpu: 15, memory: 20, type: "m5.large"), Load(cpu: 15.01, memory: 20, type: "m5.xlarge"),
            Load(cpu: 15, memory: 20.01, type: "m5.xlarge"), Load(cpu: 30, memory: 40, type: "m5.xlarge"),
            Load(cpu: 30.01, memory: 40, type: nil), Load(cpu: 3, memory: 72, type: nil),
        ])
    func targets(load: Load) {
        var scene = Scene()
        scene.cpu = load.cpu
        scene.memory = load.memory
        #expect(scene.finding?.proposal["instance_type"] == load.type)
        #expect(scene.finding?.verdict == (load.type == nil ? .pass : .fail))
    }

    struct Held: Sendable {
        var title: String
        var reason: Suppression.Reason?
        var change: @Sendable (inout Scene) -> Void
    }

    @Test(
        "a recommendation that is held back is listed with the first reason that holds it",
        arguments: [
            Held(title: "excluded, whatever else is missing", reason: .exclude) {
                $0.policy.guardrails.excludedTags = ["critical": "true"]
                $0.machine.tags.tags["critical"] = Tag(value: "true")
                $0.cpu = nil
            },
            Held(title: "no CPU samples", reason: .missingCPU) {
                $0.cpu = nil
                $0.memory = nil
            },
            Held(title: "no memory samples, too few of the other", reason: .missingMemory) {
                $0.memory = nil
                $0.samples = 40
            },
            Held(title: "too few samples", reason: .tooFewSamples) { $0.samples = 99 },
            Held(title: "just enough samples", reason: nil) { $0.samples = 100 },
            Held(title: "only a type too far down would do", reason: .maxStep) {
                // Without m5.xlarge and m5.large, what keeps the targets is another family's small one.
                $0.policy.guardrails.families = .list(["c5"])
                $0.policy.guardrails.maxStep = 1
                $0.cpu = 5
                $0.memory = 5
                $0.machine = resource("web", size: "m5.4xlarge")
            },
            Held(title: "not worth it", reason: .minimumSavings) { $0.policy.guardrails.minimumMonthlySavings = dollars("152.09") },
            Held(title: "just worth it", reason: nil) { $0.policy.guardrails.minimumMonthlySavings = dollars("152.08") },
            Held(title: "nothing smaller or cheaper: not listed", reason: nil) {
                $0.machine = resource("web", size: "m5.large")
                $0.cpu = nil
            },
            Held(title: "another architecture is no alternative", reason: nil) {
                $0.policy.guardrails.families = .list(["m6g"])
                $0.cpu = nil
            },
        ])
    func suppressed(held: Held) {
        var scene = Scene()
        held.change(&scene)
        #expect(scene.suppression == held.reason)
    }

    @Test("within the allowed steps the smallest that keeps the targets is taken")
    func steps() {
        var scene = Scene()
        scene.machine = resource("web", size: "m5.8xlarge")
        scene.cpu = 1
        scene.memory = 1
        #expect(scene.finding?.proposal == ["instance_type": "m5.2xlarge"])
        scene.policy.guardrails.maxStep = nil
        #expect(scene.finding?.proposal == ["instance_type": "m5.large"])
    }

    @Test("any family may be proposed where the policy says so, never another architecture")
    func families() {
        var scene = Scene()
        scene.policy.guardrails.families = .any
        scene.cpu = 10
        scene.memory = 5
        #expect(scene.finding?.proposal == ["instance_type": "c5.large"])
    }

    @Test("the finding is gone as soon as the code says the new size, before it runs")
    func converges() {
        var scene = Scene()
        scene.machine = resource("web", size: "m5.xlarge", running: "m5.2xlarge")
        #expect(scene.finding?.verdict == .pass)
        scene.machine = resource("web", size: "m5.4xlarge", running: "m5.2xlarge")
        #expect(scene.finding?.verdict == .fail)
    }

    @Test("samples before the look-back and at now do not count")
    func window() {
        var scene = Scene()
        let now = scene.world.now
        scene.cpu = nil
        scene.samples = 150
        let inside = (1...150).map { SampleSeries.Sample(time: now.subtracting(.hours($0)), value: 20) }
        let outside = [SampleSeries.Sample(time: now, value: 99)]
        let before = (0..<50).map { SampleSeries.Sample(time: now.subtracting(.hours(337 + $0)), value: 99) }
        scene.world.utilization.series["web"] = [.cpu: SampleSeries(samples: before.reversed() + inside.reversed() + outside)]
        #expect(scene.finding?.proposal == ["instance_type": "m5.xlarge"])
    }

    @Test("what cannot be judged is unknown, with the reason")
    func unknown() {
        var scene = Scene()
        scene.machine = resource("web", size: "x9.huge")
        #expect(scene.finding?.reason == "the instance catalogue does not hold 'x9.huge'")
        scene.machine.size = SizeArgument(name: "instance_type", value: nil, unknownReason: "var.size has no default")
        scene.machine.deployed?.size = nil
        #expect(scene.finding?.reason == "var.size has no default")
        scene = Scene()
        scene.dailyCost = nil
        #expect(scene.finding?.verdict == .fail)
        scene.policy.guardrails.minimumMonthlySavings = dollars("1")
        #expect(scene.finding?.verdict == .unknown)
        scene = Scene()
        scene.policy.guardrails.excludedTags = ["critical": "true"]
        scene.machine.tags.openReason = "var.tags"
        #expect(scene.finding?.reason == "whether its tags exclude it cannot be known: var.tags")
    }

    @Test("an instance whose CPU stayed low for the whole time is idle: all of its cost is at stake, nothing is proposed")
    func idle() throws {
        var scene = Scene()
        scene.policy.idle = .init(cpuBelow: FixedDecimal(3), duration: .days(14))
        scene.cpu = 2.9
        let finding = try #require(scene.finding)
        #expect(finding.rule == "idle-instance")
        #expect(finding.fix == .advisory)
        #expect(finding.proposal.isEmpty)
        #expect(finding.atStake == dollars("280"))
        #expect(finding.monthlySavings == finding.monthlyCost)
        scene.cpu = 3
        #expect(scene.finding?.rule == "oversized-instance")
        // Enough samples, but of the last days only: nobody knows about the others.
        scene.cpu = 1
        scene.samples = 120
        #expect(scene.finding?.rule == "oversized-instance")
    }
}
