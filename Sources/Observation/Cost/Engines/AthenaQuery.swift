import CostModel
import Diagnostics
import JSON
import Programs

/// One statement for Athena by AWS's own client, `aws athena`: it is started, asked about with growing pauses until it is done, and its result is
/// taken page by page.
///
/// The deadline is that of all calls together. A statement that is given up is stopped, because what it reads is paid for.
struct AthenaQuery {
    let runner: EngineRunner
    let settings: EngineClient.Athena

    /// What Athena takes, in bytes.
    private static let longestStatement = 262_144
    private static let rowsOfPage = 1_000
    private static let firstPause = 250
    private static let longestPause = 5_000
    /// How long stopping a statement may take, in milliseconds.
    private static let stopDeadline = 10_000

    /// CSV with a header, every field in quotes.
    func answer(to statement: String) throws(FileFault) -> [UInt8] {
        guard statement.utf8.count <= Self.longestStatement else {
            throw fault("the statement has more than \(Self.longestStatement) bytes, which is the most that Athena takes")
        }
        let end = Child.milliseconds() + Int(runner.client.deadline.seconds) * 1_000
        let query = try start(statement, end)
        do throws(FileFault) {
            try finish(query, end)
        } catch {
            stop(query)
            throw error
        }
        return try result(of: query, end)
    }

    // MARK: The statement

    private func start(_ statement: String, _ end: Int) throws(FileFault) -> String {
        var words = ["start-query-execution", "--query-string", statement, "--client-request-token", Self.token()]
        if let group = settings.workGroup { words += ["--work-group", group] }
        if let place = settings.outputLocation { words += ["--result-configuration", "OutputLocation=\(place)"] }
        guard case .string(let name)? = try call(words, end)["QueryExecutionId"], Self.isName(name) else {
            throw unexpected("start-query-execution", "'QueryExecutionId'")
        }
        return name
    }

    /// Started twice with one of these, a statement runs once: so starting it may be tried again.
    private static func token() -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<64).map { _ in digits[Int.random(in: 0..<16)] })
    }

    private static func isName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.first != "-"
            && text.utf8.allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "-") }
    }

    /// Returns when the statement has succeeded.
    private func finish(_ query: String, _ end: Int) throws(FileFault) {
        var pause = Self.firstPause
        while true {
            let execution = try call(["get-query-execution", "--query-execution-id", query], end)["QueryExecution"]
            guard let status = execution?["Status"], case .string(let state)? = status["State"] else {
                throw unexpected("get-query-execution", "'QueryExecution.Status.State'")
            }
            try checkScanned(execution?["Statistics"]?["DataScannedInBytes"])
            switch state {
            case "SUCCEEDED": return
            case "QUEUED", "RUNNING": break
            case "FAILED", "CANCELLED":
                let reasons = [status["StateChangeReason"], status["AthenaError"]?["ErrorMessage"]].compactMap { value -> String? in
                    if case .string(let text)? = value, !text.isEmpty { text } else { nil }
                }
                let said = reasons.first.map { ": \(runner.excerpt(Array($0.utf8)))" } ?? ""
                throw fault("Athena says that the statement \(state == "FAILED" ? "failed" : "was cancelled")\(said)")
            default: throw fault("Athena says that the statement is '\(String(state.prefix(40)).printable)', which is not known here")
            }
            guard Child.milliseconds() + pause < end else { throw runner.fault(.deadline) }
            runner.pause(pause)
            if WorkLimit.isReached { throw runner.fault(.interrupted(.cancelled)) }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    private func checkScanned(_ value: JSONValue?) throws(FileFault) {
        guard let most = settings.maxScannedMegabytes, case .number(let text)? = value, let bytes = Int64(text) else { return }
        guard bytes > Int64(most) << 20 else { return }
        throw fault(
            "the statement read \(bytes >> 20) MiB, more than the \(most) MiB that the client's 'maxScannedMegabytes' allows: "
                + "'months' and 'partition' narrow it")
    }

    /// Nobody waits for its answer any more; where even that fails, the work group's own limits hold.
    private func stop(_ query: String) {
        _ = try? runner.run(arguments(["stop-query-execution", "--query-execution-id", query]), milliseconds: Self.stopDeadline)
    }

    // MARK: The result

    private func result(of query: String, _ end: Int) throws(FileFault) -> [UInt8] {
        var csv: [UInt8] = []
        var next: String?
        var seen: Set<String> = []
        repeat {
            var words = ["get-query-results", "--query-execution-id", query, "--max-results", String(Self.rowsOfPage), "--no-paginate"]
            if let next { words += ["--next-token", next] }
            let page = try call(words, end)
            guard case .array(let rows)? = page["ResultSet"]?["Rows"] else { throw unexpected("get-query-results", "'ResultSet.Rows'") }
            for row in rows { try add(row, to: &csv) }
            guard csv.count <= runner.client.outputLimit else { throw runner.fault(.tooMuchOutput) }
            switch page["NextToken"] {
            case nil, .null?: next = nil
            case .string(let token)?:
                // A page that leads to itself would never end, and a word that begins like an option would be taken for one.
                guard !token.hasPrefix("-"), seen.insert(token).inserted else { throw unexpected("get-query-results", "new 'NextToken'") }
                next = token
            default: throw unexpected("get-query-results", "'NextToken'")
            }
        } while next != nil
        return csv
    }

    /// A value that is NULL has no text, and there is none in an answer.
    private func add(_ row: JSONValue, to csv: inout [UInt8]) throws(FileFault) {
        guard case .array(let fields)? = row["Data"] else { throw unexpected("get-query-results", "'Data' in each row") }
        for (at, field) in fields.enumerated() {
            var text = ""
            if case .string(let value)? = field["VarCharValue"] { text = value }
            csv += Array("\(at == 0 ? "" : ",")\"\(text.replacing("\"", with: "\"\""))\"".utf8)
        }
        csv.append(UInt8(ascii: "\n"))
    }

    // MARK: Calls

    private func arguments(_ words: [String]) -> [String] { runner.client.arguments + ["athena"] + words + ["--output", "json"] }

    /// Calls that come too fast for the account are made again; all else that fails is a fault.
    private func call(_ words: [String], _ end: Int) throws(FileFault) -> JSONValue {
        var pause = Self.firstPause
        while true {
            let rest = end - Child.milliseconds()
            guard rest > 0 else { throw runner.fault(.deadline) }
            let result = try runner.run(arguments(words), milliseconds: rest)
            guard result.code != 0 else { return try document(result.output, words[0]) }
            guard Self.isThrottled(result.errors), Child.milliseconds() + pause < end else { throw runner.failed(result) }
            runner.pause(pause)
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// By the code of the error, which the client writes between brackets.
    private static func isThrottled(_ errors: [UInt8]) -> Bool {
        let text = String(decoding: errors.prefix(4_096), as: UTF8.self)
        return ["(ThrottlingException)", "(TooManyRequestsException)", "(Throttling)"].contains { text.contains($0) }
    }

    private func document(_ bytes: [UInt8], _ call: String) throws(FileFault) -> JSONValue {
        do throws(JSONError) {
            return try JSONReader.read(bytes, limits: JSONLimits(size: .max, depth: 16, members: .max))
        } catch { throw fault("'aws athena \(call)' printed no JSON: \(error)") }
    }

    // MARK: Messages

    private func fault(_ message: String) -> FileFault { FileFault(id: "engine-client", description: message) }

    private func unexpected(_ call: String, _ expected: String) -> FileFault {
        fault("'aws athena \(call)' printed something else than was expected: there is no \(expected)")
    }
}
