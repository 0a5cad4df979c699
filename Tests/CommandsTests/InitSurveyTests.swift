import Foundation
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

@Suite("init reads the repository")
struct InitSurveyTests {
    private let repository: TemporaryRepository
    private var path: String { repository.path }

    init() throws { repository = try TemporaryRepository() }

    private func text(_ file: String) -> String { String(decoding: (try? repository.directory.read(file)) ?? [], as: UTF8.self) }

    private func instance(_ name: String, _ tags: String) -> String {
        "resource \"aws_instance\" \"\(name)\" {\n  ami           = \"ami-1\"\n  instance_type = \"m5.large\"\n\(tags)}\n\n"
    }

    /// Three roots of two teams: two spellings of one key, two of a value, and one instance without tags.
    private func writeEstate() throws {
        try repository.write(
            instance("a", "  tags = { Team = \"payments\", Environment = \"prod\", CostCenter = \"CC-1\", Owner = \"ada@example.com\" }\n")
                + instance("b", "  tags = { Team = \"payments\", env = \"prod\", cost-center = \"CC-1\", Owner = \"bob@example.com\" }\n")
                + instance("c", ""), to: "infra/payments/prod/main.tf")
        try repository.write(
            instance(
                "d", "  tags = { Team = \"search\", Environment = \"production\", CostCenter = \"CC-2\", Owner = \"cy@example.com\" }\n")
                + instance("e", "  tags = { Team = \"search\", Environment = \"prod\", CostCenter = \"CC-2\" }\n")
                + instance("f", "  tags = { Team = \"search\", Environment = \"prod\", CostCenter = \"CC-2\" }\n"),
            to: "infra/search/prod/main.tf")
        try repository.write(
            instance("g", "  tags = { Team = \"search\", Environment = \"dev\", CostCenter = \"CC-2\" }\n")
                + "resource \"aws_ebs_volume\" \"h\" {\n  availability_zone = \"us-east-1a\"\n  size = 10\n}\n",
            to: "infra/search/dev/main.tf")
        try repository.commit("the estate")
    }

    /// Valid without a warning, and by the schema that editors have.
    private func expectValid() throws {
        let said = Said("validate", "-C", path)
        #expect(said.code == 0 && said.error.isEmpty, "\(said.error)")
        #expect(!said.output.contains("warning"))
        let schema = PolicySchema().json
        for file in try FileManager.default.subpathsOfDirectory(atPath: path)
        where file.hasSuffix(".yaml") && text(file).contains("bursar init") {
            for object in text(file).split(separator: "\n---\n") {
                let document = try #require(JSONValue(yaml: String(object) + "\n"), "\(file)")
                #expect(try SchemaValidator.accepts(document, schema), "\(file)")
            }
        }
    }

