import CostModel
import Reconciliation
import TestSupport
import Testing

/// What `inventory[].roots` says of how a root is applied.
@Suite("a root that is applied with variable files and a workspace")
struct AppliedRootTests {
    private static let code = """
        variable "labels" {
          type    = map(string)
          default = {}
        }
        resource "aws_sqs_queue" "jobs" {
          name = "jobs"
          tags = merge({ team = "payments" }, var.labels, terraform.workspace == "prod" ? { cost-center = "CC-1010" } : {})
        }

        """

    private func evaluate(_ roots: String, files: [String: String] = [:]) throws -> EvaluatedWorkspace {
        let estate = try SmallEstate()
        let inventory = "path: infra, state"
        try estate.repository.write(
            SmallEstate.workspace().replacing(inventory, with: roots.isEmpty ? inventory : "path: infra, roots: [\(roots)], state"),
            to: "bursar.yaml")
        try estate.repository.write(Self.code, to: "infra/app/main.tf")
        for (name, text) in files { try estate.repository.write(text, to: name) }
        try estate.repository.commit()
        return try estate.evaluate(.revision("HEAD"))
    }

    private func result(_ evaluated: EvaluatedWorkspace) -> String? {
        evaluated.evaluation.findings.first { $0.subject == "cost-center" }?.verdict.rawValue
    }

    private static let prod = ["infra/app/envs/prod.tfvars": "labels = { cost-center = \"CC-1010\" }\n"]
    private static let wrong = ["infra/app/envs/prod.tfvars": "labels = {\n  cost-center = \"none\"\n}\n"]

    @Test("has the values of the files that are named, and nobody knows them otherwise")
    func variableFiles() throws {
        #expect(result(try evaluate("", files: Self.prod)) == "unknown")
        #expect(
            result(try evaluate("{path: infra/app, varFiles: [infra/app/envs/prod.tfvars], workspace: dev}", files: Self.prod)) == "pass")
    }

    @Test("has the workspace that is named")
    func workspace() throws {
        #expect(result(try evaluate("{path: infra/app, workspace: prod}")) == "pass")
        #expect(result(try evaluate("{path: infra/app, workspace: dev}")) == "fail")
        let unnamed = try evaluate("")
        #expect(result(unnamed) == "unknown")
        #expect(
            unnamed.evaluation.findings.first { $0.subject == "cost-center" }?.reason
                == "it depends on the workspace, and which one is used is not known")
        #expect(unnamed.fixable().isEmpty)
    }

    private static func deployed(_ tags: String) -> [String: String] {
        let state = SmallEstate.state().replacing("\"id\": \"jobs\",", with: "\"id\": \"jobs\", \"tags_all\": \(tags), ")
        return ["observed/state/infra/app/terraform.tfstate": state]
    }

    @Test("that is not named is known by its tags where they are deployed as the default workspace has them, and by others it is not")
    func deployedWorkspace() throws {
        let same = try evaluate("", files: Self.deployed("{\"team\": \"payments\"}"))
        #expect(result(same) == "fail")
        #expect(same.fixable().count == 1)
        for other in ["{\"team\": \"payments\", \"cost-center\": \"CC-1010\"}", "{}"] {
            #expect(result(try evaluate("", files: Self.deployed(other))) == "unknown")
        }
    }

    @Test("that is not named leaves known what it cannot decide", arguments: ["name = terraform.workspace", "name = \"jobs\""])
    func decided(name: String) throws {
        let code = "resource \"aws_sqs_queue\" \"jobs\" {\n  \(name)\n  tags = { team = \"payments\", cost-center = \"CC-1010\" }\n}\n"
        #expect(result(try evaluate("", files: ["infra/app/main.tf": code])) == "pass")
        let derived = code.replacing("\"CC-1010\"", with: "\"CC-${terraform.workspace}\"")
        #expect(result(try evaluate("", files: ["infra/app/main.tf": derived])) == "unknown")
        let both = code.replacing("\"CC-1010\"", with: "terraform.workspace == \"prod\" ? \"CC-1010\" : \"CC-1010\"")
        #expect(result(try evaluate("", files: ["infra/app/main.tf": both])) == "pass")
    }

    @Test("is mended in the file that it is applied with")
    func fixed() throws {
        let evaluated = try evaluate("{path: infra/app, varFiles: [infra/app/envs/prod.tfvars], workspace: dev}", files: Self.wrong)
        let changes = try evaluated.plan().changes
        #expect(changes.filter { $0.applicability != .advisory }.map(\.file) == ["infra/app/envs/prod.tfvars"])
        #expect(changes.first?.patch?.contains("+  cost-center = \"CC-1010\"") == true)
    }

    @Test("is not known in full where a file is not there")
    func missing() throws {
        let evaluated = try evaluate("{path: infra/app, varFiles: [infra/app/none.tfvars]}")
        #expect(evaluated.observed.isPartial)
        #expect(evaluated.observed.problems.contains { $0.file == "infra/app/none.tfvars" && $0.id == "no-file" })
    }
}
