import Diagnostics
import Testing

@testable import HCL

@Suite("the corpus of real Terraform files", .enabled(if: Corpus.isPresent))
struct CorpusTests {
    /// What `terraform fmt` refuses as well.
    static let refused: Set<String> = [
        "bridgecrewio+checkov/tests/terraform/parser/resources/parser_scenarios/bad_tf_nested_modules_enable/skip_bad_tf_example.tf",
        "bridgecrewio+checkov/tests/terraform/runner/resources/example/invalid.tf",
        "bridgecrewio+checkov/tests/terraform/runner/resources/invalid_terraform_syntax/bad_tf_1.tf",
        "bridgecrewio+yor/tests/terraform/malformed_file_in_dir/malformed.tf",
        "bridgecrewio+yor/tests/terraform/resources/collision/main.tf",
        "hashicorp+terraform-guides/infrastructure-as-code/hashistack/best-practices/terraform-aws/outputs.tf",
        "hashicorp+terraform-guides/self-serve-infrastructure/getting-started/terraform-gcp/main.tf",
        "hashicorp+terraform-guides/self-serve-infrastructure/k8s-services-openshift/main.tf",
        "hashicorp+terraform-guides/self-serve-infrastructure/k8s-services/main.tf",
        "infracost+infracost/cmd/infracost/testdata/diff_with_compare_to_with_current_and_past_project_error/dev/mod_with_error.tf",
    ]

    @Test("every file parses that terraform fmt accepts, and no other")
    func parses() {
        for file in Corpus.files() {
            let diagnostics = Parser.parse(file).diagnostics
            let text = CaretPrinter().render(diagnostics)
            #expect(diagnostics.isEmpty == !Self.refused.contains(file.path), "\(text)")
        }
    }

    @Test("ranges of children lie inside their parents', and an expression's own text parses to the same tree")
    func ranges() throws {
        for source in Corpus.files() where !Self.refused.contains(source.path) {
            let body = Parser.parse(source).file.body
            for (value, limit) in values(body) {
                #expect(limit.contains(value.range))
                #expect(areNested(value), "\(source.path)")
                guard source.line(at: value.range.lowerBound) % 4 == 0 else { continue }
                // A heredoc's last line needs its ending.
                let text = SourceFile(path: source.path, text: source.text(value.range) + "\n")
                let (again, diagnostics) = Parser.parseExpression(text)
                #expect(diagnostics.isEmpty)
                #expect(again.map(Dump.expression) == Dump.expression(value))
            }
        }
    }

    @Test("an inserted item is all that changes in the tree, and white space all that changes beside it")
    func insertion() throws {
        var count = 0
        for source in Corpus.files() where !Self.refused.contains(source.path) {
            let file = Parser.parse(source).file
            for object in ObjectLiterals(file.body).all where object.range.lowerBound % 11 == 0 {
                count += 1
                var editor = HCLEditor(file)
                editor.insert([("bursar-test", "\"x\"")], into: object)
                let edits = try #require(editor.edits())
                #expect(edits.allSatisfy { source.bytes[$0.range].allSatisfy { $0 <= 0x20 } })
                let bytes = try #require(edits.applied(to: source.bytes))
                let edited = Parser.parse(SourceFile(path: source.path, bytes: bytes))
                #expect(edited.diagnostics.isEmpty)
                #expect(Dump.body(edited.file.body).replacing(#/(, )?"?bursar-test"?: "x"/#, with: "") == Dump.body(file.body))
            }
        }
        #expect(count > 300)
    }

    private func values(_ body: Body) -> [(Expression, Range<Int>)] {
        body.attributes.map { ($0.value, body.range) } + body.blocks.flatMap { values($0.body) }
    }

    private func areNested(_ expression: Expression) -> Bool {
        expression.children.allSatisfy { child in
            expression.range.contains(child.range) && areNested(child)
        }
    }
}
