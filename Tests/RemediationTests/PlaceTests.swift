import CostModel
import Remediation
import Testing

/// Which of several places a value is written into.
@Suite("choice of place")
struct PlaceTests {
    @Test("is one place for all who inherit it, and nothing is fixed twice")
    func inherited() throws {
        let tree = try TreeFixture(
            """
            locals {
              shared = {
                team        = "payments"
                environment = "prod"
              }
            }

            resource "aws_sns_topic" "plain" {
              tags = local.shared
            }

            resource "aws_sns_topic" "named" {
              tags = merge(local.shared, { Name = "named" })
            }

            resource "aws_sns_topic" "first" {
              tags = merge({ Name = "first" }, local.shared)
            }

            """)
        #expect(tree.offered.map(\.edits.count) == [1])
        #expect(tree.fixed()["app/main.tf"]?.contains("environment = \"prod\"\n    cost-center = \"CC-1\"\n  }") == true)
    }

    @Test("falls back to each resource's own map where something else reads the shared one")
    func fallback() throws {
        let tree = try TreeFixture(
            """
            locals {
              shared = { team = "payments", environment = "prod" }
            }

            output "shared" {
              value = local.shared
            }

            resource "aws_sns_topic" "a" {
              tags = merge(local.shared, { Name = "a" })
            }

            resource "aws_sns_topic" "b" {
              tags = merge(local.shared, { Name = "b" })
            }

            """)
        let fixed = tree.fixed()["app/main.tf"]
        #expect(fixed?.contains("{ Name = \"a\", cost-center = \"CC-1\" }") == true)
        #expect(fixed?.contains("{ Name = \"b\", cost-center = \"CC-1\" }") == true)
    }

