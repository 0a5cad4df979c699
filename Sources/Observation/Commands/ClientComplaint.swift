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

/// What programs of the operator's are given in confidence: values of variables, and of arguments that name a secret.
enum ClientSecrets {
    /// Shorter ones may be words of what is said, and hide nothing.
    private static let least = 6

    static func hidden(_ secrets: some Sequence<String>) -> HiddenText { HiddenText(secrets.filter { $0.utf8.count >= least }) }

    /// The values of variables, but for those of which the name says that everybody may know it: one that says nothing may hold a secret.
    static func values(of variables: [String: String]) -> [String] {
        variables.filter { name, _ in
            let words = name.lowercased().split(separator: "_")
            return namesSecret(words.joined(separator: "-")) || !words.contains { harmless.contains($0) }
        }.map(\.value)
    }

    private static let harmless: Set<Substring> = [
        "region", "regions", "zone", "location", "profile", "project", "workgroup", "warehouse", "database", "schema", "catalog", "role",
        "home",
        "path", "dir", "lang", "tz", "format", "timeout",
    ]

    /// What of arguments is a secret: what stands behind an option that names one, in the same argument or in the next; what looks like one; and each
    /// that holds a value of the variables.
    ///
    /// - Returns: for each argument what of it may be shown, and the rest.
    static func divided(_ arguments: [String], variables: [String: String]) -> [(shown: String, secret: String?)] {
        let values = values(of: variables).filter { $0.utf8.count >= least }
        var hidesNext = false
        return arguments.map { argument in
            defer { hidesNext = argument.hasPrefix("-") && !argument.contains("=") && namesSecret(argument) }
            if hidesNext || values.contains(where: argument.contains) || SecretScan.kind(in: argument) != nil { return ("…", argument) }
            guard argument.hasPrefix("-"), let sign = argument.firstIndex(of: "="), namesSecret(String(argument[..<sign])) else {
                return (argument, nil)
            }
            return ("\(argument[..<sign])=…", String(argument[argument.index(after: sign)...]))
        }
    }

    private static func namesSecret(_ option: String) -> Bool {
        let option = option.lowercased()
        return ["token", "password", "passwd", "passphrase", "secret", "credential", "api-key", "access-key", "private-key", "account-key"]
            .contains { option.contains($0) }
    }
}
