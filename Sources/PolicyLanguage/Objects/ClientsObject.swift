package import CostModel
import Diagnostics
import YAML

/// The `spec` of `kind: Clients`: the programs by which whoever runs Bursar reaches query engines, the servers that have its samples, the
/// commands that print what providers say, and the channels by which people are told. It stands outside of the repositories.
enum ClientsObject: NestedObject {
    static let doc =
        "The programs by which query engines are asked, the servers that are asked for samples, and the commands that sources name."
    static let clients = Field(
        "clients", .list(of: .object(ClientObject.self), maximum: 100), "The clients, one for each engine.")
    static let metrics = Field(
        "metrics", .list(of: .object(MetricServerObject.self), maximum: 100), "The servers that are asked for samples.")
    static let commands = Field(
        "commands", .list(of: .object(CommandObject.self), maximum: 100), "The programs that sources name by 'command'.")
    static let secondOpinion = Field(
        "secondOpinion", .object(SecondOpinionObject.self), "The program that is asked what it thinks of a finding.")
    static let channels = Field(
        "channels", .list(of: .object(ChannelObject.self), maximum: 100), "The ways to people and programs, for messages.")
    static let fields = [
        clients.description, metrics.description, commands.description, secondOpinion.description, channels.description,
    ]
    static let choice: KeyChoice? = .atLeastOne(of: fields.map(\.key))

    static func build(_ record: Record) -> OperatorClients? {
        let engines = record.value(of: clients)
        let servers = record.value(of: metrics)
        let programs = record.value(of: commands)
        let ways = record.value(of: channels)
        let isRead =
            (!record.has(clients) || engines != nil) && (!record.has(metrics) || servers != nil)
            && (!record.has(commands) || programs != nil)
            && (!record.has(secondOpinion) || record.value(of: secondOpinion) != nil)
            && (!record.has(channels) || ways != nil)
        guard isRead else { return nil }
        guard fields.contains(where: { record.node[$0.key] != nil }) else {
            if record.hasKnownKeysOnly {
                record.report(
                    "missing-key",
                    "missing 'clients', 'metrics', 'commands', 'secondOpinion' or 'channels' in \(record.context.subject): who is asked or told",
                    at: record.node.range)
            }
            return nil
        }
        var names: Set<String> = []
        for command in programs ?? [] where !names.insert(command.name).inserted {
            record.report(
                "duplicate-name", "two commands are called '\(command.name)'", at: record.node[commands.key]?.range ?? record.node.range)
            return nil
        }
        names = []
        for channel in ways ?? [] where !names.insert(channel.name).inserted {
            record.report(
                "duplicate-name", "two channels are called '\(channel.name)'", at: record.node[channels.key]?.range ?? record.node.range)
            return nil
        }
        return OperatorClients(
            engines: engines ?? [], metrics: servers ?? [], commands: programs ?? [], opinion: record.value(of: secondOpinion),
            channels: ways ?? [])
    }
}

/// What a document of clients says.
package struct OperatorClients: Hashable, Sendable {
    package var engines: [EngineClient]
    package var metrics: [MetricServer]
    package var commands: [CommandConnector] = []
    /// Nil: nobody is asked for one.
    package var opinion: OpinionClient?
    package var channels: [MessageChannel] = []
}

/// The whole document.
enum ClientsDocument: NestedObject {
    static let doc = "A document for '--clients'."
    static let apiVersion = Field("apiVersion", .word(EnvelopeObject.version), .required, "The version of the language.")
    static let kind = Field("kind", .word("Clients"), .required, "What the document is.")
    static let metadata = Field("metadata", .object(MetadataObject.self), .required, "What it is called.")
    static let spec = Field("spec", .object(ClientsObject.self), .required, "What it says.")
    static let fields = [apiVersion.description, kind.description, metadata.description, spec.description]

    static func build(_ record: Record) -> OperatorClients? {
        _ = record.value(of: apiVersion)
        _ = record.value(of: kind)
        let name = record.value(of: metadata)
        guard let clients = record.value(of: spec), name != nil else { return nil }
        return clients
    }
}

/// One entry of `clients`.
enum ClientObject: NestedObject {
    static let doc = "A program that asks a query engine."
    static let engine = Field("engine", .choice(QueryEngine.self), .required, "The engine that it asks.")
    static let program = Field("program", .programPath, .required, "The program: an absolute path. No shell is in between.")
    static let arguments = Field(
        "arguments", .list(of: .text, minimum: 0),
        "Its arguments, with {sql} where the statement goes; without {sql} the engine's usual ones follow these.")
    static let sources = Field("sources", .list(of: .text), "The bills that it is for; without it all of its engine.")
    static let tables = Field("tables", .list(of: .tableName), "The only tables that it is asked for; without it any.")
    static let environment = Field("environment", .list(of: .variableName), "The variables of the environment that it is given.")
    static let deadline = Field("deadline", .timeSpan, default: "5m", "How long one question may take.")
    static let maxMegabytes = Field("maxMegabytes", .integer(1...4_096), default: "256", "The most that it may answer, in MiB.")
    static let output = Field(
        "output", .choice(EngineClient.Output.self), "How it writes its answer; by default as the engine's usual client.")
    static let partition = Field("partition", .object(PartitionObject.self), "The column by which the tables are divided into months.")
    static let version = Field(
        "version", .engineVersion, "The engine's version, where it is an old one that speaks another SQL: ClickHouse before 21.")
    static let changeColumn = Field(
        "changeColumn", .columnName,
        "A column whose value is greater in every row that is written or changed: only billing months that changed are asked for again.")
    static let athena = Field("athena", .object(AthenaObject.self), "How Athena is asked, where 'program' is AWS's own client.")
    static let fields = [
        engine.description, program.description, arguments.description, sources.description, tables.description, environment.description,
        deadline.description, maxMegabytes.description, output.description, partition.description, version.description,
        changeColumn.description, athena.description,
    ]

