import TestSupport
import Testing

@testable import Commands

/// A deployed resource that several places claim hides none of them: each is judged where the code has it.
@Suite("an identifier that several roots, states or resources claim")
struct ClaimedIdTests {
    private static let untagged = "  instance_type = \"m5.24xlarge\"\n"
    private static let tagged = untagged + "  tags          = { team = \"a\" }\n"

    private static func resource(_ name: String, _ body: String = untagged) -> String {
        "resource \"aws_instance\" \"\(name)\" {\n\(body)}\n"
    }

    /// One entry of a state; each instance has the number.
    private static func entry(_ name: String, _ id: String, tags: String = "null") -> String {
        """
        {"mode": "managed", "type": "aws_instance", "name": "\(name)", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
         "instances": [{"schema_version": 1, "attributes": {"id": "\(id)", "instance_type": "m5.24xlarge", "tags": \(tags)}}]}
        """
    }

    private static func state(_ entries: String...) -> String {
        "{\"version\": 4, \"terraform_version\": \"1.9.0\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": [\(entries.joined(separator: ","))]}"
    }

    /// In the base, root `a` has an untagged machine `i-1`, and `b` one that is in order.
    private static let base: [String: String] = [
        "bursar.yaml": """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: acme}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost: none
            inventory: [{name: infra, format: terraform, path: infra, state: ["{root}/terraform.tfstate"]}]

        """,
        "policies/tags.yaml": """
        kind: TaggingPolicy
        metadata: {name: tags}
        spec:
          enforcement: block
          require: [{key: team}]

        """,
        "infra/a/main.tf": resource("evil"), "infra/a/terraform.tfstate": state(entry("evil", "i-1")),
        "infra/b/main.tf": resource("ok", tagged), "infra/b/terraform.tfstate": state(entry("ok", "i-2", tags: "{\"team\": \"a\"}")),
    ]

    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var base: [String: String] = [:]
        let change: [String: String]
        /// Of the new findings.
        let addresses: [String]
    }

    private static let ok = entry("ok", "i-2", tags: "{\"team\": \"a\"}")

    static let ways: [Way] = [
        Way(
            testDescription: "a new one in another root",
            change: ["infra/b/more.tf": resource("evil2"), "infra/b/terraform.tfstate": state(ok, entry("evil2", "i-1"))],
            addresses: ["aws_instance.evil2"]),
        Way(
            testDescription: "a new root",
            change: ["infra/c/main.tf": resource("evil"), "infra/c/terraform.tfstate": state(entry("evil", "i-1"))],
            addresses: ["infra/c/main.tf"]),
        Way(
            testDescription: "a new one in the same state",
            change: [
                "infra/a/more.tf": resource("evil2"), "infra/a/terraform.tfstate": state(entry("evil", "i-1"), entry("evil2", "i-1")),
            ],
            addresses: ["aws_instance.evil2"]),
        Way(
            testDescription: "a state that claimed it before there was code",
            base: ["infra/b/terraform.tfstate": state(ok, entry("evil2", "i-1"))], change: ["infra/b/more.tf": resource("evil2")],
            addresses: ["aws_instance.evil2"]),
        Way(
            testDescription: "two new ones of which the state claimed both",
            base: ["infra/b/terraform.tfstate": state(ok, entry("e2", "i-1"), entry("e3", "i-1"))],
            change: ["infra/b/more.tf": resource("e2") + resource("e3")], addresses: ["aws_instance.e2", "aws_instance.e3"]),
        Way(
            testDescription: "five instances of which the state claimed one",
            base: ["infra/b/terraform.tfstate": state(ok, entry("evil", "i-1"))],
            change: ["infra/b/more.tf": resource("evil", "  count = 5\n" + untagged)],
            addresses: (0..<5).map { "aws_instance.evil[\($0)]" }),
        Way(
            testDescription: "an import of it",
            change: ["infra/b/more.tf": "import {\n  to = aws_instance.evil2\n  id = \"i-1\"\n}\n" + resource("evil2")],
            addresses: ["aws_instance.evil2"]),
        Way(
            testDescription: "a root that takes it from another, which is mended",
            change: [
                "infra/a/main.tf": resource("evil", tagged), "infra/c/main.tf": resource("evil"),
                "infra/c/terraform.tfstate": state(entry("evil", "i-1")),
            ], addresses: ["infra/c/main.tf"]),
    ]

    @Test("hides no new resource that is untagged", arguments: ways)
    func claimed(way: Way) throws {
        let repository = try TemporaryRepository()
        for (path, text) in Self.base.merging(way.base, uniquingKeysWith: { $1 }) { try repository.write(text, to: path) }
        try repository.commit()
        try repository.git(["branch", "base"])
        for (path, text) in way.change { try repository.write(text, to: path) }
        try repository.commit()
        let said = Said("check", "-C", repository.path, "--base", "base")
        #expect(said.code == 1, "\(said.output)\(said.error)")
        let new = said.output.split(separator: "New\n").last.map(String.init) ?? ""
        for address in way.addresses { #expect(new.contains(address), "\(said.output)") }
    }
}
