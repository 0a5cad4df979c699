import Foundation
import TestSupport
import Testing

@testable import Commands

/// An instance that sends no samples, and a provider that advises a smaller one by a command of the operator's.
@Suite("commands that show what a provider advises")
struct AdviceCommandTests {
    private let estate: TemporaryRepository
    private let operators = TemporaryDirectory()

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
                recommendations: [{name: hub, format: cost-optimization-hub, command: aws-hub}]

            """, to: "bursar.yaml")
        try write(advice: "propose")
        try estate.write("resource \"aws_instance\" \"web\" {\n  instance_type = \"m5.xlarge\"\n}\n", to: "infra/main.tf")
        try estate.write(".gitignore\nstate.tfstate\n", to: ".gitignore")
        try estate.write(
            """
            {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
              {"mode": "managed", "type": "aws_instance", "name": "web", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
               "instances": [{"schema_version": 1, "attributes": {"id": "i-1", "instance_type": "m5.xlarge", "tags_all": {}}}]}]}
            """, to: "state.tfstate")
        try estate.commit("an instance")
    }

    private func write(advice: String) throws {
        try estate.write(
            "kind: Team\nmetadata: {name: payments}\nspec: {owns: [{paths: [\"infra/**\"]}]}\n---\nkind: RightsizingPolicy\n"
                + "metadata: {name: sizes}\nspec:\n  cpu: {percentile: 95, target: 60%}\n  advice: \(advice)\n", to: "policies/all.yaml")
    }

    private static func hub(_ proposed: String = "m5.large", token: String = "null") -> String {
        """
        {"items": [
          {"actionType": "Rightsize", "resourceId": "i-1", "currentResourceSummary": "m5.xlarge", "recommendedResourceSummary": "\(proposed)",
           "estimatedMonthlySavings": 70.08, "currencyCode": "USD", "lastRefreshTimestamp": "2026-10-31T08:00:00Z",
           "recommendationLookbackPeriodInDays": 14},
          {"actionType": "Delete", "resourceArn": "arn:gone", "currencyCode": "USD", "lastRefreshTimestamp": "2026-10-31T08:00:00Z"}
        ], "nextToken": \(token)}
        """
    }

    /// The operator's document, with a client that is a script of the test.
    private func clients(_ script: String) throws -> String {
        let program = operators.path + "/aws"
        try Data(script.utf8).write(to: URL(filePath: program))
        let path = operators.path + "/clients.yaml"
        let text = """
            apiVersion: bursar/v1
            kind: Clients
            metadata: {name: here}
            spec:
              commands:
                - {name: aws-hub, program: /bin/sh, arguments: ["\(program)", --token, hidden-thing], output: cost-optimization-hub}

            """
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    private func answering(_ text: String = hub()) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: operators.path + "/hub.json"))
        return try clients("cat '\(operators.path)/hub.json'\n")
    }

    private func run(_ arguments: String...) -> Said { Said(arguments + ["-C", estate.path, "--now", "2026-11-01T08:00:00Z"]) }

    private static let message =
        "AWS advises m5.large in the place of m5.xlarge (Cost Optimization Hub, 14 days of samples); none of our own samples say so: "
        + "no CPU sample in the last 14d"

    @Test("make it a finding and a proved patch where the policy says so, marked as the provider's")
    func proposed() throws {
        let clients = try answering()
        let check = run("check", "--clients", clients, "--fail-on", "never", "--format", "json")
        #expect(check.code == 0 && check.output.contains(Self.message), "\(check)")
        #expect(check.output.contains(#""rule": "advised-size""#) && check.output.contains("1 of 2 recommendations are about"))
        let plan = run("plan", "--clients", clients, "--patch")
        #expect(plan.output.contains("+  instance_type = \"m5.large\""), "\(plan)")
        let explained = run("explain", "aws_instance.web", "--clients", clients)
        #expect(
            explained.output.contains("Advice of the provider") && explained.output.contains("by its own estimate $70/month less"),
            "\(explained)")
    }

    @Test("only show it by default")
    func shown() throws {
        try write(advice: "show")
        try estate.commit("show")
        let clients = try answering()
        let check = run("check", "--clients", clients, "--format", "json")
        #expect(check.code == 0 && !check.output.contains("advised-size"), "\(check)")
        #expect(check.output.contains("no CPU sample in the last 14d; AWS advises m5.large (14 days of samples)"))
        #expect(check.output.contains(#""action": "rightsize""#))
    }

    @Test("replay it from a snapshot to the same bytes, where no client is")
    func replayed() throws {
        let clients = try answering()
        let file = operators.path + "/observations.json"
        let observed = run("observe", "--clients", clients, "--out", file)
        #expect(observed.code == 0, "\(observed)")
        let direct = run("check", "--clients", clients, "--fail-on", "never", "--format", "json")
        let replayed = run("check", "--observations", file, "--fail-on", "never", "--format", "json")
        #expect(replayed.code == 0 && replayed.output == direct.output)
        let snapshot = try String(contentsOf: URL(filePath: file), encoding: .utf8)
        #expect(snapshot.contains(#""command":"aws-hub","arguments":["/bin/sh","#) && snapshot.contains(#""--token","…"],"digest":"#))
        #expect(!snapshot.contains("hidden-thing"))
    }

    @Test("end with 3 and say what to do where the client gives half, nothing, an error, or nobody configured it")
    func failing() throws {
        for (script, problem) in [
            ("echo '{\"items\": ['", "the text ends too early"), ("true", "the text ends too early"),
            (
                "echo 'An error occurred (AccessDeniedException) when calling the ListRecommendations operation: no' >&2; exit 254",
                "sign in, or mend the permission or the arguments"
            ),
        ] {
            let said = run("check", "--clients", try clients(script), "--fail-on", "never")
            #expect(said.code == 3 && said.output.contains(problem), "\(said)")
        }
        let page = run("check", "--clients", try answering(Self.hub(token: "\"x\"")))
        #expect(page.code == 3 && page.output.contains("another page follows"), "\(page)")
        let unconfigured = run("check")
        #expect(unconfigured.code == 3 && unconfigured.output.contains("no command 'aws-hub' is configured"), "\(unconfigured)")
    }

    @Test("say of each source who is asked, and how that went last")
    func status() throws {
        let state = operators.path + "/state"
        func status(_ format: String = "text") -> Said { run("observe", "--status", "--state", state, "--format", format) }
        let unasked = status()
        #expect(unasked.code == 0 && unasked.output.contains("unasked  recommendations hub  command aws-hub"), "\(unasked)")
        let file = operators.path + "/observations.json"
        let refused = "echo 'An error occurred (AccessDeniedException) when calling the X operation: no' >&2; exit 254"
        for _ in 0..<4 { _ = run("observe", "--out", file, "--clients", try clients(refused), "--state", state) }
        let stalled = status()
        #expect(stalled.code == 3 && stalled.output.contains("stalled  recommendations hub"), "\(stalled)")
        #expect(stalled.output.contains("4 failures in a row: it failed with exit code 254"), "\(stalled)")
        #expect(run("observe", "--out", file, "--clients", try answering(), "--state", state).code == 0)
        let answered = status("json")
        #expect(answered.code == 0 && answered.output.contains(#""state": "ok""#), "\(answered)")
        #expect(answered.output.contains(#""lastSuccess": "2026-11-01T08:00:00Z""#) && answered.output.contains(#""ageSeconds": 0"#))
        let both = run("observe", "--status", "--out", file)
        #expect(both.code == 2 && both.error.contains("'--status' writes no snapshot"), "\(both)")
    }

    @Test("import budgets from a file or by a command, and say what is left out")
    func budgets() throws {
        let answer = operators.path + "/budgets.json"
        try Data(
            #"""
            {"Budgets": [
              {"BudgetName": "Payments", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "500", "Unit": "USD"},
               "CostFilters": {"Service": ["Amazon S3"]}, "CostTypes": {"UseAmortized": true}},
              {"BudgetName": "Coverage", "BudgetType": "RI_COVERAGE", "TimeUnit": "MONTHLY"}]}
            """#.utf8
        ).write(to: URL(filePath: answer))
        let imported = Said("import", "budgets", answer)
        #expect(imported.code == 0 && imported.output.contains("kind: Budget\nmetadata: {name: payments}"), "\(imported)")
        #expect(imported.error.contains("1 of 2 budgets written; 1 left out, as comments: Coverage (it is a budget of RI_COVERAGE"))
        // What is written is valid.
        try estate.write(imported.output, to: "policies/budgets.yaml")
        let validated = run("validate")
        #expect(validated.code == 0, "\(validated)")
        for (words, problem) in [
            (["import", "budgets"], "FILE is missing"), (["import", "budgets", answer, "--command", "x"], "two origins"),
            (["import", "teams", answer], "budgets"),
        ] {
            let said = Said(words)
            #expect(said.code == 2 && said.error.contains(problem), "\(said)")
        }
        try Data("{".utf8).write(to: URL(filePath: answer))
        let torn = Said("import", "budgets", answer)
        #expect(torn.code == 3 && torn.output.isEmpty && torn.error.contains("nothing is imported"), "\(torn)")
        let unconfigured = Said("import", "budgets", "--command", "aws-budgets")
        #expect(unconfigured.code == 3 && unconfigured.error.contains("no command 'aws-budgets' is configured"), "\(unconfigured)")
    }

    @Test("are given the variables of the process that the operator names")
    func variables() {
        // Only a real process has them; every one has a path.
        #expect(Console.system().variable("PATH")?.isEmpty == false && Console.system().variable("BURSAR_NO_SUCH_VARIABLE") == nil)
    }

    @Test("refuse a document of clients that is wrong, at the line")
    func wrongClients() throws {
        let path = try answering()
        for (old, new, problem) in [
            ("output: cost-optimization-hub", "output: hub", "'output'"), ("/bin/sh", "sh", "an absolute path"),
            ("name: aws-hub", "name: \"aws hub\"", "a command's name"),
        ] {
            let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
            try Data(text.replacing(old, with: new).utf8).write(to: URL(filePath: path))
            let said = run("check", "--clients", path)
            #expect(said.code == 2 && said.error.contains(problem), "\(said)")
            try Data(text.utf8).write(to: URL(filePath: path))
        }
    }
}
