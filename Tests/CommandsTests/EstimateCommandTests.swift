import CostModel
import Foundation
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

/// What estimates are held against: bills whose truth is known.
@Suite("estimates of an estate", .enabled(if: GeneratedEstate.isPossible, "../shared/tools/estate.py is not there"))
struct EstimateCommandTests {
    private func document(_ words: [String]) throws -> JSONValue {
        let said = Said(words + ["--format", "json"])
        return try JSONReader.read(Array(said.output.utf8))
    }

    private func amount(_ value: JSONValue?) throws -> FixedDecimal {
        try #require(value?["amount"]?.asText.flatMap { FixedDecimal(exactly: $0) })
    }

    @Test("what is billed keeps its bill, and all of it together is the billed monthly cost")
    func unchanged() throws {
        let estate = try GeneratedEstate(seed: 7)
        let place = ["-C", estate.path, "--now", estate.now]
        let estimate = try document(["estimate"] + place)
        let inventory = try document(["inventory"] + place)
        var billed = FixedDecimal.zero
        for resource in inventory["resources"]?.asList ?? [] {
            if let cost = resource["monthlyCost"], cost != .null { billed += try amount(cost) }
        }
        #expect(billed > FixedDecimal(1_000))
        let own = try amount(estimate["totals"]?["sources"]?["billed"])
        #expect((own - billed).magnitude < FixedDecimal(exactly: "0.01") ?? .zero, "\(own) is not \(billed)")
    }

    @Test("a further machine of each billed type costs the bill's own price of an hour, times 730")
    func added() throws {
        let estate = try GeneratedEstate(seed: 7)
        let place = ["-C", estate.path, "--now", estate.now]
        // By hand, from the bill's rows of the newest 28 days: what machines of a type cost in a day, over 24 hours.
        let prices = try HourlyPrices(of: estate)
        #expect(prices.byType.count > 5)
        let types = prices.byType.keys.sorted()
        let root = "infra/payments/app1"
        let blocks = types.enumerated().map { index, type in
            "resource \"aws_instance\" \"copy_\(index)\" {\n  instance_type = \"\(type)\"\n}\n"
        }
        try Data(blocks.joined(separator: "\n").utf8).write(to: URL(filePath: "\(estate.path)/\(root)/copies.tf"))
        let change = try document(["estimate", "--base", "HEAD"] + place)
        let resources = change["resources"]?.asList ?? []
        #expect(resources.count == types.count)
        for (index, type) in types.enumerated() {
            let entry = try #require(resources.first { $0["address"]?.asText == "aws_instance.copy_\(index)" })
            let expected = try #require(prices.byType[type]).times(FixedDecimal(730))
            let monthly = try amount(entry["after"]?["monthly"])
            #expect(monthly.rounded(to: 2) == expected.rounded(to: 2), "\(type)")
            #expect(entry["after"]?["components"]?.asList.first?["source"]?["kind"]?.asText == "own-price")
        }
        let check = try document(["check", "--base", "HEAD"] + place)
        #expect(check["estimate"]?["monthly"] == change["totals"]?["monthly"])
        // A snapshot, with which CI judges without the bill, knows the same prices.
        let snapshot = TemporaryDirectory()
        _ = Said(["observe", "--out", "\(snapshot.path)/observed.json"] + place)
        let judged = try document(["estimate", "--base", "HEAD", "--observations", "\(snapshot.path)/observed.json"] + place)
        #expect(judged["resources"] == change["resources"])
        #expect(judged["totals"] == change["totals"])
    }
}

/// What the bill of a generated estate says for an hour of each type, worked out apart from the program: from the CSV and the states.
private struct HourlyPrices {
    var byType: [String: FixedDecimal] = [:]

    init(of estate: GeneratedEstate) throws {
        let python = try #require(Program.named("python3"))
        let script = """
            import csv, datetime, glob, gzip, json, sys
            from decimal import Decimal
            root, now = sys.argv[1], datetime.datetime.fromisoformat(sys.argv[2].replace("Z", "+00:00"))
            types = {}
            for path in glob.glob(root + "/observed/state/**/*.tfstate", recursive=True):
                for resource in json.load(open(path))["resources"]:
                    for instance in resource["instances"]:
                        if resource["type"] == "aws_instance":
                            types[instance["attributes"]["arn"]] = instance["attributes"]["instance_type"]
            rows = []
            for path in glob.glob(root + "/observed/focus/*.csv.gz"):
                for row in csv.DictReader(gzip.open(path, "rt")):
                    if row["ChargeCategory"] == "Usage" and row["ResourceId"] in types:
                        rows.append((row["ChargePeriodStart"][:10], types[row["ResourceId"]], Decimal(row["ContractedCost"]), row["ResourceId"]))
            last = max(day for day, _, _, _ in rows if day < now.date().isoformat())
            first = (datetime.date.fromisoformat(last) - datetime.timedelta(days=27)).isoformat()
            cost, days = {}, {}
            for day, type, amount, resource in rows:
                if first <= day <= last:
                    cost[type] = cost.get(type, 0) + amount
                    days.setdefault(type, set()).add((day, resource))
            for type in sorted(cost):
                print(type, "%.18f" % (cost[type] / (24 * len(days[type]))))
            """
        let result = try python.run(["-c", script, estate.path, estate.now])
        for line in result.output.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2 { byType[String(words[0])] = FixedDecimal(exactly: String(words[1])) }
        }
    }
}

extension JSONValue {
    fileprivate var asList: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
    fileprivate var asText: String? { if case .string(let text) = self { text } else { nil } }
}
