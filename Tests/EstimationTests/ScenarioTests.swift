import CostModel
import Observation
import Patterns
import TestSupport
import Testing

@testable import Estimation

@Suite("scenarios")
struct ScenarioTests {
    private static let now = Instant(seconds: 1_793_491_200)
    private static let sizes = ["m5.large", "m5.xlarge", "m5.2xlarge", "m5.4xlarge"]
    /// An hour of a size in us-east-1, as the vendor publishes it: each costs twice the one below.
    private static let hours = ["0.096", "0.192", "0.384", "0.768"].map { FixedDecimal(exactly: $0) ?? .zero }

    private static let catalog = InstanceCatalog(
        source: "test",
        entries: sizes.indices.map {
            InstanceCatalog.Entry(
                name: sizes[$0], family: "m5", vcpu: 2 << $0, memoryMiB: 8_192 << $0, architecture: "x86_64", hourly: hours[$0])
        })

    private static func change(
        _ resources: String..., size: String? = nil, count: Int? = nil, hours: Int? = nil, traffic: FixedDecimal? = nil,
        price: FixedDecimal? = nil
    ) -> Scenario.Change {
        Scenario.Change(
            resources: resources.map { Glob($0) }, place: Place(file: "s.yaml", line: 1), size: size, count: count, hours: hours,
            traffic: traffic, price: price)
    }

    /// Machines, what each is billed (nil: nothing), and how full its CPU and memory are.
    private struct Fleet {
        var code = ""
        var billed: [String: FixedDecimal] = [:]
        var load: [String: (cpu: Double, memory: Double)] = [:]

        func run(_ scenario: Scenario) throws -> ScenarioResult {
            var resources = try Estimated.resources(code).resources
            var utilization = UtilizationTable()
            for index in resources.indices {
                let address = resources[index].identity.address
                resources[index].deployed = .init(id: address, region: "us-east-1", size: resources[index].size?.value)
                guard let load = load[address] else { continue }
                utilization.series[address] = [.cpu: ScenarioTests.samples(load.cpu), .memory: ScenarioTests.samples(load.memory)]
            }
            let state = ObservedState(
                resources: resources, cost: CostTable(currency: .usd), utilization: utilization, catalog: ScenarioTests.catalog)
            let monthly = Dictionary(uniqueKeysWithValues: billed.map { (ResourceIdentity(root: "", address: $0.key), $0.value) })
            return try ScenarioEstimator(
                state,
                CostEstimator(
                    currency: .usd, prices: PriceList.builtIn, billed: .init(monthly: monthly, units: [:], lastDay: nil),
                    learningFrom: ResourceIndex([])),
                listed: CostEstimator(currency: .usd, prices: PriceList.builtIn), owners: [:], now: ScenarioTests.now
            ).run(scenario)
        }
    }

    private static func samples(_ value: Double) -> SampleSeries {
        SampleSeries(
            samples: (0..<100).map {
                SampleSeries.Sample(time: now.subtracting(.days(1)).adding(TimeSpan(seconds: Int64($0))), value: value)
            })
    }

    private static func scenario(_ changes: [Scenario.Change], _ expectation: Scenario.Expectation? = nil) -> Scenario {
        Scenario(name: "s", place: Place(file: "s.yaml", line: 1), changes: changes, expectation: expectation)
    }

    @Test("cost what the arithmetic says, and break what they break, of a thousand random services")
    func random() throws {
        var random = SeededGenerator(seed: 18)
        for round in 0..<100 {
            var fleet = Fleet()
            var changes: [Scenario.Change] = []
            var expected: [String: FixedDecimal] = [:]
            var broken: Set<String> = []
            let headroom = FixedDecimal(Int.random(in: 1...9, using: &random)).scaled(by: 1, over: 10)
            for service in 0..<10 {
                let (size, copies) = (Int.random(in: 0..<4, using: &random), Int.random(in: 1...3, using: &random))
                let name = "s\(service)"
                fleet.code += "resource \"aws_instance\" \"\(name)\" {\n  count = \(copies)\n  instance_type = \"\(Self.sizes[size])\"\n}\n"
                let bill: FixedDecimal? = Bool.random(using: &random) ? FixedDecimal(Int.random(in: 1...5_000, using: &random)) : nil
                let load = (cpu: Double(Int.random(in: 1...90, using: &random)), memory: Double(Int.random(in: 1...90, using: &random)))
                let next = Bool.random(using: &random) ? Int.random(in: 0..<4, using: &random) : nil
                let count = Bool.random(using: &random) ? Int.random(in: 0...5, using: &random) : nil
                let price = Bool.random(using: &random) ? FixedDecimal(Int.random(in: 1...20, using: &random)).scaled(by: 1, over: 10) : nil
                let traffic = FixedDecimal(Int.random(in: 1...30, using: &random)).scaled(by: 1, over: 10)
                changes.append(
                    Self.change("aws_instance.\(name)[*]", size: next.map { Self.sizes[$0] }, count: count, traffic: traffic, price: price))
                let month = FixedDecimal(730)
                var amount = bill ?? Self.hours[size].times(month)
                if let next {
                    let (old, new) = (Self.hours[size].times(month), Self.hours[next].times(month))
                    // Of what is billed below the list's price, a smaller size keeps the share.
                    amount = old > amount && new < old ? new.scaled(by: amount.raw, over: old.raw) : amount + new - old
                }
                if let price { amount = amount.times(price) }
                if let count { amount = amount.scaled(by: Int128(count), over: Int128(copies)) }
                let factor = Double(2 << size) / Double(2 << (next ?? size))
                let fullest = max(
                    load.cpu * factor * Double(copies) / Double(count ?? copies) * traffic.approximation, load.memory * factor)
                for copy in 0..<copies {
                    let address = "aws_instance.\(name)[\(copy)]"
                    fleet.billed[address] = bill
                    fleet.load[address] = load
                    expected[address] = amount
                    if count != 0, 100 - fullest < 100 * headroom.approximation { broken.insert(address) }
                }
            }
            let result = try fleet.run(Self.scenario(changes, .init(headroom: headroom)))
            #expect(result.entries.count == expected.count, "round \(round)")
            for entry in result.entries {
                // Volumes of machines are listed without an amount: an image decides how large they are.
                #expect(entry.after == expected[entry.identity.address], "round \(round): \(entry)")
            }
            let failed = result.checks.filter { $0.verdict == .fail }.compactMap { check in
                expected.keys.first { check.text.hasPrefix(":\($0) ") }
            }
            #expect(Set(failed) == broken && failed.count == broken.count, "round \(round)")
            #expect(result.unknown == 0 && !result.checks.contains { $0.verdict == .unknown })
        }
    }