    static func build(_ record: Record) -> EngineClient? {
        let engine = record.value(of: engine)
        let program = record.value(of: program)
        let deadline = record.value(of: deadline)
        let megabytes = record.value(of: maxMegabytes)
        guard let engine, let program, let deadline, let megabytes else { return nil }
        guard isOf(engine, record) else { return nil }
        return EngineClient(
            engine: engine, sources: Set(record.value(of: sources) ?? []),
            tables: Set((record.value(of: tables) ?? []).map { $0.joined(separator: ".") }), program: program,
            arguments: record.value(of: arguments) ?? [], environment: record.value(of: environment) ?? [], deadline: deadline,
            outputLimit: megabytes << 20, output: record.value(of: output), partition: record.value(of: partition),
            version: record.value(of: version), changeColumn: record.value(of: changeColumn), athena: record.value(of: athena))
    }

    /// Whether keys that one engine alone has stand with that one.
    private static func isOf(_ engine: QueryEngine, _ record: Record) -> Bool {
        for (key, owner) in [(version.key, QueryEngine.clickhouse), (athena.key, .athena)] where owner != engine {
            guard let node = record.node[key] else { continue }
            record.report("wrong-value", "'\(key)' is of '\(owner.rawValue)': leave it out", at: node.range)
            return false
        }
        for key in [arguments.key, output.key] {
            guard record.has(athena), let node = record.node[key] else { continue }
            if key == arguments.key, !(record.value(of: arguments) ?? []).contains(where: { $0.contains("{sql}") }) { continue }
            record.report(
                "wrong-value",
                "with 'athena' the program is AWS's own client, whose calls are known: leave out "
                    + (key == output.key ? "'output'" : "'{sql}'"), at: node.range)
            return false
        }
        return true
    }
}

/// `athena`
enum AthenaObject: NestedObject {
    static let doc = "How Athena is asked by AWS's own client."
    static let workGroup = Field("workGroup", .workGroupName, "The work group; without it the account's primary one.")
    static let outputLocation = Field(
        "outputLocation", .bucketLocation, "Where Athena writes results; without it where the work group says.")
    static let maxScannedMegabytes = Field(
        "maxScannedMegabytes", .integer(10...1_000_000_000), "A statement that reads more, in MiB, is stopped.")
    static let fields = [workGroup.description, outputLocation.description, maxScannedMegabytes.description]

    static func build(_ record: Record) -> EngineClient.Athena? {
        EngineClient.Athena(
            workGroup: record.value(of: workGroup), outputLocation: record.value(of: outputLocation),
            maxScannedMegabytes: record.value(of: maxScannedMegabytes))
    }
}

extension Shape where Value == String {
    fileprivate static var engineVersion: Shape {
        form("a version", "18.16", pattern: "^[0-9]+([.][0-9]+)*$") { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            return parts.allSatisfy { (1...9).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        }
    }

    fileprivate static var workGroupName: Shape {
        form("a work group's name", "finops", pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$") { text in
            text.first != "-" && isPlain(text, marks: "_.-") && text.utf8.count <= 128
        }
    }

    fileprivate static var bucketLocation: Shape {
        form("a place in S3", "s3://bucket/folder/", pattern: "^s3://[A-Za-z0-9_./=+-]+$") { text in
            text.hasPrefix("s3://") && text.utf8.count > 5 && isPlain(text.dropFirst(5), marks: "_./=+-")
        }
    }
}

/// Whether a text has letters, digits and some marks only.
private func isPlain(_ text: some StringProtocol, marks: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10 || marks.utf8.contains($0) }
}

/// `secondOpinion`
enum SecondOpinionObject: NestedObject {
    static let doc = "A program that is handed a finding as JSON and says in plain text what it thinks of it. It decides nothing."
    static let program = Field("program", .programPath, .required, "The program: an absolute path. No shell is in between.")
    static let arguments = Field("arguments", .list(of: .text, minimum: 0), "Its arguments.")
    static let environment = Field("environment", .list(of: .variableName), "The variables of the environment that it is given.")
    static let deadline = Field("deadline", .timeSpan, default: "1m", "How long it may take.")
    static let maxBytes = Field("maxBytes", .integer(100...65_536), default: "16384", "The most that it may answer, in bytes.")
    static let fields = [
        program.description, arguments.description, environment.description, deadline.description, maxBytes.description,
    ]

    static func build(_ record: Record) -> OpinionClient? {
        let program = record.value(of: program)
        let deadline = record.value(of: deadline)
        let bytes = record.value(of: maxBytes)
        guard let program, let deadline, let bytes else { return nil }
        return OpinionClient(
            program: program, arguments: record.value(of: arguments) ?? [], environment: record.value(of: environment) ?? [],
            deadline: deadline, outputLimit: bytes)
    }
}

/// `partition`
enum PartitionObject: NestedObject {
    static let doc = "The column by which tables are divided into billing months."
    static let column = Field("column", .columnName, .required, "What it is called.")
    static let values = Field(
        "values", .choice(EngineClient.Partition.Values.self), .required, "'month' for text such as 2026-10, 'date' for its first day.")
    static let fields = [column.description, values.description]

    static func build(_ record: Record) -> EngineClient.Partition? {
        let column = record.value(of: column)
        guard let values = record.value(of: values), let column else { return nil }
        return EngineClient.Partition(column: column, values: values)
    }
}
