import Foundation
import JSON
import TestSupport
import Testing

@testable import Commands

/// A queue without its tag for some weeks, in a repository whose commits have their days.
@Suite("back-tests at the command line")
struct BacktestCommandTests {
    private let estate: TemporaryRepository

    init() throws {
        estate = try TemporaryRepository()
        let whole = try UntaggedQueue.repository(bill: "bill.csv")
        for file in ["bursar.yaml", "policies/all.yaml"] {
            try estate.write(String(decoding: whole.directory.read(file), as: UTF8.self), to: file)
        }
        try estate.write("bill.csv\nsnapshots/\n", to: ".gitignore")
        try estate.write(Self.bill, to: "bill.csv")
        try estate.write(Self.queue(tagged: true), to: "infra/main.tf")
        try commit("the estate", "2026-08-01T09:00:00Z")
        try estate.write(Self.queue(tagged: false), to: "infra/main.tf")
        try commit("lose the tag", "2026-10-05T09:00:00Z")
        try estate.write(Self.queue(tagged: true), to: "infra/main.tf")
        try commit("and bring it back", "2026-10-15T09:00:00Z")
    }

    private static func queue(tagged: Bool) -> String {
        "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n" + (tagged ? "  tags = { team = \"payments\" }\n" : "") + "}\n"
    }

    private static let bill: String = {
        let names =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,SubAccountId,Tags,BillingAccountId\n"
        return (8...10).reduce(names) { text, month in
            (1...30).reduce(text) { text, day in
                func date(_ month: Int, _ day: Int) -> String { String(format: "2026-%02d-%02dT00:00:00Z", month, day) }
                return text
                    + "2,2,2,2,USD,\(date(month, 1)),\(date(month + 1, 1)),\(date(month, day)),\(date(month, day + 1)),Usage,,messages,AWS,"
                    + "us-east-1,jobs,queue,Queues,111122223333,,999900001111\n"
            }
        }
    }()

    private func commit(_ message: String, _ time: String) throws {
        for words in [["add", "--all"], ["commit", "--quiet", "--message", message]] {
            let result = try estate.attempt(words, environment: ["GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": time])
            guard result.code == 0 else { throw TemporaryRepository.Failure(description: result.error) }
        }
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-10-31T08:00:00Z"]) }

    @Test("says which finding opened when, for how long, and which commit changed it")
    func findings() throws {
        let said = run("backtest", "--policies", "HEAD", "--from", "2026-09-20", "--to", "2026-10-30", "--format", "json")
        #expect(said.code == 0, "\(said)")
        let document = try JSONReader.read(Array(said.output.utf8))
        #expect(document["stepping"].text == "daily")
        let finding = try #require(document["findings"].items.first { $0["policy"]["kind"].text == "TaggingPolicy" })
        #expect((finding["opened"].text, finding["gone"].text) == ("2026-10-05", "2026-10-15"))
        #expect((finding["end"].text, finding["wrong"], finding["thereBefore"]) == ("changed", .bool(false), .bool(false)))
        #expect(finding["commit"].text == (try estate.git(["rev-parse", "HEAD"])))
        let text = run("backtest", "--from", "2026-09-20", "--to", "2026-10-30")
        #expect(text.output.contains("TaggingPolicy/cost-allocation") && text.output.contains("changed by"), "\(text)")
        #expect(text.output.contains("41 evaluations by the bill as it is now, cut before each day"))
        let page = run("backtest", "--from", "2026-09-20", "--to", "2026-10-30", "--format", "markdown")
        #expect(page.output.contains("| 2026-10-05 | 10 |"), "\(page)")
    }

    @Test("days without any code are not clean: nothing was judged")
    func withoutCode() {
        let said = run("backtest", "--from", "2026-07-01", "--to", "2026-07-05")
        #expect(said.code == 3 && said.output.hasPrefix("nothing was judged\n5 days before the first commit"), "\(said)")
    }

    @Test("what cannot be meant is refused, with why")
    func refused() {
        for (arguments, message) in [
            (["--to", "2026-11-01"], "'--to' must not be after 2026-10-31"),
            (["--from", "2026-10-31", "--to", "2026-10-30"], "not be after '--to'"),
            (["--from", "2020-01-01", "--step", "1"], "evaluations are more than 1000"), (["--step", "40"], "a number from 1 to 31"),
            (["--policies", "nowhere"], "nowhere"), (["--snapshots", "/nowhere"], "no snapshots: '/nowhere'"),
            (["--from", "2026-13-01"], "a day such as 2026-08-01"),
        ] {
            let said = Said(["backtest", "-C", estate.path, "--now", "2026-10-31T08:00:00Z"] + arguments)
            #expect(said.code == 2 && said.output.isEmpty && said.error.contains(message), "\(arguments): \(said)")
        }
    }

    @Test("check offers it for changed policies, and says in one line what they would have found")
    func check() throws {
        let policies = String(decoding: try estate.directory.read("policies/all.yaml"), as: UTF8.self)
        try estate.write(policies.replacing("key: team, default: payments", with: "key: owner, default: payments"), to: "policies/all.yaml")
        try commit("ask for another tag", "2026-10-30T09:00:00Z")
        let plain = run("check", "--base", "HEAD~1")
        #expect(plain.output.contains("bursar backtest"), "\(plain)")
        let said = run("check", "--base", "HEAD~1", "--backtest")
        #expect(said.output.contains("on the last 90 days: 1 finding, "), "\(said)")
        let document = try JSONReader.read(Array(run("check", "--base", "HEAD~1", "--backtest", "--format", "json").output.utf8))
        #expect(document["backtest"]["line"].text?.hasPrefix("on the last 90 days: 1 finding") == true)
        #expect(run("check", "--backtest").code == 2)
    }
}