    private func machine(_ bill: FixedDecimal? = FixedDecimal(100), _ more: String = "") -> Fleet {
        var fleet = Fleet()
        fleet.code = "resource \"aws_instance\" \"web\" {\n  instance_type = \"m5.large\"\n\(more)}\n"
        fleet.billed["aws_instance.web"] = bill
        return fleet
    }

    @Test("hours cut what goes by the hour, never by more than the bill has, and leave the rest")
    func hours() throws {
        let cut = Self.scenario([Self.change("aws_instance.web", hours: 42)])
        // 70.08 of the 100 are the machine's hours, a quarter of which is left.
        #expect(try machine().run(cut).after == Arithmetic.value("29.92 + 70.08*1/4"))
        #expect(try machine(FixedDecimal(10)).run(cut).after == Arithmetic.value("10*1/4"))
        #expect(try machine(nil).run(Self.scenario([Self.change("*", hours: 168)])).after == Arithmetic.value("730*0.096"))
        let volume = Fleet(code: "resource \"aws_ebs_volume\" \"v\" {\n  size = 10\n}\n")
        let result = try volume.run(Self.scenario([Self.change("*", hours: 10)], .init(monthlyAtMost: Money(FixedDecimal(1_000), .usd))))
        #expect(result.unknown == 1 && result.checks.map(\.verdict) == [.unknown])
    }

    @Test("traffic moves what goes by use: of a bill what its fixed parts leave")
    func traffic() throws {
        var queue = Fleet(code: "resource \"aws_sqs_queue\" \"q\" {}\n")
        queue.billed["aws_sqs_queue.q"] = FixedDecimal(8)
        let double = Self.scenario([Self.change("*", traffic: FixedDecimal(2))])
        #expect(try queue.run(double).after == FixedDecimal(16))
        queue.billed = [:]
        let unbilled = try queue.run(double)
        #expect(unbilled.unknown == 1 && unbilled.entries[0].after == nil)
    }

    @Test("a count is about the instances that it names, whatever other changes are about")
    func some() throws {
        var fleet = Fleet(code: "resource \"aws_instance\" \"web\" {\n  count         = 2\n  instance_type = \"m5.large\"\n}\n")
        for index in 0..<2 { fleet.billed["aws_instance.web[\(index)]"] = FixedDecimal(100) }
        let result = try fleet.run(
            Self.scenario([Self.change("aws_instance.web[0]", count: 3), Self.change("aws_instance.web*", price: FixedDecimal(2))]))
        #expect(result.entries.map(\.after) == [FixedDecimal(600), FixedDecimal(200)])
    }

    @Test("several changes to one resource all happen, and of one key the last counts")
    func joined() throws {
        let result = try machine().run(
            Self.scenario([
                Self.change("aws_instance.*", count: 5, price: FixedDecimal(2)), Self.change("aws_instance.web", count: 3),
            ]))
        #expect(result.after == FixedDecimal(600))
        #expect(result.entries[0].steps == ["1 → 3 of them", "price × 2"])
    }

    @Test("what is not known is neither free nor enough")
    func unknown() throws {
        let size = try machine().run(
            Self.scenario([Self.change("*", size: "m5.none")], .init(monthlyAtMost: Money(FixedDecimal(1), .usd), headroom: .zero)))
        #expect(size.entries[0].after == nil && size.unknown == 1 && size.after == .zero)
        #expect(size.checks.map(\.verdict) == [.unknown, .unknown])
        // Without samples nobody knows what is left.
        let samples = try machine().run(
            Self.scenario([Self.change("*", count: 2)], .init(headroom: FixedDecimal(1).scaled(by: 1, over: 10))))
        #expect(samples.checks.map(\.verdict) == [.unknown])
    }

    @Test("the samples that would be beyond what is asked are counted")
    func chance() throws {
        var fleet = machine()
        fleet.load["aws_instance.web"] = (60, 10)
        let asked = Scenario.Expectation(headroom: FixedDecimal(2).scaled(by: 1, over: 10))
        let result = try fleet.run(Self.scenario([Self.change("*", traffic: FixedDecimal(15).scaled(by: 1, over: 10))], asked))
        #expect(
            result.checks.map(\.text) == [
                ":aws_instance.web has 10.0 % left, 20 % are asked for; CPU beyond that in 100.0 % of the samples, memory beyond that in 0.0 % of the samples"
            ])
    }

    @Test("a change of what is not there is a mistake")
    func nothing() {
        #expect(throws: ScenarioEstimator.Failure.self) { try machine().run(Self.scenario([Self.change("aws_instance.wbe", count: 2)])) }
    }
}