    @Test("is said of findings that a policy gives advice for, and that the change for others fixes as well")
    func alsoFixed() throws {
        let place = Place(file: "p.yaml", line: 1)
        let advice = TaggingPolicy(
            header: PolicyHeader(reference: PolicyReference(.tagging, "advice"), place: place, level: 1, fix: .advisory),
            match: ResourceMatch(), requires: [RequiredTag(key: "cost-center", place: place, defaultValue: .literal("CC-1"))])
        let tree = try TreeFixture(
            [
                "app/main.tf": """
                locals {
                  shared = { team = "payments", environment = "prod" }
                }

                resource "aws_sns_topic" "a" {
                  tags = local.shared
                }

                resource "aws_sns_topic" "b" {
                  tags = { team = "payments", environment = "prod" }
                }

                """
            ], policies: [advice])
        let reasons = tree.propose().filter { $0.applicability == .advisory }.map { "\($0.location?.line ?? 0) \($0.reason ?? "")" }
        #expect(
            reasons == [
                "5 the policy offers advice only; the change of app/main.tf:2 fixes it as well",
                "9 the policy offers advice only; the change of app/main.tf:10 fixes it as well",
            ])
    }

    @Test("of a wrong default tag is where it stands")
    func defaultTags() throws {
        let tree = try TreeFixture(
            """
            provider "aws" {
              default_tags {
                tags = { team = "paymnts", environment = "prod", cost-center = "CC-1" }
              }
            }

            resource "aws_sns_topic" "a" {}

            resource "aws_sns_topic" "b" {
              tags = { Name = "b" }
            }

            """)
        #expect(tree.offered.count == 1)
        #expect(tree.fixed()["app/main.tf"]?.contains("tags = { team = \"payments\", environment") == true)
    }

    @Test(
        "is not blocked by a neighbour whose other tags are not known",
        arguments: [
            "merge(local.shared, var.more)", "merge(var.more, local.shared)", "merge(local.shared, { Name = var.name }, var.more)",
            "merge(local.shared, { (var.name) = \"x\" })", "merge(local.shared, data.aws_default_tags.all.tags)",
        ])
    func unknownNeighbour(tags: String) throws {
        let tree = try TreeFixture(
            """
            variable "name" {}

            variable "more" {
              type = map(string)
            }

            locals {
              shared = { team = "payments", environment = "prod" }
            }

            resource "aws_sns_topic" "a" {
              tags = local.shared
            }

            resource "aws_sns_topic" "b" {
              tags = \(tags)
            }

            """)
        #expect(tree.fixed()["app/main.tf"]?.contains("environment = \"prod\", cost-center = \"CC-1\" }") == true)
    }

    private func module(_ resource: String, callers: [String: String], variables: String = "") throws -> TreeFixture {
        var files = callers.mapValues { "module \"m\" {\n  source = \"../modules/m\"\n\($0)}\n" }
        files["modules/m/main.tf"] = variables + "resource \"aws_sns_topic\" \"this\" {\n  \(resource)\n}\n"
        return try TreeFixture(files)
    }

    private let takesTags = "variable \"tags\" {\n  type    = map(string)\n  default = {}\n}\n"

    @Test("of a module's resource is the module's code where it has one caller, and the call's argument where it takes one")
    func ownModule() throws {
        #expect(Set(try module("name = \"t\"", callers: ["a/main.tf": ""]).fixed().keys) == ["modules/m/main.tf"])
        #expect(Set(try module("tags = var.tags", callers: ["a/main.tf": ""], variables: takesTags).fixed().keys) == ["a/main.tf"])
    }

    @Test("is never the code of a module that others use as well: then the call's argument, or advice which one is lacking")
    func sharedModule() throws {
        let callers = ["a/main.tf": "", "b/main.tf": ""]
        #expect(Set(try module("tags = var.tags", callers: callers, variables: takesTags).fixed().keys) == ["a/main.tf", "b/main.tf"])
        for resource in ["name = \"t\"", "tags = { Name = \"t\" }", "tags = merge({ Name = \"t\" }, {})"] {
            let tree = try module(resource, callers: callers)
            #expect(tree.fixed().isEmpty)
            #expect(
                tree.reasons == ["the module in 'modules/m' has several callers: it should take 'tags' as an argument"])
        }
    }

    @Test("is never the code of a module that only its examples call: whom it is meant for is not here")
    func triedModule() throws {
        let variables = takesTags
        func tree(_ resource: String, caller: String, module: String) throws -> TreeFixture {
            let up = Array(repeating: "..", count: caller.split(separator: "/").count).joined(separator: "/")
            return try TreeFixture([
                "\(caller)/main.tf": "module \"m\" {\n  source = \"\(up)/\(module)\"\n}\n",
                "\(module)/main.tf": variables + "resource \"aws_sns_topic\" \"this\" {\n  \(resource)\n}\n",
            ])
        }
        for caller in ["examples/complete", "test/fixture"] {
            let untold = try tree("name = \"t\"", caller: caller, module: "modules/m")
            #expect(untold.fixed().isEmpty)
            #expect(
                untold.reasons == [
                    "the module in 'modules/m' is only tried out by its caller: its argument 'tags' should reach this resource"
                ])
            #expect(Set(try tree("tags = var.tags", caller: caller, module: "modules/m").fixed().keys) == ["\(caller)/main.tf"])
        }
        let unused = try TreeFixture([
            "modules/m/main.tf": variables + "resource \"aws_sns_topic\" \"this\" {\n  tags = var.tags\n}\n"
        ])
        #expect(unused.fixed().isEmpty)
        #expect(unused.reasons == ["the module in 'modules/m' is called by nothing here: its argument 'tags' should reach this resource"])
        for root in ["provider \"aws\" {}\n", "terraform {\n  backend \"s3\" {}\n}\n"] {
            let applied = try TreeFixture(["modules/m/main.tf": root + "resource \"aws_sns_topic\" \"this\" {}\n"])
            #expect(applied.offered.count == 1)
        }
        // What an example keeps for itself is its own.
        let own = try tree("name = \"t\"", caller: "examples/complete", module: "examples/complete/m")
        #expect(Set(own.fixed().keys) == ["examples/complete/m/main.tf"])
    }

    @Test("is not the type of a variable")
    func typeDefault() throws {
        let variables = "variable \"shard\" {\n  type = object({\n    tags = optional(map(string), {})\n  })\n  default = {}\n}\n"
        let tree = try module("tags = var.shard.tags", callers: ["a/main.tf": ""], variables: variables)
        #expect(tree.fixed()["modules/m/main.tf"]?.contains("optional(map(string), {})") != false)
    }

    @Test("of several arguments that one block lacks is one edit")
    func severalArguments() throws {
        let tree = try TreeFixture([
            "a/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n",
            "m/main.tf": """
            variable "topic_tags" {
              type    = map(string)
              default = {}
            }
            variable "queue_tags" {
              type    = map(string)
              default = {}
            }
            resource "aws_sns_topic" "t" {
              tags = var.topic_tags
            }
            resource "aws_sqs_queue" "q" {
              tags = var.queue_tags
            }
            """,
        ])
        let tags = "{\n    cost-center = \"CC-1\"\n    environment = \"prod\"\n    team        = \"payments\"\n  }\n"
        #expect(
            tree.fixed() == ["a/main.tf": "module \"m\" {\n  source = \"../m\"\n\n  queue_tags = \(tags)\n  topic_tags = \(tags)}\n"])
    }

    /// What a call says, and which of its lines the arguments follow that it lacks.
    private static let calls: [(body: String, kept: [String], lacking: [String])] = [
        ("{\n  source = \"../m\"\n}\n", ["source = \"../m\""], ["gateway", "queue", "vpc"]),
        ("{ source = \"../m\" }\n", ["source = \"../m\""], ["gateway", "queue", "vpc"]),
        (
            "{\n  source = \"../m\"\n  label  = \"n\" # why\n}\n", ["source = \"../m\"", "label = \"n\" # why"],
            ["gateway", "queue", "vpc"]
        ),
        // One of them is there, and lacks only what it says.
        (
            "{\n  source = \"../m\"\n\n  queue_tags = { Name = \"q\" }\n}\n",
            ["source = \"../m\"", "queue_tags = { Name = \"q\", cost-center = \"CC-1\", environment = \"prod\", team = \"payments\" }"],
            ["gateway", "vpc"]
        ),
    ]

    @Test("of three arguments that a call lacks is that call, however it is written, and never a default of the module", arguments: calls)
    func callArguments(body: String, kept: [String], lacking: [String]) throws {
        let variables = ["gateway", "queue", "vpc"].map { "variable \"\($0)_tags\" {\n  type    = map(string)\n  default = {}\n}\n" }
        let tree = try TreeFixture([
            "a/main.tf": "module \"m\" \(body)",
            "m/main.tf": variables.joined() + """
                variable "label" {
                  default = "x"
                }
                resource "aws_vpc" "this" {
                  tags = var.vpc_tags
                }
                resource "aws_internet_gateway" "this" {
                  tags = var.gateway_tags
                }
                resource "aws_sqs_queue" "q" {
                  tags = var.queue_tags
                }
                """,
        ])
        let fixed = tree.fixed()
        #expect(Array(fixed.keys) == ["a/main.tf"])
        let lines = (fixed["a/main.tf"] ?? "").split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        let added = lacking.flatMap { ["\($0)_tags = {", "cost-center = \"CC-1\"", "environment = \"prod\"", "team = \"payments\"", "}"] }
        #expect(lines.filter { !$0.isEmpty } == ["module \"m\" {"] + kept + added + ["}"])
        #expect(tree.reasons.isEmpty)
    }
}
