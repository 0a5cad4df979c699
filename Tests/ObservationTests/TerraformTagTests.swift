import CostModel
import Observation
import Testing

@Suite("Terraform tags")
struct TerraformTagTests {
    @Test("a tag behind a local, a variable and merge is known, with the places that an editor needs")
    func references() {
        let fixture = TerraformFixture(
            """
            variable "team" {
              default = "payments"
            }
            locals {
              common = { team = var.team, (upper("k")) = lower("V") }
            }
            resource "aws_instance" "web" {
              tags = merge(local.common, { Name = "web" })
            }
            """)
        #expect(fixture.problems.isEmpty)
        #expect(fixture.tags("aws_instance.web") == ["team": "payments", "Name": "web", "K": "v"])
        let team = fixture["aws_instance.web"]?.tags.tags["team"]
        #expect(team?.from == Place(file: "app/main.tf", line: 5, column: 14))
        #expect(fixture.text(team?.item) == "team = var.team")
        #expect(fixture.text(team?.key) == "team")
        #expect(fixture.text(team?.literal) == "\"payments\"")
        let computed = fixture["aws_instance.web"]?.tags.tags["K"]
        #expect(fixture.text(computed?.item) == "(upper(\"k\")) = lower(\"V\")")
        #expect(computed?.key == nil)
        #expect(computed?.literal == nil)
        #expect(computed?.computedReason == "computed by lower()")
    }

    @Test("what is marked sensitive is unknown, and shown nowhere")
    func sensitive() {
        let fixture = TerraformFixture(
            """
            variable "secret" {
              default   = "hunter2"
              sensitive = true
            }
            resource "aws_instance" "web" {
              tags = { a = sensitive("hunter2"), b = var.secret, c = "x-${sensitive("hunter2")}", d = "plain" }
            }
            """)
        let tags = fixture["aws_instance.web"]?.tags.tags ?? [:]
        #expect(tags.map { "\($0): \($1.value ?? "?")" } == ["a: ?", "b: ?", "c: ?", "d: plain"])
        #expect(tags["b"]?.unknownReason == "variable 'secret' is sensitive")
        #expect(!"\(fixture["aws_instance.web"].debugDescription)".contains("hunter2"))
    }

    @Test("the block's place is the declaring block's first to last line")
    func location() {
        let fixture = TerraformFixture("# a note\n\nresource \"aws_instance\" \"web\" {\n  ami = \"x\"\n}\n")
        #expect(fixture["aws_instance.web"]?.location == Place(file: "app/main.tf", line: 3, column: 1, endLine: 5))
    }

    @Test("own tags lie over the provider's defaults, and a null is a tag that is not set")
    func defaults() {
        let fixture = TerraformFixture(
            """
            provider "aws" {
              default_tags {
                tags = { team = "platform", env = local.env }
              }
            }
            locals {
              env = "prod"
            }
            resource "aws_instance" "web" {
              tags = { env = "dev", team = null, gone = null }
            }
            resource "aws_instance" "bare" {}
            """)
        #expect(fixture.tags("aws_instance.web") == ["env": "dev", "team": "platform"])
        #expect(fixture.tags("aws_instance.bare") == ["env": "prod", "team": "platform"])
        #expect(fixture["aws_instance.web"]?.tags.tags["team"]?.isProviderDefault == true)
        #expect(fixture["aws_instance.web"]?.tags.tags["env"]?.isProviderDefault == false)
    }

    @Test("unknown own tags leave nothing of the provider's defaults certain")
    func unknownOverDefaults() {
        let fixture = TerraformFixture(
            """
            provider "aws" {
              default_tags {
                tags = { team = "platform" }
              }
            }
            variable "tags" {}
            resource "aws_instance" "web" {
              tags = var.tags
            }
            resource "aws_instance" "mixed" {
              tags = merge(var.tags, { team = "x" })
            }
            """)
        let reason = "variable 'tags' has no default and no value is given"
        #expect(fixture.tags("aws_instance.web") == ["team": "? \(reason)", "…": reason])
        #expect(fixture.tags("aws_instance.mixed") == ["team": "x", "…": reason])
    }

