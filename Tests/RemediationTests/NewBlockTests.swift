import CostModel
import Patterns
import Remediation
import Testing

@Suite("a block that a rule adds")
struct NewBlockTests {
    private static func rule(
        types: [String] = ["aws_s3_bucket"], by user: String = "aws_s3_bucket_public_access_block", name: String? = nil,
        _ arguments: [String: Rule.Literal] = ["bucket": .string("$id"), "block_public_acls": .bool(true)], fix: Applicability = .review
    ) -> Rule {
        let place = Place(file: "rules.yaml", line: 1)
        var rule = Rule(
            header: PolicyHeader(reference: PolicyReference(.rule, "added"), place: place, level: 3, fix: fix),
            match: ResourceMatch(types: types.map { Glob($0) }),
            assertion: Condition("resource.referencedBy.exists(user, user.type == \"\(user)\")", at: place),
            message: [.text("it is missing")])
        rule.addition = Rule.Addition(type: user, name: name, arguments: arguments.map { Rule.Change(path: [$0.key], value: $0.value) })
        return rule
    }

    private static let tags = "{ team = \"payments\", cost-center = \"CC-1\", environment = \"prod\" }"

    private static func bucket(_ name: String, _ more: String = "") -> String {
        "resource \"aws_s3_bucket\" \"\(name)\" {\n\(more)  bucket = \"\(name)\"\n  tags   = \(tags)\n}\n"
    }

    private static func tree(_ text: String, _ rule: Rule = rule()) throws -> TreeFixture {
        try TreeFixture(["app/main.tf": text], policies: [rule])
    }

    private static let added = """

        resource "aws_s3_bucket_public_access_block" "logs" {
          block_public_acls = true
          bucket            = aws_s3_bucket.logs.id
        }

        """

    @Test("is written behind the resource, and leaves every other byte alone")
    func written() throws {
        let (first, second) = (Self.bucket("logs"), "\n# the end\n" + Self.bucket("data"))
        let protected = "\nresource \"aws_s3_bucket_public_access_block\" \"data\" {\n  bucket = aws_s3_bucket.data.id\n}\n"
        let tree = try Self.tree(first + second + protected)
        #expect(tree.fixed() == ["app/main.tf": first + Self.added + second + protected])
        let proposal = try #require(tree.offered.first)
        #expect(proposal.title == "add aws_s3_bucket_public_access_block.logs on aws_s3_bucket.logs")
        #expect(proposal.applicability == .review)
    }

    @Test("leaves nothing to do once it is there")
    func again() throws {
        let fixed = try #require(try Self.tree(Self.bucket("logs")).fixed()["app/main.tf"])
        #expect(try Self.tree(fixed).offered.isEmpty)
    }

    @Test("keeps the file's ends of lines, and a comment behind the block")
    func ends() throws {
        let text = String((Self.bucket("logs").dropLast() + " # logs of the load balancer\n").map { $0 == "\n" ? "\r\n" : $0 })
        let expected = text + String(Self.added.map { $0 == "\n" ? "\r\n" : $0 })
        #expect(try Self.tree(text).fixed()["app/main.tf"] == expected)
    }

    @Test("takes a name that is free")
    func named() throws {
        let other = "resource \"aws_s3_bucket_public_access_block\" \"logs\" {\n  bucket = \"elsewhere\"\n}\n"
        let fixed = try Self.tree(Self.bucket("logs") + other).fixed()["app/main.tf"]
        #expect(fixed?.contains("resource \"aws_s3_bucket_public_access_block\" \"logs_2\" {") ?? false)
    }

    @Test("is advice where the resource is repeated, where a module is called twice and one call has it, and where the rule says so")
    func refused() throws {
        let repeated = try Self.tree(Self.bucket("logs", "  count  = 2\n"))
        #expect(repeated.offered.isEmpty)
        #expect(
            repeated.reasons.contains(
                "aws_s3_bucket.logs is repeated by 'count' or 'for_each', and so would have to be what is written beside it"))
        #expect(try Self.tree(Self.bucket("logs"), Self.rule(fix: .advisory)).offered.isEmpty)
    }

    @Test("in a module that is called several times it is one block for all of them")
    func modules() throws {
        let call = "module \"a\" {\n  source = \"../m\"\n}\nmodule \"b\" {\n  source = \"../m\"\n}\n"
        let tree = try TreeFixture(["app/main.tf": call, "m/main.tf": Self.bucket("logs")], policies: [Self.rule()])
        #expect(tree.fixed() == ["m/main.tf": Self.bucket("logs") + Self.added])
        #expect(tree.offered.count == 1)
    }

    @Test("refers to all resources of a type that name it, repeated ones as lists, and knows the region")
    func references() throws {
        let text = """
            provider "aws" {
              region = "eu-central-1"
            }

            resource "aws_vpc" "main" {
              cidr_block = "10.0.0.0/16"
              tags       = \(Self.tags)
            }

            resource "aws_route_table" "private" {
              count  = 2
              vpc_id = aws_vpc.main.id
              tags   = \(Self.tags)
            }

            resource "aws_route_table" "public" {
              vpc_id = aws_vpc.main.id
              tags   = \(Self.tags)
            }

            """
        let rule = Self.rule(
            types: ["aws_vpc"], by: "aws_vpc_endpoint", name: "s3",
            [
                "vpc_id": .string("$id"), "route_table_ids": .string("$referencedBy.aws_route_table.id"),
                "service_name": .string("com.amazonaws.{region}.s3"), "tags": .string("$tags"),
            ])
        let fixed = try #require(try Self.tree(text, rule).fixed()["app/main.tf"])
        #expect(
            fixed.contains(
                """
                }

                resource "aws_vpc_endpoint" "s3" {
                  route_table_ids = concat([aws_route_table.public.id], aws_route_table.private[*].id)
                  service_name    = "com.amazonaws.eu-central-1.s3"
                  tags            = aws_vpc.main.tags
                  vpc_id          = aws_vpc.main.id
                }

                """))
    }
}
