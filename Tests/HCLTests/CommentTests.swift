import Diagnostics
import HCL
import Testing

@Suite("comments")
struct CommentTests {
    @Test("are found with their text, and with whether they stand alone")
    func all() {
        let file = SourceFile(
            path: "a.tf",
            text:
                "\u{FEFF}# one\r\na = 1 // two\n  /* three\n */\n/* four */ b = \"# no\"\nc = \"${ # five\n d }\" #six\n/* seven */ # eight\n"
        )
        let comments = Comment.all(in: file)
        #expect(comments.map { $0.text(in: file) } == [" one", " two", " three\n ", " four ", " five", "six", " seven ", " eight"])
        #expect(comments.map(\.standsAlone) == [true, false, true, false, false, false, true, false])
        #expect(comments.map(\.isBlock) == [false, false, true, true, false, false, true, false])
    }

    @Test(
        "end where the file does",
        arguments: [
            ("#", [""]), ("# a", [" a"]), ("//", [""]), ("/*", [""]), ("/*/", ["/"]), ("/**", ["*"]), ("/* open", [" open"]),
            ("a = \"", []),
            ("a = <<E\n# in", []), ("", []),
        ])
    func torn(text: String, expected: [String]) {
        let file = SourceFile(path: "a.tf", text: text)
        let comments = Comment.all(in: file)
        #expect(comments.map { $0.text(in: file) } == expected)
        #expect(comments.allSatisfy { $0.range.upperBound == file.bytes.count })
    }
}
