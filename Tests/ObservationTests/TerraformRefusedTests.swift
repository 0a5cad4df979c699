import Testing

/// Code that Terraform refuses can be mended later, and may say something else then: what it seems to say counts for nothing.
@Suite("code that Terraform refuses")
struct TerraformRefusedTests {
    private static let good = "{ team = \"payments\" }"

    private static func resource(_ more: String) -> String { "resource \"aws_sqs_queue\" \"x\" {\n  \(more)\n}\n" }

    @Test(
        "is missing, with its file and line, where nothing would read it",
        arguments: [
            (
                "resource \"aws_sqs_queue\" {\n}\n",
                "1:1 misplaced-code: a block 'resource' has 2 labels, and this one has 1: nothing reads it"
            ),
            (
                "\nresource \"aws_sqs_queue\" \"x\" \"y\" {\n}\n",
                "2:1 misplaced-code: a block 'resource' has 2 labels, and this one has 3: nothing reads it"
            ),
            ("module {\n}\n", "1:1 misplaced-code: a block 'module' has one label, and this one has 0: nothing reads it"),
            (
                "resorce \"aws_sqs_queue\" \"x\" {\n}\n",
                "1:1 misplaced-code: Terraform has no blocks 'resorce', and nothing reads them; did you mean 'resource'?"
            ),
            (
                "locals {\n  resource \"aws_sqs_queue\" \"x\" {\n  }\n}\n",
                "2:3 misplaced-code: a block 'resource' has no place in a block 'locals': nothing reads it"
            ),
            (
                "terraform {\n  module \"x\" {\n  }\n}\n",
                "2:3 misplaced-code: a block 'module' has no place in a block 'terraform': nothing reads it"
            ),
            (
                "provider \"aws\" {\n  alias = var.a\n}\n",
                "2:3 misplaced-code: a provider's alias is a plain text, and this one is computed: Terraform refuses it"
            ),
            ("provider \"aws\" {\n  count = 0\n}\n", "1:1 misplaced-code: a provider has no 'count': Terraform refuses it"),
            ("count = 0\n", "1:1 misplaced-code: 'count' stands outside of any block: nothing reads it"),
            (
                resource("count = 0\n  for_each = { a = 1 }"),
                "1:1 misplaced-code: a block has 'count' or 'for_each', and this one has both: Terraform refuses it"
            ),
        ])
    func misplaced(code: String, problem: String) {
        #expect(TerraformFixture(code).problems == ["partial app/main.tf:\(problem)"])
    }

