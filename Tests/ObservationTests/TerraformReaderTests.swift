import CostModel
import Diagnostics
import Observation
import Testing

@Suite struct TerraformReaderTests {
    @Test("a tag behind a local, a variable and merge is known, with the place that sets it")
    func references() {
        let inventory = read([
            "app/main.tf": """
            variable "team" {
              default = "payments"
            }
            locals {
              common = { team = var.team }
            }
            resource "aws_instance" "web" {
              tags = merge(local.common, { Name = "web" })
            }
            """
        ])
        #expect(inventory.problems.isEmpty)
        let tag = inventory.resources.first?.tags.tags["team"]
        #expect(tag?.value == "payments")
        #expect(tag?.from == Place(file: "app/main.tf", line: 5, column: 14))
        #expect(tag?.literal != nil)
    }
}

func read(_ files: [String: String], options: TerraformReader.Options = .init()) -> TerraformInventory {
    TerraformReader(options: options).read(TerraformCode(files: files.map { SourceFile(path: $0.key, text: $0.value) }))
}
