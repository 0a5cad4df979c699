import CostModel
import Diagnostics
import Remediation
import Testing

@Suite("remediation")
struct RemediatorTests {
    private let two = """
        resource "aws_instance" "a" {
          tags = {
            env  = "prod"
            team = ""
          }
        }

        resource "aws_instance" "b" {
          tags = local.common
        }

        locals {
          common = { team = "x" }
        }

        """

    @Test("all edits of one object are one change: a rename, a value and a new key")
    func oneSite() {
        var code = CodeFixture(two)
        let object = code.span("{\n    env  = \"prod\"\n    team = \"\"\n  }")
        code.add(
            "a",
            tags: [
                "env": Tag(value: "prod", item: code.span("env  = \"prod\""), key: code.span("env"), literal: code.span("\"prod\"")),
                "team": Tag(value: "", item: code.span("team = \"\""), key: code.span("team"), literal: code.span("\"\"")),
            ], insertions: [.collection(object)])
        code.find("environment", on: "a", proposing: "prod")
        code.find("team", on: "a", proposing: "payments")
        code.find("cost-center", on: "a", proposing: "CC-1")
        let proposals = code.propose()
        #expect(proposals.count == 1)
        #expect(proposals.first?.applicability == .automatic)
        #expect(proposals.first?.findings.count == 3)
        #expect(
            code.edited(proposals).hasPrefix(
                """
                resource "aws_instance" "a" {
                  tags = {
                    environment = "prod"
                    team        = "payments"
                    cost-center = "CC-1"
                  }
                }

                """))
    }

    @Test("a place that two resources share is edited once when both need the same")
    func sharedAgreement() {
        var code = CodeFixture(two)
        let object = EditLocation.collection(code.span("{ team = \"x\" }"))
        for name in ["b", "c"] {
            code.add(name, tags: [:], insertions: [object])
            code.find("cost-center", on: name, proposing: "CC-1")
        }
        let proposals = code.propose()
        #expect(proposals.map(\.findings.count) == [2])
        #expect(code.edited(proposals).contains("common = { team = \"x\", cost-center = \"CC-1\" }"))
    }

    @Test("where users of a place need different values, each tries its next place, and without one it is only advised")
    func sharedDisagreement() {
        var code = CodeFixture(two)
        let object = EditLocation.collection(code.span("{ team = \"x\" }"))
        let own = EditLocation.collection(code.span("{\n    env  = \"prod\"\n    team = \"\"\n  }"))
        code.add("b", tags: [:], insertions: [object, own])
        code.add("c", tags: [:], insertions: [object])
        code.find("cost-center", on: "b", proposing: "CC-1")
        code.find("cost-center", on: "c", proposing: "CC-2")
        let proposals = code.propose()
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the place is shared by 2 resources that need different values")
        #expect(code.edited(proposals).contains("    cost-center = \"CC-1\"\n"))
    }

    @Test("a literal that somebody else uses unchanged is left alone")
    func sharedLiteral() {
        var code = CodeFixture("locals {\n  size = \"m5.xlarge\"\n}\n")
        let size = SizeArgument(name: "instance_type", value: "m5.xlarge", literal: code.span("\"m5.xlarge\""))
        code.add("a", tags: [:], size: size)
        code.add("b", tags: [:], size: size)
        code.find("instance_type", on: "a", proposing: "m5.large", policy: CodeFixture.rightsizing)
        #expect(code.propose().map(\.reason) == ["the value is shared with aws_instance.b, which needs no such change"])
        code.find("instance_type", on: "b", proposing: "m5.large", policy: CodeFixture.rightsizing)
        let proposals = code.propose()
        #expect(proposals.map(\.findings.count) == [2])
        #expect(code.edited(proposals) == "locals {\n  size = \"m5.large\"\n}\n")
    }

    @Test("a new argument stands in the block that lacks it")
    func newArgument() {
        var code = CodeFixture("resource \"aws_ebs_volume\" \"a\" {\n  size = 10\n}\n")
        let block = FileSpan(file: code.source.path, bytes: 0..<code.source.bytes.count - 1)
        code.add("a", tags: [:], insertions: [.missingKey("tags", in: block)])
        code.find("team", on: "a", proposing: "payments")
        code.find("cost-center", on: "a", proposing: "CC-1")
        #expect(
            code.edited(code.propose()) == """
                resource "aws_ebs_volume" "a" {
                  size = 10

                  tags = {
                    cost-center = "CC-1"
                    team        = "payments"
                  }
                }

                """)
    }

    @Test("exempt and shadowed findings are left in peace; a finding without a value is advice with its reason")
    func left() {
        var code = CodeFixture(two)
        code.add("a", tags: [:], insertions: [.collection(code.span("{ team = \"x\" }"))])
        code.find("team", on: "a", proposing: "payments", exemption: "agreed")
        code.find("owner", on: "a", proposing: nil)
        let proposals = code.propose()
        #expect(proposals.map(\.applicability) == [.advisory])
        #expect(proposals.map(\.reason) == ["no default"])
    }
}
