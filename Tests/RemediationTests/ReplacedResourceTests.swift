import CostModel
import Patterns
import Remediation
import Testing

/// Types whose provider makes another resource when the tags change.
@Suite("tags that a provider cannot change")
struct ReplacedResourceTests {
    private func tree(_ text: String) throws -> TreeFixture {
        let place = Place(file: "p.yaml", line: 1)
        let policy = TaggingPolicy(
            header: PolicyHeader(reference: PolicyReference(.tagging, "azure"), place: place, level: 1, fix: .automatic),
            match: ResourceMatch(types: [Glob("azurerm_*"), Glob("google_*")]),
            requires: [RequiredTag(key: "team", place: place, defaultValue: .literal("payments"))])
        return try TreeFixture(["app/main.tf": text], policies: [policy])
    }

    @Test(
        "are advice: nobody who asks for a tag wants the resource destroyed",
        arguments: ["azurerm_machine_learning_compute_instance", "google_compute_instance_template"])
    func advice(type: String) throws {
        let tree = try tree("resource \"\(type)\" \"a\" {\n  name = \"a\"\n}\n")
        #expect(tree.offered.isEmpty)
        #expect(tree.reasons == ["the provider cannot change the tags of \(type): it would destroy the resource and make another one"])
    }

    @Test("do not change by way of what the resource shares with others either")
    func shared() throws {
        let tree = try tree(
            """
            locals {
              tags = { environment = "prod" }
            }

            resource "azurerm_resource_group" "a" {
              tags = merge(local.tags, { name = "a" })
            }

            resource "azurerm_machine_learning_compute_instance" "a" {
              tags = local.tags
            }

            """)
        #expect(tree.fixed()["app/main.tf"]?.contains("{ name = \"a\", team = \"payments\" }") == true)
        #expect(tree.fixed()["app/main.tf"]?.contains("tags = { environment = \"prod\" }") == true)
    }

    @Test("are not those of types that it changes in place", arguments: ["azurerm_resource_group", "google_compute_instance"])
    func inPlace(type: String) throws {
        #expect(try tree("resource \"\(type)\" \"a\" {\n  name = \"a\"\n}\n").offered.count == 1)
    }
}