    @Test("and proposes a policy from the tags that are there, teams with real folders, and no bill")
    func estate() throws {
        try writeEstate()
        let said = Said("init", "-C", path)
        #expect(said.code == 0, "\(said.error)")
        #expect(said.error.contains("Terraform  3 root modules"))
        #expect(text("bursar.yaml").contains("\n    cost: none\n"))
        #expect(text("bursar.yaml").contains("path: infra   # 3 root modules\n"))
        let tags = text("policies/tagging.yaml")
        #expect(tags.contains("    - key: Team   # 6 of 8\n      values: {of: teams}\n      default: {from: team.name}\n"))
        #expect(
            tags.contains(
                """
                    - key: Environment   # 6 of 8; 1 as 'env'; 4 'prod', 1 'dev', 1 'production'
                      values: [prod, dev]
                      aliases: [env]
                      default: {from: path, segment: 3}

                """), "\(tags)")
        #expect(tags.contains("      aliases: [cost-center]\n      default: {from: team.costCenter}\n"))
        let teams = text("teams/teams.yaml")
        #expect(teams.contains("metadata: {name: payments}   # resources are tagged with it\nspec:\n  costCenter: CC-1\n  owns:\n"))
        #expect(teams.contains("    - paths: [\"infra/search/**\"]\n"))
        #expect(!(tags + teams + said.error).contains("example.com"))
        #expect(text("policies/rules.yaml").contains("name: aws-ebs-gp2") && !text("policies/rules.yaml").contains("aws-rds-gp2"))
        try expectValid()
        let checked = Said("check", "-C", path)
        #expect(checked.code == 0 && checked.output.contains("required tag 'Environment' is written as 'env' [*]"), "\(checked.output)")
        try repository.commit("the workspace")
        let plan = Said("plan", "-C", path, "--patch")
        #expect(plan.output.contains("+  type              = \"gp3\"") || plan.output.contains("gp3"), "\(plan.output)")
    }

    @Test("the same repository gives the same files")
    func deterministic() throws {
        try writeEstate()
        let files = ["bursar.yaml", "policies/tagging.yaml", "policies/rules.yaml", "teams/teams.yaml"]
        Said("init", "-C", path, "--quiet")
        let first = files.map(text)
        #expect(first.allSatisfy { !$0.isEmpty })
        for file in files { try FileManager.default.removeItem(atPath: path + "/" + file) }
        Said("init", "-C", path, "--quiet")
        #expect(files.map(text) == first)
    }

    @Test("a second run writes nothing, and shows what the workspace does not know")
    func again() throws {
        try writeEstate()
        Said("init", "-C", path, "--quiet")
        let before = text("bursar.yaml")
        try repository.write(instance("z", ""), to: "other/prod/main.tf")
        try repository.write(AgreedEstate.bill(), to: "billing/october.csv")
        let said = Said("init", "-C", path)
        #expect(said.code == 2 && said.output.isEmpty)
        #expect(said.error.contains("cost: [{name: billing, format: focus, paths: [\"billing/*.csv\"]}]"), "\(said.error)")
        #expect(said.error.contains("inventory: [{name: more, format: terraform, path: other/prod}]"))
        #expect(!said.error.contains("key: Team") && !said.error.contains("name: payments"))
        #expect(text("bursar.yaml") == before)
    }

    @Test("bills and states that lie about are switched on, also where Git ignores them")
    func observed() throws {
        try writeEstate()
        try repository.write("*.csv\n*.tfstate\n", to: ".gitignore")
        try repository.write(AgreedEstate.bill(), to: "billing/october.csv")
        try repository.write("a,b\n1,2\n", to: "notes/table.csv")
        try repository.write(AgreedEstate.state, to: "state/infra/payments/prod/terraform.tfstate")
        try repository.write("{", to: "infra/search/dev/terraform.tfstate")
        try repository.write(AgreedEstate.state, to: "infra/search/prod/.terraform/terraform.tfstate")
        #expect(Said("init", "-C", path).code == 0)
        let workspace = text("bursar.yaml")
        #expect(workspace.contains("paths: [\"billing/*.csv\"]") && !workspace.contains("cost: none"), "\(workspace)")
        #expect(workspace.contains("state: [\"state/{root}/terraform.tfstate\"]") && !workspace.contains("/.terraform/"))
        #expect(workspace.contains("# left out: infra/search/dev/terraform.tfstate"))
        try expectValid()
        #expect(Said("check", "-C", path).code == 0)
    }

    @Test("CODEOWNERS names teams, and people stay out of the files")
    func codeOwners() throws {
        try repository.write(instance("a", ""), to: "live/shop/main.tf")
        try repository.write(instance("b", ""), to: "live/data/main.tf")
        try repository.write(
            "# who owns what\n*  @ada ada@example.com\n/live/shop/ @acme/Shop-Team # the shop\n/live/data/ @ada @acme/data\n",
            to: ".github/CODEOWNERS")
        #expect(Said("init", "-C", path).code == 0)
        let teams = text("teams/teams.yaml")
        #expect(teams.contains("metadata: {name: shop-team}   # from CODEOWNERS\nspec:\n  contact: \"@acme/Shop-Team\"\n"), "\(teams)")
        #expect(teams.contains("    - paths: [\"live/shop/**\"]\n") && teams.contains("metadata: {name: data}"))
        #expect(!teams.contains("@ada") && !teams.contains("example.com"))
        // Nobody writes tags: the owner's name is what can be said of each resource.
        #expect(text("policies/tagging.yaml").contains("- key: team   # nobody writes it yet"))
        try expectValid()
    }

    @Test("names are data: whatever a folder, a key or a value is called, the files say it and nothing else")
    func hostile() throws {
        let names = ["a: b", "x\\n- kind: Budget", "{root}", "*", "'quoted\\\"", "${x}", "\u{202E}evil", "# no", "true", "~", "-"]
        for (index, name) in names.enumerated() {
            let key = name.replacing("${", with: "$${")
            try repository.write(
                instance("i\(index)", "  tags = {\n    \"\(key)\" = \"\(key)\"\n    env = \"p: {\"\n    \"team\" = \"\(key)\"\n  }\n"),
                to: "live/f\(index) [x]: {y} #z/prod/main.tf")
        }
        try repository.write(instance("n", ""), to: "live/line\nbreak: x/prod/main.tf")
        try repository.write("/live/ @acme/x:y\n/live/ \u{1B}[31m@a/b\n", to: "CODEOWNERS")
        let said = Said("init", "-C", path)
        #expect(said.code == 0, "\(said.error)")
        #expect(!said.error.contains("\u{1B}") && !said.error.contains("\u{202E}"))
        try expectValid()
        let counts = Said("validate", "-C", path).output
        #expect(!counts.contains("Budget"), "\(counts)")
        for file in ["bursar.yaml", "policies/tagging.yaml", "teams/teams.yaml"] {
            #expect(!text(file).contains("\u{202E}") && !text(file).contains("\u{1B}"))
        }
    }

    @Test("without tags and teams the repository's name is offered, so that the first plan has a patch")
    func untagged() throws {
        try repository.write(instance("a", "") + instance("b", ""), to: "main.tf")
        try repository.commit("code")
        #expect(Said("init", "-C", path).code == 0)
        #expect(text("policies/tagging.yaml").contains("- key: project"))
        #expect(!FileManager.default.fileExists(atPath: path + "/teams"))
        try expectValid()
        // The first plan needs no commit, and its patch fits. What is edited is not HEAD's, so then it does.
        let first = Said("plan", "-C", path, "--patch")
        #expect(first.output.contains("+    project =") && first.error.contains("bursar.yaml is not committed yet"), "\(first.error)")
        try repository.write(instance("a", "") + instance("c", ""), to: "main.tf")
        #expect(Said("plan", "-C", path).code == 2)
        try repository.commit("the workspace")
        let second = Said("plan", "-C", path, "--patch")
        #expect(second.output.contains("+    project =") && !second.error.contains("committed"))
    }

    @Test("the owner's name is offered only where most code has an owner")
    func fewOwned() throws {
        for name in ["payments/prod", "one", "two", "three"] { try repository.write(instance("a", ""), to: "infra/\(name)/main.tf") }
        try repository.commit("code")
        #expect(Said("init", "-C", path).code == 0)
        #expect(text("teams/teams.yaml").contains("payments"))
        #expect(text("policies/tagging.yaml").contains("- key: project") && !text("policies/tagging.yaml").contains("- key: team"))
        #expect(Said("plan", "-C", path, "--patch").output.contains("+    project ="))
    }

    @Test("the one value that everybody writes is offered, also where some of it is known only at apply")
    func oneValue() throws {
        let code = (0..<4).map { instance("a\($0)", "  tags = { org = \"acme\" }\n") }.joined()
        try repository.write(
            code + instance("b", "  tags = { org = var.org }\n") + instance("c", "") + "variable \"org\" {}\n", to: "main.tf")
        try repository.commit("code")
        #expect(Said("init", "-C", path).code == 0)
        #expect(text("policies/tagging.yaml").contains("      default: acme\n"))
        #expect(Said("plan", "-C", path, "--patch").output.contains("org = \"acme\""))
    }

    @Test("without Terraform and without a bill the explained starter is written")
    func nothing() throws {
        try repository.write("hello\n", to: "README.md")
        #expect(Said("init", "-C", path).code == 0)
        for file in StarterFile.all { #expect(text(file.path) == file.text, "\(file.path)") }
    }

    @Test("files of another tool in 'policies' are not taken for policies")
    func foreign() throws {
        try repository.write(instance("a", ""), to: "main.tf")
        try repository.write("apiVersion: v1\nkind: ConfigMap\n", to: "policies/config.yaml")
        #expect(Said("init", "-C", path).code == 0)
        #expect(text("bursar.yaml").contains("policies: [bursar/policies]"))
        #expect(text("bursar/policies/tagging.yaml").hasPrefix("# yaml-language-server: $schema=../../.bursar/schema.json\n"))
        try expectValid()
    }

    @Test("links are not followed, and submodules and .terraform are passed over")
    func outside() throws {
        let outside = TemporaryDirectory()
        try outside.write(instance("o", "  tags = { secret-key = \"x\" }\n"), to: "main.tf")
        try FileManager.default.createSymbolicLink(atPath: path + "/linked", withDestinationPath: outside.path)
        try repository.write(instance("a", ""), to: "infra/main.tf")
        try repository.write(instance("s", "  tags = { sub-key = \"x\" }\n"), to: "vendor/sub/main.tf")
        try repository.write("gitdir: ../../.git/modules/sub\n", to: "vendor/sub/.git")
        try repository.write(instance("t", "  tags = { cached-key = \"x\" }\n"), to: "infra/.terraform/modules/m/main.tf")
        let said = Said("init", "-C", path)
        #expect(said.code == 0 && said.error.contains("1 root module (infra), 1 resource"), "\(said.error)")
    }

    @Test("the rules that are proposed are those of the library")
    func rules() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let library = try ["aws/ebs", "aws/logs", "aws/databases", "azure/services", "google/compute"].map {
            try String(contentsOf: root.appending(path: "policies/library/\($0).yaml"), encoding: .utf8)
        }.joined()
        let lines = Set(library.split(separator: "\n"))
        for rule in ProposedRules.all {
            let own = rule.text.split(separator: "\n").filter { line in !["  description:"].contains { line.hasPrefix($0) } }
            #expect(own.count >= 8)
            for line in own { #expect(lines.contains(line), "\(line)") }
        }
    }
}
