/// All functions by name.
struct Library: Sendable {
    private let functions: [String: [Function]]

    static let standard = Library([
        operators, arithmetic, comparisons, conversions, texts, textSearches, formats, clocks, math, mathBits, lists, sets, optionals,
        encoders, regexes, networks, quantities, monies, moneyArithmetic,
    ])

    private init(_ groups: [[Function]]) {
        functions = Dictionary(grouping: groups.joined(), by: \.name)
    }

    func functions(_ name: String) -> [Function] { functions[name] ?? [] }
    var names: [String] { functions.keys.filter { ($0.first?.isLetter ?? false) } }
}
