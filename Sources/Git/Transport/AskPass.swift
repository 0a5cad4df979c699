/// The program that `git` asks for a user's name and password. The token passes from its file through a pipe and stands
/// in no argument, no environment and no configuration.
enum AskPass {
    /// It answers for the one host it was written for, whoever asks.
    static func script(scope: String, tokenFile: String, username: String) throws(TransportError) -> String {
        guard !username.isEmpty, !(username + tokenFile).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }), tokenFile.hasPrefix("/") else {
            throw TransportError(.refused, "the user name of the token is empty, or the token file's path is not absolute or not printable")
        }
        // As git quotes a user name in an address, for the names hosts want.
        guard
            username.utf8.allSatisfy({
                $0 < 0x7F && (Character(UnicodeScalar($0)).isLetter || Character(UnicodeScalar($0)).isNumber || "-._".utf8.contains($0))
            })
        else {
            throw TransportError(.refused, "the user name of the token holds more than letters, digits and '-._'")
        }
        let (scheme, host) = (scope.prefix { $0 != ":" }, scope.drop { $0 != ":" }.dropFirst("://".count))
        return """
            #!/bin/sh
            case "$1" in
            "Username for '\(scope)': ") printf '%s\\n' \(quoted(username)) ;;
            "Password for '\(scheme)://\(username)@\(host)': ") exec cat -- \(quoted(tokenFile)) ;;
            *) exit 1 ;;
            esac

            """
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
