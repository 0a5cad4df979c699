/// Something a person may add to a command: its names, what it means, and how its value is read.
///
/// Parser and help are made from it; a command asks an `Invocation` for its value, in its own type.
struct Option<Value: Sendable>: Sendable {
    let description: OptionDescription

    /// An option with a value, `--rev REV`.
    ///
    /// - Parameters:
    ///   - parse: nil for a value that cannot be meant.
    ///   - words: those that a list of words may hold, for the error.
    init(
        _ names: String..., value placeholder: String, _ help: String, repeats: Bool = false, expected: String? = nil,
        words: [String] = [], parse: @escaping @Sendable (String) -> Value?
    ) {
        var option = OptionDescription(
            names: names, placeholder: placeholder, help: help, choices: [], repeats: repeats, expected: expected, parse: parse)
        option.words = words
        description = option
    }
}

extension Option<Bool> {
    /// An option without a value, `--all`.
    static func flag(_ names: String..., help: String) -> Option<Bool> {
        Option(
            description: OptionDescription(
                names: names, placeholder: nil, help: help, choices: [], repeats: false, expected: nil, parse: { _ in true }))
    }
}

extension Option<String> {
    init(_ names: String..., value placeholder: String, _ help: String, repeats: Bool = false) {
        description = OptionDescription(
            names: names, placeholder: placeholder, help: help, choices: [], repeats: repeats, expected: nil, parse: { $0 })
    }
}

extension Option where Value: CaseIterable & RawRepresentable<String> {
    /// An option whose value is one of a few words.
    init(_ names: String..., choice placeholder: String, _ help: String) {
        description = OptionDescription(
            names: names, placeholder: placeholder, help: help, choices: Value.allCases.map(\.rawValue), repeats: false, expected: nil,
            parse: { Value(rawValue: $0) })
    }
}

extension Option {
    /// An option whose value is one of a list, each by its name.
    init(_ names: String..., choice placeholder: String, _ help: String, among values: [Value], named name: (Value) -> String) {
        let named = values.map { (name: name($0), value: $0) }
        description = OptionDescription(
            names: names, placeholder: placeholder, help: help, choices: named.map(\.name), repeats: false, expected: nil,
            parse: { word in named.first { $0.name == word }?.value })
    }
}

/// An option without the type of its value: what parser and help need to know.
struct OptionDescription: Sendable {
    /// The first is the name it is known by, in errors too.
    var names: [String]
    /// What stands for the value in the help; nil: a flag, which has none.
    var placeholder: String?
    var help: String
    /// All values there are; empty: no closed list.
    var choices: [String]
    /// May be given more than once.
    var repeats: Bool
    /// What the value should look like, for the error: `a time such as 2026-11-01T00:00:00Z`.
    var expected: String?
    /// Those that a value which is a list of words, separated by commas, may hold.
    var words: [String] = []
    var parse: @Sendable (String) -> (any Sendable)?

    var name: String { names[0] }
}

extension Option {
    private init(description: OptionDescription) { self.description = description }
}
