import CostModel
import Observation
import Reconciliation
import TestSupport
import Testing

/// Tags of deployed resources that Terraform will not change: what is deployed counts, not what the code says.
@Suite("tags that Terraform leaves as they are deployed")
struct IgnoredTagTests {
    private func evaluate(_ code: String, tags: String, sensitive: String = "[]") throws -> EvaluatedWorkspace {
        let estate = try SmallEstate()
        try estate.repository.write(code, to: "infra/app/main.tf")
        try estate.repository.write(
            SmallEstate.state().replacing("\"id\": \"jobs\",", with: "\"id\": \"jobs\", \(tags), ")
                .replacing("{\"schema_version\"", with: "{\"sensitive_attributes\": \(sensitive), \"schema_version\""),
            to: "observed/state/infra/app/terraform.tfstate")
        try estate.repository.commit()
        return try estate.evaluate(.revision("HEAD"))
    }

    private func queue(_ ignored: String, tags: String = "team = \"payments\", cost-center = \"CC-1010\"", more: String = "") -> String {
        more + "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n  tags = { \(tags) }\n"
            + (ignored.isEmpty ? "" : "  lifecycle {\n    ignore_changes = \(ignored)\n  }\n") + "}\n"
    }

    private func results(_ evaluated: EvaluatedWorkspace) -> [String] {
        evaluated.evaluation.findings.filter { $0.resource != nil }.map { "\($0.subject ?? "") \($0.verdict.rawValue)" }.sorted()
    }

    private static let none = "\"tags\": {}, \"tags_all\": {}"
    private static let ignoringProvider = "provider \"aws\" {\n  ignore_tags {\n    keys = [\"cost-center\"]\n  }\n}\n"

    @Test(
        "are missing though the code has them, and that is advice",
        arguments: ["all", "[tags]", "[\"tags\"]", "[tags[\"cost-center\"], tags[\"team\"]]"])
    func missing(ignored: String) throws {
        let evaluated = try evaluate(queue(ignored), tags: Self.none)
        #expect(results(evaluated) == ["cost-center fail", "team fail"])
        let changes = try evaluated.plan().changes
        #expect(changes.allSatisfy { $0.applicability == .advisory && $0.reason?.contains("Terraform ignores changes") == true })
        #expect(evaluated.fixable().isEmpty)
    }

    @Test("pass where the state has them, though the code has not, and a value in the state counts before one in the code")
    func deployed() throws {
        let all = "\"tags\": {\"team\": \"payments\"}, \"tags_all\": {\"team\": \"payments\", \"cost-center\": \"CC-2020\"}"
        #expect(results(try evaluate(queue("all", tags: ""), tags: all)) == ["cost-center pass", "team pass"])
        #expect(results(try evaluate(queue("[tags[\"team\"]]", tags: "team = \"wrong\""), tags: all)) == ["cost-center fail", "team pass"])
        let wrong = "\"tags\": {\"cost-center\": \"none\"}"
        #expect(results(try evaluate(queue("all"), tags: wrong)) == ["cost-center fail", "team fail"])
    }

    @Test("of a key are judged alone: the others are fixed")
    func oneKey() throws {
        let evaluated = try evaluate(queue("[tags[\"cost-center\"]]", tags: ""), tags: Self.none)
        let changes = try evaluated.plan().changes
        #expect(changes.filter { $0.applicability != .advisory }.map(\.title) == ["set team = \"payments\" on aws_sqs_queue.jobs"])
    }

    @Test("are those of a provider with ignore_tags, also in a module that is passed the provider")
    func provider() throws {
        let evaluated = try evaluate(queue("", more: Self.ignoringProvider), tags: Self.none)
        #expect(results(evaluated) == ["cost-center fail", "team pass"])
        #expect(evaluated.fixable().isEmpty)
        for (alias, passed) in [("", "aws"), ("\n  alias = \"west\"", "aws.west")] {
            let root =
                Self.ignoringProvider.replacing("\"aws\" {", with: "\"aws\" {\(alias)")
                + "module \"queues\" {\n  source = \"./queues\"\n  providers = { aws = \(passed) }\n}\n"
            let inside = try evaluateModule(root, "provider \"aws\" {}\n" + queue(""))
            #expect(results(inside) == ["cost-center fail", "team pass"])
            #expect(inside.fixable().isEmpty)
        }
    }

    private func evaluateModule(_ root: String, _ module: String) throws -> EvaluatedWorkspace {
        let estate = try SmallEstate()
        try estate.repository.write(root, to: "infra/app/main.tf")
        try estate.repository.write(module, to: "infra/app/queues/main.tf")
        try estate.repository.write(
            SmallEstate.state().replacing("\"id\": \"jobs\",", with: "\"id\": \"jobs\", \(Self.none), ")
                .replacing("\"mode\": \"managed\"", with: "\"module\": \"module.queues\", \"mode\": \"managed\""),
            to: "observed/state/infra/app/terraform.tfstate")
        try estate.repository.commit()
        return try estate.evaluate(.revision("HEAD"))
    }

    @Test("are unknown where the state does not say, or may not be shown")
    func unknown() throws {
        #expect(results(try evaluate(queue("all"), tags: "\"name\": \"jobs\"")) == ["cost-center unknown", "team unknown"])
        let secret = "[[{\"type\": \"get_attr\", \"value\": \"tags_all\"}]]"
        #expect(results(try evaluate(queue("all"), tags: Self.none, sensitive: secret)) == ["cost-center unknown", "team unknown"])
    }

    @Test("do not hide default tags, which Terraform changes all the same")
    func defaults() throws {
        let provider = "provider \"aws\" {\n  default_tags {\n    tags = { team = \"payments\" }\n  }\n}\n"
        let code = queue("[tags]", tags: "", more: provider)
        #expect(results(try evaluate(code, tags: "\"tags_all\": {\"team\": \"payments\"}")) == ["cost-center fail", "team pass"])
        #expect(results(try evaluate(code, tags: "\"tags_all\": {\"team\": \"search\"}")) == ["cost-center fail", "team unknown"])
    }

    @Test("are the code's where nothing is deployed yet, or nothing is ignored")
    func code() throws {
        #expect(results(try evaluate(queue(""), tags: Self.none)) == ["cost-center pass", "team pass"])
        #expect(results(try evaluate(queue("[name]"), tags: Self.none)) == ["cost-center pass", "team pass"])
    }
}
