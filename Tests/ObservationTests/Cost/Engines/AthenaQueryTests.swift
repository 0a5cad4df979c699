import CostModel
import Foundation
import Testing

@testable import Observation

/// A script stands for AWS's client: it prints what that prints for each call of `aws athena`, and writes down how it was called.
@Suite("a bill in Athena, asked by AWS's own client")
struct AthenaQueryTests {
    private let engine: EngineBill
    private var folder: String { engine.bill.folder.path }

    init() throws { engine = try EngineBill() }

    /// What `get-query-execution` prints.
    private static func state(_ state: String, _ more: String = "", scanned: Int = 1) -> String {
        #"{"QueryExecution": {"QueryExecutionId": "q-1", "Status": {"State": "\#(state)"\#(more)}, "#
            + #""Statistics": {"DataScannedInBytes": \#(scanned)}}}"#
    }

    /// What `get-query-results` prints of some rows.
    private static func page(_ rows: [[String]], next: String? = nil) -> String {
        let rows = rows.map { row in
            let fields = row.map { $0.isEmpty ? "{}" : #"{"VarCharValue": "\#($0)"}"# }
            return #"{"Data": [\#(fields.joined(separator: ", "))]}"#
        }
        return #"{"ResultSet": {"Rows": [\#(rows.joined(separator: ", "))]}\#(next.map { #", "NextToken": "\#($0)""# } ?? "")}"#
    }

    private var answer: [[String]] {
        [
            engine.question.fields, engine.row(effective: "2.5"), engine.row(["k_ServiceName": "S3"], effective: "4"),
            engine.control(billed: "2", effective: "6.5", charges: 2),
        ]
    }

    /// - Parameters:
    ///   - states: what is printed of the statement's state, call after call; the last one again and again.
    ///   - pages: by the token that asks for them.
    private func client(
        _ states: [String], pages: [String: String] = [:], start: String = #"echo '{"QueryExecutionId": "q-1"}'"#,
        athena: EngineClient.Athena = EngineClient.Athena(), deadline: Int64 = 30
    ) throws -> EngineClient {
        for (at, state) in states.enumerated() { try engine.bill.folder.write("state-\(at)", state) }
        for (token, page) in pages { try engine.bill.folder.write("page-\(token)", page) }
        for name in ["calls", "at"] { try engine.bill.folder.write(name, name == "at" ? "0" : "") }
        let script = """
            cd '\(folder)'
            shift 3
            printf '%s|' "$@" | tr '\\n' ' ' >> calls; echo >> calls
            case $1 in
            start-query-execution) \(start) ;;
            get-query-execution)
                at=$(cat at)
                cat "state-$at"
                [ -e "state-$((at + 1))" ] && echo $((at + 1)) > at; true ;;
            get-query-results) shift 6; case $1 in --next-token) cat "page-$2" ;; *) cat page-first ;; esac ;;
            stop-query-execution) echo '{}' ;;
            esac
            """
        var client = try engine.client(script, engine: .athena, deadline: TimeSpan(seconds: deadline))
        client.arguments = [folder + "/client.sh", "--profile", "finops"]
        client.environment.append("PATH")
        client.athena = athena
        return client
    }

    private func ask(_ client: EngineClient) throws -> String {
        var runner = EngineRunner(client: client, environment: ["PATH": "/usr/bin:/bin", "BURSAR_TEST_SECRET": "correct-horse"])
        let waited = engine.bill.folder.path + "/pauses"
        runner.pause = { milliseconds in
            let file = fopen(waited, "a")
            fputs("\(milliseconds)\n", file)
            fclose(file)
        }
        do throws(FileFault) {
            let bytes = try runner.ask("SELECT 1")
            let answer = try EngineAnswer(bytes, to: engine.question, output: runner.output)
            return "\(answer.charges) charges"
        } catch { return error.description }
    }

    private func written(_ name: String) -> String { (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? "" }

    @Test("is started, asked about with growing pauses, and taken page by page")
    func whole() throws {
        let athena = EngineClient.Athena(workGroup: "finops", outputLocation: "s3://results/bursar/", maxScannedMegabytes: 100)
        let states = ["QUEUED", "RUNNING", "RUNNING", "SUCCEEDED"].map { Self.state($0, scanned: 100 << 20) }
        let client = try client(
            states, pages: ["first": Self.page(Array(answer.prefix(2)), next: "t=2"), "t=2": Self.page(Array(answer.suffix(2)))],
            athena: athena)
        #expect(try ask(client) == "2 charges")
        #expect(written("pauses") == "250\n500\n1000\n")
        let calls = written("calls").split(separator: "\n").map(String.init)
        #expect(calls.count == 7, "\(calls)")
        #expect(calls[0].hasPrefix("start-query-execution|--query-string|SELECT 1|--client-request-token|"))
        #expect(
            calls[0].hasSuffix(
                "|--work-group|finops|--result-configuration|OutputLocation=s3://results/bursar/|--output|json|"))
        #expect(calls[1] == "get-query-execution|--query-execution-id|q-1|--output|json|")
        #expect(calls[5] == "get-query-results|--query-execution-id|q-1|--max-results|1000|--no-paginate|--output|json|")
        #expect(calls[6] == "get-query-results|--query-execution-id|q-1|--max-results|1000|--no-paginate|--next-token|t=2|--output|json|")
    }

    @Test("that fails or is cancelled says Athena's own words, and is stopped")
    func failed() throws {
        let reason =
            #", "StateChangeReason": "COLUMN_NOT_FOUND: line 3:9: Column 'tags' cannot be resolved", "#
            + #""AthenaError": {"ErrorCategory": 2, "ErrorMessage": "COLUMN_NOT_FOUND"}"#
        #expect(
            try ask(client([Self.state("RUNNING"), Self.state("FAILED", reason)]))
                == "Athena says that the statement failed: COLUMN_NOT_FOUND: line 3:9: Column 'tags' cannot be resolved")
        #expect(written("calls").contains("stop-query-execution|--query-execution-id|q-1|"))
        #expect(try ask(client([Self.state("CANCELLED")])) == "Athena says that the statement was cancelled")
        #expect(try ask(client([Self.state("PAUSED")])).hasSuffix("the statement is 'PAUSED', which is not known here"))
        let secret = #", "StateChangeReason": "no access for correct-horse""#
        #expect(try ask(client([Self.state("FAILED", secret)])) == "Athena says that the statement failed: no access for ***")
    }

