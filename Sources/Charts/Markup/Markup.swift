import Diagnostics

/// Text inside XML or HTML.
package enum Markup {
    /// Text that stays text, in an element and in a quoted attribute: marks are escaped, and what neither language can hold is written out.
    package static func text(_ value: String) -> String {
        let value = value.printable
        guard value.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return value }
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
