import Diagnostics
import Testing

@testable import HCL

@Suite("HCL syntax errors")
struct SyntaxErrorTests {
    static let errors: [(source: String, message: String)] = [
        ("a = \"b\nc = 1\n", "1:5: string has no closing quote on its line; write several lines as a heredoc or with \\n"),
        ("a = \"b", "1:5: string has no closing quote on its line; write several lines as a heredoc or with \\n"),
        ("a = <<EOT\nb\n", "1:5: heredoc has no line that consists of 'EOT' and a line ending"),
        ("a = <<EOT\nb\nEOT", "1:5: heredoc has no line that consists of 'EOT' and a line ending"),
        ("a = [1, 2\n", "1:5: '[' is never closed"),
        ("a = f(1\n", "1:6: '(' is never closed"),
        ("a = {\n b = 1\n", "1:5: '{' is never closed"),
        ("a {\n b = 1\n", "1:3: block 'a' is never closed"),
        ("a = 1 /* b\n", "1:7: comment has no '*/'"),
        ("a = \"${b\"\n", "1:6: template sequence has no closing brace"),
        ("a = \"${b", "1:6: template sequence has no closing brace"),
        ("a = \"${b:-c}\"\n", "1:9: expected '}', found ':'; write '$${' or '%%{' for a sequence that is not Terraform's"),
        ("a = \"\\d\"\n", "1:6: unknown escape; known are \\n \\r \\t \\\" \\\\ \\uXXXX \\UXXXXXXXX"),
        ("a = 'b'\n", "1:5: expected a value, found a character that has no meaning here; strings are written in double quotes"),
        ("a = 1, b = 2\n", "1:6: expected the end of the line, found ','; arguments are separated by line ends"),
        ("a = 1.2.3\n", "1:5: malformed number"),
        ("a = b.0.1\n", "1:7: two legacy indexes cannot follow each other; write [0][1]"),
        ("a = b.*.*\n", "1:9: '.*' cannot stand inside another '.*'; write [*]"),
        ("\"a\" = 1\n", "1:1: expected an argument or block, found a string; argument names are not quoted"),
        ("a b = 1\n", "1:5: expected '{' or a label, found '='; an argument's name is one word"),
        ("a \"${b}\" {\n}\n", "1:3: a label must be plain text; write '$${' or '%%{' for the characters"),
        ("a { b = 1, c = 2 }\n", "1:10: expected '}', found ','; a block on one line holds one argument"),
        ("a = 1\na = 2\n", "2:1: argument 'a' is set twice"),
        ("a = \"%{ if b }c\"\n", "1:6: directive has no '%{ endif }'"),
        ("a = \"%{ endfor }\"\n", "1:6: directive closes nothing"),
        ("a = \"%{ fi }\"\n", "1:9: unknown directive 'fi'; write '%%{' for the characters"),
        ("a = [for x in y : x => z]\n", "1:19: a key makes an object; write braces"),
        ("a = {for x in y : x}\n", "1:19: expected 'key => value' inside braces"),
        ("a = {\n b {\n }\n}\n", "2:4: expected '=' and a value for the key, found '{'"),
        ("a =\n", "1:4: expected a value, found the end of the line"),
        ("}\n", "1:1: expected an argument or block, found '}'"),
        ("a = { b = 1 c = 2 }\n", "1:13: expected a line end, ',' or '}', found a name"),
    ]

    @Test("say what is wrong where it starts", arguments: errors)
    func message(_ source: String, _ message: String) {
        let diagnostics = Parser.parse(SourceFile(path: "x", text: source)).diagnostics
        let first = diagnostics.first.map { "\($0.place?.dropFirst(2) ?? ""): \($0.message)" }
        #expect(first == message)
        #expect(diagnostics.count == 1, "\(CaretPrinter().render(diagnostics))")
    }

    @Test("one run reports the errors of all items, and what is sound is kept")
    func recovery() {
        let file = SourceFile(
            path: "main.tf",
            text: """
                a = [1 2]
                b = 1
                resource "x" "y" {
                  c = = 1
                  d = 2
                  e { f = }
                  g = f(
                    "}", 1 2
                  )
                }
                h = 3

                """)
        let result = Parser.parse(file)
        #expect(
            CaretPrinter().render(result.diagnostics) == """
                main.tf:1:8: error: expected ',' or ']', found a number
                  1 | a = [1 2]
                    |        ^
                main.tf:1:5: note: '[' was opened here
                  1 | a = [1 2]
                    |     ^
                main.tf:4:7: error: expected a value, found '='
                  4 |   c = = 1
                    |       ^
                main.tf:6:11: error: expected a value, found '}'
                  6 |   e { f = }
                    |           ^
                main.tf:8:12: error: expected ',' or ')', found a number
                  8 |     "}", 1 2
                    |            ^
                main.tf:7:8: note: '(' was opened here
                  7 |   g = f(
                    |        ^

                """)
        #expect(Dump.body(result.file.body) == "{b=1; resource 'x' 'y'{d=2}; h=3}")
    }

    @Test("bytes that are not UTF-8 are an error in a string and nothing in a comment")
    func encoding() {
        let broken = Array("a = \"".utf8) + [0xC3] + Array("\"\n".utf8)
        #expect(Parser.parse(SourceFile(path: "x", bytes: broken)).diagnostics.map(\.id) == ["invalid-utf8"])
        let comment = Array("# ".utf8) + [0xC3, 0x28] + Array("\na = 1\n".utf8)
        #expect(Parser.parse(SourceFile(path: "x", bytes: comment)).diagnostics.isEmpty)
    }

    static let sample = """
        # head
        resource "aws_instance" "web" {
          ami = "ami-${var.x ? "a" : "b"}" // c
          tags = merge(local.tags, { Name = "x", (var.k) : [for i in range(3) : i if i > 1] })
          user_data = <<-EOT
            %{ for x in xs ~}
            ${x}
            %{ endfor ~}
            EOT
          dynamic "b" { for_each = a.*.b[*].c }
        }

        """

    @Test("a file torn at any byte parses or is an error with a place inside it")
    func torn() {
        let bytes = Array(Self.sample.utf8)
        for end in bytes.indices {
            for part in [bytes[..<end], bytes[end...]] {
                let result = Parser.parse(SourceFile(path: "x", bytes: Array(part)))
                #expect(result.diagnostics.allSatisfy { $0.range.map { $0.bytes.upperBound <= part.count } ?? false })
            }
        }
    }
}
