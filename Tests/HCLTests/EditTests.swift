import Diagnostics
import Testing

@testable import HCL

@Suite("HCL edits")
struct EditTests {
    /// The text with entries inserted into the first object literal.
    static let insertions: [(name: String, before: String, after: String)] = [
        ("several lines", "a = {\n  x = 1\n}\n", "a = {\n  x           = 1\n  cost-center = \"9\"\n}\n"),
        ("a run that is not aligned stays", "a = {\n  x   = 1\n  yy = 2\n}\n", "a = {\n  x   = 1\n  yy = 2\n  cost-center = \"9\"\n}\n"),
        ("a longer neighbour", "a = {\n  a-long-old-name = 1\n}\n", "a = {\n  a-long-old-name = 1\n  cost-center     = \"9\"\n}\n"),
        (
            "a blank line ends the run", "a = {\n  x = 1\n\n  y = 2\n}\n",
            "a = {\n  x = 1\n\n  y           = 2\n  cost-center = \"9\"\n}\n"
        ),
        (
            "a value of several lines ends the run", "a = {\n  x = 1\n  y = [\n    2\n  ]\n}\n",
            "a = {\n  x = 1\n  y = [\n    2\n  ]\n  cost-center = \"9\"\n}\n"
        ),
        ("colons", "a = {\n  x : 1\n}\n", "a = {\n  x : 1\n  cost-center : \"9\"\n}\n"),
        ("colons without a blank", "a = {\n  x: 1\n}\n", "a = {\n  x: 1\n  cost-center: \"9\"\n}\n"),
        ("commas", "a = {\n  x = 1,\n}\n", "a = {\n  x           = 1,\n  cost-center = \"9\",\n}\n"),
        (
            "quoted keys", "a = {\n  \"x\" = 1\n}\n", "a = {\n  \"x\"           = 1\n  \"cost-center\" = \"9\"\n}\n"
        ),
        (
            "a trailing comment stays with its item", "a = {\n  x = 1 # one\n  # y = 2\n}\n",
            "a = {\n  x           = 1 # one\n  cost-center = \"9\"\n  # y = 2\n}\n"
        ),
        ("one line", "a = { x = 1 }\n", "a = { x = 1, cost-center = \"9\" }\n"),
        ("one line, tight", "a = {x=1}\n", "a = {x=1, cost-center=\"9\"}\n"),
        ("one line with a comma", "a = { x = 1, }\n", "a = { x = 1, cost-center = \"9\", }\n"),
        ("empty value of an argument", "a {\n  b = {}\n}\n", "a {\n  b = {\n    cost-center = \"9\"\n  }\n}\n"),
        (
            "empty value in a run", "a {\n  bcd = 1\n  b   = {}\n  c   = 2\n}\n",
            "a {\n  bcd = 1\n  b = {\n    cost-center = \"9\"\n  }\n  c = 2\n}\n"
        ),
        ("empty with a blank", "a = { }\n", "a = {\n  cost-center = \"9\"\n}\n"),
        ("empty with a line end", "a = {\n}\n", "a = {\n  cost-center = \"9\"\n}\n"),
        ("empty with a comment", "a = {\n  # none\n}\n", "a = {\n  # none\n  cost-center = \"9\"\n}\n"),
        ("empty in a call", "a = merge(b, {})\n", "a = merge(b, { cost-center = \"9\" })\n"),
        (
            "in a call of several lines", "a = merge(\n  b,\n  {\n    x = 1\n  }\n)\n",
            "a = merge(\n  b,\n  {\n    x           = 1\n    cost-center = \"9\"\n  }\n)\n"
        ),
        ("CRLF", "a = {\r\n  x = 1\r\n}\r\n", "a = {\r\n  x           = 1\r\n  cost-center = \"9\"\r\n}\r\n"),
        ("BOM and no final newline", "\u{FEFF}a = { x = 1 }", "\u{FEFF}a = { x = 1, cost-center = \"9\" }"),
        ("tabs", "a = {\n\tx = 1\n}\n", "a = {\n\tx           = 1\n\tcost-center = \"9\"\n}\n"),
        ("a closing brace behind the last item", "a = { x = 1,\n  y = 2 }\n", "a = { x = 1,\n  y = 2, cost-center = \"9\" }\n"),
        ("an item behind the opening brace", "a = { x = 1\n}\n", "a = { x = 1\n  cost-center = \"9\"\n}\n"),
    ]

    @Test("an item is inserted as its siblings are written", arguments: insertions)
    func inserts(_ name: String, _ before: String, _ after: String) throws {
        let file = try parse(before)
        let object = try #require(ObjectLiterals(file.body).all.last)
        var editor = HCLEditor(file)
        editor.insert([("cost-center", HCLString.quoted("9"))], into: object)
        #expect(try apply(editor, to: file) == after)
    }

