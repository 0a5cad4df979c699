import CostModel
import Diagnostics
import Observation
import Testing

@Suite("Terraform code as it is applied")
struct TerraformAsAppliedTests {
    private static let passed = """
        provider "aws" {
          alias = "west"
          default_tags {
            tags = { team = "payments" }
          }
        }
        """

    @Test(
        "a provider block of a module that configures nothing gives way to what its caller passes",
        arguments: [
            ("aws.dst = aws.west", "provider \"aws\" {\n  alias = \"dst\"\n}", "provider = aws.dst"),
            ("aws.dst = aws.west", "provider \"aws\" {\n  alias   = \"dst\"\n  version = \"~> 2.0\"\n}", "provider = aws.dst"),
            ("aws = aws.west", "provider \"aws\" {}", ""),
            ("aws = aws.west", "provider \"aws\" {\n  # passed by the caller\n}", ""),
            ("aws = aws.west", "", ""),
        ])
    func proxies(providers: String, block: String, argument: String) {
        let fixture = TerraformFixture([
            "app/main.tf": "\(Self.passed)\nmodule \"m\" {\n  source    = \"./m\"\n  providers = { \(providers) }\n}\n",
            "app/m/main.tf": "\(block)\nresource \"aws_sqs_queue\" \"q\" {\n  \(argument)\n}\n",
        ])
        #expect(fixture.tags("module.m.aws_sqs_queue.q") == ["team": "payments"])
    }

    @Test("a provider block of a module that configures something counts")
    func configured() {
        let fixture = TerraformFixture([
            "app/main.tf": "\(Self.passed)\nmodule \"m\" {\n  source    = \"./m\"\n  providers = { aws = aws.west }\n}\n",
            "app/m/main.tf": "provider \"aws\" {\n  region = \"x\"\n}\nresource \"aws_sqs_queue\" \"q\" {}\n",
        ])
        #expect(fixture.tags("module.m.aws_sqs_queue.q") == [:])
    }

    @Test("the default provider does not answer for one that is chosen by a key")
    func eachProvider() {
        let main = """
            provider "aws" {
              default_tags {
                tags = { team = "payments" }
              }
            }
            provider "aws" {
              alias    = "by_region"
              for_each = toset(["a", "b"])
              region   = each.value
            }
            provider "aws" {
              alias    = "told"
              for_each = toset(["a", "b"])
              default_tags {
                tags = { region = each.value }
              }
            }
            resource "aws_sqs_queue" "plain" {
              provider = aws.by_region["a"]
            }
            resource "aws_sqs_queue" "told" {
              provider = aws.told["a"]
            }
            resource "aws_sqs_queue" "odd" {
              provider = true ? aws : aws.by_region["a"]
            }
            resource "aws_sqs_queue" "none" {
              provider = aws["a"]
            }
            module "m" {
              source    = "./m"
              providers = { aws = aws.by_region["a"] }
            }
            """
        let fixture = TerraformFixture(["app/main.tf": main, "app/m/main.tf": "resource \"aws_sqs_queue\" \"q\" {}\n"])
        #expect(fixture.tags("aws_sqs_queue.plain") == [:])
        #expect(fixture.tags("module.m.aws_sqs_queue.q") == [:])
        #expect(fixture["aws_sqs_queue.told"]?.tags.tags["region"]?.value == nil)
        #expect(fixture["aws_sqs_queue.odd"]?.tags.openReason != nil && fixture["aws_sqs_queue.none"]?.tags.openReason != nil)
    }

