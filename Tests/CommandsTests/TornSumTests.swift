import CostModel
import Foundation
import JSON
import TestSupport
import Testing

@testable import Commands

/// Whoever reads a sum of a bill that is torn, or lacks days, reads beside it that it is a part, or reads none; in each form, and never a zero.
@Suite("sums beside a torn bill")
struct TornSumTests {
    private let estate: TemporaryRepository
    private static let fault = "the bill is partial: bill.csv:"

    init() throws {
        estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            "kind: Team\nmetadata: {name: search}\nspec: {owns: [{accounts: [\"444455556666\"]}]}\n---\n"
                + "kind: Team\nmetadata: {name: ops}\nspec: {owns: [{accounts: [\"111122223333\"]}]}\n---\n"
                + "kind: Allocation\nmetadata: {name: shared}\nspec: {scope: {unowned: true}, split: {fixed: {search: 25%, ops: 50%}}}\n---\n"
                + "kind: Budget\nmetadata: {name: ops}\nspec: {scope: {team: ops}, period: monthly, amount: 900 USD}\n",
            to: "policies/more.yaml")
    }

    /// Ways in which a bill is torn that only a problem tells: all of its days have rows.
    enum Tear: CaseIterable {
        case cutInARow, brokenCell, brokenPack
    }

    /// A row for each account and day of September and October, and the first of November.
    private static func bill(until last: Int = 62) -> String {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
            + "SubAccountId,Tags,BillingAccountId\n"
        for number in 1...last {
            let day = Day(year: 2026, month: 9, day: 1).advanced(by: number - 1)
            let month = (day.month.firstDay, day.month.advanced(by: 1).firstDay)
            for (account, cost) in [("999900001111", "8.101"), ("444455556666", "10"), ("111122223333", "20")] {
                text +=
                    "\(cost),\(cost),\(cost),\(cost),USD,\(month.0)T00:00:00Z,\(month.1)T00:00:00Z,\(day)T00:00:00Z,"
                    + "\(day.advanced(by: 1))T00:00:00Z,Usage,,requests,AWS,us-east-1,,,Amazon Simple Queue Service,\(account),,999900001111\n"
            }
        }
        return text
    }

    private func tear(_ tear: Tear) throws {
        let text = Self.bill()
        switch tear {
        // The row of the last account on the last day.
        case .cutInARow: try estate.write(String(text.dropLast(60)), to: "bill.csv")
        case .brokenCell:
            try estate.write(
                text.replacing("20,20,20,20,USD,2026-10-01T00:00:00Z", with: "2o,2o,20,20,USD,2026-10-01T00:00:00Z", maxReplacements: 1),
                to: "bill.csv")
        case .brokenPack:
            try estate.write(Self.bill(), to: "bill.csv")
            try estate.write("no gzip", to: "more.csv.gz")
            let workspace = try String(contentsOfFile: estate.path + "/bursar.yaml", encoding: .utf8)
            try estate.write(workspace.replacing("\"bill.csv\"", with: "\"bill.csv\", \"more.csv.gz\""), to: "bursar.yaml")
        }
    }

    private func run(_ arguments: [String]) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-02T08:00:00Z"]) }

    private static let summing = [
        ["cost"], ["cost", "--by", "month"], ["cost", "--by", "service", "--period", "2026-10"], ["cost", "--showback"],
        ["cost", "--showback", "--by", "month"], ["forecast"], ["forecast", "--budget", "ops"], ["egress"], ["scorecard"], ["check"],
        ["blame", "infra"], ["report", "--weekly"], ["report", "--monthly"], ["report", "--monthly", "--team", "ops"], ["explain", "ops"],
        ["explain", "Allocation/shared"],
    ]

    @Test("say that they may be a part, whichever command adds up, in text and JSON", arguments: summing)
    func readers(arguments: [String]) throws {
        try estate.write(Self.bill(), to: "bill.csv")
        for format in ["text", "json"] {
            let more = arguments[0] == "explain" && format == "text" ? [] : ["--format", format]
            let whole = run(arguments + more)
            #expect(whole.code != 3 && !whole.output.contains("is partial"), "\(whole)")
        }
        for one in Tear.allCases {
            try tear(one)
            let text = run(arguments)
            #expect(text.code == 3, "\(text)")
            let place = one == .brokenPack ? "the bill is partial: more.csv.gz" : Self.fault
            #expect(text.output.contains(place), "\(one): \(text.output)")
            let json = run(arguments + ["--format", "json"])
            let document = try JSONReader.read(Array(json.output.utf8))
            let said = [document["billGap"].text, document["coverage"]["gap"].text].compactMap(\.self)
            #expect(!said.isEmpty && said.allSatisfy { $0.contains("the bill is partial: ") }, "\(json.output)")
        }
    }

    private static let listing = [
        ["cost"], ["cost", "--by", "month"], ["cost", "--showback"], ["cost", "--showback", "--by", "day"], ["forecast"],
        ["report", "--weekly"], ["report", "--monthly"],
    ]

    @Test("say so in each row of a table for programs", arguments: listing)
    func tables(arguments: [String]) throws {
        func gaps() throws -> [String] {
            let said = run(arguments + ["--format", "csv"])
            let rows = said.output.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            // The last column: others hold commas.
            #expect(rows[0].last == "gap", "\(said)")
            return rows.dropFirst().map { $0[$0.count - 1] }
        }
        try estate.write(Self.bill(), to: "bill.csv")
        #expect(try !gaps().isEmpty && gaps().allSatisfy(\.isEmpty))
        for one in Tear.allCases {
            try tear(one)
            let found = try gaps()
            #expect(!found.isEmpty && found.allSatisfy { $0.contains("the bill is partial: ") }, "\(one): \(found)")
        }
    }

    @Test("of a week say nothing of what was spent, and call every statement a part, in each form")
    func week() throws {
        try tear(.cutInARow)
        for format in ["text", "markdown", "html"] {
            let said = run(["report", "--weekly", "--format", format])
            let output = said.output.replacing("\\", with: "")
            #expect(output.contains("spend is not known: the bill has 6 of 7 days; the bill is partial: bill.csv:187"), "\(said)")
            // A sum and a row of the last table for each team and for what is nobody's; the budget stands in two sections.
            #expect(output.split(separator: "a part").count > 6, "\(said)")
        }
        let document = try JSONReader.read(Array(run(["report", "--weekly", "--format", "json"]).output.utf8))
        for section in document["sections"].items {
            #expect(
                section["spend"] == .null
                    && section["spendUnknown"].text?.hasPrefix("the bill has 6 of 7 days; the bill is partial: bill.csv:187") == true)
            #expect(section["statement"]["gap"].text?.hasPrefix("a part: the bill has 6 of 7 days; the bill is partial: ") == true)
        }
    }

    @Test("of days none of which the bill has are no zero, in each form")
    func nothing() throws {
        // The bill ends in September.
        try estate.write(Self.bill(until: 20), to: "bill.csv")
        for format in ["text", "markdown", "html"] {
            let output = run(["report", "--monthly", "--format", format]).output
            #expect(
                output.contains("not known") && !output.contains(" 0.00 USD") && !output.contains(">0.00 USD")
                    && output.contains("the bill has 0 of 31 days"), "\(output)")
        }
        let document = try JSONReader.read(Array(run(["report", "--monthly", "--format", "json"]).output.utf8))
        for section in document["sections"].items {
            #expect(["direct", "shared", "given", "total"].allSatisfy { section["statement"][$0] == .null })
            #expect(section["statement"]["gap"].text == "not known: the bill has 0 of 31 days")
        }
        let rows = run(["report", "--monthly", "--format", "csv"]).output.split(separator: "\r\n").dropFirst()
        #expect(rows.count == 4 && rows.allSatisfy { $0.hasSuffix(",direct,,,,USD,0,31,,not known: the bill has 0 of 31 days") }, "\(rows)")
    }

    @Test("by month say of each month how many of its days are there")
    func months() throws {
        try estate.write(Self.bill(until: 50), to: "bill.csv")
        let rows = run(["cost", "--by", "month", "--period", "2026-09-01..2026-10-31", "--format", "csv"]).output.split(separator: "\r\n")
        #expect(
            rows == [
                "month,amount,currency,daysKnown,days,gap", "2026-09,1143.03,USD,30,30,",
                "2026-10,762.02,USD,20,31,the bill has 20 of 31 days",
            ])
    }

    @Test("of a budget close no period and pass nothing, and pages say so first")
    func budgets() throws {
        try estate.write(Self.bill(), to: "bill.csv")
        func budgets() throws -> [JSONValue] {
            try JSONReader.read(Array(run(["check", "--format", "json"]).output.utf8))["budgets"].items
        }
        #expect(try budgets().map { $0["closed"] } == [.bool(true), .bool(false)])
        for one in Tear.allCases {
            try tear(one)
            let found = try budgets()
            #expect(found.allSatisfy { $0["closed"] == .bool(false) && $0["coverage"]["gap"].text != nil }, "\(found)")
        }
        try tear(.cutInARow)
        let folder = TemporaryDirectory()
        #expect(run(["report", "--out", folder.path + "/pages"]).code == 3)
        for page in ["index.html", "budgets.html", "teams.html"] {
            let text = try String(contentsOfFile: "\(folder.path)/pages/\(page)", encoding: .utf8)
            #expect(text.contains("sums are not whole: the bill is partial: bill.csv:187"), "\(page)")
        }
    }

    @Test("of a workspace that names no bill are no zero")
    func withoutSource() throws {
        let workspace = try String(contentsOfFile: estate.path + "/bursar.yaml", encoding: .utf8)
        let line = try #require(workspace.split(separator: "\n").first { $0.contains("cost:") })
        try estate.write(workspace.replacing("\(line)\n", with: ""), to: "bursar.yaml")
        let said = run(["check", "--format", "json"])
        #expect(said.code == 3)
        let budgets = try JSONReader.read(Array(said.output.utf8))["budgets"].items
        #expect(!budgets.isEmpty && budgets.allSatisfy { $0["actual"] == .null && $0["closed"] == .bool(false) }, "\(said)")
    }
}
