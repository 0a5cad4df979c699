import Foundation
import TestSupport
import Testing

@testable import Commands

/// Plants a secret wherever Terraform would hide one, beside code that is to be mended, and looks for it in everything that is written.
@Suite("secrets of the code")
struct SecretOutputTests {
    private static let marker = "correct-horse-battery"
    private static let now = "2026-11-01T00:00:00Z"

    /// Code with `MARK` where a secret stands, and an expression that reads it.
    private static let places: [(code: String, expression: String)] = [
        ("variable \"s\" {\n  sensitive = true\n  default   = \"MARK\"\n}", "var.s"),
        ("variable \"s\" {\n  ephemeral = true\n  default   = \"MARK\"\n}", "var.s"),
        ("locals {\n  s = sensitive(\"MARK\")\n}", "local.s"),
        ("locals {\n  s = sensitive({ a = { b = \"MARK\" } })\n}", "local.s.a.b"),
        ("", "sensitive(\"MARK\")"),
        ("", "ephemeral(\"MARK\")"),
        ("output \"o\" {\n  sensitive = true\n  value     = \"MARK\"\n}", "\"none\""),
        ("module \"m\" {\n  source = \"./sensitive\"\n}", "module.m.s"),
        ("module \"m\" {\n  source = \"./ephemeral\"\n}", "module.m.s"),
        ("module \"m\" {\n  source = \"./takes\"\n  s      = \"MARK\"\n}", "module.m.echo"),
        ("resource \"aws_db_instance\" \"d\" {\n  password = \"MARK\"\n}", "aws_db_instance.d.password"),
        ("resource \"aws_db_instance\" \"d\" {\n  password_wo = \"MARK\"\n}", "aws_db_instance.d[\"password_wo\"]"),
        ("resource \"aws_ssm_parameter\" \"p\" {\n  value = \"MARK\"\n}", "aws_ssm_parameter.p.value"),
        ("provider \"aws\" {\n  secret_key = \"MARK\"\n}", "\"none\""),
    ]
    /// What is derived from a secret is one.
    private static let derivations = ["X", "lower(X)", "\"p-${X}\"", "jsonencode({ a = [X] })", "try(X, \"c\")", "tonumber(X)"]

    private static let policies = """
        kind: Team
        metadata: {name: payments}
        spec: {costCenter: CC-1010, owns: [{paths: ["infra/**"]}]}
        ---
        kind: TaggingPolicy
        metadata: {name: cost-allocation}
        spec:
          match: {types: ["aws_*"]}
          require:
            - {key: team, default: payments}
            - {key: derived, values: [a, b]}
          fix: automatic
        ---
        kind: Rule
        metadata: {name: readable}
        spec:
          match: {types: ["aws_*"]}
          assert: 'resource.attributes.?name.orValue("x") == "jobs"'
          message: "{resource.address} is called {resource.attributes.?name.orValue('nothing')}"

        """

    /// A root for each place, in which the secret is derived, used, and written beside what is mended.
    private func estate() throws -> TemporaryRepository {
        let estate = try UntaggedQueue.repository(bill: "bill.csv")
        try estate.write(
            try String(contentsOfFile: estate.path + "/bursar.yaml", encoding: .utf8).replacing(
                "path: infra}", with: "path: infra, state: [\"state/{root}/terraform.tfstate\"]}"
            ).replacing("policies: [policies]", with: "policies: [policies]\n  remediation: {maxChangesPerPlan: 500}"), to: "bursar.yaml")
        try estate.write("state/\n*.csv\n", to: ".gitignore")
        try estate.write(MixedEstate.bill(of: ["jobs"]), to: "bill.csv")
        try estate.write(Self.policies, to: "policies/all.yaml")
        for (index, place) in Self.places.enumerated() {
            var code = place.code
            for (number, derivation) in Self.derivations.enumerated() {
                let value = derivation.replacing("X", with: place.expression)
                code += "\n\nresource \"aws_sqs_queue\" \"d\(number)\" {\n  name = \(value)\n  tags = { derived = \(value) }\n}"
            }
            // What is mended stands within three lines of the secret, before and behind it.
            code += "\n\nresource \"aws_db_instance\" \"b\" {\n  name = \"jobs\"\n  tags = {\n    derived = \"a\"\n  }\n\n"
            code += "  password = \"MARK\"\n}\n\nresource \"aws_db_instance\" \"a\" {\n  name     = \"jobs\"\n  password = \"MARK\"\n}\n"
            let root = "infra/r\(index)"
            try estate.write(code.replacing("MARK", with: Self.marker), to: "\(root)/main.tf")
            try estate.write("output \"s\" {\n  value     = \"\(Self.marker)\"\n  sensitive = true\n}\n", to: "\(root)/sensitive/main.tf")
            try estate.write("output \"s\" {\n  value     = \"\(Self.marker)\"\n  ephemeral = true\n}\n", to: "\(root)/ephemeral/main.tf")
            try estate.write(
                "variable \"s\" {\n  sensitive = true\n}\noutput \"echo\" {\n  value = var.s\n}\n", to: "\(root)/takes/main.tf")
            try estate.write(Self.state, to: "state/\(root)/terraform.tfstate")
        }
        try estate.commit()
        return estate
    }

