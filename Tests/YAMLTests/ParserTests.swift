import Diagnostics
import Testing
import YAML

private func parse(_ text: String, limits: YAMLLimits = YAMLLimits()) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
    YAMLParser.parse(SourceFile(path: "test.yaml", text: text), limits: limits)
}

@Suite("values")
struct ValueTests {
    @Test(
        "are what YAML 1.2's core schema makes of them",
        arguments: [
            ("null", .null), ("~", .null), ("", .null), ("NULL", .null), ("nUll", .string), ("true", .bool), ("False", .bool),
            ("tRUE", .string),
            ("no", .string), ("yes", .string), ("on", .string), ("off", .string), ("y", .string), ("0", .int), ("-12", .int), ("+12", .int),
            ("007", .int), ("0o17", .int), ("0o18", .string), ("0x1fF", .int), ("0x", .string), ("1_000", .string), ("12e3", .float),
            ("1.", .float), (".5", .float), ("-.5E-3", .float), (".", .string), ("1.2.3", .string), ("-", .string), ("+", .string),
            (".inf", .float), ("-.Inf", .float), (".NaN", .float), ("1e", .string), ("e1", .string), ("2026-12-01", .string),
            ("12:30:45", .string),
            ("80%", .string), ("12000 USD", .string), ("111122223333", .int),
        ] as [(String, YAMLScalar.Kind)])
    func kinds(text: String, kind: YAMLScalar.Kind) {
        #expect(YAMLScalar(text: text, style: .plain).kind == kind)
        #expect(YAMLScalar(text: text, style: .doubleQuoted).kind == .string)
    }

    @Test("give numbers and truth only to what is written as such")
    func typedValues() {
        #expect(YAMLScalar(text: "0x1f", style: .plain).int == 31)
        #expect(YAMLScalar(text: "0o17", style: .plain).int == 15)
        #expect(YAMLScalar(text: "-7", style: .plain).int == -7)
        #expect(YAMLScalar(text: "99999999999999999999", style: .plain).int == nil)
        #expect(YAMLScalar(text: "7", style: .singleQuoted).int == nil)
        #expect(YAMLScalar(text: "True", style: .plain).bool == true)
        #expect(YAMLScalar(text: "no", style: .plain).bool == nil)
    }

    @Test(
        "written by us read back as the same string",
        arguments: [
            "a", "", "true", "7", "-", "- a", "a: b", "#a", "é", "a\"b\\c", "l1\nl2", "\u{1}\u{2028}\u{FEFF}", "team/pay.v1_x", ".5",
            "null",
        ])
    func written(text: String) throws {
        for frame in [("a: ", "\n"), ("[", "]"), ("", "")] {
            let (documents, diagnostics) = parse(frame.0 + YAMLScalar.written(text) + frame.1)
            #expect(diagnostics.isEmpty)
            let document = try #require(documents.first)
            let scalar = document["a"]?.scalar ?? document.sequence?.first?.scalar ?? document.scalar
            #expect(scalar?.text == text && scalar?.kind == .string)
        }
    }

    @Test("keep the text that quotes and blocks stand for")
    func texts() throws {
        let document = try #require(parse("a: 'it''s'\nb: \"x\\ty\"\nc: |\n  l1\n  l2\nd: >-\n  f1\n  f2\ne: p1\n  p2\n").documents.first)
        let texts = ["a", "b", "c", "d", "e"].map { document[$0]?.scalar?.text }
        #expect(texts == ["it's", "x\ty", "l1\nl2\n", "f1 f2", "p1 p2"])
    }

    @Test("stand in as many documents as the file has")
    func documents() {
        let (documents, diagnostics) = parse("---\na: 1\n---\n# nothing\n---\n- b\n...\n")
        #expect(diagnostics.isEmpty)
        #expect(documents.count == 3)
        #expect(documents[1].isNull)
        #expect(parse("# only a comment\n").documents.isEmpty)
        #expect(parse("").documents.isEmpty)
    }

    @Test("repeat what an alias stands for, with the places where it was written")
    func aliases() throws {
        let document = try #require(parse("a: &x {k: [1, 2]}\nb: *x\n").documents.first)
        let copy = try #require(document["b"])
        #expect(copy.isAlias)
        #expect(copy.range.text == "*x")
        #expect(copy.at("k.1")?.range.text == "2")
        #expect(document["a"]?.isAlias == false)
    }
}

