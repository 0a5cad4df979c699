import TestSupport
import Testing

@testable import Commands

/// A branch that adds what nobody can put a price on.
@Suite("a change of which no cost is known")
struct UnknownEstimateTests {
    private func run(_ code: String, _ command: [String]) throws -> Said {
        let estate = try TemporaryRepository()
        try estate.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: small}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: none
                inventory: [{name: infra, format: terraform, path: infra}]

            """, to: "bursar.yaml")
        try estate.write("kind: Team\nmetadata: {name: search}\nspec: {owns: [{paths: [\"infra/**\"]}]}\n", to: "policies/all.yaml")
        try estate.write("provider \"aws\" {\n  region = \"us-east-1\"\n}\n", to: "infra/main.tf")
        try estate.commit("a base")
        try estate.git(["branch", "base"])
        try estate.write(code, to: "infra/more.tf")
        try estate.commit("more")
        return Said(command + ["--base", "base", "-C", estate.path, "--now", "2026-11-01T08:00:00Z"])
    }

    @Test(
        "does not say that it costs nothing",
        arguments: [["estimate"], ["estimate", "--format", "markdown"], ["check"], ["check", "--format", "markdown"]])
    func unknown(command: [String]) throws {
        let code = """
            resource "aws_instance" "big" {
              instance_type = "m9.mega"
            }
            resource "aws_s3_bucket" "b" {}
            """
        let said = try run(code, command)
        #expect(said.output.contains("what it costs a month is not known (estimate)"), "\(said)")
        #expect(!said.output.contains("$0/month (estimate") && !said.output.contains("+$0.00"), "\(said.output)")
        #expect(said.output.contains("1 by usage") && said.output.contains("1 not priced"), "\(said.output)")
    }

    @Test("says of what goes by use that it does, beside what has a price")
    func byUse() throws {
        let code = """
            resource "aws_eip" "a" {}
            resource "aws_s3_bucket" "b" {}
            """
        let text = try run(code, ["estimate"]).output
        #expect(text.contains("+$3.65"), "\(text)")
        #expect(text.contains("+$3.65/month (estimate: 100 % list)"), "\(text)")
        #expect(!text.contains("+$0.00"), "\(text)")
        let bucket = text.split(separator: "\n").first { $0.contains("aws_s3_bucket.b") }
        #expect(bucket?.hasSuffix("by usage") == true, "\(text)")
    }
}
