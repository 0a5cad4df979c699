import CostModel
import Diagnostics
import Testing

@testable import Observation

@Suite("Terraform in JSON")
struct TerraformJSONTests {
    /// The same root in both syntaxes, piece by piece.
    static let native = """
        terraform {
          backend "s3" {}
        }
        provider "aws" {
          default_tags {
            tags = { owner = var.owner }
          }
        }
        provider "aws" {
          alias = "west"
          ignore_tags {
            keys = ["ignored"]
          }
        }
        variable "owner" {
          default = "${not a template}"
        }
        variable "sizes" {
          type    = map(string)
          default = { a = "t3.small", b = "t3.large" }
        }
        locals {
          common = { team = "payments", name = "n-${upper("x")}" }
        }
        resource "aws_instance" "web" {
          for_each      = var.sizes
          instance_type = each.value
          tags          = merge(local.common, { key = each.key })
          root_block_device {
            volume_size = 10
          }
        }
        resource "aws_sqs_queue" "q" {
          provider = aws.west
          count    = 2
          tags     = { "index" = count.index }
          lifecycle {
            ignore_changes = [tags["index"], name]
          }
        }
        resource "aws_autoscaling_group" "g" {
          dynamic "tag" {
            for_each = local.common
            content {
              key   = tag.key
              value = tag.value
            }
          }
        }
        module "m" {
          source    = "./m"
          providers = { aws = aws.west }
          tags      = { from = "caller" }
        }
        moved {
          from = aws_instance.old
          to   = aws_instance.web["a"]
        }
        """.replacing("${not", with: "$${not")

