import CostModel
import Remediation
import Testing

/// What reads the edited value besides those who asked for the edit.
@Suite("readers of what is edited")
struct ReaderTests {
    /// A queue that lacks a key, which a shared map would give it; and something else.
    private func tree(_ reader: String, files: [String: String] = [:]) throws -> TreeFixture {
        let main = """
            locals {
              shared = {
                team = "payments"
                env  = "prod"
              }
            }

            resource "aws_sqs_queue" "jobs" {
              name = "jobs"
              tags = local.shared
            }

            \(reader)

            """
        return try TreeFixture(files.merging(["app/main.tf": main], uniquingKeysWith: { $1 }))
    }

    @Test(
        "of every kind keep it as it is",
        arguments: [
            "output \"tags\" {\n  value = local.shared\n}",
            "output \"tags\" {\n  value = md5(jsonencode(local.shared))\n}",
            "output \"queue\" {\n  value = aws_sqs_queue.jobs\n}",
            "output \"queue\" {\n  value = aws_sqs_queue.jobs.tags_all\n}",
            "data \"aws_subnets\" \"mine\" {\n  tags = local.shared\n}",
            "data \"aws_subnets\" \"mine\" {\n  filter {\n    name   = \"tag\"\n    values = values(local.shared)\n  }\n}",
            "data \"terraform_remote_state\" \"net\" {\n  backend = \"s3\"\n  config  = merge(local.shared, { key = \"k\" })\n}",
            "data \"aws_x\" \"each\" {\n  for_each = local.shared\n  name     = each.value\n}",
            "provider \"kubernetes\" {\n  host = templatefile(\"host.tpl\", local.shared)\n}",
            "provider \"aws\" {\n  ignore_tags {\n    keys = keys(local.shared)\n  }\n}",
            "module \"far\" {\n  source  = \"registry.example.com/acme/net/aws\"\n  version = \"1.0\"\n  tags    = local.shared\n}",
            "resource \"null_resource\" \"x\" {\n  triggers = local.shared\n}",
            "resource \"null_resource\" \"x\" {\n  triggers = { hash = sha1(join(\",\", values(local.shared))) }\n}",
            "resource \"null_resource\" \"x\" {\n  lifecycle {\n    replace_triggered_by = [aws_sqs_queue.jobs]\n  }\n}",
            "resource \"null_resource\" \"x\" {\n  lifecycle {\n    precondition {\n      condition     = length(local.shared) == 2\n      error_message = \"two\"\n    }\n  }\n}",
            "resource \"null_resource\" \"x\" {\n  provisioner \"local-exec\" {\n    command = \"tag ${join(\",\", keys(local.shared))}\"\n  }\n}",
            "resource \"null_resource\" \"x\" {\n  dynamic \"tag\" {\n    for_each = local.shared\n    content {\n      key   = tag.key\n      value = tag.value\n    }\n  }\n}",
            "resource \"null_resource\" \"x\" {\n  dynamic \"tag\" {\n    for_each = [\"a\"]\n    content {\n      value = \"${tag.value}-${length(local.shared)}\"\n    }\n  }\n}",
            "check \"tags\" {\n  assert {\n    condition     = length(keys(local.shared)) < 3\n    error_message = \"few\"\n  }\n}",
            "ephemeral \"aws_x\" \"y\" {\n  name = join(\",\", keys(local.shared))\n}",
            "import {\n  to = aws_sqs_queue.jobs\n  id = join(\",\", keys(local.shared))\n}",
            "locals {\n  unknown = uuid()\n}\noutput \"mix\" {\n  value = \"${local.unknown}-${length(local.shared)}\"\n}",
            "output \"loop\" {\n  value = { for k, v in local.shared : uuid() => v }\n}",
        ])
    func kept(reader: String) throws {
        let tree = try tree(reader)
        #expect(tree.fixed()["app/main.tf"]?.contains("cost-center") != true)
        #expect(!tree.reasons.isEmpty)
    }

