import CostModel
import Diagnostics
import Evaluation
import Remediation
import TestSupport
import Testing

@testable import Observation
@testable import Reconciliation

/// A format that the product does not know goes the whole way: nothing between the registries and the patch asks what code is written in.
@Suite("a second inventory format")
struct SecondFormatTests {
    private static let sections = "[aws_sqs_queue.jobs]\nname = jobs\ntag.team = payments\n\n[aws_sqs_queue.mails]\nname = mails\n"

    /// The small estate, its queue written in sections in place of Terraform.
    private func estate(_ text: String = sections) throws -> SmallEstate {
        let estate = try SmallEstate(committing: false)
        try estate.repository.write(
            SmallEstate.workspace().replacing(", state: [\"observed/state/{root}/terraform.tfstate\"]", with: ""), to: "bursar.yaml")
        try estate.repository.write("", to: "infra/app/main.tf")
        try estate.repository.write(text, to: "infra/app/main.sections")
        try estate.repository.commit("the estate")
        return estate
    }

    private func evaluate(_ estate: SmallEstate) throws -> EvaluatedWorkspace {
        let input = ObservedInput(try estate.open(.revision("HEAD")), now: SmallEstate.now, registry: { _ in SectionEstate.self })
        return EvaluatedWorkspace(judging: input)
    }

    private func plan(_ evaluated: EvaluatedWorkspace) throws -> Plan {
        try Planner(evaluated: evaluated, open: { file, _ in SectionEditor(file) }).plan()
    }

    @Test("is observed, judged, fixed and proved like the first, and its patch is committed")
    func wholeWay() throws {
        let estate = try estate()
        let evaluated = try evaluate(estate)
        #expect(!evaluated.observed.isPartial)
        #expect(evaluated.observed.resources.map(\.identity.address) == ["aws_sqs_queue.jobs", "aws_sqs_queue.mails"])
        let failing = evaluated.evaluation.findings.filter { $0.verdict == .fail }
        #expect(
            failing.map { "\($0.resource?.identity.address ?? "") \($0.subject ?? "")" }.sorted() == [
                "aws_sqs_queue.jobs cost-center", "aws_sqs_queue.mails cost-center", "aws_sqs_queue.mails team",
            ])

        let plan = try plan(evaluated)
        #expect(plan.changes.map(\.applicability) == [.automatic, .automatic])
        #expect(plan.files.map(\.path) == ["infra/app/main.sections"])
        #expect(
            plan.patch.split(separator: "\n").filter { $0.hasPrefix("+") || $0.hasPrefix("-") } == [
                "--- a/infra/app/main.sections", "+++ b/infra/app/main.sections", "+tag.cost-center = CC-1010",
                "+tag.cost-center = CC-1010", "+tag.team = payments",
            ])
        let outcome = try estate.apply(plan)
        let written = try estate.repository.git(["show", "\(outcome.commit):infra/app/main.sections"])
        #expect(
            written == """
                [aws_sqs_queue.jobs]
                name = jobs
                tag.team = payments
                tag.cost-center = CC-1010

                [aws_sqs_queue.mails]
                name = mails
                tag.cost-center = CC-1010
                tag.team = payments
                """)

        try estate.repository.git(["checkout", "--quiet", outcome.branch])
        #expect(try self.plan(self.evaluate(estate)).changes.isEmpty)
    }

    @Test("is partial where its code cannot be read, or is not there")
    func partial() throws {
        let torn = try evaluate(try estate(Self.sections + "oops\n"))
        #expect(torn.observed.problems.filter { $0.severity == .partial }.map(\.id) == ["bad-section"])
        let terraform = try SmallEstate()
        let input = ObservedInput(try terraform.open(), now: SmallEstate.now, registry: { _ in SectionEstate.self })
        let problems = input.observed.problems.filter { $0.severity == .partial }
        #expect(problems.map(\.message) == ["there is no section file in 'infra'"])
    }
}

@Suite("a workspace of several formats")
struct SeveralFormatsTests {
    private static let files = [
        SourceFile(path: "infra/main.tf", text: "resource \"aws_sqs_queue\" \"a\" {\n  tags = {}\n}\n"),
        SourceFile(path: "legacy/b.sections", text: "[aws_sqs_queue.b]\nname = b\n"),
    ]