    static let json = #"""
        {
          "//": "the same in JSON",
          "terraform": {"backend": {"s3": {}}},
          "provider": {
            "aws": [
              {"default_tags": {"tags": {"owner": "${var.owner}"}}},
              {"alias": "west", "ignore_tags": [{"keys": ["ignored"]}]}
            ]
          },
          "variable": {
            "owner": {"default": "${not a template}"},
            "sizes": {"type": "map(string)", "default": {"a": "t3.small", "b": "t3.large"}}
          },
          "locals": {"common": {"team": "payments", "name": "n-${upper(\"x\")}"}},
          "resource": [
            {
              "aws_instance": {
                "web": {
                  "//": "a comment",
                  "for_each": "${var.sizes}",
                  "instance_type": "${each.value}",
                  "tags": "${merge(local.common, {key = each.key})}",
                  "root_block_device": {"volume_size": 10}
                }
              }
            },
            {
              "aws_sqs_queue": {
                "q": {
                  "provider": "aws.west",
                  "count": 2,
                  "tags": {"index": "${count.index}"},
                  "lifecycle": {"ignore_changes": ["tags[\"index\"]", "name"]}
                }
              },
              "aws_autoscaling_group": {
                "g": [
                  {"dynamic": {"tag": {"for_each": "${local.common}", "content": {"key": "${tag.key}", "value": "${tag.value}"}}}}
                ]
              }
            }
          ],
          "module": {"m": {"source": "./m", "providers": {"aws": "aws.west"}, "tags": {"from": "caller"}}},
          "moved": {"from": "aws_instance.old", "to": "aws_instance.web[\"a\"]"}
        }
        """#

    private static let module = "variable \"tags\" {}\nresource \"aws_sqs_queue\" \"in\" {\n  tags = var.tags\n}\n"
    private static let moduleJSON = #"{"variable": {"tags": {}}, "resource": {"aws_sqs_queue": {"in": {"tags": "${var.tags}"}}}}"#

    /// What is read of a resource, without where it is written.
    private static func told(_ fixture: TerraformFixture) -> [String] {
        fixture.inventory.resources.map { resource in
            let tags = fixture.tags(resource.identity.address).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let ignored = "\(resource.ignoredChanges.arguments.sorted()) \(resource.ignoredChanges.keys.sorted())"
            let attributes = resource.attributes.keys.sorted().map { "\($0): \(value(resource.attributes[$0]))" }
            return "\(resource.identity.address) \(resource.size?.value ?? "-") \(tags) \(ignored) \(attributes)"
        }.sorted()
    }

    private static func value(_ attribute: ResourceAttribute?) -> String {
        switch attribute?.value {
        case .list(let elements): "[\(elements.map { value($0) }.joined(separator: ", "))]"
        case .map(let entries): "{\(entries.keys.sorted().map { "\($0)=\(value(entries[$0]))" }.joined(separator: ", "))}"
        case let other: "\(other.map { "\($0)" } ?? "")"
        }
    }

    @Test("the same code in both syntaxes is the same root, whichever of its files is written in which")
    func same() {
        let options = TerraformReader.Options(readsAttributes: true)
        let expected = TerraformFixture(["app/main.tf": Self.native, "app/m/main.tf": Self.module], options: options)
        let told = Self.told(expected)
        #expect(told.count == 6)
        for files in [
            ["app/main.tf.json": Self.json, "app/m/main.tf": Self.module],
            ["app/main.tf": Self.native, "app/m/x.tf.json": Self.moduleJSON],
            ["app/main.tf.json": Self.json, "app/m/x.tf.json": Self.moduleJSON],
            ["app/main.tofu.json": Self.json, "app/m/x.tofu.json": Self.moduleJSON],
        ] {
            let fixture = TerraformFixture(files, options: options)
            #expect(Self.told(fixture) == told)
            #expect(fixture.problems == expected.problems)
            #expect(fixture.inventory.roots.map(\.moves) == expected.inventory.roots.map(\.moves))
        }
    }

    @Test("places are those of the file, and new tags have a place in it")
    func places() {
        let fixture = TerraformFixture([
            "app/main.tf.json": """
            {
              "resource": {
                "aws_sqs_queue": {
                  "bare": {"name": "b"},
                  "tagged": {
                    "tags": {
                      "team": "payments"
                    }
                  }
                }
              }
            }
            """
        ])
        let tag = fixture["aws_sqs_queue.tagged"]?.tags.tags["team"]
        #expect(fixture.text(tag?.literal) == "\"payments\"")
        #expect(fixture.text(tag?.key) == "\"team\"")
        #expect(tag?.from?.line == 7)
        #expect(fixture["aws_sqs_queue.tagged"]?.location.line == 5)
        #expect(fixture.text(fixture["aws_sqs_queue.bare"]?.block) == "\"bare\": {\"name\": \"b\"}")
        #expect(fixture.insertions("aws_sqs_queue.bare").count == 1)
        #expect(fixture.insertions("aws_sqs_queue.tagged").first?.contains("\"team\": \"payments\"") == true)
    }

    @Test("variable files in JSON count in Terraform's order, and what they say is no template")
    func variables() {
        let fixture = TerraformFixture([
            "app/main.tf": ["a", "b", "c", "d"].map { "variable \"\($0)\" {\n  default = \"0\"\n}\n" }.joined()
                + "resource \"aws_sqs_queue\" \"q\" {\n  tags = { a = var.a, b = var.b, c = var.c, d = var.d }\n}\n",
            "app/terraform.tfvars": "a = \"tfvars\"\nb = \"tfvars\"\nc = \"tfvars\"\n",
            "app/terraform.tfvars.json": #"{"b": "json ${x}", "c": "json"}"#, "app/b.auto.tfvars.json": #"{"c": "auto"}"#,
            "app/a.auto.tfvars": "c = \"earlier\"\n", "app/.hidden.auto.tfvars": "d = \"hidden\"\n",
            "app/prod.tfvars.json": #"{"a": "tfvars"}"#,
        ])
        #expect(fixture.tags("aws_sqs_queue.q") == ["a": "tfvars", "b": "json ${x}", "c": "auto", "d": "hidden"])
        #expect(fixture.problems == [])
    }

    @Test("a variable file in JSON that nobody names makes its variable unknown, and one that is named sets it")
    func namedVariables() {
        let files = [
            "app/main.tf": "variable \"a\" {\n  default = \"0\"\n}\nresource \"aws_sqs_queue\" \"q\" {\n  tags = { a = var.a }\n}\n",
            "app/env/prod.tfvars.json": #"{"a": "prod"}"#,
        ]
        #expect(TerraformFixture(files)["aws_sqs_queue.q"]?.tags.tags["a"]?.value == nil)
        var options = TerraformReader.Options()
        options.roots = [InventoryRoot(path: "app", varFiles: ["app/env/prod.tfvars.json"])]
        #expect(TerraformFixture(files, options: options).tags("aws_sqs_queue.q") == ["a": "prod"])
    }

    @Test("a file that is not JSON, or no Terraform, breaks its root and says where")
    func broken() {
        for (text, problem) in [
            (#"{"resource": {"aws_sqs_queue": {"q": {}}}"#, "partial app/x.tf.json:1:42 syntax: this is no JSON: the text ends too early"),
            (#"{"resorce": {}}"#, "partial app/x.tf.json:1:2 syntax: a file of Terraform has no block or argument 'resorce'"),
            (#"{"locals": {"a": "${"}}"#, "partial app/x.tf.json:1:21 syntax: expected a value, found the end of the file"),
        ] {
            let fixture = TerraformFixture(["app/main.tf": "resource \"aws_sqs_queue\" \"a\" {}\n", "app/x.tf.json": text])
            #expect(fixture.problems == [problem])
            #expect(fixture.inventory.roots.map(\.isBroken) == [true])
        }
    }

    @Test("a comment that exempts stands under // in the resource")
    func exemptions() {
        let directive = "bursar:ignore tags until=2027-01-31 reason=\\\"known\\\""
        let fixture = TerraformFixture([
            "app/main.tf.json": """
            {
              "//": "\(directive)",
              "resource": {"aws_sqs_queue": {"q": {"//": ["first", "\(directive)"]}, "r": {"name": "bursar:ignore"}}}
            }
            """
        ])
        #expect(fixture["aws_sqs_queue.q"]?.inlineExemptions.map(\.name) == ["inline:app/main.tf.json:3"])
        #expect(fixture["aws_sqs_queue.r"]?.inlineExemptions == [])
        #expect(fixture.problems.count == 1 && fixture.problems[0].contains("neither directly above a resource nor inside one"))
    }

    @Test("what is no block of any provider is not taken for one")
    func maps() {
        let fixture = TerraformFixture(
            [
                "app/main.tf.json": #"""
                {"resource": {"aws_lambda_function": {"f": {
                  "environment": {"variables": {"A": "b"}}, "volume_tags": {"a": "b"}, "weird": {"not a name": {"x": 1}},
                  "policy": [{"Effect ${1}": "x"}], "empty": [], "network": [{"id": 1}, {"id": 2}]
                }}}}
                """#
            ], options: .init(readsAttributes: true))
        let attributes = fixture["aws_lambda_function.f"]?.attributes
        func kind(_ name: String) -> String {
            switch attributes?[name]?.value {
            case .list(let elements): "list of \(elements.count)"
            case .map: "map"
            default: "other"
            }
        }
        #expect(
            ["environment", "volume_tags", "weird", "policy", "empty", "network"].map(kind) == [
                "list of 1", "map", "map", "list of 1", "list of 0", "list of 2",
            ])
    }
}
