import Testing

/// OpenTofu's `for_each` in provider blocks.
@Suite("a provider with several instances")
struct RepeatedProviderTests {
    private func tags(_ provider: String, of resource: String = "provider = aws.by[each.key]") -> [String: String] {
        let fixture = TerraformFixture(
            """
            provider "aws" {
              for_each = toset(["eu", "us"])
              alias    = "by"

              \(provider)
            }

            resource "aws_sqs_queue" "q" {
              for_each = toset(["eu", "us"])
              \(resource)
            }

            """)
        #expect(fixture.problems.isEmpty)
        return fixture.tags("aws_sqs_queue.q[\"eu\"]")
    }

    @Test("gives default tags that are the same for each of them, and those that differ are not known", arguments: ["key", "value"])
    func defaultTags(part: String) {
        let differs = "? it differs between the instances of the provider"
        #expect(
            tags("default_tags {\n    tags = { team = \"payments\", region = each.\(part) }\n  }") == [
                "team": "payments", "region": differs,
            ])
        #expect(tags("default_tags {\n    tags = { team = \"x-${each.\(part)}\" }\n  }") == ["team": differs])
    }

    @Test("has no default tags of another one")
    func other() {
        #expect(tags("", of: "provider = aws.by[\"eu\"]") == [:])
    }
}
