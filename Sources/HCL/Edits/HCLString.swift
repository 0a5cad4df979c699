/// Writes values as HCL text.
package enum HCLString {
    /// The text as a quoted string that evaluates to exactly it: nothing in it is taken for an escape or an interpolation.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "$", "%":
                let opensSequence = index + 1 < scalars.count && scalars[index + 1] == "{"
                result.unicodeScalars.append(scalar)
                if opensSequence { result.unicodeScalars.append(scalar) }
            case _ where scalar.properties.generalCategory == .control:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// The text as an object's key: bare where the grammar allows it and `quoting` does not want otherwise.
    package static func key(_ text: String, quoting: Bool = false) -> String {
        isIdentifier(text) && !quoting ? text : quoted(text)
    }

    /// Whether the text can stand bare as a name or key. Words with a meaning of their own are better quoted.
    static func isIdentifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, !["for", "true", "false", "null", "if", "in"].contains(text) else { return false }
        return Lexer(bytes: bytes).endOfIdentifier(0) == bytes.count
    }
}
