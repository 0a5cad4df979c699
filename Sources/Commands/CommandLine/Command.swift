/// One subcommand, described: parser, help and run are made from this value.
struct Command: Sendable {
    struct Argument: Sendable {
        var name: String
        var help: String
        var isRequired: Bool
        /// As often as one likes; only the last argument may.
        var repeats: Bool
        /// All values there are; empty: no closed list.
        var choices: [String]

        init(_ name: String, _ help: String, isRequired: Bool = true, repeats: Bool = false, choices: [String] = []) {
            self.name = name
            self.help = help
            self.isRequired = isRequired
            self.repeats = repeats
            self.choices = choices
        }
    }

    struct Example: Sendable {
        var line: String
        var meaning: String

        init(_ line: String, _ meaning: String) {
            self.line = line
            self.meaning = meaning
        }
    }

    var name: String
    /// One line, lower case, no full stop: the list of commands is made of these.
    var summary: String
    /// What a person should know before using it; paragraphs are separated by empty lines.
    var discussion: String
    var arguments: [Argument]
    /// Options of this command only.
    var options: [OptionDescription]
    /// Options it shares with others.
    var commonOptions: [OptionDescription]
    /// Names of options that exclude each other.
    var conflicts: [(String, String)]
    var examples: [Example]
    var run: @Sendable (Invocation, Console) throws(CommandFailure) -> ExitCode

    init(
        _ name: String, _ summary: String, discussion: String = "", arguments: [Argument] = [], options: [OptionDescription] = [],
        common: [OptionDescription] = [], conflicts: [(String, String)] = [], examples: [Example] = [],
        run: @escaping @Sendable (Invocation, Console) throws(CommandFailure) -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.arguments = arguments
        self.options = options
        commonOptions = common
        self.conflicts = conflicts
        self.examples = examples
        self.run = run
    }

    var allOptions: [OptionDescription] { options + commonOptions + [Self.help] }

    static let help = Option<Bool>.flag("--help", "-h", help: "show this help").description
}

/// A command line that was understood: the values of a command's options and arguments.
struct Invocation: Sendable {
    fileprivate(set) var arguments: [String] = []
    /// By the option's first name, in the order in which they were given.
    fileprivate(set) var values: [String: [any Sendable]] = [:]

    init() {}

    mutating func add(argument: String) { arguments.append(argument) }
    mutating func add(_ value: any Sendable, of option: OptionDescription) { values[option.name, default: []].append(value) }

    /// The value that was given, or nil.
    subscript<Value>(option: Option<Value>) -> Value? { values[option.description.name]?.last as? Value }
    /// Whether a flag was given.
    func has(_ option: Option<Bool>) -> Bool { self[option] != nil }
    /// All values of an option that may be repeated.
    func all<Value>(_ option: Option<Value>) -> [Value] { values[option.description.name]?.compactMap { $0 as? Value } ?? [] }
}
