import Diagnostics

/// What a program of the operator's complained about, as it may be shown.
enum ClientComplaint {
    /// How much of it is looked at, in bytes.
    private static let length = 4_096

    /// The beginning, on one line, without anything that the program was given in confidence.
    ///
    /// - Parameter secrets: texts that are not shown; short ones hide nothing.
    static func excerpt(of errors: [UInt8], hiding secrets: [String]) -> String {
        var text = String(decoding: errors.prefix(length), as: UTF8.self)
        for secret in secrets.filter({ $0.utf8.count >= 6 }).sorted(by: { $0.utf8.count > $1.utf8.count }) {
            text = text.replacing(secret, with: "…")
        }
        if let kind = SecretScan.kind(in: text) { return "(not shown: it holds \(kind))" }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }
        let line = lines.filter { !$0.isEmpty }.prefix(3).joined(separator: "; ")
        return line.count > 300 ? "\(line.prefix(300))…".printable : line.printable
    }
}
