import CostModel
import Observation
import Reconciliation
import TestSupport
import Testing

@Suite("modules whose code is not in the tree")
struct UnseenModuleTests {
    private static let source = "git::https://git.example.com/modules.git//batch?ref=v2"
    private static let call = module("batch", source)
    private static let blocking = SmallEstate.tagging.replacing("spec:\n", with: "spec:\n  blockUnknown: true\n")

    private static func module(_ name: String, _ source: String, _ more: String = "") -> String {
        "module \"\(name)\" {\n  source = \"\(source)\"\n\(more)}\n"
    }

    /// - Parameter base: more files where the change begins.
    private func estate(_ policy: String = blocking, base: [String: String] = [:]) throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(policy, to: "policies/tags.yaml")
        for (path, text) in base { try estate.repository.write(text, to: path) }
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    private func check(_ estate: SmallEstate, _ files: [String: String]) throws -> ChangeCheck.Outcome {
        for (path, text) in files { try estate.repository.write(text, to: path) }
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "base")
    }

    @Test(
        "a new call fails under a policy that lets new unknowns fail, whatever it is fetched by",
        arguments: [
            source, "terraform-aws-modules/ec2-instance/aws", "https://example.com/batch.zip", "s3::https://s3.amazonaws.com/b/batch.zip",
            "git@example.com:modules.git", "github.com/example/batch", "/opt/modules/batch", "hg::http://example.com/batch",
        ])
    func new(source: String) throws {
        let outcome = try check(try estate(), ["infra/app/batch.tf": Self.module("batch", source)])
        let change = try #require(outcome.comparison.findings.first)
        #expect(change.change == .new && change.finding.verdict == .unknown && change.finding.rule == "unseen-code")
        #expect(change.finding.message.contains("module.batch") && change.finding.message.contains(source))
        #expect(change.finding.location?.file == "infra/app/batch.tf" && change.finding.team == "payments")
        #expect(change.details.contains { $0.contains("infra/app:module.batch") })
        #expect(outcome.deciding.contains { $0.blocks })
    }

    private static let base = ["infra/app/batch.tf": module("batch", source, "  count = 2\n  size  = 1\n")]

    @Test(
        "a call that the base has fails where it may create more",
        arguments: [
            module("batch", source.replacing("v2", with: "v3"), "  count = 2\n"),
            module("batch", source.replacing("modules.git", with: "others.git"), "  count = 2\n"),
            module("batch", source, "  count = 3\n"),
            module("batch", source, "  for_each = toset([\"a\", \"b\", \"c\"])\n"),
            "variable \"n\" {\n  type = number\n}\n" + module("batch", source, "  count = var.n\n"),
            module("batch", source, "  count   = 2\n  version = \"1.0.0\"\n"),
            module("batch", source, "  count = 2\n") + module("other", source),
            "locals {\n  v = \"v3\"\n}\n" + module("batch", source.replacing("v2", with: "${local.v}"), "  count = 2\n"),
        ])
    func more(code: String) throws {
        let outcome = try check(try estate(base: Self.base), ["infra/app/batch.tf": code])
        #expect(outcome.deciding.count { $0.blocks && $0.rule == "unseen-code" } == 1)
    }

    @Test(
        "a call that the base has is nothing new",
        arguments: [
            module("batch", source, "  count = 2\n  size  = 1\n"), module("batch", source, "  count = 1\n  size  = 9\n"),
            module("batch", source, "  count = 0\n"), module("renamed", source, "  count = 2\n"), "# nothing\n",
            module("batch", source, "  for_each = toset([\"a\", \"b\"])\n"), "# above\n\n" + module("batch", source, "  count = 1 + 1\n"),
        ])
    func known(code: String) throws {
        let outcome = try check(try estate(base: Self.base), ["infra/app/batch.tf": code])
        #expect(!outcome.deciding.contains { $0.blocks })
        #expect(!outcome.comparison.findings.contains { $0.finding.rule == "unseen-code" })
    }

    @Test("code of the tree that a remote module takes the place of is no longer seen")
    func replaced() throws {
        let local = [
            "modules/batch/main.tf": SmallEstate.queue, "infra/app/batch.tf": Self.module("batch", "../../modules/batch"),
        ]
        let outcome = try check(try estate(base: local), ["infra/app/batch.tf": Self.call])
        #expect(outcome.deciding.contains { $0.blocks && $0.rule == "unseen-code" })
    }

    @Test("a call counts wherever it stands: in JSON, in a module of the tree, in a new root, in an override file, in one of OpenTofu's")
    func places() throws {
        let files: [[String: String]] = [
            ["infra/app/batch.tf.json": "{\"module\": {\"batch\": {\"source\": \"\(Self.source)\"}}}"],
            ["modules/m/main.tf": Self.call, "infra/app/m.tf": Self.module("m", "../../modules/m")],
            ["infra/new/main.tf": Self.call],
            ["infra/app/x_override.tf": Self.module("inner", Self.source)],
            ["infra/app/batch.tofu": Self.call],
            ["infra/app/main.tofu": SmallEstate.queue, "infra/app/main.tf": SmallEstate.queue + Self.call],
        ]
        let base = [
            "infra/app/inner.tf": Self.module("inner", "../../modules/inner"), "modules/inner/main.tf": "locals {\n  a = 1\n}\n",
        ]
        for change in files {
            let outcome = try check(try estate(base: base), change)
            #expect(outcome.deciding.contains { $0.blocks && $0.rule == "unseen-code" }, "\(change.keys.sorted())")
        }
    }

    @Test("nothing is said where no policy lets new unknowns fail, where it cannot cover the call, and where only a tree is looked at")
    func silent() throws {
        for policy in [
            SmallEstate.tagging, Self.blocking.replacing("enforcement: block", with: "enforcement: warn"),
            Self.blocking.replacing("types: [\"aws_*\"]", with: "types: [\"aws_*\"], paths: [\"other/**\"]"),
        ] {
            let outcome = try check(try estate(policy), ["infra/app/batch.tf": Self.call])
            #expect(!outcome.comparison.findings.contains { $0.finding.rule == "unseen-code" })
            #expect(!outcome.deciding.contains { $0.blocks })
        }
        let estate = try estate(base: ["infra/app/batch.tf": Self.call])
        #expect(try !estate.evaluate().evaluation.findings.contains { $0.rule == "unseen-code" })
    }

    @Test("a guardrail does not know what such a module costs")
    func guardrail() throws {
        let guardrail = """
            ---
            kind: Guardrail
            metadata: {name: new-cost}
            spec:
              enforcement: block
              blockUnknown: true
              scope: {team: payments}
              increase: {above: 500 USD}

            """
        let outcome = try check(try estate(SmallEstate.tagging + guardrail), ["infra/app/batch.tf": Self.call])
        #expect(outcome.deciding.contains { $0.blocks && $0.policy.name == "new-cost" && $0.rule == "unseen-code" })
    }

    private static let exemption = """
        kind: Exemption
        metadata: {name: batch}
        spec:
          policies: [cost-allocation]
          resources: ["infra/app:module.batch"]
          reason: its tags were looked at
          approvedBy: ada
          expires: 2026-12-01

        """

    @Test("an exemption that the base has lets it pass, and one that the change brings does not")
    func exempt() throws {
        let agreed = try check(
            try estate(base: ["policies/exemptions.yaml": Self.exemption]), ["infra/app/batch.tf": Self.call])
        #expect(!agreed.deciding.contains { $0.blocks })
        let brought = try check(try estate(), ["infra/app/batch.tf": Self.call, "policies/exemptions.yaml": Self.exemption])
        #expect(brought.deciding.contains { $0.blocks && $0.rule == "unseen-code" })
    }

    @Test("a change that takes the policy away, weakens it or changes the currency is judged by the base's")
    func weakened() throws {
        let changes: [[String: String]] = [
            ["policies/tags.yaml": "# none\n"], ["policies/tags.yaml": SmallEstate.tagging],
            ["bursar.yaml": SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR")],
        ]
        for change in changes {
            let outcome = try check(try estate(), change.merging(["infra/app/batch.tf": Self.call]) { $1 })
            #expect(outcome.deciding.contains { $0.blocks && $0.rule == "unseen-code" }, "\(change.keys.sorted())")
        }
    }

    @Test(
        "a change that looks elsewhere from now on, and in another currency, is judged where the base looks",
        arguments: ["docs", "infra/net", "infra/app/inner", "modules", "modules/m"])
    func elsewhere(folder: String) throws {
        let base = ["infra/net", "modules/m", "docs", "infra/app/inner"].map { ("\($0)/main.tf", SmallEstate.queue) }
        let workspace = SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR").replacing(
            "path: infra,", with: "path: \(folder),")
        let outcome = try check(
            try estate(base: Dictionary(uniqueKeysWithValues: base)), ["infra/app/batch.tf": Self.call, "bursar.yaml": workspace])
        #expect(outcome.deciding.contains { $0.blocks && $0.rule == "unseen-code" })
    }
}
