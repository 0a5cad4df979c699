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
        var estate = Estate(two)
        let object = estate.span("{\n    env  = \"prod\"\n    team = \"\"\n  }")
        estate.add(
            "a",
            tags: [
                "env": Tag(value: "prod", item: estate.span("env  = \"prod\""), key: estate.span("env"), literal: estate.span("\"prod\"")),
                "team": Tag(value: "", item: estate.span("team = \"\""), key: estate.span("team"), literal: estate.span("\"\"")),
            ], insertions: [.object(object)])
        estate.find("environment", on: "a", proposing: "prod")
        estate.find("team", on: "a", proposing: "payments")
        estate.find("cost-center", on: "a", proposing: "CC-1")
        let proposals = estate.propose()
        #expect(proposals.count == 1)
        #expect(proposals.first?.applicability == .automatic)
        #expect(proposals.first?.findings.count == 3)
        #expect(
            estate.edited(proposals).hasPrefix(
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
        var estate = Estate(two)
        let object = InsertionPoint.object(estate.span("{ team = \"x\" }"))
        for name in ["b", "c"] {
            estate.add(name, tags: [:], insertions: [object])
            estate.find("cost-center", on: name, proposing: "CC-1")
        }
        let proposals = estate.propose()
        #expect(proposals.map(\.findings.count) == [2])
        #expect(estate.edited(proposals).contains("common = { team = \"x\", cost-center = \"CC-1\" }"))
    }

    @Test("where users of a place need different values, each tries its next place, and without one it is only advised")
    func sharedDisagreement() {
        var estate = Estate(two)
        let object = InsertionPoint.object(estate.span("{ team = \"x\" }"))
        let own = InsertionPoint.object(estate.span("{\n    env  = \"prod\"\n    team = \"\"\n  }"))
        estate.add("b", tags: [:], insertions: [object, own])
        estate.add("c", tags: [:], insertions: [object])
        estate.find("cost-center", on: "b", proposing: "CC-1")
        estate.find("cost-center", on: "c", proposing: "CC-2")
        let proposals = estate.propose()
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the place is shared by 2 resources that need different values")
        #expect(estate.edited(proposals).contains("    cost-center = \"CC-1\"\n"))
    }

    @Test("a literal that somebody else uses unchanged is left alone")
    func sharedLiteral() {
        var estate = Estate("locals {\n  size = \"m5.xlarge\"\n}\n")
        let size = SizeArgument(name: "instance_type", value: "m5.xlarge", literal: estate.span("\"m5.xlarge\""))
        estate.add("a", tags: [:], size: size)
        estate.add("b", tags: [:], size: size)
        estate.find("instance_type", on: "a", proposing: "m5.large", policy: Estate.rightsizing)
        #expect(estate.propose().map(\.reason) == ["the value is shared with aws_instance.b, which needs no such change"])
        estate.find("instance_type", on: "b", proposing: "m5.large", policy: Estate.rightsizing)
        let proposals = estate.propose()
        #expect(proposals.map(\.findings.count) == [2])
        #expect(estate.edited(proposals) == "locals {\n  size = \"m5.large\"\n}\n")
    }

    @Test("a new argument stands in the block that lacks it")
    func newArgument() {
        var estate = Estate("resource \"aws_ebs_volume\" \"a\" {\n  size = 10\n}\n")
        let block = FileSpan(file: estate.source.path, bytes: 0..<estate.source.bytes.count - 1)
        estate.add("a", tags: [:], insertions: [.argument(name: "tags", block: block)])
        estate.find("team", on: "a", proposing: "payments")
        estate.find("cost-center", on: "a", proposing: "CC-1")
        #expect(
            estate.edited(estate.propose()) == """
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
        var estate = Estate(two)
        estate.add("a", tags: [:], insertions: [.object(estate.span("{ team = \"x\" }"))])
        estate.find("team", on: "a", proposing: "payments", exemption: "agreed")
        estate.find("owner", on: "a", proposing: nil)
        let proposals = estate.propose()
        #expect(proposals.map(\.applicability) == [.advisory])
        #expect(proposals.map(\.reason) == ["no default"])
    }
}

@Suite("the proof")
struct ProofTests {
    private func estate() -> Estate {
        var estate = Estate("locals {\n  a = { x = \"1\" }\n  b = { x = \"1\" }\n}\n")
        for name in ["a", "b"] {
            estate.add(name, tags: [:], insertions: [.object(estate.span("{ x = \"1\" }", after: "\(name) ="))])
            estate.find("team", on: name, proposing: "payments")
        }
        return estate
    }

    @Test("takes back the change whose finding stays, and keeps the others")
    func findingStays() {
        let estate = estate()
        let stubborn = estate.findings[0]
        let proposals = estate.propose { _ in Judgement(resources: estate.resources, findings: [stubborn]) }
        #expect(proposals.allSatisfy { $0.applicability == .advisory || !$0.findings.contains(stubborn.id) })
        #expect(proposals.contains { $0.reason == "the finding would not disappear" })
    }

    @Test("takes back a change that causes another finding")
    func causesAnother() {
        var estate = estate()
        estate.add("c", tags: [:])
        let resources = estate.resources
        var other = estate
        other.find("team", on: "c", proposing: nil)
        let caused = other.findings.suffix(1)
        let proposals = estate.propose { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return Judgement(resources: resources, findings: text.contains("b = { x = \"1\", team") ? Array(caused) : [])
        }
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the change would cause another finding")
    }

    @Test("takes back a change that changes the tags of a resource nobody spoke of")
    func disturbs() {
        var estate = estate()
        estate.add("innocent", tags: [:])
        var disturbed = estate.resources
        disturbed[2].tags.tags["team"] = Tag(value: "payments")
        let proposals = estate.propose { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return Judgement(resources: text.contains("a = { x = \"1\", team") ? disturbed : estate.resources, findings: [])
        }
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the place is shared: a change here would also change the tags of aws_instance.innocent")
    }

    @Test("an edited file that cannot be read any more is never offered")
    func unreadable() {
        #expect(estate().propose { _ in nil }.allSatisfy { $0.applicability == .advisory })
    }
}
