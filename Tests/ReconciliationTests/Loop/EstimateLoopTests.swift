import CostModel
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// Machines that are merged one after the other, applied on the next day, and billed at a planted share of their list price.
private struct GrowingEstate {
    /// What the bill charges of what was expected; the error is 1 / share − 1.
    static let shares = ["0.8", "1.25", "1", "0.5", "2", "1.6", "0.64", "0.4", "4", "2.5"]
    static let errors = [2_500, -2_000, 0, 10_000, -5_000, -3_750, 5_625, 15_000, -7_500, -6_000]
    /// One of a type each: the price of the next would be that of the bill.
    private static let types = [
        "m5.large", "m5.xlarge", "c5.large", "c5.xlarge", "r5.large", "r5.xlarge", "t3.medium", "t3.large", "m6i.large", "c6i.large",
    ]

    let loop: LocalLoop
    private var machines: [(share: FixedDecimal, daily: FixedDecimal, applied: Day?)] = []

    init() throws {
        let estate = try SmallEstate()
        try estate.repository.write("provider \"aws\" {\n  region = \"us-east-1\"\n}\n", to: "infra/app/provider.tf")
        try estate.repository.commit("a region")
        loop = try LocalLoop(estate)
    }

    mutating func merge(_ share: String) throws {
        let name = "m\(machines.count)"
        machines.append((try #require(FixedDecimal(exactly: share)), .zero, nil))
        try loop.estate.repository.write(
            "resource \"aws_instance\" \"\(name)\" {\n  instance_type = \"\(Self.types[machines.count - 1])\"\n}\n",
            to: "infra/app/\(name).tf")
        try loop.estate.repository.commit("add \(name)")
    }

    /// The bill will charge for the newest one the planted share of what was expected.
    mutating func apply() throws {
        let expected = try #require(try loop.ledger.estimates().last).estimated.amount.scaled(by: 24, over: 730)
        let newest = machines.count - 1
        machines[newest].daily = expected.times(machines[newest].share)
        machines[newest].applied = loop.now.day
        let entries = machines.indices.map { index in
            """
            {"mode": "managed", "type": "aws_instance", "name": "m\(index)", "provider": "provider[\\"providers.example.com/hashicorp/aws\\"]",
             "instances": [{"schema_version": 1, "attributes": {"id": "i-\(index)", "instance_type": "\(Self.types[index])",
             "arn": "arn:aws:ec2:us-east-1:111122223333:instance/i-\(index)"}}]}
            """
        }
        let state = SmallEstate.state().replacing("]}]}\n", with: "]}]}")
        let merged = state.replacing("\"resources\": [", with: "\"resources\": [" + entries.map { $0 + ", " }.joined())
        try loop.estate.repository.write(merged, to: "observed/state/infra/app/terraform.tfstate")
    }

    /// The bill as it is in the morning.
    func bill() throws {
        var text = SmallEstate.bill(days: 0)
        func add(_ resource: String, _ cost: FixedDecimal, _ day: Day) {
            let month = day.month
            text +=
                "\(cost),\(cost),\(cost),\(cost),USD,\(month.firstDay)T00:00:00Z,\(month.advanced(by: 1).firstDay)T00:00:00Z,\(day)T00:00:00Z,"
                + "\(day.advanced(by: 1))T00:00:00Z,Usage,,machines,AWS,us-east-1,\(resource),instance,Amazon Elastic Compute Cloud,"
                + "111122223333,,999900001111\n"
        }
        for day in SmallEstate.now.day.advanced(by: -40)..<loop.now.day {
            add("other", FixedDecimal(1), day)
            for (index, machine) in machines.enumerated() {
                guard let applied = machine.applied, day >= applied else { continue }
                add("i-\(index)", machine.daily, day)
            }
        }
        try loop.estate.repository.write(text, to: "observed/bill.csv")
    }
}

@Suite("estimates of merged changes, in the loop")
struct EstimateLoopTests {
    @Test("ten merges of a year: the error that is remembered is the one that was planted")
    func year() throws {
        var estate = try GrowingEstate()
        let loop = estate.loop
        try estate.bill()
        try loop.run()
        for share in GrowingEstate.shares {
            loop.advance(.hours(24 * 17))
            try estate.merge(share)
            try estate.bill()
            try loop.run()
            loop.advance(.hours(24))
            try estate.apply()
            try estate.bill()
            try loop.run()
            loop.advance(.hours(24 * 18))
            try estate.bill()
            let result = try loop.run()
            #expect(result.run.outcome == .succeeded, "\(result.run.stages.map(\.message))")
        }
        let records = try loop.ledger.estimates()
        #expect(records.map(\.resource) == (0...9).map { "infra/app:aws_instance.m\($0)" })
        #expect(records.map(\.standing) == Array(repeating: .judged, count: 10), "\(records.map(\.method))")
        #expect(records.map { $0.error?.hundredths } == GrowingEstate.errors)
        #expect(records.allSatisfy { $0.team == "payments" && $0.source == .list })
        #expect(records.first?.estimated == Money(try #require(FixedDecimal(exactly: "70.08")), .usd), "0.096 an hour for 730")
        #expect(Set(records.map(\.commit)).count == 10)
        #expect(EstimateAccuracy(records).all?.medianError == Points(hundredths: 5_313))
    }

    @Test("nothing is judged, dropped or begun while data are missing")
    func partial() throws {
        var estate = try GrowingEstate()
        let loop = estate.loop
        try estate.bill()
        try loop.run()
        loop.advance(.hours(24))
        try estate.merge("0.8")
        try loop.estate.repository.write("not a bill\n", to: "observed/bill.csv")
        try loop.run()
        #expect(try loop.ledger.estimates() == [])
        try estate.bill()
        loop.advance(.hours(24))
        try loop.run()
        #expect(try loop.ledger.estimates().map(\.standing) == [.waiting], "the next whole run sees the same change")
        let before = try loop.ledger.estimates()
        try loop.estate.repository.write("resource \"aws_instance\" {", to: "infra/app/m0.tf")
        try loop.estate.repository.commit("broken")
        loop.advance(.hours(24))
        try loop.run()
        #expect(try loop.ledger.estimates() == before, "what cannot be read has not left the code")
    }
}
