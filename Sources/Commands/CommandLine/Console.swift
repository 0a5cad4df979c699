package import CostModel

/// What a command sees of the process around it: where it writes, what the terminal can show, and what time it is.
///
/// stdout is the result, stderr the conversation. Tests put their own functions here.
package struct Console: Sendable {
    /// Throws when not all of it could be written: half a result must not look like a whole one.
    package var writeOutput: @Sendable ([UInt8]) throws(CommandFailure) -> Void
    package var writeError: @Sendable (String) -> Void
    /// Columns of the terminal that stdout is; nil where it is a file or a pipe.
    package var outputWidth: Int?
    package var outputIsTerminal: Bool
    package var errorIsTerminal: Bool
    package var environment: [String: String]
    /// A variable of the environment that somebody names, such as one that the operator's document of clients passes on.
    package var variable: @Sendable (String) -> String?
    package var clock: @Sendable () -> Instant

    package init(
        writeOutput: @escaping @Sendable ([UInt8]) throws(CommandFailure) -> Void,
        writeError: @escaping @Sendable (String) -> Void, outputWidth: Int? = nil, outputIsTerminal: Bool = false,
        errorIsTerminal: Bool = false, environment: [String: String] = [:],
        variable: (@Sendable (String) -> String?)? = nil, clock: @escaping @Sendable () -> Instant
    ) {
        self.writeOutput = writeOutput
        self.writeError = writeError
        self.outputWidth = outputWidth
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        self.environment = environment
        self.variable = variable ?? { environment[$0] }
        self.clock = clock
    }

    func print(_ text: String) throws(CommandFailure) { try writeOutput(Array(text.utf8)) }

    /// Says a line on stderr, ended for it.
    func say(_ text: String) { writeError(text + "\n") }

    /// Columns of a terminal: what it says itself, else `COLUMNS`, else 80. Fewer than 40 hold no table.
    static func width(ofTerminal columns: Int, environment: [String: String]) -> Int {
        let said = columns > 0 ? columns : environment["COLUMNS"].flatMap(Int.init) ?? 0
        return max(40, said > 0 ? said : 80)
    }

    /// Whether stderr is a terminal on which a line can be taken back.
    var hasErasableLine: Bool { errorIsTerminal && environment["TERM"] != "dumb" }

    /// Takes back what was written of the present line of stderr, such as progress.
    func eraseLine() { if hasErasableLine { writeError("\r\u{1B}[K") } }

    /// Whether to colour: what was asked for, else on terminals unless `NO_COLOR` is set (https://no-color.org).
    func usesColor(_ choice: ColorChoice?, isTerminal: Bool) -> Bool {
        switch choice ?? .auto {
        case .always: true
        case .never: false
        case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
    }
}

enum ColorChoice: String, Sendable, CaseIterable {
    case auto, always, never
}
