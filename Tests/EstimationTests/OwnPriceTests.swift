import CostModel
import Observation
import Testing

@testable import Estimation

@Suite("what the workspace pays itself")
struct OwnPriceTests {
    private static let code = """
        resource "aws_instance" "old" {
          instance_type = "m5.large"
        }
        resource "aws_ebs_volume" "disk" {
          availability_zone = "us-east-1a"
          size              = 100
          type              = "gp3"
        }
        """
    private static let added = """

        resource "aws_instance" "new" {
          instance_type = "m5.large"
        }
        resource "aws_ebs_volume" "more" {
          availability_zone = "us-east-1a"
          size              = 250
          type              = "gp3"
        }
        """

    /// The resources of a code, some of them deployed.
    private func index(_ code: String, deployed: [String: String], sizes: [String: String] = [:]) throws -> ResourceIndex {
        ResourceIndex(
            try Estimated.resources(code).resources.map { resource in
                var resource = resource
                if let id = deployed[resource.identity.address] {
                    resource.deploy(Resource.Deployed(id: id, size: sizes[resource.identity.address]))
                }
                return resource
            })
    }

    private func identity(_ address: String) -> ResourceIdentity { ResourceIdentity(root: "", address: address) }

    private func estimator(_ units: [String: [BilledUnit]], _ monthly: [String: FixedDecimal] = [:], learningFrom: ResourceIndex)
        -> CostEstimator
    {
        CostEstimator(
            currency: .usd, prices: PriceList.builtIn,
            billed: CostEstimator.Billed(
                monthly: Dictionary(uniqueKeysWithValues: monthly.map { (identity($0.key), $0.value) }),
                units: Dictionary(uniqueKeysWithValues: units.map { (identity($0.key), $0.value) }), lastDay: Day("2026-10-31")),
            learningFrom: learningFrom)
    }

    private static let deployed = ["aws_instance.old": "i-1", "aws_ebs_volume.disk": "vol-1"]

    @Test("for an hour goes before the list's price: contracted cost divided by what was priced")
    func hour() throws {
        let all = try index(Self.code + Self.added, deployed: Self.deployed)
        // 672 hours for 58.06 dollars: a tenth below the list's 0.096.
        let units = [
            "aws_instance.old": [
                BilledUnit(sku: "BOX-m5.large", unit: "Hrs", cost: FixedDecimal(exactly: "58.0608")!, quantity: FixedDecimal(672), days: 28)
            ]
        ]
        let estimate = estimator(units, learningFrom: all).estimate(all, owners: [:])
        let new = try #require(Estimated.resource("aws_instance.new", in: estimate))
        #expect(new.components[0].unitPrice == FixedDecimal(exactly: "0.0864"))
        #expect(new.components[0].source == EstimateSource(.ownPrice, date: Day("2026-10-31")))
        #expect(new.monthly == Arithmetic.value("730*0.0864"))
        // The disk's own price is not known: the list's is.
        let more = try #require(Estimated.resource("aws_ebs_volume.more", in: estimate))
        #expect(more.components[0].source?.kind == .list)
        #expect(more.monthly == Arithmetic.value("250*0.08"))
    }

    @Test("is learnt by days where the bill counts nothing")
    func withoutQuantity() throws {
        let all = try index(Self.code + Self.added, deployed: Self.deployed)
        let units = [
            "aws_instance.old": [BilledUnit(sku: nil, unit: nil, cost: FixedDecimal(exactly: "58.0608")!, quantity: nil, days: 28)],
            // 28 days of 100 GB at 0.07 a month: 100 · 0.07 · 28 · 12 ÷ 365.
            "aws_ebs_volume.disk": [
                BilledUnit(sku: nil, unit: nil, cost: FixedDecimal(7).scaled(by: 28 * 12, over: 365), quantity: nil, days: 28)
            ],
        ]
        let estimate = estimator(units, learningFrom: all).estimate(all, owners: [:])
        // 28 days are 672 hours, so the hour costs what the bill says for it.
        #expect(Estimated.resource("aws_instance.new", in: estimate)?.components[0].unitPrice == FixedDecimal(exactly: "0.0864"))
        let more = try #require(Estimated.resource("aws_ebs_volume.more", in: estimate)?.monthly)
        #expect((more - Arithmetic.value("250*0.07")).magnitude < FixedDecimal(exactly: "0.000001")!)
    }

