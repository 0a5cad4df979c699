import CostModel
import Foundation
import Reporting
import TestSupport
import Testing

@testable import Commands

@Suite("a plan's folder")
struct PlanFolderTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory.path + "/out/plan" }
    private var folder: PlanFolder { PlanFolder(path: path) }

    private func report(_ ids: [String]) -> PlanReport {
        let changes = ids.map { id in
            Plan.Change(
                id: id, title: "set tags", findings: ["f-1"], team: nil, file: "infra/main.tf", line: 1, applicability: .automatic,
                patch: "patch of \(id)\n")
        }
        let plan = Plan(
            baseCommit: String(repeating: "a", count: 40), policyDigest: "p", observedDigest: "o", evaluatedAt: Instant(seconds: 0),
            expires: Instant(seconds: 86_400), changes: changes, files: [], patch: ids.map { "patch of \($0)\n" }.joined())
        return PlanReport(plan: plan, toolVersion: "0.1.0", currency: .usd)
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    @Test("holds the document, the page, a patch per change and their sum")
    func written() throws {
        try folder.write(report(["c-1", "c-2"]))
        #expect(try names() == ["all.patch", "c-1.patch", "c-2.patch", "plan.json", "plan.md"])
        #expect(String(decoding: try directory.read("out/plan/all.patch"), as: UTF8.self) == "patch of c-1\npatch of c-2\n")
        #expect(try PlanFolder.read(path) == PlanFolder.read(path + "/plan.json"))
        #expect(try PlanFolder.read(path).plan == report(["c-1", "c-2"]).plan)
    }

    @Test("an earlier plan's files go, everybody else's stay")
    func replaced() throws {
        try folder.write(report(["c-1", "c-2"]))
        try directory.write("mine", to: "out/plan/notes.txt")
        try directory.write("mine", to: "out/plan/c-9.patch")
        try folder.write(report(["c-2", "c-3"]))
        #expect(try names() == ["all.patch", "c-2.patch", "c-3.patch", "c-9.patch", "notes.txt", "plan.json", "plan.md"])
        try folder.write(report([]))
        #expect(try names() == ["c-9.patch", "notes.txt", "plan.json", "plan.md"])
    }

    /// What a run leaves that is killed before it has written its document: the list, and some of the files.
    @Test(
        "a run that was killed is no obstacle, and nothing of it is left",
        arguments: [
            ["c-1.patch"], ["c-1.patch", "all.patch", "plan.md"], ["c-1.patch", "c-1.patch.4711.tmp"],
            ["plan.json.17.tmp", ".bursar-plan.3.tmp"], ["c-8.patch", "c-8.patch.4711.tmp"],
        ])
    func killed(left: [String]) throws {
        try directory.write("c-1.patch\nc-8.patch\nall.patch\nplan.md\nplan.json\n../../mine\nnotes.txt\n", to: "out/plan/.bursar-plan")
        for name in left { try directory.write("half", to: "out/plan/\(name)") }
        for name in ["out/plan/notes.txt", "mine", "out/plan/c-1.patch.x.tmp"] { try directory.write("mine", to: name) }
        try folder.write(report(["c-1"]))
        #expect(try names() == ["all.patch", "c-1.patch", "c-1.patch.x.tmp", "notes.txt", "plan.json", "plan.md"])
        #expect(try directory.read("mine") == Array("mine".utf8) && directory.read("out/plan/notes.txt") == Array("mine".utf8))
    }

    @Test("a file that is not ours is never replaced", arguments: ["plan.json", "plan.md", "all.patch", "c-1.patch"])
    func foreign(name: String) throws {
        try directory.write("mine", to: "out/plan/\(name)")
        #expect(throws: CommandFailure.self) { try folder.write(report(["c-1"])) }
        #expect(try directory.read("out/plan/\(name)") == Array("mine".utf8))
        #expect(try names() == [name])
    }

    @Test("a plan that a person edited is not ours any more, and is stale")
    func edited() throws {
        try folder.write(report(["c-1"]))
        let text = String(decoding: try directory.read("out/plan/plan.json"), as: UTF8.self)
        try directory.write(text.replacing("automatic", with: "review"), to: "out/plan/plan.json")
        #expect(throws: CommandFailure.self) { try folder.write(report(["c-1"])) }
        let said = Said("apply", path)
        #expect(said.code == 4)
        #expect(said.error.contains("the plan was changed since it was written"))
    }

    @Test("what is no plan is a usage error", arguments: ["", "{}", "[1, 2"])
    func noPlan(text: String) throws {
        try directory.write(text, to: "plan.json")
        #expect(Said("apply", directory.path).code == 2)
        #expect(Said("apply", directory.path + "/nowhere").code == 2)
    }
}
