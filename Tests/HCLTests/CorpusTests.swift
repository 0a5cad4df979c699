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
}
