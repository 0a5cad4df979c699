import CostModel
import Evaluation
import Patterns
import Testing

@Suite("service levels")
struct ServiceLevelTests {
    static let today = Day("2026-11-01")!

    /// What a metric has for the days before the first of November, the last value for the newest day.
    static func metric(_ values: [String?], key: String = "", until today: Day = today) -> ObservedMetric {
        var counts = UnitCounts()
        for (index, value) in values.enumerated() {
            if let value { _ = counts.add(share(value), key, on: today.advanced(by: index - values.count)) }
        }
        return ObservedMetric(counts: counts)
    }

    static func level(
        days: Int = 4, latency: ServiceLevel.Threshold? = nil, errors: ServiceLevel.Ratio? = nil, availability: ServiceLevel.Ratio? = nil,
        headroom: ServiceLevel.Headroom? = nil, whenUnknown: ServiceLevel.UnknownAction = .hold, match: ResourceMatch = .init()
    ) -> ServiceLevel {
        ServiceLevel(
            header: header(.serviceLevel, "checkout", level: 3), match: match, timeWindow: .days(days), latency: latency, errors: errors,
            availability: availability, headroom: headroom, whenUnknown: whenUnknown)
    }

    static func judged(_ level: ServiceLevel, _ metrics: [String: ObservedMetric]) -> Finding? {
        var world = World()
        world.serviceLevels = [level]
        world.metrics = metrics
        return world.evaluate().findings.first { $0.policy.kind == .serviceLevel }
    }

    struct Case: Sendable {
        var level: ServiceLevel
        var metrics: [String: ObservedMetric]
        var verdict: Verdict
        /// What the message ends with.
        var text: String
    }

    static let slow = ServiceLevel.Threshold(metric: "p95", atMost: share("300"), target: share("75"))
    static let failed = ServiceLevel.Ratio(metric: "failed", total: "requests", target: share("0.5"))
    static let up = ServiceLevel.Ratio(metric: "up", target: share("99.9"))

    @Test(
        "are met or broken by what was measured over the whole window, to the last digit",
        arguments: [
            Case(
                level: level(latency: slow), metrics: ["p95": metric(["301", "300", "299", "1"])], verdict: .pass,
                text: "p95 is at most 300 on 3 of 4 days; objective: at most 300 on 75 % of the days"),
            Case(
                level: level(latency: slow), metrics: ["p95": metric(["301", "300", "412.5", "1"])], verdict: .fail,
                text: "p95 is above 300 on 2 of 4 days, 412.5 on 2026-10-30; objective: at most 300 on 75 % of the days"),
            // Days that are missing make it no better.
            Case(
                level: level(latency: slow), metrics: ["p95": metric(["301", nil, "301", "1"])], verdict: .fail,
                text: "p95 is above 300 on 2 of 4 days, 301 on 2026-10-28; objective: at most 300 on 75 % of the days"),
            Case(
                level: level(errors: failed),
                metrics: ["failed": metric(["0", "20", "0", "0"]), "requests": metric(["1000", "1000", "1000", "1000"])], verdict: .pass,
                text: "0.500 % of 4,000 in 4 days; objective: at most 0.5 %"),
            Case(
                level: level(errors: failed),
                metrics: ["failed": metric(["0", "20.000001", "0", "0"]), "requests": metric(["1000", "1000", "1000", "1000"])],
                verdict: .fail, text: "0.500 % of 4,000 in 4 days; objective: at most 0.5 %"),
            Case(
                level: level(availability: up), metrics: ["up": metric(["100", "100", "99.6", "100"])], verdict: .pass,
                text: "99.900 % in 4 days; objective: at least 99.9 %"),
            Case(
                level: level(availability: up), metrics: ["up": metric(["100", "100", "99.59", "100"])], verdict: .fail,
                text: "99.898 % in 4 days; objective: at least 99.9 %"),
        ])
    func judged(case item: Case) throws {
        let finding = try #require(Self.judged(item.level, item.metrics))
        #expect(finding.verdict == item.verdict && finding.message.hasSuffix(": \(item.text)"), "\(finding.message)")
        #expect(finding.atStake == .zero(.usd) && finding.rule == "service-level" && finding.resource == nil)
        #expect(finding.location == item.level.header.place)
    }

