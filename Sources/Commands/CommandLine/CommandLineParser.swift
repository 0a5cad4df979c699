import Diagnostics

/// Reads a command's options and arguments in any order.
///
/// Takes `--rev HEAD`, `--rev=HEAD`, `-C DIR`, `-CDIR`; behind `--` everything is an argument.
struct CommandLineParser {
    private let command: Command
    private var rest: ArraySlice<String>
    private var invocation = Invocation()

    static func parse(_ words: some Collection<String>, for command: Command) throws(CommandFailure) -> Invocation {
        var parser = CommandLineParser(command: command, rest: ArraySlice(words))
        try parser.run()
        return parser.invocation
    }

    /// Whether help is asked for, wherever it stands, even on a line that is otherwise wrong. In the place of an option's value it is not: there
    /// it may be what a script was given.
    ///
    /// - Parameter options: those that the line may have.
    static func asksForHelp(_ words: [String], options: [OptionDescription]) -> Bool {
        var rest = words.prefix { $0 != "--" }
        while let word = rest.popFirst() {
            if Command.help.names.contains(word) { return true }
            if options.contains(where: { $0.placeholder != nil && $0.names.contains(word) }) { _ = rest.popFirst() }
        }
        return false
    }

    private init(command: Command, rest: ArraySlice<String>) {
        self.command = command
        self.rest = rest
    }

    private mutating func run() throws(CommandFailure) {
        while let word = rest.popFirst() {
            if word == "--" {
                for argument in rest { invocation.add(argument: argument) }
                break
            }
            if word.hasPrefix("--") {
                try readLong(word)
            } else if word.hasPrefix("-"), word != "-" {
                try readShort(word)
            } else {
                invocation.add(argument: word)
            }
        }
        try checkArguments()
        for (one, other) in command.conflicts where invocation.values[one] != nil && invocation.values[other] != nil {
            throw usage("'\(one)' and '\(other)' exclude each other")
        }
    }

    private mutating func readLong(_ word: String) throws(CommandFailure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let option = try option(named: name)
        let value = parts.count > 1 ? String(parts[1]) : nil
        if option.placeholder == nil, value != nil { throw usage("'\(name)' takes no value") }
        try read(option, as: name, value: value)
    }

    private mutating func readShort(_ word: String) throws(CommandFailure) {
        let name = String(word.prefix(2))
        let option = try option(named: name)
        let value = word.count > 2 ? String(word.dropFirst(2)) : nil
        if option.placeholder == nil, value != nil { throw usage("unknown option '\(word)'") }
        try read(option, as: name, value: value)
    }

    private mutating func read(_ option: OptionDescription, as name: String, value: String?) throws(CommandFailure) {
        guard option.repeats || invocation.values[option.name] == nil else { throw usage("'\(name)' is given twice") }
        guard option.placeholder != nil else { return invocation.add(true, of: option) }
        let text: String
        if let value { text = value } else { text = try takeValue(of: option, as: name) }
        guard let parsed = option.parse(text) else {
            let expected =
                option.choices.isEmpty
                ? (option.expected.map { ": expected \($0)" } ?? "") + Self.hint(for: text, in: option.words)
                : Self.expected(option.choices, for: text)
            throw usage("'\(name)' cannot be '\(text.printable)'\(expected)")
        }
        invocation.add(parsed, of: option)
    }

    /// The next word, unless it is an option itself: then the value was forgotten.
    private mutating func takeValue(of option: OptionDescription, as name: String) throws(CommandFailure) -> String {
        let isOption = rest.first.map { word in word == "--" || command.allOptions.contains { $0.names.contains(word) } } ?? true
        guard !isOption, let value = rest.popFirst() else { throw usage("'\(name)' needs a value: \(name) \(option.placeholder ?? "")") }
        return value
    }

    private func option(named name: String) throws(CommandFailure) -> OptionDescription {
        if let option = command.allOptions.first(where: { $0.names.contains(name) }) { return option }
        let known = command.allOptions.flatMap(\.names).filter { $0.hasPrefix("--") }
        throw usage("unknown option '\(name.printable)'" + DidYouMean.hint(for: name, in: known))
    }

    private func checkArguments() throws(CommandFailure) {
        let required = command.arguments.filter(\.isRequired)
        if invocation.arguments.count < required.count {
            throw usage("\(required[invocation.arguments.count].name) is missing")
        }
        if command.arguments.last?.repeats != true, let surplus = invocation.arguments.dropFirst(command.arguments.count).first {
            throw usage("unexpected argument '\(surplus.printable)'")
        }
        for (argument, word) in zip(command.arguments, invocation.arguments) {
            guard !argument.choices.isEmpty, !argument.choices.contains(word) else { continue }
            throw usage("\(argument.name) cannot be '\(word.printable)'\(Self.expected(argument.choices, for: word))")
        }
    }

    /// What the first word of a list that is none of the known ones may mean.
    private static func hint(for list: String, in words: [String]) -> String {
        let strange = list.split(separator: ",").first { !words.contains(String($0)) }
        return strange.map { DidYouMean.hint(for: String($0), in: words) } ?? ""
    }

    private static func expected(_ choices: [String], for text: String) -> String {
        ": expected \(choices.joined(separator: ", "))" + DidYouMean.hint(for: text, in: choices)
    }

    private func usage(_ message: String) -> CommandFailure { .usage(message, of: command.name) }
}
