import Diagnostics
import Testing

@Suite("caret printer")
struct CaretPrinterTests {
    @Test("shows place, line and a caret as wide as the range")
    func caret() {
        let file = SourceFile(path: "policies/tags.yaml", text: "kind: Team\nspec:\n\townr: pay\n")
        let diagnostic = Diagnostic(
            .error, id: "unknown-key", "unknown key 'ownr'; did you mean 'owner'?", at: SourceRange(file, 18..<22),
            notes: [.init("the object starts here", at: SourceRange(file, 0..<4))])
        #expect(
            CaretPrinter().render([diagnostic]) == """
                policies/tags.yaml:3:2: error: unknown key 'ownr'; did you mean 'owner'?
                  3 | \townr: pay
                    | \t^~~~
                policies/tags.yaml:1:1: note: the object starts here
                  1 | kind: Team
                    | ^~~~

                """)
    }

    @Test("columns count characters, not bytes, and a byte order mark counts as none")
    func columns() {
        let file = SourceFile(path: "a", bytes: [0xEF, 0xBB, 0xBF] + Array("é: x\r\nb".utf8))
        #expect(file.position(at: 3) == SourcePosition(line: 1, column: 1))
        #expect(file.position(at: 7) == SourcePosition(line: 1, column: 4))
        #expect(file.text(file.contentRange(ofLine: 1)) == "\u{FEFF}é: x")
        #expect(file.position(at: 10) == SourcePosition(line: 2, column: 1))
    }

    @Test("an endless line is shown around the place only")
    func longLine() {
        let file = SourceFile(path: "a", text: String(repeating: "x", count: 1000))
        let text = CaretPrinter().render(Diagnostic(.warning, id: "w", "long", at: SourceRange(file, 500..<503)))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 180 })
        #expect(text.contains("^~~\n"))
    }
}

@Suite("text edits")
struct TextEditTests {
    @Test("are made from front to back whatever their order")
    func order() {
        let edits = [TextEdit.insert("!", at: 5), TextEdit(0..<1, "J")]
        #expect(edits.applied(to: Array("hello".utf8)) == Array("Jello!".utf8))
    }

    @Test(
        "are refused as a whole where they overlap or leave the text",
        arguments: [
            [TextEdit(0..<3, "a"), TextEdit(2..<4, "b")], [TextEdit.insert("a", at: 1), TextEdit.insert("b", at: 1)], [TextEdit(4..<9, "")],
        ])
    func refused(edits: [TextEdit]) {
        #expect(edits.applied(to: Array("hello".utf8)) == nil)
    }
}

@Test(
    "did you mean finds near words only",
    arguments: [("requir", "require"), ("ownr", "owner"), ("sevreity", "severity"), ("xyzzy", nil), ("OWNER", "owner")])
func didYouMean(word: String, expected: String?) {
    #expect(DidYouMean.nearest(to: word, in: ["require", "owner", "severity", "match"]) == expected)
}
