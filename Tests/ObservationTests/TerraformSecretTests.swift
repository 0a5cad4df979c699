import CostModel
import Diagnostics
import Observation
import Testing

@Suite("secrets in Terraform code")
struct TerraformSecretTests {
    private static let marker = "correct-horse-battery"

    /// Where a secret may stand, and the expression that reads it.
    private static let places: [(code: String, expression: String)] = [
        ("variable \"s\" {\n  sensitive = true\n  default   = \"MARK\"\n}", "var.s"),
        ("variable \"s\" {\n  ephemeral = true\n  default   = \"MARK\"\n}", "var.s"),
        ("locals {\n  s = sensitive(\"MARK\")\n}", "local.s"),
        ("locals {\n  s = sensitive({ a = { b = \"MARK\" } })\n}", "local.s.a.b"),
        ("", "sensitive({ a = \"MARK\" }).a"),
        ("", "ephemeral(\"MARK\")"),
        ("module \"m\" {\n  source = \"./sensitive\"\n}", "module.m.s"),
        ("module \"m\" {\n  source = \"./ephemeral\"\n}", "module.m.s"),
        ("module \"m\" {\n  count  = 1\n  source = \"./sensitive\"\n}", "module.m[0].s"),
        ("module \"m\" {\n  count  = 1\n  source = \"./sensitive\"\n}", "module.m[*].s[0]"),
        ("module \"m\" {\n  for_each = { a = 1 }\n  source   = \"./sensitive\"\n}", "values(module.m)[0].s"),
        ("module \"m\" {\n  source = \"./takes\"\n  s      = \"MARK\"\n}", "module.m.echo"),
        ("resource \"aws_db_instance\" \"d\" {\n  password = \"MARK\"\n}", "aws_db_instance.d.password"),
        ("resource \"aws_db_instance\" \"d\" {\n  password_wo = \"MARK\"\n}", "aws_db_instance.d[\"password_wo\"]"),
        ("resource \"aws_ssm_parameter\" \"p\" {\n  value = \"MARK\"\n}", "aws_ssm_parameter.p.value"),
        ("resource \"aws_ssm_parameter\" \"p\" {\n  count = 1\n  value = \"MARK\"\n}", "aws_ssm_parameter.p[*].value[0]"),
        (
            "resource \"azurerm_mssql_server\" \"p\" {\n  administrator_login_password = \"MARK\"\n}",
            "azurerm_mssql_server.p.administrator_login_password"
        ),
        ("resource \"aws_vpn_connection\" \"v\" {\n  tunnel1_preshared_key = \"MARK\"\n}", "aws_vpn_connection.v.tunnel1_preshared_key"),
        ("resource \"aws_kms_external_key\" \"k\" {\n  key_material_base64 = \"MARK\"\n}", "aws_kms_external_key.k.key_material_base64"),
        (
            "resource \"aws_glue_connection\" \"g\" {\n  connection_properties = { PASSWORD = \"MARK\" }\n}",
            "aws_glue_connection.g.connection_properties.PASSWORD"
        ),
        (
            "resource \"azurerm_virtual_network_gateway_connection\" \"c\" {\n  shared_key = \"MARK\"\n}",
            "azurerm_virtual_network_gateway_connection.c.shared_key"
        ),
        ("resource \"azurerm_linux_virtual_machine\" \"m\" {\n  custom_data = \"MARK\"\n}", "azurerm_linux_virtual_machine.m.custom_data"),
        (
            "resource \"google_bigquery_data_transfer_config\" \"q\" {\n  sensitive_params = { key = \"MARK\" }\n}",
            "google_bigquery_data_transfer_config.q.sensitive_params.key"
        ),
        ("resource \"google_storage_bucket_object\" \"o\" {\n  content = \"MARK\"\n}", "google_storage_bucket_object.o.content"),
    ]

    /// What is derived from a secret is one.
    private static let derivations = [
        "X", "lower(X)", "\"p-${X}\"", "[X][0]", "{ a = X }.a", "true ? X : \"b\"", "try(X, \"c\")", "jsondecode(jsonencode(X))",
        "join(\"\", [for c in [X] : c])", "coalesce(X, \"d\")", "lookup({ k = X }, \"k\", \"\")", "nonsensitive(X)",
        "\"%{if true}${X}%{endif}\"", "substr(X, 0, 7)", "replace(X, \"-\", \"\")", "one([X])", "issensitive(X) ? \"y\" : \"n\"",
    ]

    private static let uses = [
        "tags = { secret = Y }", "tags = { (Y) = \"v\" }", "tags = merge({ a = \"1\" }, { b = Y })", "instance_type = Y",
        "tags = { a = \"1\" }\n  user_data = Y", "for_each = toset([Y])\n  tags = { a = each.value }",
    ]

    @Test("reach nothing that is read out of it, in no derived form", arguments: places.indices)
    func hidden(place: Int) {
        let (code, expression) = Self.places[place]
        for derivation in Self.derivations {
            for use in Self.uses {
                let value = derivation.replacing("X", with: expression)
                let text = "\(code)\nresource \"aws_instance\" \"i\" {\n  \(use.replacing("Y", with: value))\n}\n"
                let fixture = TerraformFixture(
                    [
                        "app/main.tf": text.replacing("MARK", with: Self.marker),
                        "app/sensitive/main.tf": "output \"s\" {\n  value     = \"\(Self.marker)\"\n  sensitive = true\n}\n",
                        "app/ephemeral/main.tf": "output \"s\" {\n  value     = \"\(Self.marker)\"\n  ephemeral = true\n}\n",
                        "app/takes/main.tf":
                            "variable \"s\" {\n  sensitive = true\n}\noutput \"echo\" {\n  value = var.s\n}\n",
                    ], options: .init(readsAttributes: true))
                var shown = ""
                dump(fixture.inventory.resources, to: &shown)
                shown += fixture.problems.joined(separator: "\n")
                #expect(!shown.contains(Self.marker), "\(text)")
                #expect(!shown.contains("correct"), "\(text)")
            }
        }
    }

    @Test("are not found where nothing is marked")
    func control() {
        let fixture = TerraformFixture("variable \"s\" { default = \"x\" }\nresource \"aws_instance\" \"i\" {\n  tags = { a = var.s }\n}\n")
        #expect(fixture.tags("aws_instance.i") == ["a": "x"])
    }

    @Test("have no literal that an edit could replace")
    func literals() {
        let fixture = TerraformFixture([
            "app/main.tf": "module \"m\" {\n  source = \"./m\"\n}\nresource \"aws_instance\" \"i\" {\n  tags = { a = module.m.s }\n}\n",
            "app/m/main.tf": "output \"s\" {\n  value     = \"x\"\n  sensitive = true\n}\n",
        ])
        #expect(fixture["aws_instance.i"]?.tags.tags["a"]?.literal == nil)
        #expect(fixture.tags("aws_instance.i") == ["a": "? output 's' is sensitive"])
    }
}
