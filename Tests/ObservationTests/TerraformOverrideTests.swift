import CostModel
import Diagnostics
import Testing

@testable import Observation

@Suite("override files")
struct TerraformOverrideTests {
    private static let base = """
        resource "aws_instance" "i" {
          instance_type = "t3.small"
          tags          = { from = "base" }
          root_block_device {
            volume_size = 1
          }
          lifecycle {
            ignore_changes        = [ami]
            create_before_destroy = true
          }
        }
        """

    @Test("they apply in the order of their names' bytes, of either syntax, behind all others")
    func order() {
        let fixture = TerraformFixture([
            "app/z.tf": Self.base,
            "app/a_override.tf": "resource \"aws_instance\" \"i\" {\n  instance_type = \"a\"\n  tags = { from = \"a\" }\n}\n",
            "app/b_override.tf.json": #"{"resource": {"aws_instance": {"i": {"tags": {"from": "b"}}}}}"#,
            "app/override.tf": "resource \"aws_instance\" \"i\" {\n  instance_type = \"override\"\n}\n",
            // 'É' as bytes stands behind every ASCII letter.
            "app/\u{C9}_override.tf": "resource \"aws_instance\" \"i\" {\n  instance_type = \"last\"\n}\n",
        ])
        #expect(fixture["aws_instance.i"]?.size?.value == "last")
        #expect(fixture.tags("aws_instance.i") == ["from": "b"])
        #expect(fixture.problems == [])
    }

    @Test("by bytes a letter with a combining mark stands where its first byte stands")
    func decomposed() {
        let text = { (size: String) in "resource \"aws_instance\" \"i\" {\n  instance_type = \"\(size)\"\n}\n" }
        let fixture = TerraformFixture([
            "app/z.tf": Self.base, "app/e\u{301}_override.tf": text("decomposed"), "app/f_override.tf": text("f"),
        ])
        #expect(fixture["aws_instance.i"]?.size?.value == "f")
    }

    @Test("blocks stand for all of their type, dynamic or not; lifecycle is merged by argument")
    func blocks() {
        func read(_ override: String) -> TerraformFixture {
            TerraformFixture(
                ["app/main.tf": Self.base, "app/override.tf": "resource \"aws_instance\" \"i\" {\n\(override)\n}\n"],
                options: .init(readsAttributes: true))
        }
        let dynamic = read("dynamic \"root_block_device\" {\n  for_each = []\n  content {}\n}")["aws_instance.i"]
        let made = dynamic?.attributes["root_block_device"]?.unknownReason
        #expect(made?.contains("made by a dynamic block") == true)
        let kept = read("lifecycle {\n  prevent_destroy = true\n}")["aws_instance.i"]
        #expect(kept?.ignoredChanges.arguments == ["ami"])
        let replaced = read("lifecycle {\n  ignore_changes = [user_data]\n}")["aws_instance.i"]
        #expect(replaced?.ignoredChanges.arguments == ["user_data"])
        let all = read("lifecycle {\n  ignore_changes = all\n}")["aws_instance.i"]
        #expect(all?.ignoredChanges.all == true)
    }

    @Test("locals, variables and outputs are replaced one by one, in JSON too")
    func names() {
        let fixture = TerraformFixture([
            "app/main.tf":
                "variable \"v\" {\n  default = \"a\"\n}\nlocals {\n  x = \"a\"\n  y = \"a\"\n}\nresource \"aws_sqs_queue\" \"q\" {\n  tags = { v = var.v, x = local.x, y = local.y }\n}\n",
            "app/x_override.tf.json": #"{"variable": {"v": {"default": "b"}}, "locals": {"y": "b"}}"#,
        ])
        #expect(fixture.tags("aws_sqs_queue.q") == ["v": "b", "x": "a", "y": "b"])
    }
}