@Suite("mistakes in YAML")
struct MistakeTests {
    @Test(
        "are shown at their place, in plain words",
        arguments: [
            (
                "a: 1\nb: 2\na: 3\n",
                """
                test.yaml:3:1: error: duplicate key 'a'
                  3 | a: 3
                    | ^
                test.yaml:1:1: note: first written here
                  1 | a: 1
                    | ^

                """
            ),
            (
                "a: [1, 2\nb: 3\n",
                """
                test.yaml:2:2: error: expected ',' or ']'
                  2 | b: 3
                    |  ^
                test.yaml:1:4: note: the list starts here
                  1 | a: [1, 2
                    |    ^

                """
            ),
            (
                "a: {b: 1\n",
                """
                test.yaml:1:4: error: the '{' that opens here is never closed
                  1 | a: {b: 1
                    |    ^

                """
            ),
            (
                "a: {b: 1]\n",
                """
                test.yaml:1:9: error: expected ',' or '}'
                  1 | a: {b: 1]
                    |         ^
                test.yaml:1:4: note: the mapping starts here
                  1 | a: {b: 1]
                    |    ^

                """
            ),
            (
                "a: [\n",
                """
                test.yaml:2:1: error: expected a value, found the end of the file
                  2 | 
                    | ^

                """
            ),
            (
                "a: \"open\nb: 1\n",
                """
                test.yaml:1:4: error: the quotes that open here are never closed
                  1 | a: "open
                    |    ^

                """
            ),
            (
                "a: 1\n b: 2\n",
                """
                test.yaml:2:3: error: ':' is not allowed here; put a value that contains ': ' in quotes, or check the indentation
                  2 |  b: 2
                    |   ^

                """
            ),
            (
                "é: b: c\n",
                """
                test.yaml:1:5: error: ':' is not allowed here; put a value that contains ': ' in quotes, or check the indentation
                  1 | é: b: c
                    |     ^

                """
            ),
            (
                "a:\n  b: 1\n c: 2\n",
                """
                test.yaml:3:2: error: expected a key here; check the indentation and the quotes
                  3 |  c: 2
                    |  ^
                test.yaml:1:1: note: the mapping starts here
                  1 | a:
                    | ^

                """
            ),
            (
                "a:\n\tb: 1\n",
                """
                test.yaml:2:1: error: a tab cannot indent; use spaces
                  2 | \tb: 1
                    | ^

                """
            ),
            (
                "a: @b\n",
                """
                test.yaml:1:4: error: a value cannot start with '@'; put it in quotes
                  1 | a: @b
                    |    ^

                """
            ),
            (
                "a\nb: 1\n",
                """
                test.yaml:2:2: error: ':' is not allowed here; put a value that contains ': ' in quotes, or check the indentation
                  2 | b: 1
                    |  ^

                """
            ),
            (
                "a: 1\nb\nc: 1\n",
                """
                test.yaml:3:1: error: expected ':' behind the key
                  3 | c: 1
                    | ^
                test.yaml:2:1: note: the key starts here
                  2 | b
                    | ^

                """
            ),
            (
                "a: \"\\d\"\n",
                """
                test.yaml:1:5: error: unknown escape '\\d'; in double quotes a backslash is written '\\\\'
                  1 | a: "\\d"
                    |     ^~

                """
            ),
            (
                "a: !Ref b\nc: [!x y, !!str 5]\n",
                """
                test.yaml:1:4: error: tags such as '!Ref' are not supported
                  1 | a: !Ref b
                    |    ^~~~
                test.yaml:2:5: error: tags such as '!x' are not supported
                  2 | c: [!x y, !!str 5]
                    |     ^~
                test.yaml:2:11: error: tags such as '!!str' are not supported; put the value in quotes to make it a string
                  2 | c: [!x y, !!str 5]
                    |           ^~~~~

                """
            ),
            (
                "[a]: 1\n? {b: c}\n: 2\n",
                """
                test.yaml:1:1: error: a key must be a single word, not a list or a mapping
                  1 | [a]: 1
                    | ^~~
                test.yaml:2:3: error: a key must be a single word, not a list or a mapping
                  2 | ? {b: c}
                    |   ^~~~~~

                """
            ),
            (
                "base: &base 1\nb: *bse\n",
                """
                test.yaml:2:4: error: unknown alias '*bse'; did you mean 'base'?
                  2 | b: *bse
                    |    ^~~~

                """
            ),
            (
                "a: &x [1, *x]\n",
                """
                test.yaml:1:11: error: alias '*x' stands inside the value it repeats
                  1 | a: &x [1, *x]
                    |           ^~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(CaretPrinter().render(parse(text).diagnostics) == expected)
    }

    @Test("in the encoding are found at their byte")
    func encoding() {
        let broken = SourceFile(path: "test.yaml", bytes: Array("a: é".utf8) + [0xFF] + Array("\n".utf8))
        #expect(YAMLParser.parse(broken).diagnostics.first?.place == "test.yaml:1:5")
        #expect(YAMLParser.parse(broken).diagnostics.first?.message == "this is not UTF-8; save the file as UTF-8")
        let utf16 = SourceFile(path: "test.yaml", bytes: [0xFF, 0xFE, 0x61, 0])
        #expect(YAMLParser.parse(utf16).diagnostics.first?.message == "test.yaml is written in UTF-16; save it as UTF-8")
        let control = SourceFile(path: "test.yaml", bytes: [0xEF, 0xBB, 0xBF] + Array("a: \u{1}\n".utf8))
        #expect(YAMLParser.parse(control).diagnostics.first?.place == "test.yaml:1:4")
        #expect(YAMLParser.parse(control).diagnostics.first?.message == "control characters are not allowed")
    }

    @Test("leave the documents before them readable")
    func documentsBefore() {
        let (documents, diagnostics) = parse("a: 1\n---\nb: [\n")
        #expect(documents.count == 1)
        #expect(diagnostics.count == 1)
    }
}