    @Test(
        "that read something else, or a part that stays, are no reason",
        arguments: [
            "output \"id\" {\n  value = aws_sqs_queue.jobs.id\n}",
            "output \"team\" {\n  value = local.shared.team\n}",
            "output \"team\" {\n  value = \"${uuid()}-${local.shared[\"team\"]}\"\n}",
            "data \"aws_x\" \"y\" {\n  name = local.shared.team\n}",
            "moved {\n  from = aws_sqs_queue.old\n  to   = aws_sqs_queue.jobs\n}",
            "resource \"null_resource\" \"x\" {\n  depends_on = [aws_sqs_queue.jobs]\n}",
            "check \"tags\" {\n  assert {\n    condition     = length(local.shared) > 0\n    error_message = \"${length(local.shared)}\"\n  }\n}",
        ])
    func harmless(reader: String) throws {
        #expect(try tree(reader).fixed()["app/main.tf"]?.contains("cost-center = \"CC-1\"") == true)
    }

    @Test(
        "of a key's name keep it, which Terraform would not find any more",
        arguments: [
            "local.shared.env", "local.shared[\"env\"]", "lookup(local.shared, \"env\")",
            "{ for k, v in local.shared : k => v if k == \"env\" }",
            "aws_sqs_queue.jobs.tags.env", "aws_sqs_queue.jobs.tags[\"env\"]", "keys(local.shared)[0]",
            "contains(keys(local.shared), \"env\")",
            "try(local.shared.env, \"none\")",
        ])
    func keyNames(value: String) throws {
        let fixed = try tree("output \"env\" {\n  value = \(value)\n}").fixed()["app/main.tf"]
        #expect(fixed?.contains("    env  = \"prod\"\n") != false, "\(fixed ?? "")")
    }

    @Test("are named with their line")
    func named() throws {
        let reasons = try tree("output \"env\" {\n  value = local.shared.env\n}").reasons
        #expect(reasons == ["the place is shared: output.env reads it too (app/main.tf:13)"])
    }

    @Test("in a module count for what its caller passes")
    func inModule() throws {
        let module = """
            variable "labels" {
              type = map(string)
            }
            data "aws_ami" "mine" {
              name = join("-", values(var.labels))
            }
            """
        let call = "module \"m\" {\n  source = \"../m\"\n  labels = local.shared\n}"
        #expect(
            try tree(call, files: ["m/main.tf": module]).reasons
                == ["the place is shared: module.m.data.aws_ami.mine reads it too (m/main.tf:4)"])
    }

    @Test(
        "that validate a value decide whether it may be written",
        arguments: [
            ("contains([\"prd\"], var.stage)", false), ("length(var.stage) < 4", false), ("var.stage != \"\"", true),
            ("can(regex(\"^[a-z]+$\", var.stage))", true),
        ])
    func validations(condition: String, holds: Bool) throws {
        let tree = try TreeFixture([
            "app/main.tf": "module \"m\" {\n  source = \"./m\"\n  stage  = \"CC\"\n}\n",
            "app/m/main.tf": """
            variable "stage" {
              validation {
                condition     = \(condition.replacing("prd", with: "CC").replacing("[a-z]", with: "[A-Z0-9-]"))
                error_message = "no"
              }
            }
            resource "aws_sqs_queue" "q" {
              tags = { team = "payments", environment = "prod", cost-center = var.stage }
            }
            """,
        ])
        #expect((tree.fixed()["app/main.tf"]?.contains("CC-1") == true) == holds)
        if !holds { #expect(tree.reasons == ["the validation of module.m.var.stage would not hold (app/m/main.tf:1)"]) }
    }

    @Test("have types, which an edited value must have too")
    func types() throws {
        let tree = try TreeFixture([
            "app/main.tf": "module \"m\" {\n  source = \"./m\"\n  code   = \"17\"\n}\n",
            "app/m/main.tf": """
            variable "code" {
              type = number
            }
            resource "aws_sqs_queue" "q" {
              tags = { team = "payments", environment = "prod", cost-center = var.code }
            }
            """,
        ])
        #expect(tree.offered.isEmpty)
    }
}
