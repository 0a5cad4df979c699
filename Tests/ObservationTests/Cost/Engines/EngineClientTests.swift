import CostModel
import Testing

@testable import Observation

@Suite("the client of a query engine")
struct EngineClientTests {
    private func line(_ script: String, deadline: Int64 = 30, limit: Int? = nil) throws -> String {
        let engine = try EngineBill()
        var client = try engine.client(script, deadline: TimeSpan(seconds: deadline))
        if let limit { client.outputLimit = limit }
        return engine.lines([client]).joined(separator: "\n")
    }

    @Test("that hangs is ended at its deadline")
    func hangs() throws {
        #expect(
            try line("exec sleep 60", deadline: 1) == "lake.focus (DuckDB): partial engine-client: the client 'sh' did not answer within "
                + "\(TimeSpan(seconds: 1)), and was ended")
    }

    @Test("that fails says why, on one line and without what it was given in confidence")
    func fails() throws {
        let failed = try line("echo 'Binder Error: no column' >&2; echo \"  for $BURSAR_TEST_SECRET\" >&2; exit 1")
        #expect(
            failed
                == "lake.focus (DuckDB): partial engine-client: the client 'sh' failed with exit code 1: Binder Error: no column; for ***")
        #expect(try line("exit 3").hasSuffix("the client 'sh' failed with exit code 3"))
        #expect(try line("kill -9 $$").hasSuffix("the client 'sh' was ended by signal 9"))
        let encoded = try line("printf 'user:%s' \"$BURSAR_TEST_SECRET\" | base64 >&2; exit 1")
        #expect(encoded.hasSuffix("failed with exit code 1: ***"), "\(encoded)")
        let key = "AKIA" + "ABCDEFGHIJKLMNOP"
        #expect(try !line("echo \(key) >&2; exit 1").contains(key))
    }

    @Test("that prints a whole answer and fails gave none")
    func failsLate() throws {
        let engine = try EngineBill()
        let answer = engine.csv([engine.row(), engine.control(billed: "1", effective: "1", charges: 1)])
        try engine.bill.folder.write("answer", answer)
        let client = try engine.client("cat '\(engine.bill.folder.path)/answer'; exit 1")
        #expect(engine.lines([client]) == ["lake.focus (DuckDB): partial engine-client: the client 'sh' failed with exit code 1"])
    }

    @Test("that never ends its answer is ended at the limit")
    func endless() throws {
        #expect(try line("exec cat /dev/zero", limit: 1 << 20).contains("the client 'sh' answered more than 1 MiB, and was ended"))
    }

    @Test("that is not there, or that nobody configured, is said with what to do")
    func missing() throws {
        let engine = try EngineBill()
        let absent = EngineClient(engine: .duckdb, program: "/nowhere/duckdb")
        #expect(
            engine.lines([absent]) == [
                "lake.focus (DuckDB): partial engine-client: the client 'duckdb' is not there: '--clients' says where it is"
            ])
        let unconfigured = [
            "bursar.yaml:9:11: partial no-client: no client is configured for duckdb: '--clients FILE' names the program that asks the bill "
                + "'billing'"
        ]
        #expect(engine.lines([]) == unconfigured)
        #expect(engine.lines([EngineClient(engine: .trino, program: "/bin/true")]) == unconfigured)
        #expect(engine.lines([EngineClient(engine: .duckdb, sources: ["other"], program: "/bin/true")]) == unconfigured)
        let elsewhere = engine.lines([EngineClient(engine: .duckdb, tables: ["lake.other"], program: "/bin/true")])
        #expect(elsewhere.joined().contains("the clients' 'tables' do not name 'lake.focus'"))
    }

    @Test("is given the statement, its variables, UTC, the root folder, and nothing else")
    func surroundings() throws {
        let engine = try EngineBill()
        var client = try engine.client("")
        client.arguments = ["-c", "echo \"$0|$BURSAR_TEST_SECRET|$OTHER|$HOME|$TZ|$(pwd)|$(cat)\" | head -c 99 >&2; exit 1"]
        client.arguments += ["{sql}"]
        let said = engine.lines([client]).joined()
        #expect(said.contains("exit code 1: WITH bill AS NOT MATERIALIZED"))
        client.arguments = ["-c", "echo \"$BURSAR_TEST_SECRET|$OTHER|$HOME|$TZ|$(pwd)|$(cat)|\" | tr a-z A-Z >&2; exit 1", "{sql}"]
        #expect(engine.lines([client]).joined().hasSuffix("exit code 1: CORRECT-HORSE|||UTC|/||"))
        // No shell of ours reads the statement or the arguments.
        client.program = "/bin/echo"
        client.arguments = ["$HOME", ";", "exit", "`true`"]
        #expect(engine.lines([client]).joined().contains("other columns than were asked for: '$HOME ; exit `true` -no-init"))
    }

    @Test("is asked for nothing that would have to be escaped")
    func keys() throws {
        let engine = try EngineBill()
        let client = try engine.client("exit 9")
        for key in ["it's", "a\"b", "a\\b", "a;\nb", "é", "$(x)", "a`b", "a[0]"] {
            let lines = engine.lines([client], by: [.tag(key)])
            #expect(lines.count == 1 && lines[0].contains("partial engine-question: an engine is not asked for the tag"), "\(lines)")
        }
        #expect(engine.lines([client], by: [.tag("aws:cost-center/x=1+1@z _.")]).joined().contains("exit code 9"))
    }

    @Test("a table's name is a name, whatever else it tries to be")
    func names() {
        for name in [
            "focus; DROP TABLE x", "focus\"", "a.b.c.d", "", ".", "a..b", "a b", "read_csv('x')", "a`b", "é", "1a", "-a", "a/*", "a\nb",
            String(repeating: "a", count: 129),
        ] { #expect(BillTable.parts(of: name) == nil, "\(name)") }
        #expect(BillTable.parts(of: "my-project.billing_2026.focus") == ["my-project", "billing_2026", "focus"])
    }
}
