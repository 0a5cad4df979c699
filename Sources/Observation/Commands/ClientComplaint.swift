import Diagnostics
import Secrets

/// What a program of the operator's complained about, as it may be shown.
enum ClientComplaint {
    /// How much of it is looked at, in bytes.
    private static let length = 4_096

    /// The beginning, on one line, without anything that the program was given in confidence.
    ///
    /// - Parameter secrets: see `ClientSecrets`.
    static func excerpt(of errors: [UInt8], hiding secrets: [String]) -> String {
        let text = ClientSecrets.hidden(secrets).hide(beginningOf: errors, length: length)
        if let kind = SecretScan.kind(in: text) { return "(not shown: it holds \(kind))" }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }
        let line = lines.filter { !$0.isEmpty }.prefix(3).joined(separator: "; ")
        return line.count > 300 ? "\(line.prefix(300))…".printable : line.printable
    }
}

/// What programs of the operator's are given in confidence: values of variables, arguments.
enum ClientSecrets {
    /// Shorter ones may be words of what is said, and hide nothing.
    private static let least = 6

    static func hidden(_ secrets: some Sequence<String>) -> HiddenText { HiddenText(secrets.filter { $0.utf8.count >= least }) }
}