    @Test(
        "are unknown, and say why, where something is missing, late, torn or no measurement",
        arguments: [
            Case(level: level(latency: slow), metrics: [:], verdict: .unknown, text: "nothing was observed of the metric 'p95'"),
            Case(level: level(latency: slow), metrics: ["p95": metric([])], verdict: .unknown, text: "the metric 'p95' has no values"),
            Case(
                level: level(latency: slow), metrics: ["p95": ObservedMetric(counts: metric(["1"]).counts, gap: "p95.csv:7: torn")],
                verdict: .unknown, text: "the metric 'p95' could not be read whole: p95.csv:7: torn"),
            Case(
                level: level(latency: slow), metrics: ["p95": metric(["1", nil, "1", "1"])], verdict: .unknown,
                text: "the metric 'p95' has no value on 2026-10-29 of the 4 days to 2026-10-31"),
            Case(
                level: level(latency: slow), metrics: ["p95": metric(["1", "1", "1", "1", nil, nil, nil])], verdict: .unknown,
                text: "the newest value of the metric 'p95' is of 2026-10-28, more than 3 days before 2026-11-01"),
            Case(
                level: level(latency: .init(metric: "p95", key: "shop", atMost: share("1"), target: share("100"))),
                metrics: ["p95": metric(["1", "1", "1", "1"], key: "shpo")], verdict: .unknown,
                text: "the metric 'p95' has no key 'shop'"),
            Case(
                level: level(errors: failed),
                metrics: ["failed": metric(["0", "0", "0", "0"]), "requests": metric(["0", "0", "0", "0"])],
                verdict: .unknown, text: "the metric 'requests' counted nothing in 4 days"),
            Case(
                level: level(errors: failed),
                metrics: ["failed": metric(["1", "1", "1", "9"]), "requests": metric(["1", "1", "1", "1"])],
                verdict: .unknown, text: "the metric 'failed' counted 12 in 4 days, more than the 4 of 'requests'"),
            Case(
                level: level(errors: failed),
                metrics: ["failed": metric(["1", "1", "1", nil]), "requests": metric([nil, nil, nil, "1"])],
                verdict: .unknown, text: "the metrics 'failed' and 'requests' have no day of the last 3 in common"),
            Case(
                level: level(availability: up), metrics: ["up": metric(["100", "100", "1000", "100"])], verdict: .unknown,
                text: "the metric 'up' is 1000 on 2026-10-30, which is no percentage"),
            Case(
                level: level(errors: failed),
                metrics: [
                    "failed": metric(["1", "1", "1", "1"]),
                    "requests": metric(Array(repeating: "100000000000000000000", count: 4)),
                ],
                verdict: .unknown, text: "the metric 'requests' has a value on 2026-10-28 that is larger than anything that is counted"),
        ])
    func unknown(case item: Case) throws {
        let finding = try #require(Self.judged(item.level, item.metrics))
        #expect(finding.verdict == .unknown && finding.message.hasSuffix(" is not known: \(item.text)"), "\(finding.message)")
        #expect(finding.reason == item.text)
    }

    @Test("a window that ends some days ago is that of the newest day that all metrics know")
    func late() throws {
        let finding = Self.judged(
            Self.level(errors: Self.failed),
            ["failed": Self.metric(["9", "1", "1", "1", "1", nil]), "requests": Self.metric(["10", "10", "10", "10", "190", "1"])])
        // Four days to the 30th: 4 of 220.
        #expect(try #require(finding).message.contains("1.818 % of 220 in 4 days"))
    }

    // MARK: Plans

    /// A machine that would be made smaller twice: p95 CPU 14 %, memory 18 %.
    private static func scene(_ level: ServiceLevel?, _ metrics: [String: ObservedMetric] = [:]) -> RightsizingTests.Scene {
        var scene = RightsizingTests.Scene()
        scene.cpu = 14
        scene.memory = 18
        scene.world.serviceLevels = [level].compactMap(\.self)
        scene.world.metrics = metrics
        return scene
    }

    private static func headroom(_ cpu: String? = nil, memory: String? = nil) -> ServiceLevel.Headroom {
        ServiceLevel.Headroom(cpu: cpu.map(share), memory: memory.map(share), minimumSamples: 50)
    }

