import CostModel
import Evaluation
import Testing

@Suite("the baseline")
struct BaselineTests {
    private func world(_ entries: (World) -> [Baseline.Entry], exemptible: Bool = true) -> World {
        var world = World()
        world.resources = [resource("legacy"), resource("web")]
        var policy = TaggingTests.policy(TaggingTests.environment())
        policy.header.exemptible = exemptible
        world.tagging = [policy]
        world.baseline = Baseline(
            place: Place(file: "policies/baseline.yaml", line: 1), recorded: Day("2026-10-01")!, reason: "r", entries: entries(world))
        return world
    }

    private static func failing(_ world: World) -> [Baseline.Entry] {
        world.evaluate().findings.filter { $0.verdict == .fail }.map { Baseline.Entry($0) }
    }

    @Test("marks what it holds; that still fails, is at stake and counted")
    func marked() {
        let result = world { Array(Self.failing($0).prefix(1)) }.evaluate()
        #expect(result.findings.filter { $0.verdict == .fail }.map(\.baseline).sorted { $0 && !$1 } == [true, false])
        #expect(result.summary.fail == 2 && result.summary.baseline == 1 && result.summary.exempt == 0)
        #expect(result.baseline?.entries == 1 && result.baseline?.lapsed == [])
    }

    @Test("says which entries have lapsed, and never marks what passes")
    func lapsed() {
        var world = world { Self.failing($0) }
        world.resources[0] = resource("legacy", tags: ["environment": "prod"])
        let result = world.evaluate()
        #expect(result.findings.filter { $0.verdict == .pass && $0.baseline }.isEmpty)
        #expect(result.baseline?.lapsed.count == 1)
        #expect(result.summary.baseline == 1)
    }

    @Test("holds nothing of a policy that allows no exemption")
    func refused() {
        let result = world({ Self.failing($0) }, exemptible: false).evaluate()
        #expect(result.summary.baseline == 0)
        #expect(result.baseline?.lapsed.count == 2)
    }
}
