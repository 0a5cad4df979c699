import CostModel
import Observation
import Testing

@Suite("comments that exempt, in Terraform")
struct TerraformExemptionTests {
    private static let ending = "until=2027-01-31 reason=\"r\""

    private func policies(_ resource: Resource?) -> [String] {
        (resource?.inlineExemptions ?? []).map { comment in
            switch comment.content {
            case .agreed(let policies, _, _): "\(comment.place.line): \(policies.joined(separator: ","))"
            case .malformed(let reason): "\(comment.place.line): \(reason)"
            }
        }
    }

    @Test("belong to the resource right below or around them; further comments may stand between")
    func places() {
        let fixture = TerraformFixture(
            """
            # bursar:ignore far \(Self.ending)

            // bursar:ignore above \(Self.ending)
            # why it is so
            resource "aws_sqs_queue" "a" {
              name = "a"   # a queue
              # bursar:ignore inside \(Self.ending)
              tags = {
                // bursar:ignore deep,deeper \(Self.ending)
                team = "x"
              }
              # bursar:ignore half reason="r"
            }
            # bursar:ignore b \(Self.ending)
            resource "aws_sqs_queue" "b" {}

            """)
        #expect(
            policies(fixture["aws_sqs_queue.a"]) == [
                "3: above", "7: inside", "9: deep,deeper", "12: it does not say until when, such as until=2027-01-31",
            ])
        #expect(policies(fixture["aws_sqs_queue.b"]) == ["14: b"])
        #expect(
            fixture.problems == [
                "warning app/main.tf:1:1 inline-exemption: this comment has no effect: it stands neither directly above a resource nor inside one"
            ])
    }

    @Test("take time in proportion to their number: many in a row, many resources, many on one line")
    func many() {
        let count = 20_000
        let comments = String(repeating: "# bursar:ignore x \(Self.ending)\n", count: count)
        let row = TerraformFixture(comments + "resource \"aws_sqs_queue\" \"a\" {}\n")
        #expect(row["aws_sqs_queue.a"]?.inlineExemptions.count == count)
        let each = TerraformFixture(
            (0..<count / 4).map { "# bursar:ignore p\($0) \(Self.ending)\nresource \"aws_sqs_queue\" \"a\($0)\" {}\n" }.joined())
        #expect(policies(each["aws_sqs_queue.a7"]) == ["15: p7"])
        let comment = "\"//\": \"bursar:ignore p until=2027-01-31 reason='r'\""
        let line = (0..<count / 4).map { "\"a\($0)\": {\(comment)}" }.joined(separator: ", ")
        let json = TerraformFixture(["app/main.tf.json": "{\"resource\": {\"aws_sqs_queue\": {\(line)}}}"])
        #expect(json["aws_sqs_queue.a4999"]?.inlineExemptions.count == 1)
        #expect(json["aws_sqs_queue.a4999"]?.inlineExemptions.first?.place.line == 1)
    }

    @Test("are none inside strings, heredocs and templates")
    func strings() {
        let fixture = TerraformFixture(
            """
            resource "aws_instance" "a" {
              user_data = <<-EOT
                # bursar:ignore heredoc \(Self.ending)
                ${upper("# bursar:ignore nested x")}
              EOT
              ami = "# bursar:ignore string \(Self.ending.replacing("\"", with: "'"))"
              key = <<EOT
            # bursar:ignore other \(Self.ending)
            EOT
              # bursar:ignore real \(Self.ending)
            }

            """)
        #expect(policies(fixture["aws_instance.a"]) == ["10: real"])
        #expect(fixture.problems.allSatisfy { !$0.contains("inline-exemption") })
    }

    @Test("have no effect elsewhere, and that is said at their line")
    func strays() {
        let fixture = TerraformFixture([
            "app/main.tf": """
            resource "aws_sqs_queue" "a" {
              name = "a" # bursar:ignore behind \(Self.ending)
              /* bursar:ignore block \(Self.ending) */
            }
            # bursar:ignore data \(Self.ending)
            data "aws_ami" "a" {
              # bursar:ignore data \(Self.ending)
            }
            module "m" {
              source = "./m"
              # bursar:ignore module \(Self.ending)
            }

            """,
            "app/m/main.tf": "# bursar:ignore last \(Self.ending)",
            "app/terraform.tfvars": "# bursar:ignore value \(Self.ending)\na = 1\n",
        ])
        #expect(policies(fixture["aws_sqs_queue.a"]).isEmpty)
        let found = fixture.problems.filter { $0.contains("inline-exemption") }
        #expect(
            found.map { String($0.split(separator: " ")[1]) }
                == [
                    "app/m/main.tf:1:1", "app/main.tf:2:14", "app/main.tf:3:3", "app/main.tf:5:1", "app/main.tf:7:3", "app/main.tf:11:3",
                    "app/terraform.tfvars:1:1",
                ]
        )
        #expect(found[1].hasSuffix("it must stand on a line of its own"))
        #expect(found[2].hasSuffix("it must be written with '#' or '//'"))
    }

    @Test("count for every instance of a block, in whichever module, and come from override files too")
    func instances() {
        let fixture = TerraformFixture([
            "app/main.tf": "module \"one\" {\n  source = \"../m\"\n}\nmodule \"two\" {\n  source = \"../m\"\n}\n",
            "m/main.tf": "# bursar:ignore a \(Self.ending)\nresource \"aws_sqs_queue\" \"q\" {\n  count = 2\n}\n",
            "m/override.tf": "resource \"aws_sqs_queue\" \"q\" {\r\n  # bursar:ignore b \(Self.ending)\r\n}\r\n",
        ])
        #expect(fixture.addresses.count == 4)
        for resource in fixture.inventory.resources {
            #expect(resource.inlineExemptions.map(\.name) == ["inline:m/main.tf:1", "inline:m/override.tf:2"])
            #expect(policies(resource) == ["1: a", "2: b"])
        }
    }
}