    /// A resource with a secret attribute, and tags that the state marks.
    private static let state = """
        {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x",
         "outputs": {"o": {"value": "\(marker)", "type": "string", "sensitive": true}}, "resources": [
          {"mode": "managed", "type": "aws_db_instance", "name": "b", "provider": "provider[\\"providers.example.com/hashicorp/aws\\"]",
           "instances": [{"schema_version": 0, "sensitive_attributes": [[{"type": "get_attr", "value": "tags"}]],
           "attributes": {"id": "jobs", "password": "\(marker)", "tags": {"derived": "\(marker)"}}}]}]}
        """

    private func expectHidden(_ text: String, _ what: String) {
        for form in [Self.marker, "correct-", "-battery", Data(Self.marker.utf8).base64EncodedString()] where text.contains(form) {
            Issue.record("\(what) shows the secret: \(text.components(separatedBy: "\n").first { $0.contains(form) } ?? "")")
        }
    }

    private func expectHidden(inside folder: String) throws -> Int {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.contains(".git/") && !$0.contains("objects/") }
        for name in names {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            expectHidden(String(decoding: bytes, as: UTF8.self), name)
        }
        return names.count
    }

    @Test("are in no output of any command, in no patch and in no snapshot")
    func outputs() throws {
        let estate = try estate()
        let plan = TemporaryDirectory()
        let commands: [[String]] =
            ["text", "json", "markdown", "csv", "sarif", "junit", "github", "gitlab", "checkstyle"].flatMap { format in
                [["check", "--all", "--format", format], ["plan", "--patch", "--format", format], ["inventory", "--format", format]]
            } + [
                ["plan", "--out", plan.path + "/plan"], ["observe", "--out", plan.path + "/observations.json"], ["scorecard"], ["validate"],
                ["baseline"], ["cost", "--by", "service,team"], ["explain", "cost-allocation"], ["explain", "readable"],
            ]
        var shown = ""
        for words in commands {
            let said = Said(words + ["-C", estate.path, "--now", Self.now])
            expectHidden(said.output + said.error, words.joined(separator: " "))
            shown += said.output
        }
        let findings = Set(shown.matches(of: /f-[0-9a-f]{12}/).map { String($0.output) })
        #expect(findings.count > 100)
        // Ids are as good as random: these are of all roots.
        for finding in findings.sorted().prefix(60) {
            let said = Said("explain", finding, "-C", estate.path, "--now", Self.now)
            expectHidden(said.output + said.error, "explain \(finding)")
        }
        // Something was mended beside each secret, or the test would find nothing.
        #expect(shown.contains("+    team    = \"payments\""))
        #expect(try expectHidden(inside: plan.path) > 20)
    }

    @Test("are in no ledger, in no log and in no request")
    func loop() throws {
        let estate = try estate()
        let (state, patches) = (TemporaryDirectory(), TemporaryDirectory())
        try state.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: finops}
            spec:
              workspaces:
                - {name: all, repository: "\(estate.path)", forge: {kind: patches, folder: "\(patches.path)"}}

            """, to: "reconciler.yaml")
        for format in ["text", "json"] {
            let said = Said([
                "reconcile", "--config", state.path + "/reconciler.yaml", "--state", state.path + "/ledger", "--apply", "--log", format,
                "--now", Self.now, "--format", format,
            ])
            expectHidden(said.output + said.error, "reconcile")
        }
        for list in ["--findings", "--scores", "--requests", "--audit"] {
            let said = Said(["history", list, "--limit", "500", "--format", "json", "-C", estate.path, "--state", state.path + "/ledger"])
            expectHidden(said.output + said.error, "history \(list)")
        }
        #expect(try expectHidden(inside: state.path) > 1)
        #expect(try expectHidden(inside: patches.path) > 0)
    }

    @Test("leave the patches beside them as good as before: git takes them")
    func applied() throws {
        let estate = try estate()
        let plan = TemporaryDirectory()
        #expect(Said("plan", "--out", plan.path + "/plan", "-C", estate.path, "--now", Self.now).code == 0)
        try estate.git(["apply", "--unidiff-zero", plan.path + "/plan/all.patch"])
        try estate.commit()
        #expect(Said("plan", "-C", estate.path, "--now", Self.now).output.contains("nothing to change"))
    }
}