    @Test("a size that would leave too little is held back with its numbers; a larger one that keeps the objective is offered instead")
    func held() throws {
        #expect(Self.scene(nil).finding?.proposal == ["instance_type": "m5.large"])
        // On m5.large 56 %, on m5.xlarge 28 %.
        #expect(Self.scene(Self.level(headroom: Self.headroom("44"))).finding?.proposal == ["instance_type": "m5.large"])
        #expect(Self.scene(Self.level(headroom: Self.headroom("44.1"))).finding?.proposal == ["instance_type": "m5.xlarge"])
        let result = Self.scene(Self.level(headroom: Self.headroom("80", memory: "50"))).evaluate()
        let held = try #require(result.suppressed.first)
        #expect(held.reason == .serviceLevel && held.resource.identity.address == "aws_instance.web")
        #expect(
            held.detail
                == "checkout: p95 CPU 14 % → 56 % of m5.large; objective: headroom 80 %; p95 memory 18 % → 72 % of m5.large; objective: headroom 50 %"
        )
        #expect(held.atStake == dollars("210"))
        #expect(!result.findings.contains { $0.policy.kind == .rightsizing })
    }

    @Test("nothing gets smaller while an objective is broken, whichever it is")
    func broken() throws {
        let broken = ["p95": Self.metric(["301", "301", "1", "1"])]
        let result = Self.scene(Self.level(latency: Self.slow), broken).evaluate()
        #expect(result.suppressed.map(\.reason) == [.serviceLevel])
        #expect(result.suppressed[0].detail.hasPrefix("checkout breaks its objective for latency: p95 is above 300 on 2 of 4 days"))
        // It stands before what costs most and is most severe.
        #expect(result.findings.first?.rule == "service-level")
        var other = Self.scene(Self.level(latency: Self.slow, match: .init(types: [.init("aws_db_instance")])), broken)
        #expect(other.finding?.verdict == .fail)
        other.world.serviceLevels[0].match = .init()
        other.world.serviceLevels[0].header.enforcement = .shadow
        #expect(other.finding?.verdict == .fail)
    }

    @Test("an objective that is not known holds back, unless its policy allows the chance")
    func unknown() {
        let scene = Self.scene(Self.level(latency: Self.slow))
        #expect(scene.suppression == .unknownServiceLevel)
        #expect(
            scene.evaluate().suppressed.first?.detail
                == "whether checkout keeps its objective for latency is not known: nothing was observed of the metric 'p95'")
        #expect(Self.scene(Self.level(latency: Self.slow, whenUnknown: .allow)).finding?.verdict == .fail)
        var few = Self.scene(Self.level(headroom: .init(cpu: share("1"), minimumSamples: 500)))
        #expect(few.suppression == .unknownServiceLevel)
        few.world.serviceLevels[0].whenUnknown = .allow
        #expect(few.finding?.verdict == .fail)
    }

    @Test("a machine that does nothing is not offered for removal while its service is broken")
    func idle() {
        var scene = Self.scene(Self.level(latency: Self.slow), ["p95": Self.metric(["301", "301", "1", "1"])])
        scene.cpu = 1
        scene.policy.idle = .init(cpuBelow: FixedDecimal(3), duration: .days(14))
        #expect(scene.suppression == .serviceLevel)
        scene.world.serviceLevels = []
        #expect(scene.finding?.rule == "idle-instance")
    }

    @Test("a machine without enough left is a finding at its block, and so is a size that the code makes it")
    func headroomFindings() throws {
        func found(_ scene: RightsizingTests.Scene) -> Finding? { scene.evaluate().findings.first { $0.policy.kind == .serviceLevel } }
        var scene = Self.scene(Self.level(headroom: Self.headroom("20")))
        scene.cpu = 85
        let finding = try #require(found(scene))
        #expect(finding.verdict == .fail && finding.location == scene.machine.location)
        #expect(finding.message == "checkout breaks its objective for headroom: p95 CPU 85 %, 15 % left; objective: headroom 20 %")
        scene.cpu = 30
        #expect(found(scene)?.verdict == .pass)
        scene.machine = resource("web", size: "m5.large", running: "m5.2xlarge")
        #expect(
            found(scene)?.message
                == "checkout breaks its objective for headroom: p95 CPU 30 % → 120 % of m5.large; objective: headroom 20 %, once the m5.large of the code is applied"
        )
        scene.cpu = nil
        #expect(found(scene)?.reason == "no CPU sample in the last 4d")
    }
}