    @Test("a resource takes the defaults of the provider that it names")
    func aliases() {
        let fixture = TerraformFixture(
            """
            provider "aws" {}
            provider "aws" {
              alias = "west"
              default_tags {
                tags = { region = "west" }
              }
            }
            provider "aws" {
              alias = "odd"
              dynamic "default_tags" {
                for_each = [1]
                content {}
              }
            }
            resource "aws_instance" "plain" {}
            resource "aws_instance" "west" {
              provider = aws.west
            }
            resource "aws_instance" "odd" {
              provider = aws.odd
              tags     = { team = "x" }
            }
            """)
        #expect(fixture.tags("aws_instance.plain") == [:])
        #expect(fixture.tags("aws_instance.west") == ["region": "west"])
        #expect(fixture.tags("aws_instance.odd") == ["team": "x", "…": "the provider's default_tags are made by a dynamic block"])
    }

    @Test("Google calls tags labels, and has default labels too")
    func labels() {
        let fixture = TerraformFixture(
            """
            provider "google" {
              default_labels = { team = "x" }
            }
            resource "google_compute_instance" "vm" {
              tags         = ["http-server"]
              labels       = { env = "prod" }
              machine_type = "n2-standard-4"
            }
            """)
        #expect(fixture.tags("google_compute_instance.vm") == ["team": "x", "env": "prod"])
        #expect(fixture["google_compute_instance.vm"]?.size?.value == "n2-standard-4")
        #expect(fixture["google_compute_instance.vm"]?.provider == "google")
    }

