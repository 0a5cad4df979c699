import CostModel

@testable import Observation

/// A small snapshot in which everything occurs, and ways to spoil it.
enum Snapshots {
    static let now = Day(year: 2026, month: 11, day: 1).start

    static let small: Snapshot = {
        var bill = CostTable(
            currency: .usd, names: ["", "AWS", "i-1", "eu", "i-unknown", "EC2", "111122223333"],
            tagSets: [[:], ["team": "search"], ["team": "payments", "env": "prod \"x\""]], days: day(28)...day(31), rowCount: 9)
        func add(_ day: Int, _ effective: Int, _ list: Int, resource: Int32, tagSet: Int32 = 2, billedIn month: Int = 10) {
            var amounts = CostAmounts()
            amounts.effective = FixedDecimal(effective)
            amounts.billed = FixedDecimal(raw: 1)
            amounts.list = FixedDecimal(list)
            let key = CostTable.Key(
                day: Snapshots.day(day), billingMonth: Month(year: 2026, month: month), category: .usage, account: 6, provider: 1,
                service: 5,
                region: 3, resource: resource, tagSet: tagSet)
            bill.lines.append(CostTable.Line(key: key, amounts: amounts))
        }
        for number in [31, 28, 29] { add(number, 2, 3, resource: 2) }
        add(30, -2, 3, resource: 2)
        add(30, 1, 1, resource: 4)
        add(30, 1, 1, resource: 0)
        add(30, 5, 5, resource: 2, tagSet: 1, billedIn: 11)
        let samples = (1...200).reversed().map { SampleSeries.Sample(time: now.subtracting(.hours($0)), value: Double($0) / 3) }
        let table = UtilizationTable(series: [
            "i-1": [.cpu: .init(samples: samples), .diskOperations: .init(samples: samples)], "i-9": [:],
        ])
        let state = TerraformState(
            file: "state/a.tfstate",
            resources: [
                "aws_instance.a[\"x\"]": .init(type: "aws_instance", deployed: .init(id: "i-1", arn: nil, account: "1", region: "eu")),
                "aws_instance.b": .init(type: "aws_instance", deployed: .init()),
            ])
        var entry =
            InstanceCatalog.builtIn.entries["m5.large"]
            ?? .init(
                name: "m5.large", family: "m5", vcpu: 2, memoryMiB: 8192, architecture: "x86_64", hourly: .zero)
        entry.hourly = FixedDecimal(raw: 77)
        var snapshot = Snapshot(
            workspace: "acme", revision: "unborn", observedAt: now,
            bill: ObservedBill(
                table: bill, ages: [BillAge(source: "billing", newestDay: day(31), maxAge: .hours(72)), BillAge(source: "other")],
                tagKeys: ["team", "env"], bases: [.effective, .list],
                problems: [ObservationProblem(.partial, id: "bad-row", file: "b\n.csv", line: 3, column: 4, "a \u{1B} row")]),
            utilization: RecordedUtilization(
                of: table, lookbacks: Snapshot.lookbacks, percentiles: Snapshot.percentiles, until: now),
            utilizationProblems: [ObservationProblem(.note, id: "unknown-metric", file: "u.csv", "passed over")],
            states: RecordedStates(
                roots: ["a", "b"], states: [StateJoin.Source(state, root: "a"), StateJoin.Source(.init(file: "c", resources: [:]))],
                problems: [ObservationProblem(.partial, id: "torn-state", file: "b", line: 1, "torn")]),
            catalog: Snapshot.Catalog(
                InstanceCatalog(source: "our prices", entries: Array(InstanceCatalog.builtIn.entries.values) + [entry])))
        let hours = BilledUnit(sku: "BOX", unit: "Hrs", cost: FixedDecimal(2), quantity: FixedDecimal(672), days: 28)
        let disk = BilledUnit(sku: nil, unit: nil, cost: FixedDecimal(raw: 7), quantity: nil, days: 3)
        snapshot.bill.units = ObservedBill.Units(["i-1": [disk, hours], "i-unknown": [hours]], lastDay: day(31))
        return snapshot.folded()
    }()

    static func day(_ day: Int) -> Day { Day(year: 2026, month: 10, day: day) }

    static func text(of snapshot: Snapshot = small) throws -> String {
        String(decoding: try SnapshotWriter.bytes(of: snapshot, version: "1"), as: UTF8.self)
    }

    /// With a digest that holds, whatever stands in it.
    static func sealed(_ text: String) throws -> [UInt8] {
        let key = "\"digest\":\""
        let body = text.components(before: key)
        let digest = SHA256.hexDigest(of: "\(body)\(key)\"}\n".utf8)
        return Array("\(body)\(key)\(digest)\"}\n".utf8)
    }
}

extension String {
    fileprivate func components(before key: String) -> Substring {
        guard let range = firstRange(of: key) else { return self[...] }
        return self[..<range.lowerBound]
    }
}
