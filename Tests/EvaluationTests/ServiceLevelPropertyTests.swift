import CostModel
import Evaluation
import Foundation
import TestSupport
import Testing

/// Random services on random machines. What is offered and what is held back is computed a second time here, from the numbers themselves.
///
/// `BURSAR_ESTATES=500 swift test --filter ServiceLevelPropertyTests` runs more of them.
@Suite("plans and objectives")
struct ServiceLevelPropertyTests {
    private static let estates = min(ProcessInfo.processInfo.environment["BURSAR_ESTATES"].flatMap { Int($0) } ?? 12, 5_000)
    private static let names = ["m5.large", "m5.xlarge", "m5.2xlarge", "m5.4xlarge", "m5.8xlarge"]
    private static let sampleCount = 20
    private static let days = 3

    private struct Machine {
        var size: Int
        var cpu: [Double]?
        var memory: [Double]?
        var services: Set<Int>

        /// The value at rank ⌈95 · n / 100⌉.
        static func p95(_ samples: [Double]) -> Double { samples.sorted()[(95 * samples.count + 99) / 100 - 1] }
    }

    private enum State { case met, broken, unknown }

    /// A service with what was measured of it.
    private struct Service {
        var cpu: Int?
        var memory: Int?
        /// Milliseconds of each day, at most 300 on two thirds of them; nil: not stated.
        var latency: [Int?]?
        /// What failed of a thousand on each day, at most 1 %.
        var errors: [Int?]?
        var allowsUnknown: Bool
        var isShadow: Bool

        var latencyState: State {
            guard let latency else { return .met }
            if latency.count(where: { ($0 ?? 0) > 300 }) > 1 { return .broken }
            return latency.contains(nil) ? .unknown : .met
        }
        var errorState: State {
            guard let errors else { return .met }
            if errors.contains(nil) { return .unknown }
            return errors.compactMap(\.self).reduce(0, +) * 100 > 1_000 * errors.count ? .broken : .met
        }

        /// What a machine would have left with a capacity that is smaller by a factor.
        func headroom(of machine: Machine, factor: Double) -> State {
            let sides = [(cpu, machine.cpu), (memory, machine.memory)].compactMap { asked, samples -> State? in
                guard let asked else { return nil }
                guard let samples else { return .unknown }
                return Machine.p95(samples) * factor > Double(100 - asked) ? .broken : .met
            }
            return sides.contains(.broken) ? .broken : sides.contains(.unknown) ? .unknown : .met
        }
    }

    private struct Estate {
        var machines: [Machine] = []
        var services: [Service] = []

        init(_ random: inout SeededGenerator) {
            func samples() -> [Double]? {
                guard Int.random(in: 0..<8, using: &random) > 0 else { return nil }
                let level = Double(Int.random(in: 1...60, using: &random))
                return (0..<sampleCount).map { _ in level * Double(Int.random(in: 2...10, using: &random)) / 10 }
            }
            func days(_ most: Int) -> [Int?]? {
                guard Int.random(in: 0..<3, using: &random) == 0 else { return nil }
                return (0..<ServiceLevelPropertyTests.days).map { _ in
                    Int.random(in: 0..<12, using: &random) == 0 ? nil : Int.random(in: 1...most, using: &random)
                }
            }
            for _ in 0..<3 {
                let headroom = Int.random(in: 0..<4, using: &random)
                var service = Service(
                    cpu: headroom & 1 == 0 ? Int.random(in: 1...70, using: &random) : nil,
                    memory: headroom & 2 == 0 ? Int.random(in: 1...70, using: &random) : nil, latency: days(350), errors: days(14),
                    allowsUnknown: Bool.random(using: &random), isShadow: Int.random(in: 0..<6, using: &random) == 0)
                if service.cpu == nil, service.memory == nil, service.latency == nil, service.errors == nil { service.cpu = 30 }
                services.append(service)
            }
            for _ in 0..<8 {
                machines.append(
                    Machine(
                        size: Int.random(in: 0..<names.count, using: &random), cpu: samples(), memory: samples(),
                        services: Set((0..<3).filter { _ in Int.random(in: 0..<3, using: &random) == 0 })))
            }
        }

