/// How whoever runs Bursar reaches one query engine: by a client of their own, which has their connection and their credentials.
///
/// It never stands in a repository: a repository names a table, and what is run is not its to say.
package struct EngineClient: Hashable, Sendable {
    /// How a client writes its answer.
    package enum Output: String, Hashable, Sendable, CaseIterable {
        /// CSV with a header.
        case csv
        /// A JSON object on each line.
        case jsonLines = "json-lines"
        /// One list of JSON objects.
        case json
    }

    /// The column by which a table is divided, so that only what is asked for is read.
    package struct Partition: Hashable, Sendable {
        package enum Values: String, Hashable, Sendable, CaseIterable {
            /// Text such as `2026-10`.
            case month
            /// The first day of the month, as a date.
            case date
        }

        package var column: String
        package var values: Values

        package init(column: String, values: Values) {
            self.column = column
            self.values = values
        }
    }

    /// How Athena is asked by AWS's own client, which starts a statement, says how it fares, and hands out its result in pages.
    package struct Athena: Hashable, Sendable {
        package var workGroup: String?
        /// Where results are written, `s3://bucket/folder/`; nil: where the work group says.
        package var outputLocation: String?
        /// A statement that reads more is stopped, and no answer; nil: only the work group has a limit.
        package var maxScannedMegabytes: Int?

        package init(workGroup: String? = nil, outputLocation: String? = nil, maxScannedMegabytes: Int? = nil) {
            self.workGroup = workGroup
            self.outputLocation = outputLocation
            self.maxScannedMegabytes = maxScannedMegabytes
        }
    }

    package var engine: QueryEngine
    /// The engine's version, where it is one that speaks another SQL; nil: a current one.
    package var version: String?
    /// The names of the sources that it is for; empty: for all of its engine, and for Parquet files where it is DuckDB's.
    package var sources: Set<String>
    /// The only tables that it is asked for; empty: any.
    package var tables: Set<String>
    /// An absolute path.
    package var program: String
    /// With `{sql}` where the statement stands; without it the engine's usual ones stand behind these.
    package var arguments: [String]
    /// The names of variables that are passed on; nothing else is.
    package var environment: [String]
    package var deadline: TimeSpan
    /// The most bytes that it may answer.
    package var outputLimit: Int
    /// Nil: as the engine's usual client does.
    package var output: Output?
    package var partition: Partition?
    /// A column of the tables in which every row that is written or changed gets a greater value than all before: what a billing month adds up to is
    /// then kept until its rows' number, their costs or its greatest value change. Nil: everything is asked for each time.
    package var changeColumn: String?
    /// Nil: one run of the program answers.
    package var athena: Athena?

    package static let standardDeadline = TimeSpan(seconds: 300)
    package static let standardOutputLimit = 256 << 20

    package init(
        engine: QueryEngine, sources: Set<String> = [], tables: Set<String> = [], program: String, arguments: [String] = [],
        environment: [String] = [], deadline: TimeSpan = Self.standardDeadline, outputLimit: Int = Self.standardOutputLimit,
        output: Output? = nil, partition: Partition? = nil, version: String? = nil, changeColumn: String? = nil, athena: Athena? = nil
    ) {
        self.engine = engine
        self.version = version
        self.changeColumn = changeColumn
        self.athena = athena
        self.sources = sources
        self.tables = tables
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.deadline = deadline
        self.outputLimit = outputLimit
        self.output = output
        self.partition = partition
    }
}

/// A program of the operator's that is asked for a second opinion of an anomaly or a finding, such as one with a language model behind it.
///
/// It is handed JSON and answers plain text. What it says decides nothing.
package struct OpinionClient: Hashable, Sendable {
    /// An absolute path.
    package var program: String
    package var arguments: [String]
    /// The names of variables that are passed on; nothing else is.
    package var environment: [String]
    package var deadline: TimeSpan
    /// The most bytes that it may answer.
    package var outputLimit: Int

    package init(
        program: String, arguments: [String] = [], environment: [String] = [], deadline: TimeSpan = TimeSpan(seconds: 30),
        outputLimit: Int = 16 << 10
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.deadline = deadline
        self.outputLimit = outputLimit
    }
}

/// The clients, servers and commands of one run, and the environment from which programs are given variables.
package struct EngineClients: Hashable, Sendable {
    package static let none = EngineClients([], environment: [:])

    package var clients: [EngineClient]
    package var metricServers: [MetricServer]
    /// The programs that sources name.
    package var commands: [CommandConnector]
    /// Nil: nobody is asked for one.
    package var opinion: OpinionClient?
    /// The ways by which people are told.
    package var channels: [MessageChannel]
    package var environment: [String: String]
    /// As what servers see us.
    package var toolVersion: String

    package init(
        _ clients: [EngineClient], metricServers: [MetricServer] = [], commands: [CommandConnector] = [], opinion: OpinionClient? = nil,
        channels: [MessageChannel] = [], environment: [String: String], toolVersion: String = "0"
    ) {
        self.clients = clients
        self.metricServers = metricServers
        self.commands = commands
        self.opinion = opinion
        self.channels = channels
        self.environment = environment
        self.toolVersion = toolVersion
    }

    /// The client for a source: the one that names it, else one for all of its engine.
    package func client(of source: String, _ engine: QueryEngine) -> EngineClient? {
        let able = clients.filter { $0.engine == engine }
        return able.first { $0.sources.contains(source) } ?? able.first { $0.sources.isEmpty }
    }

    /// The server for a source of samples: the one that names it, else one for all.
    package func metricServer(of source: String) -> MetricServer? {
        metricServers.first { $0.sources.contains(source) } ?? metricServers.first { $0.sources.isEmpty }
    }

    package func command(named name: String) -> CommandConnector? { commands.first { $0.name == name } }
}