    @Test("inserts, renames and values of one object make one set of edits")
    func combined() throws {
        let file = try parse("r \"x\" {\n  tags = {\n    Name  = \"a\" # n\n    owner = \"b\" # o\n    \"k y\" = 3\n  }\n}\n")
        let object = try #require(ObjectLiterals(file.body).all.first)
        guard case .object(let items) = object.kind else { return }
        var editor = HCLEditor(file)
        editor.insert([("env", "\"prod\""), ("team", "var.team")], into: object)
        editor.rename(items[1], to: "the-owner")
        editor.replace(items[0].value, with: "\"longer\"")
        #expect(
            try apply(editor, to: file)
                == """
                r "x" {
                  tags = {
                    Name      = "longer" # n
                    the-owner = "b"      # o
                    "k y"     = 3
                    env       = "prod"
                    team      = var.team
                  }
                }

                """)
    }

    @Test("a key that cannot stand bare is quoted, and a quoted one stays quoted")
    func renames() throws {
        let file = try parse("a = { x = 1, \"y\" = 2, (z) = 3 }\n")
        let object = try #require(ObjectLiterals(file.body).all.first)
        guard case .object(let items) = object.kind else { return }
        var editor = HCLEditor(file)
        for (item, key) in zip(items, ["kubernetes.io/x", "b", "c"]) { editor.rename(item, to: key) }
        #expect(try apply(editor, to: file) == "a = { \"kubernetes.io/x\" = 1, \"b\" = 2, c = 3 }\n")
    }

    @Test("a value that becomes several lines leaves its run, and the run closes up")
    func replaces() throws {
        let file = try parse("r \"x\" {\n  ami              = 1 # a\n  tags             = local.tags\n  a_very_long_name = 2\n}\n")
        var editor = HCLEditor(file)
        let tags = try #require(file.body.blocks[0].body.attribute("tags"))
        editor.replace(tags.value, with: "merge(local.tags, {\n  owner = \"x\"\n})")
        #expect(
            try apply(editor, to: file)
                == "r \"x\" {\n  ami = 1 # a\n  tags = merge(local.tags, {\n    owner = \"x\"\n  })\n  a_very_long_name = 2\n}\n")
    }

    static let arguments: [(name: String, value: String, before: String, after: String)] = [
        ("empty block", "{\n  b = 1\n}", "r \"x\" {}\n", "r \"x\" {\n  tags = {\n    b = 1\n  }\n}\n"),
        ("empty block over two lines", "1", "r \"x\" {\n}\n", "r \"x\" {\n  tags = 1\n}\n"),
        ("one-line block", "1", "r \"x\" { a = 1 }\n", "r \"x\" {\n  a    = 1\n  tags = 1\n}\n"),
        ("one line behind others", "1", "r \"x\" {\n  a = 1\n}\n", "r \"x\" {\n  a    = 1\n  tags = 1\n}\n"),
        (
            "several lines behind others", "{\n  b = 1\n}", "r \"x\" {\n  a = 1 # c\n}\n",
            "r \"x\" {\n  a = 1 # c\n\n  tags = {\n    b = 1\n  }\n}\n"
        ),
        (
            "before blocks and depends_on", "{\n  b = 1\n}",
            "r \"x\" {\n  a = 1\n\n  b {\n  }\n\n  depends_on = [c]\n}\n",
            "r \"x\" {\n  a = 1\n\n  tags = {\n    b = 1\n  }\n\n  b {\n  }\n\n  depends_on = [c]\n}\n"
        ),
        (
            "before a block without a blank line", "{\n  b = 1\n}", "r \"x\" {\n  a = 1\n  b {\n  }\n}\n",
            "r \"x\" {\n  a = 1\n\n  tags = {\n    b = 1\n  }\n\n  b {\n  }\n}\n"
        ),
        ("before the only block", "1", "r \"x\" {\n  b {\n  }\n}\n", "r \"x\" {\n  tags = 1\n\n  b {\n  }\n}\n"),
        ("CRLF", "{\n  b = 1\n}", "r \"x\" {\r\n  a = 1\r\n}\r\n", "r \"x\" {\r\n  a = 1\r\n\r\n  tags = {\r\n    b = 1\r\n  }\r\n}\r\n"),
        ("behind a heredoc", "1", "r \"x\" {\n  a = <<E\nx\n  E\n}\n", "r \"x\" {\n  a = <<E\nx\n  E\n\n  tags = 1\n}\n"),
    ]

    @Test("an argument is inserted where people look for it", arguments: arguments)
    func insertsArgument(_ name: String, _ value: String, _ before: String, _ after: String) throws {
        let file = try parse(before)
        var editor = HCLEditor(file)
        editor.insertAttribute("tags", value, into: file.body.blocks[0])
        #expect(try apply(editor, to: file) == after)
    }

    @Test("two arguments for one block follow each other")
    func twoArguments() throws {
        let file = try parse("r \"x\" {\n  a = 1\n}\n")
        var editor = HCLEditor(file)
        editor.insertAttribute("name", "2", into: file.body.blocks[0])
        editor.insertAttribute("tags", "{\n  b = 1\n}", into: file.body.blocks[0])
        #expect(try apply(editor, to: file) == "r \"x\" {\n  a    = 1\n  name = 2\n\n  tags = {\n    b = 1\n  }\n}\n")
    }

    @Test("changes that overlap are no edits")
    func overlap() throws {
        let file = try parse("a = [1]\n")
        var editor = HCLEditor(file)
        editor.replace(file.body.attributes[0].value, with: "2")
        editor.replace(file.body.attributes[0].value, with: "3")
        #expect(editor.edits() == nil)
    }

    @Test("text is quoted so that it evaluates to itself", arguments: ["", "a\"b\\", "${x} %{y} $$ % $", "é\n\r\t\u{1}", "$${a}", "$$${"])
    func quoting(_ text: String) throws {
        let (expression, diagnostics) = Parser.parseExpression(SourceFile(path: "x", text: HCLString.quoted(text)))
        #expect(diagnostics.isEmpty)
        guard case .template(let template) = try #require(expression).kind else { return }
        #expect(template.literal == text)
    }

    private func parse(_ text: String) throws -> HCLFile {
        let result = Parser.parse(SourceFile(path: "main.tf", text: text))
        try #require(result.diagnostics.isEmpty)
        return result.file
    }

    private func apply(_ editor: HCLEditor, to file: HCLFile) throws -> String {
        let edits = try #require(editor.edits())
        return try String(decoding: #require(edits.applied(to: file.source.bytes)), as: UTF8.self)
    }
}
