import CostModel
import Diagnostics
import Observation
import Remediation
import TestSupport
import Testing

@Suite("fixes in Terraform's JSON syntax")
struct JSONCodeTests {
    @Test("missing tags are added, aliases renamed and wrong values replaced, and nothing else is touched")
    func tags() throws {
        let text = """
            {
              "resource": {
                "aws_sqs_queue": {
                  "bare": {
                    "name": "b"
                  },
                  "some": { "tags": {"env": "prod", "team": "search", "Name": "x\\u00e9"} },
                  "none": {}
                }
              }
            }

            """
        let tree = try TreeFixture(["app/main.tf.json": text])
        #expect(tree.reasons == [])
        #expect(
            tree.fixed()["app/main.tf.json"] == """
                {
                  "resource": {
                    "aws_sqs_queue": {
                      "bare": {
                        "name": "b",
                        "tags": {
                          "cost-center": "CC-1",
                          "environment": "prod",
                          "team": "payments"
                        }
                      },
                      "some": { "tags": {"environment": "prod", "team": "payments", "Name": "x\\u00e9", "cost-center": "CC-1"} },
                      "none": {
                        "tags": {
                          "cost-center": "CC-1",
                          "environment": "prod",
                          "team": "payments"
                        }
                      }
                    }
                  }
                }

                """)
    }

    @Test("tags in locals, in a merge and in a variable file are fixed where they stand")
    func elsewhere() throws {
        let tree = try TreeFixture([
            "app/main.tf.json":
                #"{"locals":{"common":{"team":"payments"}},"variable":{"env":{}},"resource":{"aws_sqs_queue":{"q":{"tags":"${merge(local.common, {environment = var.env})}"}}}}"#,
            "app/terraform.tfvars.json": #"{"env": "prod"}"#,
        ])
        #expect(
            tree.fixed() == [
                "app/main.tf.json":
                    #"{"locals":{"common":{"team":"payments","cost-center":"CC-1"}},"variable":{"env":{}},"resource":{"aws_sqs_queue":{"q":{"tags":"${merge(local.common, {environment = var.env})}"}}}}"#
            ])
    }

    @Test("an object that stands in a template is not edited, with the reason")
    func template() throws {
        let tree = try TreeFixture([
            "app/main.tf.json":
                #"{"resource":{"aws_sqs_queue":{"q":{"tags":"${merge({team = \"payments\"}, {environment = \"prod\"})}"}}}}"#
        ])
        #expect(tree.offered.isEmpty)
        #expect(tree.reasons == ["the code at this place has a form that cannot be edited safely"])
    }

    @Test("in random documents fixes leave no finding that could be fixed, and every other byte", arguments: 0..<40)
    func random(_ seed: Int) throws {
        var random = RandomJSONCode(seed: UInt64(seed))
        let text = random.file()
        let tree = try TreeFixture(["app/main.tf.json": text])
        let proposals = tree.offered
        let edits = proposals.flatMap(\.edits).sorted()
        let old = Array(text.utf8)
        let new = try #require(edits.applied(to: old))
        // Without what was written all bytes are those that stood there.
        var kept = new
        for edit in edits.reversed() {
            let before = edits.prefix { $0.range.lowerBound < edit.range.lowerBound }.reduce(0) {
                $0 + $1.replacement.count - $1.range.count
            }
            let start = edit.range.lowerBound + before
            kept.replaceSubrange(start..<start + edit.replacement.count, with: old[edit.range])
        }
        #expect(kept == old)
        let after = try TreeFixture(["app/main.tf.json": String(decoding: new, as: UTF8.self)])
        #expect(after.estate.problems == [])
        #expect(after.offered.isEmpty, "\(text)\n\(String(decoding: new, as: UTF8.self))")
        #expect(after.estate.resources.count == tree.estate.resources.count)
    }
}

/// Small files in JSON syntax with tags in objects, in locals and in templates.
private struct RandomJSONCode {
    private var random: SeededGenerator
    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func file() -> String {
        let resources = (0..<Int.random(in: 1...3, using: &random)).map { "\"r\($0)\": \(resource())" }.joined(
            separator: chance(2) ? "," : ",\n    ")
        let local = "\"locals\": {\"common\": \(tags())}"
        return "{\(line())\(local),\(line())\"resource\": {\"aws_sqs_queue\": {\(line())\(resources)}}}\(chance(2) ? "\n" : "")"
    }

    private mutating func line() -> String { chance(2) ? "\n  " : "" }

    private mutating func resource() -> String {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: "{}"
        case 1: "{\"name\": \"x\"}"
        case 2: "{\"tags\": \"${local.common}\"}"
        case 3: "[{\"tags\": \(tags())}]"
        case 4: "{\n      \"tags\": \(tags()),\n      \"name\": \"a\"\n    }"
        default: "{\"tags\": \(tags())}"
        }
    }

    private mutating func tags() -> String {
        let all = [
            "\"team\": \"payments\"", "\"env\": \"prod\"", "\"environment\": \"dev\"", "\"Name\": \"a\\u00e9${upper(\\\"b\\\")}\"",
            "\"cost-center\": \"1\"",
        ]
        let some = all.filter { _ in chance(2) }
        return chance(2) ? "{\(some.joined(separator: ", "))}" : "{\n        \(some.joined(separator: ",\n        "))\n      }"
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }
}
