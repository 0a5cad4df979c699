/// Why a command cannot go on: what it says on stderr, and with which code it ends.
package struct CommandFailure: Error, Hashable, Sendable {
    package var message: String
    package var code: ExitCode
    /// A second line that says what to do.
    package var hint: String?

    package init(_ message: String, _ code: ExitCode, hint: String? = nil) {
        self.message = message
        self.code = code
        self.hint = hint
    }

    /// A command line that cannot be meant.
    static func usage(_ message: String, of command: String? = nil) -> CommandFailure {
        CommandFailure(message, .invalid, hint: "see 'bursar \(command.map { "\($0) " } ?? "")--help'")
    }
}