    @Test("is not learnt from a machine whose size waits for an apply, nor where rows cannot be told apart")
    func doubtful() throws {
        let rows = [BilledUnit(sku: "a", unit: "Hrs", cost: FixedDecimal(10), quantity: FixedDecimal(672), days: 28)]
        let waiting = try index(Self.code + Self.added, deployed: Self.deployed, sizes: ["aws_instance.old": "m5.xlarge"])
        let first = estimator(["aws_instance.old": rows], learningFrom: waiting).estimate(waiting, owners: [:])
        #expect(Estimated.resource("aws_instance.new", in: first)?.components[0].source?.kind == .list)
        let all = try index(Self.code + Self.added, deployed: Self.deployed)
        let two = rows + [BilledUnit(sku: "b", unit: "Hours", cost: FixedDecimal(3), quantity: FixedDecimal(600), days: 28)]
        let second = estimator(["aws_instance.old": two], learningFrom: all).estimate(all, owners: [:])
        #expect(Estimated.resource("aws_instance.new", in: second)?.components[0].source?.kind == .list)
    }

    @Test("of a resource that runs stays, and a change exchanges what it changes")
    func change() throws {
        let before = try index(Self.code, deployed: Self.deployed)
        let changed = Self.code.replacing("\"m5.large\"", with: "\"m5.2xlarge\"") + Self.added
        let after = try index(changed, deployed: Self.deployed, sizes: ["aws_instance.old": "m5.large"])
        let units = [
            "aws_instance.old": [
                BilledUnit(sku: "x", unit: "Hrs", cost: FixedDecimal(exactly: "58.0608")!, quantity: FixedDecimal(672), days: 28)
            ]
        ]
        let billed = ["aws_instance.old": FixedDecimal(70), "aws_ebs_volume.disk": FixedDecimal(9)]
        let change = estimator(units, billed, learningFrom: before).change(from: before, to: after, owners: [:], base: "base")
        #expect(change.before.monthly == FixedDecimal(79))
        // 70 less the old hours at the own price, and the new ones at the list's: m5.2xlarge was never bought.
        let old = try #require(change.entries.first { $0.resource.identity.address == "aws_instance.old" })
        #expect(old.difference == Arithmetic.value("730*0.384") - Arithmetic.value("730*0.0864"))
        #expect(old.after?.monthly == FixedDecimal(70) + Arithmetic.value("730*0.384") - Arithmetic.value("730*0.0864"))
        // What does not change is no entry, and keeps its bill.
        #expect(!change.entries.contains { $0.resource.identity.address == "aws_ebs_volume.disk" })
        #expect(change.entries.count == 3)
        #expect(change.after.monthly == change.before.monthly + change.difference)
    }

    @Test("falls by no more than what is paid: a smaller size keeps the share of the price that the bill shows")
    func committed() throws {
        let big = Self.code.replacing("\"m5.large\"", with: "\"m5.2xlarge\"")
        let before = try index(big, deployed: Self.deployed)
        let after = try index(Self.code, deployed: Self.deployed, sizes: ["aws_instance.old": "m5.2xlarge"])
        // The list says 730 · 0.384 = 280.32 for what is billed 140.16: half of it.
        func difference(billed: String) throws -> FixedDecimal? {
            let bill = ["aws_instance.old": FixedDecimal(exactly: billed)!, "aws_ebs_volume.disk": FixedDecimal(9)]
            let change = estimator([:], bill, learningFrom: before).change(from: before, to: after, owners: [:], base: "base")
            let entry = try #require(change.entries.first { $0.resource.identity.address == "aws_instance.old" })
            #expect(entry.after?.components.compactMap(\.monthly).reduce(.zero, +) == entry.after?.monthly)
            return entry.after?.monthly
        }
        #expect(try difference(billed: "140.16") == Arithmetic.value("730*0.096/2"))
        #expect(try difference(billed: "280.32") == Arithmetic.value("730*0.096"))
        #expect(try difference(billed: "300") == Arithmetic.value("19.68+730*0.096"))
        // What grows is paid on demand.
        let grown = estimator([:], ["aws_instance.old": FixedDecimal(20)], learningFrom: after)
            .change(from: try index(Self.code, deployed: Self.deployed), to: before, owners: [:], base: "base")
        let entry = try #require(grown.entries.first { $0.resource.identity.address == "aws_instance.old" })
        #expect(entry.after?.monthly == FixedDecimal(20) + Arithmetic.value("730*0.288"))
    }

    @Test("and what is not: a removed resource takes its bill with it")
    func removed() throws {
        let before = try index(Self.code, deployed: Self.deployed)
        let after = try index("", deployed: [:])
        let change = estimator([:], ["aws_instance.old": FixedDecimal(70)], learningFrom: before)
            .change(from: before, to: after, owners: [:], base: "base")
        #expect(change.difference == -FixedDecimal(70) - Arithmetic.value("100*0.08"))
    }
}
