import CostModel
import Remediation
import Testing

/// Resources that are one tag of another, and tags that are blocks.
@Suite("tags that are resources or blocks")
struct TagResourceTests {
    private static let queue = """
        locals {
          tags = {
            team = "payments"
            env  = "prod"
          }
        }
        resource "aws_sqs_queue" "q" {
          tags = local.tags
        }

        """

    @Test("may come with the tag that is wanted, and follow one that is renamed")
    func wanted() throws {
        for type in ["aws_ec2_tag", "aws_ecs_tag", "aws_dynamodb_tag"] {
            let tree = try TreeFixture(
                Self.queue
                    + "resource \"\(type)\" \"t\" {\n  for_each = local.tags\n  resource_id = \"i\"\n  key = each.key\n  value = each.value\n}\n"
            )
            let fixed = tree.fixed()["app/main.tf"]
            #expect(fixed?.contains("cost-center = \"CC-1\"") == true)
            #expect(fixed?.contains("environment = \"prod\"") == true)
        }
    }

    @Test(
        "are another resource where they say something else",
        arguments: [
            "resource \"aws_ec2_tag\" \"t\" {\n  for_each = local.tags\n  key = each.key\n  value = \"x-${each.value}\"\n}\n",
            "resource \"aws_ec2_tag\" \"t\" {\n  for_each = local.tags\n  key = \"x-${each.key}\"\n  value = each.value\n}\n",
            "resource \"aws_ec2_tag\" \"t\" {\n  resource_id = join(\",\", keys(local.tags))\n  key = \"a\"\n  value = \"b\"\n}\n",
            "resource \"null_resource\" \"t\" {\n  for_each = local.tags\n}\n",
        ])
    func other(code: String) throws {
        #expect(try TreeFixture(Self.queue + code).fixed().isEmpty)
    }

    @Test("that are blocks made of a map get their key in the map")
    func blocks() throws {
        let tree = try TreeFixture(
            """
            locals {
              tags = { team = "payments", environment = "prod" }
            }
            resource "aws_autoscaling_group" "g" {
              dynamic "tag" {
                for_each = local.tags
                content {
                  key                 = tag.key
                  value               = tag.value
                  propagate_at_launch = true
                }
              }
            }
            resource "aws_autoscaling_group" "other" {
              tag {
                key                 = "team"
                value               = "search"
                propagate_at_launch = true
              }
            }

            """)
        let fixed = tree.fixed()["app/main.tf"]
        #expect(fixed?.contains("{ team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }") == true)
        // A value that is written in a block can be mended, a block is not added.
        #expect(fixed?.contains("value               = \"payments\"") == true)
        #expect(tree.reasons == ["its tags are written as blocks"])
    }

    @Test("that are nested labels of Google are edited where they stand, beside other arguments of the block")
    func nested() throws {
        let policy = TaggingPolicy(
            header: PolicyHeader(
                reference: PolicyReference(.tagging, "labels"), place: Place(file: "p.yaml", line: 1), level: 1, fix: .automatic),
            match: ResourceMatch(),
            requires: [RequiredTag(key: "owner", place: Place(file: "p.yaml", line: 1), defaultValue: .literal("sre"))])
        let tree = try TreeFixture(
            [
                "app/main.tf": """
                resource "google_sql_database_instance" "d" {
                  settings {
                    tier = "db-f1-micro"

                    user_labels = {
                      a = "b"
                    }
                  }
                }
                resource "google_container_node_pool" "p" {
                  node_config {
                    labels = { a = "b" }
                  }
                }

                """
            ], policies: [policy])
        let fixed = tree.fixed()["app/main.tf"]
        #expect(fixed?.contains("      a     = \"b\"\n      owner = \"sre\"") == true)
        #expect(fixed?.contains("    labels = { a = \"b\" }\n\n    resource_labels = {\n      owner = \"sre\"\n    }") == true)
    }
}
