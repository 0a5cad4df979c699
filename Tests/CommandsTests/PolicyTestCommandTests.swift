import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("bursar test")
struct PolicyTestCommandTests {
    private let repository: TemporaryRepository
    private var path: String { repository.path }

    private static let workspace = """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: small}
        spec: {currency: USD, policies: [policies]}

        """

    private static let rule = #"""
        kind: Rule
        metadata: {name: gp3}
        spec:
          match: {types: [aws_ebs_volume], where: "!resource.deployed || true"}
          assert: 'resource.attributes.?type.orValue("gp2") != "gp2"'
          message: "{resource.address} is gp2"
          saves: "resource.monthlyCost * 0.2"
          fix: {mode: review, set: {type: gp3}}
          examples:
            - {given: "resource \"aws_ebs_volume\" \"a\" {}", expect: fail}
            - {given: "resource \"aws_ebs_volume\" \"a\" { type = \"gp3\" }", expect: pass}
            - {given: "resource \"aws_instance\" \"a\" {}", expect: skip}
            - {given: "resource \"aws_ebs_volume\" \"a\" { type = var.t }\nvariable \"t\" {}\n", expect: unknown}

        """#

    init() throws {
        repository = try TemporaryRepository()
        try repository.write(Self.workspace, to: "bursar.yaml")
        try repository.write(Self.rule, to: "policies/gp3.yaml")
        try repository.commit()
    }

    private func test(_ spec: String, name: String = "one") throws {
        try repository.write("kind: Test\nmetadata: {name: \(name)}\nspec:\n\(spec)", to: "policies/gp3_test.yaml")
    }

    private static let world = """
          policies: [gp3]
          given:
            terraform: |
              resource "aws_ebs_volume" "a" {
                size = 10
              }
            cost: [{resource: aws_ebs_volume.a, monthly: 100 USD}]

        """

    @Test("runs the examples of rules, and what is expected strictly both ways")
    func strict() throws {
        #expect(Said("test", "-C", path).output.contains("4 passed · 1 of 1 policy tested"))
        try test(Self.world + "  expect:\n    - {policy: gp3, resource: aws_ebs_volume.a, monthlySavings: 20 USD}\n")
        let passing = Said("test", "-C", path)
        #expect(passing.code == 0, "\(passing.output)\(passing.error)")
        try test(Self.world + "  expect: []\n")
        let unexpected = Said("test", "-C", path)
        #expect(unexpected.code == 1)
        #expect(unexpected.output.contains("not expected: fail of gp3 on aws_ebs_volume.a: aws_ebs_volume.a is gp2"))
        try test(
            Self.world
                + "  expect:\n    - {policy: gp3, resource: aws_ebs_volume.a, severity: high}\n    - {policy: gp3, resource: aws_ebs_volume.b}\n"
        )
        let missing = Said("test", "-C", path)
        #expect(missing.code == 1)
        #expect(missing.output.contains("expected severity 'high', found 'medium'"))
        #expect(missing.output.contains("expected fail of gp3 on aws_ebs_volume.b, which was not found"))
    }

    @Test("holds the patch that a plan would offer, made and proved")
    func patch() throws {
        let patch = """
            --- a/main.tf
            +++ b/main.tf
            @@ -1,3 +1,4 @@
             resource "aws_ebs_volume" "a" {
               size = 10
            +  type = "gp3"
             }
            """
        let lines = patch.split(separator: "\n").map { "    \($0)\n" }.joined()
        let expected = "  expect:\n    - {policy: gp3, resource: aws_ebs_volume.a}\n  expectPatch: |\n" + lines
        try test(Self.world + expected)
        let said = Said("test", "-C", path)
        #expect(said.code == 0, "\(said.output)\(said.error)")
        try test(Self.world + expected.replacing("+  type = \"gp3\"", with: "+  type = \"gp4\""))
        #expect(Said("test", "-C", path).output.contains("the patch differs"))
    }

    @Test("--update writes what was found, keeps the keys that are stated, and leaves valid YAML")
    func update() throws {
        try test(Self.world + "  expect: []\n")
        #expect(Said("test", "-C", path, "--update").code == 0)
        #expect(Said("test", "-C", path).code == 0)
        try test(Self.world + "  expect:\n    - {policy: gp3, resource: aws_ebs_volume.a, severity: high, rule: failed-assertion}\n")
        #expect(Said("test", "-C", path, "--update").code == 0)
        let text = String(decoding: try repository.directory.read("policies/gp3_test.yaml"), as: UTF8.self)
        #expect(text.contains("rule: failed-assertion, severity: medium}"))
        #expect(Said("test", "-C", path).code == 0)
        try repository.write(
            "kind: Test\nmetadata: {name: flow}\nspec: {policies: [gp3], given: {resources: [{address: aws_ebs_volume.a}]}, expect: []}\n",
            to: "policies/gp3_test.yaml")
        #expect(Said("test", "-C", path, "--update").code == 0)
        let after = Said("test", "-C", path)
        #expect(after.code == 0, "\(after.output)\(after.error)")
    }

    @Test("a world that is not there is no world that passes")
    func folders() throws {
        try test("  given: {folder: nothere}\n  expect: []\n")
        let said = Said("test", "-C", path)
        #expect(said.code == 1)
        #expect(said.output.contains("the folder 'nothere' beside the test holds no Terraform"))
        try test("  given: {folder: ../infra}\n  expect: []\n")
        #expect(Said("test", "-C", path).code == 2)
        try repository.write("resource \"aws_ebs_volume\" \"a\" {}\n", to: "policies/cases/one/main.tf")
        try test("  policies: [gp3]\n  given: {folder: ./cases/one/}\n  expect:\n    - {policy: gp3, resource: aws_ebs_volume.a}\n")
        #expect(Said("test", "-C", path).code == 0)
        #expect(Said("test", "-C", path, "--filter", "nobody").code == 2)
    }

    @Test("says which ways through the expressions no test takes")
    func coverage() throws {
        try test(Self.world + "  expect:\n    - {policy: gp3, resource: aws_ebs_volume.a}\n")
        let json = Said("test", "-C", path, "--format", "json").output
        #expect(json.contains("\"policy\": {\"kind\": \"Rule\", \"name\": \"gp3\"}"))
        #expect(json.contains("\"tests\": 5"))
        #expect(json.contains("'!resource.deployed || true' is false"))
    }
}

@Suite("bursar eval")
struct EvalCommandTests {
    @Test(
        "gives the value, its type and its cost",
        arguments: [
            ("[1, 2].map(x, x * 2)", "[2, 4]"), ("usd(10) > 5.5", "true"), ("quantity(\"1Gi\") > quantity(\"1000Mi\")", "true"),
            ("\"a\".matches(\"^(a+)+$\")", "true"), ("1 / 0", "divi"),
        ])
    func values(expression: String, value: String) {
        let said = Said("eval", expression)
        #expect(said.output.contains(value), "\(said.output)\(said.error)")
        #expect(said.code == (value == "divi" ? 2 : 0))
    }

    @Test("reads bindings, and points at mistakes")
    func bindings() throws {
        let folder = TemporaryDirectory()
        try folder.write("tags: {team: x}\nn: 3\n", to: "b.yaml")
        #expect(Said("eval", "--bindings", folder.path + "/b.yaml", "tags.exists(t, t == \"team\") && n > 2").output.hasPrefix("true"))
        let said = Said("eval", "resource.monthlycost > 1")
        #expect(said.code == 2)
        #expect(said.error.contains("expression:1:10: error: unknown field 'monthlycost' of resource; did you mean 'monthlyCost'?"))
    }
}
