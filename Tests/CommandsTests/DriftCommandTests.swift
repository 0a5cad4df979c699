import Foundation
import TestSupport
import Testing

@testable import Commands

/// An instance that somebody made larger behind Terraform's back.
@Suite("commands that look for drift")
struct DriftCommandTests {
    private let estate: TemporaryRepository

    init() throws {
        estate = try UntaggedQueue.repository()
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
                inventory: [{name: infra, format: terraform, path: infra, state: ["state.tfstate"]}]
                cloud: [{name: config, format: aws-config, paths: ["config.json"]}]

            """, to: "bursar.yaml")
        try estate.write(
            "kind: Team\nmetadata: {name: payments}\nspec: {owns: [{paths: [\"infra/**\"]}]}\n---\n"
                + "kind: DriftPolicy\nmetadata: {name: behind}\nspec: {match: {types: [\"aws_*\"]}, fix: review}\n", to: "policies/all.yaml"
        )
        try estate.write("resource \"aws_instance\" \"web\" {\n  instance_type = \"m5.large\"\n}\n", to: "infra/main.tf")
        try estate.write(".gitignore\nstate.tfstate\nconfig.json\n", to: ".gitignore")
        try estate.write(
            """
            {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
              {"mode": "managed", "type": "aws_instance", "name": "web", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
               "instances": [{"schema_version": 1, "attributes": {"id": "i-1", "instance_type": "m5.large", "tags_all": {}}}]}]}
            """, to: "state.tfstate")
        try write(type: "m5.4xlarge")
        try estate.commit("an instance")
    }

    private func write(type: String) throws {
        try estate.write(
            """
            {"configurationItems": [{"resourceType": "AWS::EC2::Instance", "resourceId": "i-1", "configurationItemStatus": "OK",
              "tags": {}, "configuration": {"instanceType": "\(type)"}}]}
            """, to: "config.json")
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]) }

    private static let message = "instance_type is 'm5.4xlarge' in the cloud, 'm5.large' in the code; 'terraform apply' in infra undoes it"

    @Test("find it, and plan the patch that writes it back")
    func found() {
        #expect(run("check", "--fail-on", "never").output.contains(Self.message), "\(run("check").output)")
        let plan = run("plan", "--format", "json")
        #expect(plan.output.contains("m5.4xlarge") && plan.code <= 1, "\(plan)")
    }

    @Test("find it by a snapshot, where the cloud's files are not")
    func snapshot() throws {
        let folder = TemporaryDirectory()
        let file = folder.path + "/observations.json"
        let observed = run("observe", "--out", file)
        #expect(observed.code == 0, "\(observed)")
        try write(type: "m5.large")
        #expect(!run("check", "--fail-on", "never").output.contains(Self.message))
        #expect(run("check", "--fail-on", "never", "--observations", file).output.contains(Self.message))
    }

    @Test("end with 3 where the cloud's files are torn")
    func torn() throws {
        try estate.write("{\"configurationItems\": [", to: "config.json")
        let said = run("check")
        #expect(said.code == 3 && said.output.contains("config.json"), "\(said)")
    }
}
