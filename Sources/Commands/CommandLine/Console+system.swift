import CostModel
import Glibc
import Reporting

extension Console {
    /// The process's own streams, environment and clock.
    package static func system() -> Console {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        return Console(
            writeOutput: { bytes throws(CommandFailure) in
                guard let code = write(bytes, to: STDOUT_FILENO) else { return }
                throw CommandFailure("stdout: \(String(cString: strerror(code)))", .partial)
            },
            // There is nobody left to tell when this fails.
            writeError: { _ = write(Array($0.utf8), to: STDERR_FILENO) },
            outputWidth: isTerminal ? terminalWidth() : nil, outputIsTerminal: isTerminal, errorIsTerminal: isatty(STDERR_FILENO) == 1,
            environment: environmentVariables(
                ["NO_COLOR", "TERM", "COLUMNS"] + stateVariables + BuildEnvironment.variables
                    + ReportFormat.all.compactMap(\.summaryVariable) + [LoopOptions.tracesVariable]),
            variable: { name in getenv(name).map { String(cString: $0) } }, clock: { Instant(seconds: Int64(time(nil))) })
    }

    /// Writes everything; nil, or the error's number. A reader that went away ends the process by SIGPIPE, as with any other tool.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    private static func terminalWidth() -> Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) != 0 { size.ws_col = 0 }
        return Console.width(ofTerminal: Int(size.ws_col), environment: environmentVariables(["COLUMNS"]))
    }

    /// What says where state is kept, and who somebody is.
    private static let stateVariables = ["BURSAR_STATE", "XDG_STATE_HOME", "HOME", "USER", "LOGNAME"]

    private static func environmentVariables(_ names: [String]) -> [String: String] {
        names.reduce(into: [:]) { values, name in values[name] = getenv(name).map { String(cString: $0) } }
    }
}