    @Test("OpenTofu's files are read, and one stands for a file of Terraform beside it")
    func openTofu() {
        let fixture = TerraformFixture([
            "app/main.tf": "resource \"aws_sqs_queue\" \"q\" {\n  tags = { from = \"tf\" }\n}\n",
            "app/main.tofu": "resource \"aws_sqs_queue\" \"q\" {\n  tags = { from = \"tofu\" }\n}\n",
            "app/other.tf": "resource \"aws_sqs_queue\" \"other\" {}\n",
            "app/late_override.tofu": "resource \"aws_sqs_queue\" \"other\" {\n  tags = { late = \"1\" }\n}\n",
            "json/x.tf.json": "{\"resource\": {\"aws_sqs_queue\": {\"j\": {\"tags\": {\"from\": \"tofu\"}}}}}",
            "json/x.tofu.json":
                "{\"resource\": {\"aws_sqs_queue\": {\"j\": {\"tags\": {\"from\": \"tofu\"}}}}, \"terraform\": {\"encryption\": {}}}",
            // Of another syntax, and so no alternative.
            "json/x.tf": "resource \"aws_sqs_queue\" \"k\" {}\n",
            "only/main.tofu": "resource \"aws_sqs_queue\" \"alone\" {}\n",
        ])
        #expect(Set(fixture.addresses) == ["q", "other", "alone", "j", "k"].reduce(into: []) { $0.insert("aws_sqs_queue.\($1)") })
        #expect(fixture.tags("aws_sqs_queue.q") == ["from": "tofu"])
        #expect(fixture.tags("aws_sqs_queue.other") == ["late": "1"])
        // Terraform would deploy something else, and which is used stands nowhere.
        #expect(
            fixture.problems == [
                "partial app/late_override.tofu mixed-tools: OpenTofu reads this file and Terraform does not, and which is used is not known: "
                    + "they make different things of 'aws_sqs_queue.other'"
            ])
    }

    @Test(
        "no file of OpenTofu hides what Terraform deploys",
        arguments: [
            ["main.tofu": ""], ["main.tofu": "resource \"aws_instance\" \"big\" {\n  instance_type = \"t3.small\"\n}\n"],
            ["x_override.tofu": "resource \"aws_instance\" \"big\" {\n  tags = { team = \"a\" }\n}\n"],
            ["provider.tofu.json": "{\"provider\": {\"aws\": {\"default_tags\": {\"tags\": {\"team\": \"a\"}}}}}"],
            ["more.tofu": "# bursar:ignore tags until=2027-01-31 reason=\"x\"\nresource \"aws_sqs_queue\" \"new\" {}\n"],
            ["call.tofu": "module \"other\" {\n  source = \"../other\"\n}\n"],
        ])
    func hiding(_ files: [String: String]) {
        var all = [
            "app/main.tf": "resource \"aws_instance\" \"big\" {\n  instance_type = \"m5.24xlarge\"\n}\n",
            "other/main.tf": "resource \"aws_sqs_queue\" \"q\" {}\n",
        ]
        for (name, text) in files { all["app/" + name] = text }
        let problems = TerraformFixture(all).inventory.problems
        #expect(problems.contains { $0.severity == .partial && $0.id == "mixed-tools" }, "\(problems)")
    }

    @Test("what only OpenTofu understands is no difference")
    func sameForBoth() {
        let fixture = TerraformFixture([
            "app/main.tf": "resource \"aws_sqs_queue\" \"q\" {\n  tags = { a = \"1\" }\n}\n",
            "app/state.tofu": "terraform {\n  encryption {}\n}\n",
            "app/main.tofu": "resource \"aws_sqs_queue\" \"q\" {\n\n  tags = { a = \"${1}\" }\n}\n",
        ])
        #expect(fixture.problems == [])
    }

    @Test("a type that is in no table takes the tags that are written, and otherwise it is not known whether it takes any")
    func newTypes() {
        let fixture = TerraformFixture(
            """
            provider "aws" {
              default_tags {
                tags = { team = "payments" }
              }
            }
            resource "aws_brand_new" "silent" {}
            resource "aws_brand_new" "tagged" {
              tags = { a = "1" }
            }
            resource "google_new_thing" "silent" {}
            resource "google_new_thing" "labelled" {
              labels = { a = "1" }
            }
            """)
        for address in ["aws_brand_new.silent", "google_new_thing.silent"] {
            #expect(fixture.tags(address) == [:])
            #expect(fixture[address]?.tags.supported == nil)
            #expect(fixture.insertions(address) == [])
        }
        #expect(fixture.tags("aws_brand_new.tagged") == ["a": "1", "team": "payments"])
        #expect(fixture.tags("google_new_thing.labelled") == ["a": "1"])
    }

    @Test(
        "references as Terraform spells them have a value",
        arguments: [
            ("resource.aws_sqs_queue.a.tags.team", "payments"),
            ("resource.aws_sqs_queue.n[0].tags[\"team\"]", "net"),
            ("one(resource.aws_sqs_queue.n[*].tags.team)", "net"), ("one(resource.aws_sqs_queue.n).tags.team", "net"),
            ("startswith(\"ab\", \"a\") ? \"x\" : \"y\"", "x"), ("core::lower(\"NET\")", "net"),
            ("core::merge(resource.aws_sqs_queue.a.tags, { x = 1 }).team", "payments"),
        ])
    func spellings(value: String, tag: String) {
        let fixture = TerraformFixture(
            """
            resource "aws_sqs_queue" "a" {
              tags = { team = "payments" }
            }
            resource "aws_sqs_queue" "n" {
              count = 1
              tags  = { team = "net" }
            }
            resource "aws_sqs_queue" "b" {
              tags = { team = \(value) }
            }
            """)
        #expect(fixture.tags("aws_sqs_queue.b") == ["team": tag])
        #expect(fixture.problems == [])
    }

    @Test(
        "a count and a size that log() makes have a value, and so has what refers to the instances as resources",
        arguments: [
            // log(1000, 10) is 2.9999999999999996.
            ("ceil(log(1000, 10))", 3, "m5.${pow(2, log(16, 4))}xlarge", "m5.4xlarge"),
            ("floor(log(1000, 10))", 2, "m5.${floor(log(300, 16))}xlarge", "m5.2xlarge"),
            ("log(2, 4) < 0.6 ? 1 : 0", 1, "m5.${log(1, 2) == 0 ? \"large\" : \"24xlarge\"}", "m5.large"),
        ])
    func logarithms(count: String, instances: Int, size: String, type: String) {
        let fixture = TerraformFixture(
            """
            resource "aws_sqs_queue" "n" {
              count = \(count)
              tags  = { team = "t${count.index}" }
            }
            resource "aws_instance" "i" {
              instance_type = "\(size)"
              tags          = { last = resource.aws_sqs_queue.n[length(resource.aws_sqs_queue.n) - 1].tags.team }
            }
            """)
        #expect(fixture.addresses.filter { $0 != "aws_instance.i" }.sorted() == (0..<instances).map { "aws_sqs_queue.n[\($0)]" })
        #expect(fixture["aws_instance.i"]?.size?.value == type)
        #expect(fixture.tags("aws_instance.i") == ["last": "t\(instances - 1)"])
        #expect(fixture.problems == [])
    }

    @Test("a resource may be called one")
    func resourceWord() {
        let fixture = TerraformFixture(
            """
            resource "aws_sqs_queue" "a" {
              tags = { team = "payments" }
            }
            resource "aws_sqs_queue" "b" {
              tags = { team = resource.aws_sqs_queue.a.tags.team, all = resource.aws_sqs_queue.a.tags["team"] }
            }
            """)
        #expect(fixture.tags("aws_sqs_queue.b") == ["team": "payments", "all": "payments"])
        #expect(fixture.problems == [])
    }

    @Test("of an empty map a key that is not known can only give the default")
    func emptyLookup() {
        let fixture = TerraformFixture(
            """
            variable "zone" {}
            resource "aws_sqs_queue" "a" {
              tags = merge({ team = "payments" }, lookup({}, var.zone, {}))
            }
            resource "aws_sqs_queue" "b" {
              tags = { team = lookup({ a = "x" }, var.zone, "y") }
            }
            """)
        #expect(fixture.tags("aws_sqs_queue.a") == ["team": "payments"])
        #expect(fixture.tags("aws_sqs_queue.b")["team"]?.hasPrefix("?") == true)
    }

    @Test("a folder that is applied is a root also where a test calls it, and the test is none")
    func calledRoots() {
        let test = "module \"it\" {\n  source = \"../\"\n}\n"
        let queue = "resource \"aws_sqs_queue\" \"q\" {}\n"
        for files in [
            ["app/main.tf": "terraform {\n  backend \"s3\" {}\n}\n" + queue],
            ["app/main.tf": "terraform {\n  cloud {}\n}\n" + queue],
            ["app/main.tf": queue, "app/terraform.tfvars": "a = 1\n"],
        ] {
            let fixture = TerraformFixture(files.merging(["app/test/main.tf": test], uniquingKeysWith: { $1 }))
            #expect(fixture.inventory.roots.map(\.folder) == ["app"])
            #expect(fixture.problems == [])
        }
        #expect(TerraformFixture(["app/main.tf": queue, "app/test/main.tf": test]).inventory.roots.map(\.folder) == ["app/test"])
    }

    @Test(
        "a default gives no value where a variable file sets another that may be used",
        arguments: [
            (["app/envs/prod.tfvars": "size = \"m5.4xlarge\"\n"], false), (["app/prod.tfvars": "size = \"m5.4xlarge\"\n"], false),
            (["app/prod.tfvars": "size = \"m5.large\"\n"], true), (["app/prod.tfvars": "other = \"x\"\n"], true),
            (["app/prod.tfvars": "size = \"m5.4xlarge\"\n", "app/terraform.tfvars": "size = \"m5.large\"\n"], true),
            (["app/sub/main.tf": "", "app/sub/prod.tfvars": "size = \"m5.4xlarge\"\n"], true), (["prod.tfvars": "size = 1\n"], true),
        ])
    func variableFiles(files: [String: String], isKnown: Bool) {
        let main = "variable \"size\" {\n  default = \"m5.large\"\n}\nresource \"aws_instance\" \"i\" {\n  instance_type = var.size\n}\n"
        let fixture = TerraformFixture(files.merging(["app/main.tf": main], uniquingKeysWith: { $1 }))
        let size = fixture["aws_instance.i"]?.size
        #expect(size?.value == (isKnown ? "m5.large" : nil))
        if !isKnown { #expect(size?.unknownReason?.contains("it is not known whether that file is used") == true) }
    }

    @Test("a size that the workspace may decide says so, and one that is written out does not")
    func workspaces() {
        let fixture = TerraformFixture(
            """
            locals {
              sizes = { prod = "m5.4xlarge", default = "m5.large" }
            }
            resource "aws_instance" "chosen" {
              instance_type = local.sizes[terraform.workspace]
            }
            resource "aws_instance" "written" {
              instance_type = "m5.large"
            }
            """)
        #expect(fixture["aws_instance.chosen"]?.size?.undecidedReason != nil)
        #expect(fixture["aws_instance.written"]?.size?.undecidedReason == nil)
    }

    @Test("what Terraform ignores of a deployed resource is read in every form")
    func ignored() {
        let fixture = TerraformFixture(
            """
            provider "aws" {
              ignore_tags {
                keys         = ["LastScan"]
                key_prefixes = ["kubernetes.io/"]
              }
            }
            resource "aws_instance" "all" {
              lifecycle {
                ignore_changes = all
              }
            }
            resource "aws_instance" "some" {
              lifecycle {
                ignore_changes = [instance_type, tags["a"], tags.b, root_block_device[0].volume_type, "user_data"]
              }
            }
            resource "aws_instance" "tags" {
              lifecycle {
                ignore_changes = [tags]
              }
            }
            """)
        let (all, some, tags) = (
            fixture["aws_instance.all"]?.ignoredChanges, fixture["aws_instance.some"]?.ignoredChanges,
            fixture["aws_instance.tags"]?.ignoredChanges
        )
        #expect(all?.coversTag("x") == true && all?.coversArgument("instance_type") == true)
        #expect(["instance_type", "root_block_device.volume_type", "user_data"].allSatisfy { some?.coversArgument($0) == true })
        #expect(["a", "b", "LastScan", "kubernetes.io/x"].allSatisfy { some?.coversTag($0) == true })
        #expect(["ami", "root_block_device.volume_size"].allSatisfy { some?.coversArgument($0) == false })
        #expect(some?.coversTag("c") == false)
        #expect(tags?.coversTag("anything") == true && tags?.coversArgument("instance_type") == false)
    }
}
