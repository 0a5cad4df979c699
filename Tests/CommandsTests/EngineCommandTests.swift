import Foundation
import TestSupport
import Testing

@testable import Commands

/// A workspace whose bill lies in a query engine; the engine's client is a script of the test.
@Suite("commands that ask a query engine")
struct EngineCommandTests {
    private let repository: TemporaryRepository
    private let operators: TemporaryDirectory

    init() throws {
        repository = try TemporaryRepository()
        operators = TemporaryDirectory()
        try repository.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: lake}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: [{name: lake, format: focus, engine: duckdb, table: billing.focus, maxAge: none, columns: {ListCost: none, ContractedCost: none}}]

            """, to: "bursar.yaml")
        try repository.write("kind: Team\nmetadata: {name: payments}\nspec:\n  owns: [{tags: {team: payments}}]\n", to: "policies/all.yaml")
        try repository.commit("the workspace")
    }

    /// A client that answers any question about one charge: it fills the fields by the names that the statement gives them.
    private static let answering = #"""
        fields=$(printf '%s\n' "$1" | awk '/^SELECT$/ { on = 1; next } /^FROM bill$/ { exit } on { sub(/,$/, "", $NF); print $NF }')
        printf '%s\n' $fields | paste -sd, -
        row() {
            for field in $fields; do
                case $field in
                part) echo "$2" ;;
                charges) echo 1 ;;
                s_*) echo 12.50 ;;
                checks) [ "$2" = row ] && echo || echo 2000-01-01 2000-01-01 0 ;;
                *) [ "$2" = row ] || { echo; continue; }
                    case $field in
                    k_ChargePeriodStart|k_ChargePeriodEnd) echo 2026-10-31 ;;
                    k_BillingPeriodStart) echo 2026-10-01 ;;
                    k_BillingPeriodEnd) echo 2026-11-01 ;;
                    k_ChargeCategory) echo Usage ;;
                    k_BillingCurrency) echo USD ;;
                    k_ServiceName) echo EC2 ;;
                    k_tag_1) echo =payments ;;
                    has_*) echo 1 ;;
                    *) echo ;;
                    esac ;;
                esac
            done | paste -sd, -
        }
        row x row
        row x total
        """#

    /// - Parameter folder: nil: the operator's.
    private func clients(_ script: String = answering, in folder: String? = nil, mode: Int = 0o600) throws -> String {
        let program = operators.path + "/client.sh"
        try Data(script.utf8).write(to: URL(filePath: program))
        let path = (folder ?? operators.path) + "/clients.yaml"
        let text = """
            apiVersion: bursar/v1
            kind: Clients
            metadata: {name: here}
            spec:
              clients:
                - {engine: duckdb, program: /bin/sh, arguments: ["\(program)", "{sql}"], environment: [PATH]}

            """
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func run(_ words: String...) -> Said {
        Said(words + ["-C", repository.path], environment: ["PATH": "/usr/bin:/bin"])
    }

    @Test("say what to configure where nobody did, and end with 3")
    func unconfigured() {
        let said = run("cost", "--by", "service")
        #expect(said.code == 3)
        #expect(said.output.contains("no client is configured for duckdb: '--clients FILE' names the program"))
        #expect(run("check").code == 3)
    }

    @Test("break the bill down, by service and by team, as if it lay in files")
    func breakdown() throws {
        let path = try clients()
        let said = run("cost", "--by", "service", "--clients", path, "--format", "json")
        #expect(said.code == 0, "\(said.output)\(said.error)")
        #expect(said.output.contains(#""key": {"service": "EC2"}"#) && said.output.contains(#""amount": "12.5""#))
        let teams = run("cost", "--by", "team", "--clients", path)
        #expect(teams.code == 0 && teams.output.contains("payments"), "\(teams.output)\(teams.error)")
        #expect(run("check", "--clients", path).code == 0)
        let deliveries = run("cost", "--deliveries", "--clients", path)
        #expect(deliveries.code == 0 && deliveries.output.contains("billing.focus (DuckDB)"), "\(deliveries.output)")
    }

    @Test("write what was asked into a snapshot, by which checks go where no client is")
    func snapshot() throws {
        let file = operators.path + "/observations.json"
        #expect(run("observe", "--out", file, "--clients", try clients()).code == 0)
        #expect(run("check", "--observations", file).code == 0)
    }

    @Test("refuse clients that a repository, or anybody else, could write")
    func foreignClients() throws {
        let inside = run("cost", "--by", "service", "--clients", try clients(in: repository.path))
        #expect(inside.code == 2 && inside.error.contains("lie in the repository"), "\(inside.error)")
        let open = run("cost", "--by", "service", "--clients", try clients(mode: 0o666))
        #expect(open.code == 2 && open.error.contains("could be changed by others"), "\(open.error)")
        #expect(run("cost", "--by", "service", "--clients", operators.path + "/none.yaml").code == 2)
        #expect(run("check", "--clients", operators.path).code == 2)
    }

    @Test("show what is asked without asking, and without a client")
    func statements() {
        let said = run("cost", "--by", "service", "--show-sql")
        #expect(said.code == 0)
        #expect(said.output.hasPrefix("-- lake, asked of duckdb for a breakdown\nWITH bill AS NOT MATERIALIZED (\n"))
        #expect(said.output.contains("-- lake, asked of duckdb for policies\n"))
        #expect(said.output.contains("FROM \"billing\".\"focus\""))
        #expect(!said.output.contains("ListCost"))
    }

    @Test("ask nobody for what a change puts in the place of the base's bill")
    func base() throws {
        let refusal = "*) echo asked for another table >&2; exit 1"
        let path = try clients("case $1 in *'\"billing\".\"focus\"'*)\n\(Self.answering)\n;;\n\(refusal) ;; esac\n")
        try repository.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: lake}
            spec:
              currency: USD
              policies: [policies]
              observe: {cost: [{name: lake, format: focus, engine: duckdb, table: secrets.salaries, maxAge: none}]}

            """, to: "bursar.yaml")
        try repository.commit("another table")
        #expect(run("check", "--clients", path).output.contains("asked for another table"))
        let said = run("check", "--base", "HEAD~1", "--clients", path)
        #expect(!said.output.contains("asked for another table"), "\(said.output)")
    }
}
