import CostModel
import Foundation
import Reconciliation
import TestSupport
import Testing

/// A call that makes no instance, or one that nobody observes, hides nothing of what a change brings.
@Suite("modules without an instance")
struct IdleModuleTests {
    private static let untagged = "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n}\n"
    private static let backend = "terraform {\n  backend \"s3\" {}\n}\n"

    private func estate(_ files: [String: String] = [:]) throws -> SmallEstate {
        let estate = try SmallEstate()
        for (path, text) in files { try estate.repository.write(text, to: path) }
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    private func check(_ estate: SmallEstate, _ files: [String: String]) throws -> ChangeCheck.Outcome {
        for (path, text) in files { try estate.repository.write(text, to: path) }
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "base")
    }

    private static func call(_ source: String, _ arguments: String = "count = 0") -> String {
        "module \"m\" {\n  source = \"\(source)\"\n  \(arguments)\n}\n"
    }

    /// What calls the new folder `infra/new`, without making anything of it in a root that is observed.
    private static let calls: [[String: String]] = [
        ["infra/app/call.tf": call("../new")],
        ["infra/app/call.tf": call("../new", "for_each = {}")],
        ["infra/app/call.tf": call("../new", "for_each = toset([])")],
        ["infra/app/call.tf": "locals {\n  on = false\n}\n" + call("../new", "count = local.on ? 1 : 0")],
        ["infra/app/call.tf.json": "{\"module\": {\"m\": {\"source\": \"../new\", \"count\": 0}}}\n"],
        ["infra/app/call.tofu": call("../new")],
        ["infra/caller/main.tf": call("../new")],
        ["infra/new/examples/basic/main.tf": call("../..")],
        ["infra/new/tests/basic/main.tf": call("../../", "for_each = {}")],
        ["elsewhere/main.tf": call("../infra/new", "")],
        ["infra/app/call.tf": call("../middle"), "infra/middle/main.tf": call("../new", "")],
        // It calls a folder that is applied, and looks as if it only tried that out.
        ["infra/app/backend.tf": backend, "infra/new/call.tf": call("../app")],
        ["infra/lib/main.tf": "locals {\n  a = 1\n}\n", "infra/lib/x.auto.tfvars": "", "infra/new/call.tf": call("../lib", "")],
    ]

    @Test("what a change adds is judged, whatever calls it", arguments: calls)
    func added(files: [String: String]) throws {
        let outcome = try check(try estate(), files.merging(["infra/new/main.tf": Self.untagged]) { first, _ in first })
        #expect(
            outcome.deciding.contains { $0.resource?.identity.description == "infra/new:aws_sqs_queue.more" && $0.blocks },
            "\(outcome.deciding.map(\.message))")
    }

    @Test("what a change adds to one that the base has is judged, too")
    func edited() throws {
        let estate = try estate(["infra/off/main.tf": "locals {\n  a = 1\n}\n", "infra/app/call.tf": Self.call("../off")])
        let outcome = try check(estate, ["infra/off/more.tf": Self.untagged])
        #expect(Set(outcome.deciding.map { $0.resource?.identity.root }) == ["infra/off"])
        #expect(outcome.head.observed.problems.contains { $0.id == "idle-module" && $0.file == "infra/off" })
    }

    @Test("one that has an instance is judged where it has it, and not by itself")
    func instantiated() throws {
        let module =
            "variable \"tags\" {\n  type = map(string)\n}\n" + Self.untagged.replacing("name = ", with: "tags = var.tags\n  name = ")
        let tags = "tags = { team = \"payments\", cost-center = \"CC-1010\" }"
        for arguments in [tags, "count = 1\n  \(tags)", "for_each = toset([\"a\"])\n  \(tags)", "count = var.n\n  \(tags)"] {
            let variable = "variable \"n\" {\n  type = number\n}\n"
            let outcome = try check(
                try estate(), ["infra/new/main.tf": module, "infra/app/call.tf": variable + Self.call("../new", arguments)])
            #expect(outcome.deciding == [])
            #expect(!outcome.head.observed.problems.contains { $0.id == "idle-module" })
        }
    }

    @Test("what a change does not touch stays what it was")
    func untouched() throws {
        let estate = try estate(["infra/off/main.tf": Self.untagged, "infra/app/call.tf": Self.call("../off")])
        let outcome = try check(estate, ["infra/app/note.tf": "# nothing\n"])
        #expect(outcome.comparison.count(.new) == 0 && outcome.deciding == [])
        #expect(!outcome.head.observed.problems.contains { $0.id == "idle-module" })
    }
}