    @Test("that reads more than the operator allows is stopped while it runs, and is no answer once it has")
    func limited() throws {
        let athena = EngineClient.Athena(maxScannedMegabytes: 10)
        for state in ["RUNNING", "SUCCEEDED"] {
            let said = try ask(client([Self.state(state, scanned: (11 << 20) + 5)], athena: athena))
            #expect(
                said.hasPrefix("the statement read 11 MiB, more than the 10 MiB that the client's 'maxScannedMegabytes' allows"), "\(said)")
            #expect(written("calls").contains("stop-query-execution"))
        }
    }

    @Test("that never ends is stopped at the deadline of all calls together")
    func hangs() throws {
        #expect(try ask(client([Self.state("RUNNING")], deadline: 1)).contains("did not answer within"))
        #expect(written("calls").contains("stop-query-execution"))
    }

    @Test("whose calls come too fast makes them again, and passes on what else the client says")
    func throttled() throws {
        let once = """
            if [ -e tried ]; then echo '{"QueryExecutionId": "q-1"}'; else touch tried
            echo 'An error occurred (ThrottlingException) when calling the StartQueryExecution operation: Rate exceeded' >&2; exit 254; fi
            """
        let client = try client([Self.state("SUCCEEDED")], pages: ["first": Self.page(answer)], start: once)
        #expect(try ask(client) == "2 charges")
        let calls = written("calls").split(separator: "\n").filter { $0.hasPrefix("start-") }
        // With one token: the statement runs once.
        #expect(calls.count == 2 && calls[0] == calls[1])
        let denied = "echo 'An error occurred (AccessDeniedException) when calling: not authorized' >&2; exit 254"
        #expect(
            try ask(self.client([Self.state("SUCCEEDED")], start: denied))
                == "the client 'sh' failed with exit code 254: An error occurred (AccessDeniedException) when calling: not authorized")
    }

    @Test("that prints something else is no answer")
    func broken() throws {
        #expect(try ask(client([], start: "echo '<html>'")).hasPrefix("'aws athena start-query-execution' printed no JSON"))
        #expect(try ask(client([], start: "echo '{\"QueryExecutionId\": \"--debug\"}'")).contains("there is no 'QueryExecutionId'"))
        #expect(try ask(client(["{}"])).contains("there is no 'QueryExecution.Status.State'"))
        let done = [Self.state("SUCCEEDED")]
        #expect(try ask(client(done, pages: ["first": "{}"])).contains("there is no 'ResultSet.Rows'"))
        let around = ["first": Self.page(answer, next: "again"), "again": Self.page([], next: "again")]
        #expect(try ask(client(done, pages: around)).contains("there is no new 'NextToken'"))
        #expect(try ask(client(done, pages: ["first": Self.page(Array(answer.dropLast()))])).contains("its control row is missing"))
        #expect(try ask(client(done, pages: ["first": Self.page(answer, next: "lost")])).contains("failed with exit code 1"))
    }
}
