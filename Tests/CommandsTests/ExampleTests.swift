import Foundation
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

/// The example estate, in a repository of its own, as a user meets it.
@Suite("commands on the example")
struct ExampleTests {
    private let repository: TemporaryRepository
    private var path: String { repository.path }
    private let now = "2026-11-01T00:00:00Z"

    init() throws {
        repository = try TemporaryRepository()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let example = root.appending(path: "examples/acme").path
        for name in try FileManager.default.contentsOfDirectory(atPath: example) {
            try FileManager.default.copyItem(atPath: "\(example)/\(name)", toPath: "\(path)/\(name)")
        }
        try repository.commit()
    }

    private func run(_ words: String...) -> Said { Said(words + ["-C", path, "--now", now]) }

    @Test("check ends with 1 where a policy blocks, and as severity says where that is asked for")
    func check() throws {
        #expect(run("check").code == 1)
        #expect(run("check", "--fail-on", "never").code == 0)
        #expect(run("check", "--fail-on", "critical").code == 0)
        #expect(run("check", "--fail-on", "low").code == 1)
    }

    @Test("the same input gives the same bytes, in every form", arguments: ["text", "json", "markdown"])
    func stable(format: String) throws {
        let first = run("check", "--all", "--format", format)
        #expect(!first.output.isEmpty)
        #expect(run("check", "--all", "--format", format).output == first.output)
    }

    @Test("an edited working tree says so in its revision, a revision does not")
    func dirty() throws {
        let head = try repository.git(["rev-parse", "HEAD"])
        func revision(_ words: String...) throws -> JSONValue? {
            try JSONReader.read(Array(Said(words + ["-C", path, "--now", now, "--format", "json"]).output.utf8))["revision"]
        }
        #expect(try revision("check") == .string(head))
        try repository.write("# edited\n", to: "infra/search/staging/main.tf")
        #expect(try revision("check") == .string(head + "-dirty"))
        #expect(try revision("inventory", "--rev", "HEAD") == .string(head))
        let plan = run("plan")
        #expect(plan.code == 0)
        #expect(plan.error.contains("does not see edits that are not committed: infra/search/staging/main.tf"))
    }

    @Test("a plan is written, applied on a branch, and found done the second time")
    func planAndApply() throws {
        let folder = TemporaryDirectory()
        let out = folder.path + "/plan"
        #expect(run("plan", "--out", out).code == 0)
        #expect(run("plan", "--exit-code").code == 1)
        let applied = Said("apply", out, "-C", path, "--branch", "bursar/tags")
        #expect(applied.code == 0)
        #expect(applied.output.hasPrefix("wrote ") && applied.output.hasSuffix(" on bursar/tags\n"))
        let again = Said("apply", out, "-C", path, "--branch", "bursar/tags", "--format", "json")
        #expect(again.code == 0)
        #expect(try JSONReader.read(Array(again.output.utf8))["written"] == false)
        try repository.git(["checkout", "--quiet", "bursar/tags"])
        #expect(run("plan", "--exit-code").code == 0)
        #expect(run("plan", "--rev", "main", "--exit-code").code == 1)
    }

    @Test("a torn bill ends with 3, is named, and what could be judged is still shown")
    func torn() throws {
        let file = "observed/focus/2026-10.csv.gz"
        let bytes = try repository.directory.read(file)
        try repository.directory.write(Array(bytes.prefix(bytes.count / 2)), to: file)
        let said = run("check")
        #expect(said.code == 3)
        #expect(said.output.contains("2026-10.csv") && said.output.contains("required tag"))
        #expect(said.error.contains("the result is partial"))
    }

    @Test("every reading command answers in text and JSON", arguments: ["check", "cost", "inventory", "plan", "scorecard"])
    func documents(command: String) throws {
        let json = try JSONReader.read(Array(run(command, "--format", "json").output.utf8))
        for key in ["schemaVersion", "tool", "revision", "evaluatedAt"] { #expect(json[key] != nil, "\(key) is missing") }
        #expect(!run(command).output.isEmpty)
    }

    @Test("explain goes from a finding down to its lines, by the first letters of its id")
    func explain() throws {
        let json = try JSONReader.read(Array(run("check", "--format", "json").output.utf8))
        guard case .array(let findings)? = json["findings"], case .string(let id)? = findings.first?["id"] else {
            Issue.record("the example has no finding")
            return
        }
        let said = run("explain", String(id.dropLast(3)))
        #expect(said.code == 0)
        #expect(said.output.hasPrefix(id))
        #expect(run("explain", "f-").error.contains("findings: f-"))
        #expect(run("explain", "f-000000000000").code == 2)
        #expect(run("explain", "cost-allocation").output.hasPrefix("TaggingPolicy/cost-allocation"))
    }

    /// Computed from the example's bill with another program, to the last decimal.
    @Test("the figures are the ones that the example was made for")
    func figures() throws {
        func list(_ command: String, _ key: String) throws -> [JSONValue] {
            guard case .array(let items)? = try JSONReader.read(Array(run(command, "--format", "json").output.utf8))[key] else { return [] }
            return items
        }
        func amount(_ item: JSONValue?, _ key: String) -> JSONValue? { item?[key]?["amount"] }

        let budgets = try list("check", "budgets").filter { $0["judged"] == true }
        #expect(budgets.map { $0["name"] } == ["engineering-invoice", "payments-monthly", "search-quarterly"])
        #expect(budgets.map { amount($0, "actual") } == ["4377.637", "1347.76822", "1484.24544"])
        #expect(amount(budgets.last, "forecast") == "4402.43808")

        let suppressed = try list("check", "suppressed")
        #expect(suppressed.map { $0["resource"]?["address"] } == ["aws_instance.batch", "aws_instance.runner", "aws_instance.legacy"])
        #expect(suppressed.map { $0["reason"] } == ["missing-memory", "exclude", "too-few-samples"])

        let teams = try list("scorecard", "teams").prefix(3)
        #expect(teams.map { $0["team"] } == ["platform", "search", "payments"])
        #expect(teams.map { amount($0, "cost") } == ["1265.6648", "1333.35072", "1233.42936"])
        #expect(teams.map { $0["score"] } == [.number("99.40"), .number("84.64"), .number("80.61")])
        #expect(amount(teams.last, "potentialSavings") == "280.32")
    }
}
