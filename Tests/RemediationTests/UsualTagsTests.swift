import CostModel
import Remediation
import Testing

/// A resource without tags among others that take theirs from one place.
@Suite("tags as the blocks around have them")
struct UsualTagsTests {
    private static let neighbours = """
        resource "aws_sns_topic" "a" {
          tags = local.tags
        }

        resource "aws_sns_topic" "b" {
          tags = merge(local.tags, { Name = "b" })
        }

        resource "aws_sns_topic" "plain" {
          name = "plain"
        }

        """

    private func fixed(_ locals: String, _ more: String = "", neighbours: String = Self.neighbours) throws -> String {
        let tree = try TreeFixture(locals + "\n\n" + neighbours + more)
        let fixed = tree.fixed()["app/main.tf"] ?? ""
        // Nothing is left for a second plan.
        #expect(try TreeFixture(fixed).offered.isEmpty)
        return fixed
    }

    private func plain(_ text: String) -> String {
        text.components(after: "resource \"aws_sns_topic\" \"plain\" ")
    }

    @Test("are taken from there where they hold what is asked for")
    func held() throws {
        let locals = "locals {\n  tags = { team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }\n}"
        #expect(plain(try fixed(locals)) == "{\n  name = \"plain\"\n  tags = local.tags\n}\n")
    }

    @Test("are taken from there together with the key that all lack, as one change")
    func lacking() throws {
        let locals = "locals {\n  tags = { team = \"payments\", environment = \"prod\" }\n}"
        let tree = try TreeFixture(locals + "\n\n" + Self.neighbours)
        #expect(tree.offered.count == 1)
        let text = try fixed(locals)
        #expect(text.hasPrefix("locals {\n  tags = { team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }\n}"))
        #expect(plain(text) == "{\n  name = \"plain\"\n  tags = local.tags\n}\n")
    }

    @Test("get the key on top where something else reads the shared ones, or where they say something else")
    func beside() throws {
        let merged = { (key: String, value: String) in
            "{\n  name = \"plain\"\n\n  tags = merge(local.tags, {\n    \(key) = \"\(value)\"\n  })\n}\n"
        }
        let lacking = "locals {\n  tags = { team = \"payments\", environment = \"prod\" }\n}"
        let read = try fixed(lacking, "\noutput \"tags\" {\n  value = local.tags\n}\n")
        #expect(plain(read).hasPrefix(merged("cost-center", "CC-1")))
        let other = "locals {\n  tags = { team = \"ledger\", environment = \"prod\", cost-center = \"CC-1\" }\n}"
        let own = Self.neighbours.replacing("tags = local.tags", with: "tags = merge(local.tags, { team = \"payments\" })")
            .replacing("{ Name = \"b\" }", with: "{ team = \"payments\" }")
        #expect(plain(try fixed(other, neighbours: own)) == merged("team", "payments"))
    }

    @Test("are not written out where nobody can know those of the others: then that is the advice")
    func unknown() throws {
        for source in ["var.tags", "module.label.tags"] {
            let tree = try TreeFixture(
                "variable \"tags\" {\n  type = map(string)\n}\n\nmodule \"label\" {\n  source = \"example/label/null\"\n}\n\n"
                    + Self.neighbours.replacing("local.tags", with: source))
            #expect(tree.offered.isEmpty)
            #expect(tree.reasons == ["the blocks around take their tags from \(source), which cannot be known here: so should this one"])
        }
    }

    @Test("may have more that nobody knows, as long as the key can be written beside it")
    func open() throws {
        let tree = try TreeFixture(
            "variable \"more\" {\n  type = map(string)\n}\n\nlocals {\n  tags = merge(var.more, { team = \"payments\" })\n}\n\n"
                + Self.neighbours)
        let fixed = tree.fixed()["app/main.tf"] ?? ""
        #expect(fixed.hasSuffix("{\n  name = \"plain\"\n  tags = local.tags\n}\n"))
        #expect(fixed.split(separator: "cost-center").count == 2)
    }

    @Test("are the resource's own where the others have no way in common, or only one of them has it")
    func own() throws {
        let literal =
            "{\n  name = \"plain\"\n\n  tags = {\n    cost-center = \"CC-1\"\n    environment = \"prod\"\n    team        = \"payments\"\n  }\n}\n"
        let locals = "locals {\n  tags = { team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }\n}"
        let written = "{ team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }"
        let neighbours = Self.neighbours.replacing("merge(local.tags, { Name = \"b\" })", with: written)
        #expect(plain(try fixed(locals, neighbours: neighbours)) == literal)
    }

    @Test("are taken from what one other block has, where its name says that it is for tags")
    func one() throws {
        let tags = "{ team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }"
        for (name, isMeant) in [("common_tags", true), ("labels", true), ("common", false)] {
            let block =
                "resource \"aws_sns_topic\" \"a\" {\n  tags = local.\(name)\n}\n\nresource \"aws_sns_topic\" \"plain\" {\n  name = \"plain\"\n}\n"
            let text = plain(try fixed("locals {\n  \(name) = \(tags)\n}", neighbours: block))
            #expect(text.contains("local.\(name)") == isMeant)
        }
    }

    @Test("hold for arguments of modules too")
    func calls() throws {
        let tags = "{ team = \"payments\", environment = \"prod\", cost-center = \"CC-1\" }"
        let tree = try TreeFixture([
            "app/main.tf": """
            locals {
              tags = \(tags)
            }

            module "a" {
              source = "../modules/m"
              tags   = local.tags
            }

            module "b" {
              source = "../modules/m"
              tags   = local.tags
            }

            module "plain" {
              source = "../modules/m"
            }

            """,
            "modules/m/main.tf": """
            variable "tags" {
              type    = map(string)
              default = {}
            }

            resource "aws_sns_topic" "this" {
              tags = var.tags
            }

            """,
        ])
        #expect(tree.fixed().keys.sorted() == ["app/main.tf"])
        #expect(tree.fixed()["app/main.tf"]?.hasSuffix("  source = \"../modules/m\"\n  tags   = local.tags\n}\n") == true)
    }
}

extension String {
    fileprivate func replacing(_ text: String, with other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }

    fileprivate func components(after text: String) -> String { String(split(separator: text, maxSplits: 1).last ?? "") }
}
