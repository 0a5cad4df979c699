import Diagnostics
import YAML

/// How words from a repository are written into YAML, and which are not written at all.
enum YAMLText {
    static func scalar(_ text: String) -> String { YAMLScalar.written(text) }

    /// `[a, "b c"]`
    static func list(_ texts: [String]) -> String { "[" + texts.map(scalar).joined(separator: ", ") + "]" }

    /// Behind a `#`: on one line, not long, nothing that drives a terminal.
    static func comment(_ text: String) -> String {
        let shown = text.printable
        return shown.unicodeScalars.count > 80 ? String(String.UnicodeScalarView(shown.unicodeScalars.prefix(79))) + "…" : shown
    }

    /// The nearest name of an object: lower-case letters, digits and '-'.
    static func name(from text: some StringProtocol) -> String? {
        var name = ""
        for scalar in text.unicodeScalars.prefix(200) {
            let letter = ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
            if ("a"..."z").contains(letter) || ("0"..."9").contains(letter) {
                name.unicodeScalars.append(letter)
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        name = String(name.prefix(63))
        while name.last == "-" { name.removeLast() }
        return name.isEmpty ? nil : name
    }

    /// Whether a value may be copied: short, visible, and neither an address of mail nor a secret.
    static func isPublic(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.count <= 64 && value.printable == value && !value.contains("@") && !value.allSatisfy(\.isWhitespace)
            && SecretScan.kind(in: value) == nil
    }

    /// Whether a path means itself where patterns are expected.
    static func isPattern(_ path: String) -> Bool { !path.contains { "*?{}".contains($0) } && path.printable == path }
}
