import CostModel
import Testing

@testable import Observation

/// Clients are stood in for by scripts that print and fail as theirs do.
@Suite("a command of the operator's")
struct CommandRunnerTests {
    private static let environment = ["BURSAR_TEST_SECRET": "correct-horse", "OTHER": "x"]

    private func connector(
        _ script: String, _ arguments: [String] = [], deadline: Int64 = 30, limit: Int = 1 << 20,
        output: CommandOutput = .costOptimizationHub
    ) -> CommandConnector {
        CommandConnector(
            name: "aws", program: "/bin/sh", arguments: ["-c", script, "sh"] + arguments, environment: ["BURSAR_TEST_SECRET"],
            output: output, deadline: TimeSpan(seconds: deadline), outputLimit: limit)
    }

    /// What it printed, or why not; and how long was waited between its runs.
    private func run(_ connector: CommandConnector) -> (text: String, waits: [Double]) {
        var waits: [Double] = []
        var runner = CommandRunner(connector, environment: Self.environment)
        runner.pause = { waits.append($0) }
        do throws(ClientFailure) { return (String(decoding: try runner.output(), as: UTF8.self), waits) } catch {
            return ("\(error.kind.rawValue): \(error.message)", waits)
        }
    }

    @Test("gets its arguments and named variables, UTC, the root folder, and nothing else")
    func surroundings() {
        let found = run(connector(#"echo "$1|$BURSAR_TEST_SECRET|$OTHER|$HOME|$TZ|$(pwd)|$(cat)|$AWS_PAGER|$AWS_RETRY_MODE""#, ["a b"]))
        #expect(found.text == "a b|correct-horse|||UTC|/|||standard\n")
    }

    private static func failure(_ code: String, _ exit: Int) -> String {
        "echo; echo 'An error occurred (\(code)) when calling the ListRecommendations operation: for '\"$BURSAR_TEST_SECRET\" >&2; exit \(exit)"
    }

    @Test("that is throttled is asked again after 1, 2 and 4 seconds, and then not any more")
    func throttled() throws {
        let found = run(connector(Self.failure("ThrottlingException", 254)))
        #expect(found.waits == [1, 2, 4])
        #expect(
            found.text
                == "transient: it failed with exit code 254: An error occurred (ThrottlingException) when calling the ListRecommendations "
                + "operation: for ***: it may pass by itself; asked 4 times")
        let folder = try TemporaryFolder()
        try folder.write("count", "")
        let once = "echo x >> \(folder.path)/count; [ $(wc -l < \(folder.path)/count) -ge 3 ] && echo '{}' && exit; "
        let passed = run(connector(once + Self.failure("TooManyRequestsException", 255)))
        #expect(passed.text == "{}\n" && passed.waits == [1, 2])
    }

    @Test(
        "that fails for good is asked once, and what to do is said where a person must",
        arguments: [
            ("AccessDeniedException", 254, "stalled"), ("ExpiredTokenException", 255, "stalled"),
            ("ValidationException", 254, "stalled"), ("ResourceNotFoundException", 254, "failed"),
        ])
    func refused(code: String, exit: Int, kind: String) {
        let found = run(connector(Self.failure(code, exit)))
        #expect(found.text.hasPrefix("\(kind): it failed with exit code \(exit): An error occurred (\(code))") && found.waits.isEmpty)
        #expect(found.text.contains("sign in, or mend") == (kind == "stalled"))
    }

    @Test(
        "is understood whichever client it is, by its code and its words",
        arguments: [
            (252, "usage: aws [options]", "stalled"), (253, "Unable to locate credentials", "stalled"), (2, "error: argument", "stalled"),
            (255, "Could not connect to the endpoint URL: x", "transient"), (1, "ERROR: Please run 'az login'", "stalled"),
            (1, "ERROR: (gcloud.recommender) PERMISSION_DENIED: no", "stalled"), (1, "RESOURCE_EXHAUSTED: quota", "transient"),
            (1, "ERROR: (TooManyRequests) slow down", "transient"), (1, "Traceback", "failed"), (255, "", "failed"),
        ])
    func kinds(code: Int32, errors: String, kind: String) {
        #expect(ClientFailureKind.kind(code: code, errors: errors).rawValue == kind)
    }

    @Test("that hangs, never ends, is killed or is not there is ended, and said")
    func ended() {
        #expect(run(connector("exec sleep 60", deadline: 1)).text.hasPrefix("failed: it did not answer within 1s, and was ended"))
        #expect(run(connector("exec cat /dev/zero")).text.hasPrefix("failed: it printed more than 1 MiB, and was ended"))
        #expect(run(connector("kill -9 $$")).text == "failed: it was ended by signal 9")
        var absent = connector("")
        absent.program = "/nowhere/aws"
        #expect(run(absent).text == "stalled: the program is not there: '--clients' says where it is")
    }

    /// In the ways in which a server that was sent it says it again.
    @Test(
        "that repeats what it was given in confidence in another form, over lines or at the end of what is read of it does not show it",
        arguments: [
            "printf %s \"$BURSAR_TEST_SECRET\" | base64", "printf 'user:%s' \"$BURSAR_TEST_SECRET\" | base64 -w 8",
            "printf 'u:%s' \"$BURSAR_TEST_SECRET\" | base64 | tr '+/' '-_' | tr -d =",
            "printf %s \"$BURSAR_TEST_SECRET\" | sed 's/-/%2D/'", "printf %s \"$BURSAR_TEST_SECRET\" | sed 's/-/%252d/'",
            "printf %s \"$BURSAR_TEST_SECRET\" | sed 's/-/\\&#45;/'", "printf %s \"$BURSAR_TEST_SECRET\" | od -An -tx1 | tr -d ' \\n'",
            "printf '%4090s' ''; printf %s \"$BURSAR_TEST_SECRET\"", "echo 'correct-'; echo '  horse'",
        ])
    func repeated(script: String) {
        let said = run(connector("{ echo; printf 'login with '; \(script); } >&2; exit 3")).text
        #expect(said.hasPrefix("failed: it failed with exit code 3: "))
        #expect(!said.replacing("; ", with: "").contains("corr") && !said.contains("horse"), "\(said)")
        #expect(said.contains("login with ***") || said.hasSuffix("login with"), "\(said)")
    }

    @Test("is shown without secrets")
    func shown() {
        let secret = "AKIA" + "ABCDEFGHIJKLMNOP"
        let connector = CommandConnector(
            name: "aws", program: "/usr/bin/aws",
            arguments: ["ce", "--token", "hidden", "--password=hidden", "--x", "correct-horse", secret, "--start", "{from}"],
            environment: ["BURSAR_TEST_SECRET"], output: .costExplorer)
        let runner = CommandRunner(connector, environment: Self.environment)
        #expect(
            runner.shownArguments(["from": "2026-10-01"]) == [
                "/usr/bin/aws", "ce", "--token", "…", "--password=…", "--x", "…", "…", "--start", "2026-10-01",
            ])
    }