    private static func source(_ path: String) -> InventorySource {
        InventorySource(name: path, place: Place(file: "bursar.yaml", line: 1), format: .terraform, path: path)
    }

    private static func input(_ files: [SourceFile], _ path: String) -> EstateInput {
        EstateInput(files: files, sources: [source(path)], readsAttributes: false) { sources, roots in
            StateFiles(sources: sources, directory: "", roots: roots)
        }
    }

    private static func estate(_ legacy: String = "legacy") -> WorkspaceEstate {
        let held = files.filter { SectionEstate.reads($0.path, for: [source(legacy)]) }
        return WorkspaceEstate([
            .init(format: .terraform, sources: [source("infra")], estate: TerraformEstate(input([files[0]], "infra"), like: nil)),
            .init(format: .terraform, sources: [source(legacy)], estate: SectionEstate(input(held, legacy), like: nil)),
        ])
    }

    @Test("has the resources, problems and files of all")
    func joined() {
        let estate = Self.estate()
        #expect(estate.resources.map(\.identity.description) == ["infra:aws_sqs_queue.a", "legacy:aws_sqs_queue.b"])
        #expect(estate.problems.isEmpty && estate.missingCode.isEmpty)
        #expect(Self.files.allSatisfy { estate.file($0.path)?.source.bytes == $0.bytes })
        #expect(estate.file("other") == nil)
        #expect(Self.estate("nowhere").missingCode.map(\.reason) == ["there is no section file in 'nowhere'"])
    }

    @Test("hands an edited file to its own format, and keeps the others as they are")
    func replacing() {
        let estate = Self.estate()
        let torn = estate.replacing(["legacy/b.sections": Array("oops\n".utf8)])
        #expect(torn.resources.map(\.identity.root) == ["infra"])
        #expect(torn.problems.map(\.id) == ["bad-section"])
        let edited = estate.replacing([
            "infra/main.tf": Array("resource \"aws_sqs_queue\" \"a\" {\n  tags = { team = \"x\" }\n}\n".utf8),
            "legacy/b.sections": Array("[aws_sqs_queue.b]\ntag.team = y\n".utf8),
        ])
        #expect(edited.resources.map { $0.tags.tags["team"]?.value } == ["x", "y"])
    }

    @Test("is planned as one, each file by its own editor")
    func planned() throws {
        let header = PolicyHeader(
            reference: PolicyReference(.tagging, "tags"), place: Place(file: "p.yaml", line: 1), level: 1, fix: .automatic)
        let policies = PolicySet(
            workspace: Workspace(
                name: "w", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: .zero(.usd))),
            policies: [
                TaggingPolicy(
                    header: header, match: ResourceMatch(),
                    requires: [RequiredTag(key: "team", place: header.place, defaultValue: .literal("payments"))])
            ])
        func judged(_ estate: WorkspaceEstate) -> JudgedTree? {
            guard estate.problems.isEmpty else { return nil }
            let state = ObservedState(
                resources: estate.resources, cost: CostTable(currency: .usd), utilization: UtilizationTable(), catalog: .builtIn)
            return JudgedTree(
                resources: estate.resources,
                findings: PolicyEvaluator.evaluate(policies: policies, state: state, now: SmallEstate.now).findings,
                readers: estate.readers)
        }
        let estate = Self.estate()
        let sources = SourceLibrary { path in
            estate.file(path).flatMap {
                path.hasSuffix(SectionFile.suffix) ? SectionEditor($0.source) : Editors.open($0.source, of: $0.format)
            }
        }
        let remediator = Remediator(
            before: try #require(judged(estate)), policies: policies, sources: sources, judge: { judged(estate.replacing($0)) })
        var edits = TreeEdits()
        for proposal in remediator.propose() { edits.add(proposal.edits, to: try #require(proposal.file)) }
        let files = try edits.made { estate.file($0)?.source.bytes }
        #expect(
            files.map { String(decoding: $0.new, as: UTF8.self) } == [
                "resource \"aws_sqs_queue\" \"a\" {\n  tags = {\n    team = \"payments\"\n  }\n}\n",
                "[aws_sqs_queue.b]\nname = b\ntag.team = payments\n",
            ])
    }
}
