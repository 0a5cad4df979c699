import Diagnostics
import Testing

@testable import Observation

@Suite("what was read of Terraform")
struct TerraformMemoryTests {
    @Test("is let go of, modules and all: a process that reads again and again does not grow")
    func letsGo() throws {
        let texts = [
            "app/main.tf": """
            module "queues" {
              source   = "../queues"
              for_each = toset(["a", "b"])
              name     = each.key
            }
            resource "aws_sqs_queue" "all" {
              count = 2
              name  = "${module.queues["a"].name}-${count.index}"
            }

            """,
            "queues/main.tf": """
            variable "name" {}
            resource "aws_sqs_queue" "one" { name = var.name }
            output "name" { value = aws_sqs_queue.one.name }

            """,
        ]
        let graph = ModuleGraph(TerraformCode(files: texts.map { SourceFile(path: $0.key, text: $0.value) }))
        weak var context: RootContext?
        do {
            let made = RootContext(root: "app") { graph.modules[$0] }
            context = made
            var reader = RootReader(folder: "app", context: made, options: .init())
            reader.read(try #require(graph.modules["app"]))
            #expect(reader.contents.resources.count == 4)
        }
        #expect(context == nil)
    }
}