    @Test("is shown with regions, dates and names, and complains with them; what a name or an unnamed variable makes a secret is hidden")
    func plainValues() {
        let script = "echo \"no access in $1 for $2 with $3 as $AWS_REGION by $TOOL_LOGIN in $AWS_PROFILE\" >&2; exit 9"
        let connector = CommandConnector(
            name: "aws", program: "/bin/sh", arguments: ["-c", script, "us-east-1", "my-project-2026", "--db-password=hunter2-hunter2"],
            environment: ["AWS_REGION", "AWS_PROFILE", "TOOL_LOGIN"], output: .costExplorer)
        var runner = CommandRunner(
            connector, environment: ["AWS_REGION": "eu-central-1", "AWS_PROFILE": "finops-reader", "TOOL_LOGIN": "correct-horse"])
        runner.pause = { _ in }
        #expect(runner.shownArguments().suffix(3) == ["us-east-1", "my-project-2026", "--db-password=…"])
        let error = #expect(throws: ClientFailure.self) { try runner.output() }
        let said = error?.message ?? ""
        for shown in ["my-project-2026", "eu-central-1", "finops-reader"] { #expect(said.contains(shown), "\(said)") }
        for hidden in ["hunter2-hunter2", "correct-horse"] { #expect(!said.contains(hidden), "\(said)") }
    }

    // MARK: As a source

    private func read(_ commands: [CommandConnector], _ command: String = "aws") -> (lines: [String], records: [CommandRecord], [String]) {
        let source = AdviceSource(
            name: "hub", place: Place(file: "bursar.yaml", line: 12), format: .costOptimizationHub, command: command, maxAge: nil)
        let clients = EngineClients([], commands: commands, environment: Self.environment)
        let (book, records, problems) = AdviceReader.read(
            [source], directory: "/nowhere", currency: .usd, now: Instant(seconds: 1_793_491_200), clients: clients)
        return (AdviceReaderTests.lines(book), records, problems.map(BillFolder.line))
    }

    @Test("is read as a file is, and what was asked and what came back is remembered")
    func source() throws {
        let folder = try TemporaryFolder()
        try folder.write("hub.json", AdviceReaderTests.hub)
        let (lines, records, problems) = read([connector("cat \(folder.path)/hub.json")])
        #expect(lines.count == 4 && problems.isEmpty)
        let record = try #require(records.first)
        #expect(records.count == 1 && record.source == "recommendations hub" && record.command == "aws")
        #expect(record.digest.count == 64 && record.size == AdviceReaderTests.hub.utf8.count && record.arguments.first == "/bin/sh")
    }

    @Test(
        "that prints half, nothing, something else or too deep gives nothing, and says where",
        arguments: [
            ("echo '{\"items\": [{\"actionType\"'", "the text ends too early"), ("true", "the text ends too early"),
            ("echo '<html>'", "expected a value"), ("echo '{\"Budgets\": []}'", "'items' is missing"),
            ("printf '[%.0s' $(seq 100)", "nested deeper than 64 levels"), ("echo '{\"items\": []}'; exit 1", "failed with exit code 1"),
        ])
    func torn(script: String, problem: String) {
        let (lines, _, problems) = read([connector(script)])
        #expect(lines.isEmpty && problems.count == 1 && problems[0].contains(problem), "\(problems)")
        #expect(problems[0].hasPrefix("command aws") && problems[0].contains(": partial "), "\(problems)")
    }

    @Test("that nobody configured, or that prints something else than the source asks for, is not run")
    func unconfigured() {
        #expect(read([]).2.first?.contains("no command 'aws' is configured for 'hub' of recommendations") == true)
        #expect(read([connector("exit 9", output: .awsBudgets)]).2.first?.contains("it prints aws-budgets") == true)
    }
}