    @Test("tags of old code stand in a block, which Terraform refuses, and nothing is written there")
    func blocks() {
        let fixture = TerraformFixture("resource \"aws_instance\" \"web\" {\n  tags {\n    team = \"x\"\n  }\n}\n")
        #expect(
            fixture["aws_instance.web"]?.tags.insertionObstacle
                == "tags cannot be known: 'tags' is a block, which Terraform refuses: write tags = { … }")
    }

    @Test("a type that takes no tags has none")
    func untaggable() {
        let fixture = TerraformFixture(
            ["app/main.tf": "resource \"aws_volume_attachment\" \"a\" {}\n"], options: .init(takesTags: { $0 != "aws_volume_attachment" }))
        #expect(fixture["aws_volume_attachment.a"]?.tags.supported == false)
        #expect(fixture["aws_volume_attachment.a"]?.tags.insertions == [])
    }

    @Test("a tag taken from each.value or chosen by a condition is not for editing")
    func detours() {
        let fixture = TerraformFixture(
            """
            resource "aws_instance" "web" {
              for_each = { a = "qa" }
              tags = {
                environment = each.value
                tier        = each.key == "a" ? "front" : "back"
              }
            }
            """)
        let tags = fixture["aws_instance.web[\"a\"]"]?.tags.tags
        #expect(tags?["environment"]?.value == "qa")
        #expect(tags?["environment"]?.literal == nil)
        #expect(tags?["environment"]?.computedReason == "taken from each.value")
        #expect(tags?["tier"]?.computedReason == "chosen by a condition")
    }

    @Test(
        "a size is followed to its literal through locals, maps, variables and conditions",
        arguments: [
            ("\"m5.large\"", "m5.large", "\"m5.large\""),
            ("local.sizes[var.env]", "t3.micro", "\"t3.micro\""),
            ("lookup(local.sizes, var.env, \"x\")", "t3.micro", "\"t3.micro\""),
            ("var.env == \"dev\" ? \"t3.nano\" : \"m5.large\"", "t3.nano", "\"t3.nano\""),
            ("var.size", "c5.large", "\"c5.large\""),
            ("\"${var.family}.large\"", "m5.large", "none: built by a template"),
            ("var.absent", "none", "none: variable 'absent' has no default and no value is given"),
        ])
    func sizes(_ expression: String, _ value: String, _ literal: String) {
        let fixture = TerraformFixture(
            [
                "app/main.tf": """
                variable "env" { default = "dev" }
                variable "size" { default = "m5.large" }
                variable "family" { default = "m5" }
                variable "absent" {}
                locals {
                  sizes = { dev = "t3.micro", prod = "m5.xlarge" }
                }
                resource "aws_instance" "web" {
                  instance_type = \(expression)
                }
                """,
                "app/terraform.tfvars": "size = \"c5.large\"\n",
            ])
        let size = fixture["aws_instance.web"]?.size
        #expect(size?.name == "instance_type")
        #expect(size?.value ?? "none" == value)
        #expect(fixture.text(size?.literal) ?? "none: \(size?.unknownReason ?? size?.computedReason ?? "")" == literal)
    }

    @Test("names in meta-arguments are no mistakes")
    func metaArguments() {
        let fixture = TerraformFixture(
            [
                "app/main.tf": """
                provider "aws" {
                  alias = "west"
                }
                resource "aws_instance" "a" {}
                resource "aws_instance" "b" {
                  provider   = aws.west
                  depends_on = [aws_instance.a]
                  lifecycle {
                    ignore_changes = [tags]
                  }
                  dynamic "ebs_block_device" {
                    for_each = ["x"]
                    content {
                      device_name = ebs_block_device.value
                    }
                  }
                }
                """
            ])
        #expect(fixture.problems == [])
        #expect(fixture.argumentDigests("aws_instance.b")?.keys.sorted() == ["depends_on", "dynamic", "lifecycle", "provider"])
    }

    @Test("a mistake in an argument that nobody asks for is told, in nested blocks and behind an override too")
    func mistakesElsewhere() {
        let fixture = TerraformFixture([
            "app/main.tf": """
            resource "aws_instance" "a" {
              ami       = "x"
              user_data = local.absent
              root_block_device {
                volume_size = 10
                kms_key_id  = var.absent
              }
            }
            resource "aws_instance" "b" {
              ami = local.gone
            }
            """,
            "app/override.tf": "resource \"aws_instance\" \"b\" {\n  ami = local.other\n}\n",
        ])
        #expect(
            fixture.problems == [
                "note app/main.tf:3:15 evaluation: there is no local 'absent'",
                "note app/main.tf:6:19 evaluation: there is no variable 'absent'",
                "note app/override.tf:2:9 evaluation: there is no local 'other'",
            ])
    }

    @Test("the digest of other arguments changes with them and not with tags or size")
    func digest() {
        func digest(_ body: String) -> [String: SHA256.Digest]? {
            TerraformFixture("variable \"v\" { default = \"1\" }\nresource \"aws_instance\" \"web\" {\n\(body)\n}\n")
                .argumentDigests("aws_instance.web")
        }
        let base = digest("ami = \"x\"\ninstance_type = \"a\"\ntags = {}\nroot_block_device {\n  size = 1\n}")
        #expect(base != nil)
        #expect(digest("ami = \"x\"\ninstance_type = \"b\"\ntags = { t = 1 }\nroot_block_device {\n  size = var.v\n}") != nil)
        #expect(digest("ami = \"x\"\ninstance_type = \"b\"\ntags = { t = 1 }\nroot_block_device {\n  size = 1\n}") == base)
        #expect(digest("ami = \"y\"\ninstance_type = \"a\"\ntags = {}\nroot_block_device {\n  size = 1\n}") != base)
        #expect(digest("ami = \"x\"\ninstance_type = \"a\"\ntags = {}\nroot_block_device {\n  size = 2\n}") != base)
    }

    @Test("a size that comes out of for_each may change: the map is seen in what uses it")
    func digestOfRepetition() {
        func digest(_ type: String, _ image: String) -> [String: SHA256.Digest]? {
            TerraformFixture(
                [
                    "app/main.tf": """
                    resource "aws_instance" "ring" {
                      for_each      = { one = { type = "\(type)", image = "\(image)" } }
                      ami           = each.value.image
                      instance_type = each.value.type
                    }
                    """
                ]
            ).argumentDigests("aws_instance.ring[\"one\"]")
        }
        #expect(digest("m5.xlarge", "x") != nil)
        #expect(digest("m5.large", "x") == digest("m5.xlarge", "x"))
        #expect(digest("m5.large", "y") != digest("m5.large", "x"))
    }
}
