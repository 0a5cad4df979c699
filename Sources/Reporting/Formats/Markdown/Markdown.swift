import Diagnostics

/// Writes values that come from repositories into GitHub-flavoured Markdown so that they stay text: no mark-up, no HTML, no mention.
enum Markdown {
    /// Text as it is, whatever it holds.
    static func text(_ value: String) -> String {
        var result = ""
        let scalars = Array(value.printable.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            func isFollowed(by text: String) -> Bool { scalars[(index + 1)...].starts(with: text.unicodeScalars) }
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            // A zero-width space behind the sign keeps it from calling a person or linking an issue.
            case "@": result += "@&#8203;"
            case "#": result += "#&#8203;"
            // Two of them would make a formula of what stands between; before a digit one begins an amount, and ends no formula.
            case "$" where index + 1 == scalars.count || !("0"..."9").contains(scalars[index + 1]): result += "<span>$</span>"
            // A bare address would become a link, with a scheme and without.
            case ":" where isFollowed(by: "//"): result += ":&#8203;"
            case "w" where isFollowed(by: "ww."), "W" where isFollowed(by: "WW."): result += "\(scalar)&#8203;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "!": result += "\\\(scalar)"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A code span: longer fences than any run of backticks inside, and pipes escaped as tables ask for.
    static func code(_ value: String) -> String {
        let value = value.printable
        guard !value.isEmpty else { return "" }
        // Harmless in a span too; but whoever looks for a marker or an element in the text must not find a stranger's.
        guard !value.utf8.contains(UInt8(ascii: "<")) else { return "<code>\(html(value))</code>" }
        var longest = 0
        var run = 0
        for character in value.utf8 {
            run = character == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let space = value.hasPrefix("`") || value.hasSuffix("`") ? " " : ""
        return fence + space + value.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") + space + fence
    }

    /// Text inside an HTML element, where Markdown's escapes do not count.
    static func html(_ value: String) -> String {
        var result = ""
        let scalars = Array(value.printable.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            func isFollowed(by text: String) -> Bool { scalars[(index + 1)...].starts(with: text.unicodeScalars) }
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // A bare address would become a link here too.
            case ":" where isFollowed(by: "//"), "w" where isFollowed(by: "ww."), "W" where isFollowed(by: "WW."), "$":
                result += "&#\(scalar.value);"
            case "@", "#", "`", "*", "_", "[", "]", "|", "~", "!", "\\": result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A fenced block whose fence is longer than any run of backticks inside. Line ends and tabs stay.
    static func block(_ value: String, language: String) -> String {
        let longest = value.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false).dropLast(value.hasSuffix("\n") ? 1 : 0)
        let shown = lines.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\t") + "\n"
        }
        return "\(fence)\(language)\n\(shown.joined())\(fence)\n"
    }

    /// A table; cells are already Markdown. A column is aligned to the right where its title ends in a colon.
    static func table(_ titles: [String], _ rows: [[String]]) -> String {
        let lines =
            [titles.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }, titles.map { $0.hasSuffix(":") ? "---:" : "---" }] + rows
        return lines.map(row).joined()
    }

    /// A row of a table.
    static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    /// Something long behind a line to open it with.
    static func details(_ summary: String, _ body: String) -> String {
        "<details><summary>\(summary)</summary>\n\n\(body)\n</details>\n"
    }
}
