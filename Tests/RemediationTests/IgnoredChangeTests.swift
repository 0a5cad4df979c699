import CostModel
import Remediation
import Testing

@Suite("changes that Terraform ignores")
struct IgnoredChangeTests {
    private func reasons(_ ignored: String) throws -> [String?] {
        let tree = try TreeFixture(
            """
            resource "aws_sqs_queue" "q" {
              tags = { team = "payments", environment = "prod" }

              lifecycle {
                ignore_changes = \(ignored)
              }
            }
            """)
        return tree.propose().map(\.reason)
    }

    @Test("are advice, with the reason", arguments: ["all", "[tags]", "[name, tags[\"cost-center\"]]", "[\"tags\"]"])
    func advice(ignored: String) throws {
        #expect(
            try reasons(ignored) == [
                "Terraform ignores changes of the tag 'cost-center' once the resource exists (ignore_changes or ignore_tags)"
            ])
    }

    @Test("are not those of something else", arguments: ["[name]", "[tags[\"Name\"]]", "[]"])
    func offered(ignored: String) throws {
        #expect(try reasons(ignored) == [nil])
    }
}
