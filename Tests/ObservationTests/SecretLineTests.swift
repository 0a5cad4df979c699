import Diagnostics
import Observation
import Testing

@Suite("lines on which secrets are written")
struct SecretLineTests {
    private func hidden(_ texts: [String: String], _ path: String = "app/main.tf") -> [String] {
        let files = texts.map { SourceFile(path: $0.key, text: $0.value) }
        guard let source = files.first(where: { $0.path == path }) else { return [] }
        return Inventories.secretLines(of: source, among: files).sorted().map { source.text(source.contentRange(ofLine: $0)) }
    }

    @Test(
        "are those of marked variables, outputs, arguments and functions",
        arguments: [
            ("variable \"s\" {\n  sensitive = true\n  default   = \"x\"\n}", ["  default   = \"x\""]),
            ("variable \"s\" {\n  ephemeral = true\n  default   = 12\n}", ["  default   = 12"]),
            ("variable \"s\" {\n  sensitive = false\n  default   = \"x\"\n}", []),
            ("output \"s\" {\n  sensitive = true\n  value     = \"x-${var.a}\"\n}", ["  value     = \"x-${var.a}\""]),
            ("resource \"aws_db_instance\" \"d\" {\n  password = \"x\"\n  name     = \"n\"\n}", ["  password = \"x\""]),
            ("resource \"aws_ssm_parameter\" \"d\" {\n  value = <<-EOT\n    x\n  EOT\n}", ["  value = <<-EOT", "    x", "  EOT"]),
            ("resource \"a\" \"d\" {\n  nested {\n    password = \"x\"\n  }\n}", ["    password = \"x\""]),
            ("locals {\n  map = {\n    api_key = \"x\"\n    other   = \"y\"\n  }\n}", ["    api_key = \"x\""]),
            ("locals {\n  a = sensitive(\n    \"x\"\n  )\n}", ["    \"x\""]),
            ("provider \"p\" {\n  auth_token = \"x\"\n}", ["  auth_token = \"x\""]),
            ("resource \"a\" \"d\" {\n  password = var.password\n}", []),
            ("resource \"a\" \"d\" {\n  rotate_token_often = true\n  use_password = false\n}", []),
            (
                "locals {\n  a = \"ghp_0123456789012345678901234567890123456789\"\n}",
                ["  a = \"ghp_0123456789012345678901234567890123456789\""]
            ),
        ])
    func marked(code: String, lines: [String]) {
        #expect(hidden(["app/main.tf": code]) == lines)
    }

    @Test("are also where what comes to such a place is written: locals, defaults, variable files, arguments of modules")
    func followed() {
        let files = [
            "app/main.tf": """
            locals {
              a = "one"
              b = local.a
            }
            variable "v" {
              default = "two"
            }
            module "m" {
              source = "../m"
              given  = "three"
              other  = "four"
            }
            resource "aws_db_instance" "d" {
              password = "${local.b}-${var.v}"
            }
            """,
            "app/terraform.tfvars": "v = \"five\"\nw = \"six\"\n",
            "app/envs/prod.tfvars": "v = \"seven\"\n",
            "m/main.tf":
                "variable \"given\" {\n  default = \"eight\"\n}\nvariable \"other\" {}\nresource \"a\" \"r\" {\n  password = var.given\n}\n",
        ]
        #expect(hidden(files) == ["  a = \"one\"", "  default = \"two\"", "  given  = \"three\"", "  password = \"${local.b}-${var.v}\""])
        #expect(hidden(files, "app/terraform.tfvars") == ["v = \"five\""])
        #expect(hidden(files, "app/envs/prod.tfvars") == ["v = \"seven\""])
        #expect(hidden(files, "m/main.tf") == ["  default = \"eight\""])
    }
}
