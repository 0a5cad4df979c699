import CostModel

/// Asks the commands that sources name, and remembers what was asked and what came back.
struct CommandAnswers {
    let clients: EngineClients
    let now: Instant
    private(set) var records: [CommandRecord] = []

    init(_ clients: EngineClients, now: Instant) {
        self.clients = clients
        self.now = now
    }

    /// What a command printed, as a file that may be read like any other.
    ///
    /// - Parameters:
    ///   - kind: the kind of source: `cloud`, `recommendations`.
    ///   - output: what the source's format asks for.
    ///   - values: what stands for the placeholders of its arguments.
    mutating func ask(
        _ name: String, for kind: String, _ source: String, _ output: CommandOutput, _ values: [String: String] = [:]
    ) -> (file: ObservedFile, depth: Int) {
        let title = "command \(name)"
        guard let connector = clients.command(named: name) else {
            let message =
                "no command '\(name)' is configured for '\(source)' of \(kind): 'commands' in the document of '--clients' says what it runs"
            return (ObservedFile(printed: title, .failure(FileFault(id: "no-command", description: message))), 1)
        }
        guard connector.output == output else {
            let message =
                "it prints \(connector.output.rawValue), as the document of '--clients' says, and '\(source)' of \(kind) asks for "
                + output.rawValue
            return (ObservedFile(printed: title, .failure(FileFault(id: "command-output", description: message))), 1)
        }
        if let rest = SourceMemories.rest(of: kind, source, now: now) {
            return (ObservedFile(printed: title, .failure(FileFault(resting: rest))), 1)
        }
        let runner = CommandRunner(connector, environment: clients.environment)
        do throws(ClientFailure) {
            let bytes = try runner.output(values)
            record(bytes, runner, "\(kind) \(source)", values)
            return (ObservedFile(printed: title, .success(bytes)), connector.depth)
        } catch {
            let id = error.kind == .stalled ? FileFault.stalledID : "command-failed"
            return (ObservedFile(printed: title, .failure(FileFault(id: id, description: error.message))), 1)
        }
    }

    /// Remembers an answer that was kept from an earlier question.
    mutating func note(_ bytes: [UInt8], of name: String, for kind: String, _ source: String, _ values: [String: String]) {
        guard let connector = clients.command(named: name) else { return }
        record(bytes, CommandRunner(connector, environment: clients.environment), "\(kind) \(source)", values)
    }

    private mutating func record(_ bytes: [UInt8], _ runner: CommandRunner, _ source: String, _ values: [String: String]) {
        var hash = SHA256()
        hash.update(bytes)
        records.append(
            CommandRecord(
                source: source, command: runner.connector.name, arguments: runner.shownArguments(values), digest: hash.hexDigest(),
                size: bytes.count))
    }
}

extension ObservedFile {
    /// What a command printed, under a name for messages.
    init(printed name: String, _ bytes: Result<[UInt8], FileFault>) {
        self.init(table: name, answer: bytes.map { AnsweredBill(text: $0, charges: 0) })
    }
}

extension FileFault {
    static let stalledID = "command-stalled"
    static let restingID = "source-resting"

    /// A source that failed too often to be asked now.
    init(resting status: SourceStatus) {
        let until = status.restsUntil.map { " before \($0)" } ?? ""
        self.init(
            id: Self.restingID,
            description: "it is not asked\(until), because it failed \(status.failures) times in a row: \(status.problem ?? "")")
    }
}

extension SourceMemories {
    /// Notes what came of asking a source. One that was left alone was not asked.
    static func note(_ kind: String, _ name: String, now: Instant, _ problems: [ObservationProblem]) {
        let partial = problems.filter { $0.severity == .partial }
        guard !partial.contains(where: { $0.id == FileFault.restingID }) else { return }
        note(
            kind, name, now: now, problem: partial.first?.message,
            isStalled: partial.contains { [FileFault.stalledID, "no-command", "command-output"].contains($0.id) })
    }
}