        func world(_ withServices: Bool) -> World {
            var world = World()
            var rightsizing = RightsizingPolicy(
                header: header(.rightsizing, "sizes", level: 2), match: .init(), lookback: .days(2), minimumSamples: sampleCount,
                cpu: .init(percentile: FixedDecimal(95), target: FixedDecimal(90)))
            rightsizing.guardrails = .init(maxStep: 3)
            world.rightsizing = [rightsizing]
            for (index, machine) in machines.enumerated() {
                let name = "m\(index)"
                // A service's machines are in its folders, named after those it has.
                let root = "infra/" + machine.services.sorted().map { "s\($0)" }.joined(separator: "/")
                world.resources.append(resource(name, root: root, size: names[machine.size]))
                for (metric, samples) in [(Metric.cpu, machine.cpu), (.memory, machine.memory)] {
                    guard let samples else { continue }
                    world.utilization.series[name, default: [:]][metric] = SampleSeries(
                        samples: samples.enumerated().map {
                            .init(time: world.now.subtracting(.hours(samples.count - $0)), value: $1)
                        })
                }
            }
            guard withServices else { return world }
            for (index, service) in services.enumerated() {
                var level = ServiceLevel(
                    header: header(.serviceLevel, "s\(index)", level: 3),
                    match: .init(paths: [path("**/s\(index)/**"), path("**/s\(index)")]), timeWindow: .days(days),
                    whenUnknown: service.allowsUnknown ? .allow : .hold)
                level.header.enforcement = service.isShadow ? .shadow : .block
                if service.cpu != nil || service.memory != nil {
                    level.headroom = .init(
                        cpu: service.cpu.map { FixedDecimal($0) }, memory: service.memory.map { FixedDecimal($0) },
                        minimumSamples: sampleCount)
                }
                if let latency = service.latency {
                    level.latency = .init(
                        metric: "l\(index)", atMost: FixedDecimal(300), target: FixedDecimal(raw: FixedDecimal.unit * 200 / 3))
                    world.metrics["l\(index)"] = ServiceLevelTests.metric(latency.map { $0.map(String.init) })
                }
                if let errors = service.errors {
                    level.errors = .init(metric: "e\(index)", total: "t\(index)", target: FixedDecimal(1))
                    world.metrics["e\(index)"] = ServiceLevelTests.metric(errors.map { $0.map(String.init) })
                    world.metrics["t\(index)"] = ServiceLevelTests.metric(errors.map { _ in "1000" })
                }
                world.serviceLevels.append(level)
            }
            return world
        }

        /// Whether anything stands against a size.
        func objections(to size: Int, of machine: Machine) -> (broken: Bool, unknown: Bool) {
            var (broken, unknown) = (false, false)
            for index in machine.services where !services[index].isShadow {
                let service = services[index]
                let factor = Double(2 << machine.size) / Double(2 << size)
                // Another machine of the service that has too little left, too, is an objective that is broken.
                let others = machines.filter { $0.services.contains(index) }
                var states = [service.latencyState, service.errorState, service.headroom(of: machine, factor: factor)]
                if others.contains(where: { service.headroom(of: $0, factor: 1) == .broken }) { states.append(.broken) }
                if states.contains(.broken) { broken = true }
                if states.contains(.unknown), !service.allowsUnknown { unknown = true }
            }
            return (broken, unknown)
        }
    }

    @Test(
        "no size is offered that would break an objective or where one is broken, none is held back without a reason, and without objectives nothing changes"
    )
    func random() throws {
        var random = SeededGenerator(seed: 4_711)
        var (offered, held, larger) = (0, 0, 0)
        for round in 0..<Self.estates {
            let estate = Estate(&random)
            let (plain, result) = (estate.world(false).evaluate(), estate.world(true).evaluate())
            let before = Self.proposals(plain)
            let after = Self.proposals(result)
            for (index, machine) in estate.machines.enumerated() {
                let name = "m\(index)"
                let suppression = result.suppressed.first { $0.resource.id == name }
                if let size = after[name] {
                    let against = estate.objections(to: size, of: machine)
                    #expect(!against.broken && !against.unknown, "round \(round), \(machine) to \(Self.names[size])")
                    let first = try #require(before[name])
                    // Only where the cheapest cannot be is a larger one offered.
                    let cheaper = estate.objections(to: first, of: machine)
                    #expect(size == first || (size > first && (cheaper.broken || cheaper.unknown)))
                    offered += 1
                    if size > first { larger += 1 }
                } else if let size = before[name] {
                    let against = estate.objections(to: size, of: machine)
                    #expect(against.broken || against.unknown, "round \(round), \(machine)")
                    #expect(suppression?.reason == (against.broken ? .serviceLevel : .unknownServiceLevel))
                    held += 1
                }
                if machine.services.isEmpty { #expect(after[name] == before[name]) }
            }
            let others = { (result: EvaluationResult) in
                result.suppressed.filter { ![.serviceLevel, .unknownServiceLevel].contains($0.reason) }
            }
            #expect(others(plain) == others(result))
        }
        #expect(
            offered > Self.estates / 2 && held > Self.estates / 2 && larger > 0, "\(offered) offered, \(held) held back, \(larger) larger")
    }

    private static func proposals(_ result: EvaluationResult) -> [String: Int] {
        result.findings.filter { $0.policy.kind == .rightsizing && $0.verdict == .fail }.reduce(into: [:]) { proposals, finding in
            guard let id = finding.resource?.id, let name = finding.proposal["instance_type"] else { return }
            proposals[id] = names.firstIndex(of: name)
        }
    }
}