    @Test("a variable file with a block is missing, too")
    func variableFile() {
        let fixture = TerraformFixture(["app/main.tf": "variable \"n\" {\n}\n", "app/a.auto.tfvars": "n {\n}\n"])
        #expect(
            fixture.problems == [
                "partial app/a.auto.tfvars:1:1 misplaced-code: a variable file has no blocks, and this one has 'n': Terraform refuses it"
            ])
    }

    @Test("all that Terraform has stands in its place")
    func wellPlaced() {
        let fixture = TerraformFixture(
            """
            terraform {
              required_version = "> 1"
              backend "s3" {}
              cloud {
                workspaces {}
              }
              required_providers {
                aws = {}
              }
              provider_meta "aws" {}
            }
            provider "aws" {
              default_tags {}
            }
            check "c" {
              data "http" "x" {}
              assert {
                condition     = true
                error_message = "no"
              }
            }
            variable "v" {
              validation {
                condition     = true
                error_message = "no"
              }
            }
            output "o" {
              value = 1
              precondition {
                condition     = true
                error_message = "no"
              }
            }
            import {
              to = aws_sqs_queue.x
              id = "x"
            }
            removed {
              from = aws_sqs_queue.y
              lifecycle {
                destroy = false
              }
            }
            moved {
              from = aws_sqs_queue.z
              to   = aws_sqs_queue.x
            }
            ephemeral "aws_secret" "e" {}
            action "aws_lambda_invoke" "a" {
              config {}
            }
            resource "aws_sqs_queue" "x" {
              provisioner "local-exec" {}
              module {}
            }
            """)
        #expect(fixture.problems == [])
    }

    @Test(
        "tells nothing of tags by a name that nothing declares, also where the value is not needed",
        arguments: [
            "try(var.nope, \(good))", "try(\(good), var.nope)", "can(local.nope) ? {} : \(good)", "true ? \(good) : module.nope.tags",
            "false && var.nope ? {} : \(good)", "true || aws_sqs_queue.nope.enabled ? \(good) : {}",
            "try(aws_sqs_queue.nope.tags, \(good))",
            "merge(\(good), { for k in [] : k => local.nope })", "try(each.value, \(good))",
            "try(count.index, 1) == 1 ? \(good) : {}",
            "try({ for k, v in var.nope : k => v }, \(good))", "{ team = \"%{ if true }payments%{ else }${var.nope}%{ endif }\" }",
            "true ? \(good) : nope", "true ? \(good) : local", "true ? \(good) : var[\"nope\"]", "true ? \(good) : var.nope[*].x",
            "try(self.tags, \(good))", "try(path.nope, \(good))", "true ? \(good) : terraform.nope", "true ? \(good) : data.a_b.nope",
            "{ team = \"payments%{ for x in [] }${local.nope}%{ endfor }\" }", "try([for x in [1] : y.z][0], \(good))",
        ])
    func undeclared(tags: String) {
        let fixture = TerraformFixture(Self.resource("tags = \(tags)"))
        let found = fixture.tags("aws_sqs_queue.x")
        #expect(found["team"] != "payments" && (found["…"] ?? found["team"])?.contains("nothing declares") == true, "\(found)")
    }

    @Test(
        "names that stand for something have their values, in the same places",
        arguments: [
            "try(var.v, \(good))", "true ? \(good) : local.l", "try(local.l.nope, \(good))", "false && var.v == 1 ? {} : \(good)",
            "merge(\(good), { for k in [] : k => k.x })", "try(data.aws_vpc.x.nope.a, \(good)) == null ? {} : \(good)",
            "can(path.module) ? \(good) : {}", "{ for k, v in \(good) : k => true ? v : k.x }",
            "try(\(good), aws_sqs_queue.y.tags, terraform.workspace, resource.aws_sqs_queue.y.tags)",
        ])
    func declared(tags: String) {
        let fixture = TerraformFixture(
            "data \"aws_vpc\" \"x\" {\n}\nvariable \"v\" {\n  default = \(Self.good)\n}\nlocals {\n  l = {}\n}\nresource \"aws_sqs_queue\" \"y\" {\n}\n"
                + Self.resource("tags = \(tags)"))
        let found = fixture.tags("aws_sqs_queue.x")
        #expect(found.values.allSatisfy { !$0.contains("nothing declares") }, "\(found)")
    }

    @Test(
        "tells nothing of what reads itself, also inside of try() and where it is not needed",
        arguments: [
            "try(aws_sqs_queue.x.tags, \(good))", "true ? \(good) : aws_sqs_queue.x.tags", "{ team = aws_sqs_queue.x.name }", "local.a",
            "try(local.b, \(good))",
        ])
    func itself(tags: String) {
        let fixture = TerraformFixture(
            "locals {\n  a = try(local.a, \(Self.good))\n  b = true ? \(Self.good) : local.b\n}\n"
                + Self.resource("name = \"payments\"\n  tags = \(tags)"))
        let found = fixture.tags("aws_sqs_queue.x")
        #expect(found["team"] != "payments" && (found["…"] ?? found["team"])?.contains("refers to itself") == true, "\(found)")
    }

    @Test(
        "a variable whose type Terraform refuses has no value, whatever its default says",
        arguments: [
            "mapp(string)", "map(string, string)", "map(optional(string))", "object([])", "list()", "tuple(string)", "map(list)",
            "object({ team = strin })",
            "object({ team = optional(string, \"a\", \"b\") })", "object({ team = string, n = optional(number, \"a\") })",
            "object({ team = string, o = optional(object({ b = bool, c = optional(bool, [1]) })) })", "any(string)", "var.x", "\"mapp\"",
            "5", "set",
            "map(\"string\")", "optional(map(string))", "object({ (\"team\") = string })",
        ])
    func refusedType(type: String) {
        for tags in ["var.t", "try(var.t, \(Self.good))"] {
            let fixture = TerraformFixture(
                "variable \"t\" {\n  type = \(type)\n  default = \(Self.good)\n}\n" + Self.resource("tags = \(tags)"))
            let found = fixture.tags("aws_sqs_queue.x")
            #expect(found["team"] != "payments" && found["…"]?.contains("is refused") == true, "\(found)")
        }
    }

    @Test(
        "a variable whose type Terraform takes has its default",
        arguments: [
            "map(string)", "any", "map(any)", "map", "object({ team = string })", "(map(string))", "\"map\"",
            "object({ team = string, n = optional(number) })", "object({ team = optional(string, \"x\") })", "object({ \"team\" = any })",
        ])
    func takenType(type: String) {
        let fixture = TerraformFixture("variable \"t\" {\n  type = \(type)\n  default = \(Self.good)\n}\n" + Self.resource("tags = var.t"))
        #expect(fixture.tags("aws_sqs_queue.x")["team"] == "payments")
    }

    @Test("a call with an argument that the module has no variable for is missing data")
    func argument() {
        let fixture = TerraformFixture([
            "app/main.tf": "module \"m\" {\n  source = \"../m\"\n  tagz   = {}\n}\n",
            "m/main.tf": "variable \"tags\" {\n  default = {}\n}\n",
        ])
        #expect(
            fixture.problems == [
                "partial app/main.tf:3:3 undeclared-argument: module 'm' has no variable 'tagz', and Terraform refuses the argument; "
                    + "did you mean 'tags'?"
            ])
    }

    @Test("each and count mean something in the blocks that have them")
    func repeated() {
        let fixture = TerraformFixture(
            Self.resource("for_each = { a = \"payments\" }\n  tags = { team = try(each.value, \"none\") }")
                + "resource \"aws_sqs_queue\" \"c\" {\n  count = 1\n  tags = { team = true ? \"t${count.index}\" : count.index.x }\n}\n")
        #expect(fixture.tags("aws_sqs_queue.x[\"a\"]") == ["team": "payments"])
        #expect(fixture.tags("aws_sqs_queue.c[0]") == ["team": "t0"])
    }

    @Test("a default or a variable file that calls a function says nothing", arguments: [true, false])
    func calls(isDefault: Bool) {
        let value = "merge(\(Self.good), {})"
        let fixture = TerraformFixture([
            "app/main.tf": "variable \"t\" {\n  default = \(isDefault ? value : "{}")\n}\n" + Self.resource("tags = var.t"),
            "app/a.auto.tfvars": isDefault ? "" : "t = \(value)\n",
        ])
        #expect(fixture.tags("aws_sqs_queue.x")["…"]?.contains("takes no calls") == true)
    }

    @Test("tags in a block say nothing, and neither do default tags that stand there twice")
    func blocks() {
        let block = TerraformFixture(Self.resource("tags {\n    team = \"payments\"\n  }"))
        #expect(block.tags("aws_sqs_queue.x") == ["…": "'tags' is a block, which Terraform refuses: write tags = { … }"])
        let defaults = "  default_tags {\n    tags = \(Self.good)\n  }\n"
        let twice = TerraformFixture("provider \"aws\" {\n\(defaults)\(defaults)}\n" + Self.resource("name = \"x\""))
        #expect(twice.tags("aws_sqs_queue.x") == ["…": "the provider has 2 blocks 'default_tags', and may have one"])
    }
}
