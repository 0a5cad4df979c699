import Diagnostics
import Testing

@testable import HCL

@Suite("a heredoc's end")
struct HeredocMarkerTests {
    /// White space of Unicode besides blanks, and the line's own ending.
    private static let whiteSpace = [
        "\u{0B}", "\u{0C}", "\u{85}", "\u{A0}", "\u{1680}", "\u{2000}", "\u{2007}", "\u{200A}", "\u{2028}", "\u{2029}", "\u{202F}",
        "\u{205F}", "\u{3000}", "\u{A0}\t\u{3000} ",
    ]

    private func parse(_ line: String) -> (attributes: [String], errors: [String]) {
        let result = Parser.parse(SourceFile(path: "main.tf", text: "a = <<EOT\ntext\n\(line)\nb = 1\nEOT\n"))
        return (result.file.body.attributes.map(\.name), result.diagnostics.map(\.id))
    }

    @Test("is a line of the marker and white space of any kind, as HCL trims it", arguments: whiteSpace)
    func spaces(_ space: String) {
        for line in [space + "EOT", "EOT" + space, " \(space)EOT\(space)\t", space + "EOT" + space + "\r"] {
            #expect(parse(line).attributes.prefix(2) == ["a", "b"], "\(line.unicodeScalars.map(\.value))")
        }
        let text = "a = <<EOT\ntext\n\(space)EOT\(space)\n# bursar:ignore x\n"
        #expect(Parser.parse(SourceFile(path: "main.tf", text: text)).diagnostics.isEmpty)
        #expect(Comment.all(in: SourceFile(path: "main.tf", text: text)).count == 1)
    }

    @Test("is no line with what only looks empty", arguments: ["\u{200B}", "\u{FEFF}", "\u{180E}", "\u{1C}", "\u{0}", "\u{301}"])
    func others(_ other: String) {
        for line in [other + "EOT", "EOT" + other] { #expect(parse(line).attributes == ["a"], "\(line.unicodeScalars.map(\.value))") }
    }

    @Test("is found behind a lone carriage return by nobody")
    func carriageReturn() {
        #expect(parse("\rEOT").errors.first == "invalid-line-ending")
        #expect(!parse("EOT\r\r").errors.isEmpty)
    }
}
