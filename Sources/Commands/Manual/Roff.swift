/// Text for `man`: the few requests of the macro package man(7) that a page needs, and the escapes that keep text text.
struct Roff {
    private(set) var text = ""

    /// - Parameter title: such as `bursar-check`.
    init(title: String) {
        // The date stays empty: the same tool writes the same page.
        text = ".TH \(Self.quoted(title.uppercased())) 1 \"\" \"bursar \(Self.escaped(Version.current))\" \"User Commands\"\n"
    }

    mutating func section(_ name: String) { text += ".SH \(Self.quoted(name))\n" }
    mutating func subsection(_ name: String) { text += ".SS \(Self.quoted(name))\n" }

    /// Paragraphs, separated by empty lines.
    mutating func paragraphs(_ paragraphs: String) {
        for paragraph in paragraphs.split(separator: "\n\n") { text += ".PP\n\(Self.line(String(paragraph)))\n" }
    }

    /// A line right below a heading.
    mutating func line(_ line: String) { text += Self.line(line) + "\n" }

    /// A word or two, and below it what they mean.
    mutating func item(_ head: String, placeholder: String? = nil, _ meaning: String) {
        text += ".TP\n\(Self.bold(head))\(placeholder.map { " " + Self.italic($0) } ?? "")\n\(Self.line(meaning))\n"
    }

    /// A command line as it is typed.
    mutating func example(_ line: String, _ meaning: String) {
        text += ".PP\n\(Self.line(meaning)):\n.PP\n.RS 4\n.nf\n\(Self.line(line, keepsSpaces: true))\n.fi\n.RE\n"
    }

    mutating func synopsis(_ words: [(text: String, isPlaceholder: Bool)]) {
        text += words.map { $0.isPlaceholder ? Self.italic($0.text) : Self.bold($0.text) }.joined(separator: " ") + "\n"
    }

    private static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
    private static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }
    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// A line that begins no request.
    private static func line(_ text: String, keepsSpaces: Bool = false) -> String {
        let words = keepsSpaces ? text : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let escaped = escaped(words)
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }

    /// What troff would read as its own, or set as another character: a hyphen where a minus is typed, a curly quote for a straight one.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": #"\e"#
            case "-": #"\-"#
            case "'": #"\(aq"#
            case "\"": #"\(dq"#
            case "`": #"\(ga"#
            case "^": #"\(ha"#
            case "~": #"\(ti"#
            case _ where scalar.isASCII: String(scalar)
            default: "\\[u\(hexadecimal(scalar))]"
            }
        }.joined()
    }

    private static func hexadecimal(_ scalar: UnicodeScalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
