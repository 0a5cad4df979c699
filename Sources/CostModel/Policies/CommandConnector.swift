/// A program of the operator's own, such as `aws`, that prints what a source of a workspace names.
///
/// It never stands in a repository: a repository names a command, and what is run, where, as whom and with which arguments is not its to say.
package struct CommandConnector: Hashable, Sendable {
    /// By which sources name it.
    package var name: String
    /// An absolute path.
    package var program: String
    package var arguments: [String]
    /// The names of variables that are passed on; nothing else is.
    package var environment: [String]
    /// What it prints: anything else is refused.
    package var output: CommandOutput
    package var deadline: TimeSpan
    /// The most bytes that it may print.
    package var outputLimit: Int
    /// How deep what it prints may be nested.
    package var depth: Int

    package static let standardDeadline = TimeSpan(seconds: 300)
    package static let standardOutputLimit = 64 << 20
    package static let standardDepth = 64

    package init(
        name: String, program: String, arguments: [String] = [], environment: [String] = [], output: CommandOutput,
        deadline: TimeSpan = Self.standardDeadline, outputLimit: Int = Self.standardOutputLimit, depth: Int = Self.standardDepth
    ) {
        self.name = name
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.output = output
        self.deadline = deadline
        self.outputLimit = outputLimit
        self.depth = depth
    }
}

/// What was asked of a command, and what came back: enough to tell whether two observations rest on the same answer, without the answer.
package struct CommandRecord: Hashable, Sendable {
    /// The kind of source and its name: `cloud inventory`.
    package var source: String
    package var command: String
    /// The program and its arguments, without secrets.
    package var arguments: [String]
    /// SHA-256 of what it printed, in hexadecimal digits.
    package var digest: String
    package var size: Int

    package init(source: String, command: String, arguments: [String], digest: String, size: Int) {
        self.source = source
        self.command = command
        self.arguments = arguments
        self.digest = digest
        self.size = size
    }
}
