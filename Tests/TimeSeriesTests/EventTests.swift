import Testing

@testable import TimeSeries

private let firstDay = 20_454

private func leaf(_ team: String?, _ account: String = "1", _ service: String = "vm", _ sku: String = "s") -> CostLeaf {
    CostLeaf(team: team, account: account, service: service, region: "eu", sku: sku)
}

/// What a leaf costs day by day.
private typealias Cost = @Sendable (Int) -> Double

/// Always the same, but for some days.
private func steady(_ usual: Double, _ days: Range<Int> = 0..<0, _ then: Double = 0) -> Cost {
    { day in days.contains(day) ? then : usual }
}

private func watched(
    _ leaves: [(CostLeaf, Cost)], days: Int = 90, missing: Set<Int> = [],
    settings: WatchSettings = WatchSettings(minimumImpact: 25, unsettled: 0)
) -> [CostEvent] {
    CostWatch(
        leaves.map { leaf, cost in LeafDays(leaf: leaf, cost: (0..<days).map { day in missing.contains(day) ? 0 : cost(day) }) },
        missing: (0..<days).map { missing.contains($0) }, firstEpochDay: firstDay, settings: settings
    ).anomalies()
}

@Suite("events")
struct EventTests {
    @Test("one event is one anomaly: what begins together, and what follows in the same place while it is open")
    func together() throws {
        let found = watched([
            (leaf("a", "1", "vm", "x"), steady(50, 60..<64, 90)),
            (leaf("a", "1", "logs", "y"), steady(20, 61..<63, 60)),
            (leaf("a", "2", "vm", "z"), steady(50, 66..<70, 95)),
            (leaf("b", "1", "vm", "x"), steady(50, 60..<63, 90)),
        ])
        #expect(found.map(\.team) == ["a", "b"])
        let first = try #require(found.first)
        #expect((first.start, first.end, first.isOpen) == (60, 69, false))
        #expect(first.impact == 420)
        #expect(first.causes.map(\.impact) == [180, 160, 80])
    }

    @Test("it ends by itself: open until three days were quiet", arguments: [(90, true), (92, true), (93, false)])
    func closing(_ days: Int, _ isOpen: Bool) {
        let found = watched([(leaf("a"), steady(50, 87..<90, 90))], days: days)
        #expect(found.map(\.isOpen) == [isOpen])
    }

    @Test("what is below the policy's impact, or small beside the team's day, is not said")
    func immaterial() {
        let one: [(CostLeaf, Cost)] = [(leaf("a"), steady(50, 60..<61, 90))]
        #expect(watched(one).count == 1)
        #expect(watched(one, settings: WatchSettings(minimumImpact: 41, unsettled: 0)).isEmpty)
        #expect(watched(one, settings: WatchSettings(minimumImpact: 25, minimumChange: 0.9, unsettled: 0)).isEmpty)
        #expect(watched(one + [(leaf("a", "9", "db"), steady(5000))]).isEmpty)
    }

    @Test("a machine that replaces another of the same price costs nothing new")
    func replaced() {
        let old = leaf("a", "1", "vm", "small")
        let new = leaf("a", "1", "vm", "other")
        #expect(watched([(old, steady(0, 0..<60, 50)), (new, steady(50, 0..<60, 0))]).isEmpty)
        let dearer = watched([(old, steady(0, 0..<60, 50)), (new, steady(120, 0..<60, 0))])
        #expect(dearer.map(\.impact) == [1050])
        #expect(dearer.map(\.replaced) == [750])
    }

    @Test("a lost tag is told from spending")
    func moved() {
        let found = watched([
            (leaf("a"), steady(0, 0..<60, 80)), (leaf("a", "2", "db"), steady(60)), (leaf(nil), steady(80, 0..<60, 0)),
        ])
        #expect(found.map(\.kind) == [.moved])
        #expect(found.map(\.team) == [nil])
    }

    @Test("a day that was delivered twice is the account's, and nobody's spending")
    func double() {
        let found = watched([
            (leaf("a", "1", "vm"), steady(50, 60..<61, 100)), (leaf("a", "1", "db"), steady(30, 60..<61, 61)),
            (leaf("b", "1", "vm"), steady(80, 60..<61, 160)), (leaf("b", "1", "logs"), steady(10, 60..<61, 17)),
            (leaf("b", "2", "vm"), steady(90)),
        ])
        #expect(found.map(\.kind) == [.data])
        #expect(found.map(\.account) == ["1"])
        #expect(found.map(\.impact) == [168])
    }

    private static let shapes: [(AnomalyKind, Cost)] = [
        (.spike, steady(50, 60..<61, 90)), (.shift, steady(90, 0..<60, 50)), (.new, steady(50, 0..<60, 0)),
        (.drift, { (day: Int) -> Double in day >= 60 ? 50 + 4 * Double(day - 55) : 50 }),
    ]

    @Test("kinds", arguments: shapes)
    fileprivate func kinds(_ kind: AnomalyKind, _ cost: @escaping Cost) {
        #expect(watched([(leaf("a", "1", "db"), steady(200)), (leaf("a"), cost)]).map(\.kind).first == kind)
    }

    @Test("days without any row say nothing, neither of zero nor of a return")
    func missing() {
        #expect(watched([(leaf("a"), steady(50))], missing: [58, 59, 60]).isEmpty)
    }

    @Test("the resource that gained most is named, unless the gains are spread")
    func resources() {
        let quiet = (id: "i-1", cost: [Double](repeating: 10, count: 30))
        let loud = (id: "i-2", cost: (0..<30).map { $0 >= 20 ? 40.0 : 10 })
        let half = (id: "i-3", cost: (0..<30).map { $0 >= 20 ? 35.0 : 10 })
        func main(_ resources: [(id: String, cost: [Double])], _ days: [Int]) -> String? {
            ResourceShare.main(of: ResourceShare.gains(of: resources, origin: 0, start: 20, days: days))
        }
        #expect(main([quiet, loud], Array(20..<30)) == "i-2")
        #expect(main([quiet, loud, half], Array(20..<30)) == nil)
        #expect(main([quiet], [20]) == nil)
        let gains = ResourceShare.gains(of: [half, quiet, loud], origin: 0, start: 20, days: [20, 21])
        #expect(gains == [.init(id: "i-2", amount: 60), .init(id: "i-3", amount: 50)])
    }
}
