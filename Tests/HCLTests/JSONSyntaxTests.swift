import Diagnostics
import Testing

@testable import HCL

@Suite("Terraform's JSON syntax")
struct JSONSyntaxTests {
    private static func parse(_ text: String, as purpose: HCLFile.Purpose = .code) -> (file: HCLFile, diagnostics: [Diagnostic]) {
        Parser.parseJSON(SourceFile(path: purpose == .code ? "main.tf.json" : "x.tfvars.json", text: text), as: purpose)
    }

    private static func native(_ text: String) -> String { Dump.body(Parser.parse(SourceFile(path: "main.tf", text: text)).file.body) }

    @Test(
        "it gives the tree of the same code in native syntax",
        arguments: [
            (#"{"locals": {"a": 1, "b": "x"}}"#, "locals {\n  a = 1\n  b = \"x\"\n}\n"),
            (
                #"[{"locals": {"a": 1.5e3}}, {"locals": [{"b": null}, {"c": true}]}]"#,
                "locals {\n a = 1.5e3\n}\nlocals {\n b = null\n}\nlocals {\n c = true\n}\n"
            ),
            (
                #"{"variable": {"v": {"type": "list(string)", "default": ["${x}"]}}}"#,
                "variable \"v\" {\n type = list(string)\n default = [\"$${x}\"]\n}\n"
            ),
            (
                #"{"resource": {"aws_instance": {"a": {"ami": "x"}, "b": [{"ami": "y"}, {"ami": "z"}]}, "t": [{"c": {}}]}}"#,
                "resource aws_instance a {\n ami = \"x\"\n}\nresource aws_instance b {\n ami = \"y\"\n}\nresource aws_instance b {\n ami = \"z\"\n}\nresource t c {\n}\n"
            ),
            (
                #"{"resource": {"t": {"a": {"ebs_block_device": [{"size": 1}, {"size": 2}], "root_block_device": {"size": 3}, "tags": {"k": "v"}, "list": ["a"]}}}}"#,
                "resource t a {\n ebs_block_device {\n size = 1\n }\n ebs_block_device {\n size = 2\n }\n root_block_device {\n size = 3\n }\n tags = { \"k\" = \"v\" }\n list = [\"a\"]\n}\n"
            ),
            (
                #"{"resource": {"t": {"a": {"provider": "aws.west", "depends_on": ["t.b"], "lifecycle": {"ignore_changes": ["tags[\"a\"]", "ami"]}}}}}"#,
                "resource t a {\n provider = aws.west\n depends_on = [t.b]\n lifecycle {\n ignore_changes = [tags[\"a\"], ami]\n }\n}\n"
            ),
            (
                #"{"resource": {"t": {"a": {"dynamic": {"rule": {"for_each": "${var.r}", "iterator": "it", "content": {"port": "${it.value}"}}}}}}}"#,
                "resource t a {\n dynamic rule {\n for_each = \"${var.r}\"\n iterator = it\n content {\n port = \"${it.value}\"\n }\n }\n}\n"
            ),
            (#"{"moved": [{"from": "t.a", "to": "module.m.t.a[\"k\"]"}]}"#, "moved {\n from = t.a\n to = module.m.t.a[\"k\"]\n}\n"),
            (
                #"{"module": {"m": {"source": "./m", "providers": {"aws": "aws.west"}, "tags": {"a": "b"}}}}"#,
                "module m {\n source = \"./m\"\n providers = { \"aws\" = aws.west }\n tags = { \"a\" = \"b\" }\n}\n"
            ),
            (
                #"{"provider": {"aws": [{"default_tags": {"tags": {"a": "b"}}}, {"alias": "w"}]}}"#,
                "provider aws {\n default_tags {\n tags = { \"a\" = \"b\" }\n }\n}\nprovider aws {\n alias = \"w\"\n}\n"
            ),
            (
                #"{"terraform": {"backend": {"s3": {}}, "required_providers": {"aws": {"source": "a/b"}}}}"#,
                "terraform {\n backend s3 {\n }\n required_providers {\n aws = { \"source\" = \"a/b\" }\n }\n}\n"
            ),
            (
                #"{"output": {"o": {"value": "a-${var.x}\n\"${upper(\"b\")}\" $${c} %{ if true }d%{ endif }"}}}"#,
                "output o {\n value = \"a-${var.x}\\n\\\"${upper(\"b\")}\\\" $${c} %{ if true }d%{ endif }\"\n}\n"
            ),
            (#"{"//": "said", "locals": {"//": "of locals", "a": {"//": "a member"}}}"#, "locals {\n a = { \"//\" = \"a member\" }\n}\n"),
            (#"{"resource": {"t": {"a": [[{"x": 1}, {"y": 2}]]}}, "locals": null}"#, "resource t a {\n x = 1\n y = 2\n}\n"),
            (
                #"{"check": {"c": {"assert": {"condition": "${true}"}, "data": {"http": {"h": {"url": "u"}}}}}}"#,
                "check c {\n assert {\n condition = \"${true}\"\n }\n data http h {\n url = \"u\"\n }\n}\n"
            ),
        ])
    func tree(_ json: String, _ native: String) {
        let result = Self.parse(json)
        #expect(result.diagnostics.map(\.message) == [])
        #expect(Dump.body(result.file.body) == Self.native(native))
    }

    @Test("what stands in a variable file is no template")
    func variables() {
        let result = Self.parse(#"{"a": "${b}", "${c}": {"k": ["%{ if"]}, "//": 1}"#, as: .variables)
        #expect(result.diagnostics.isEmpty)
        #expect(result.file.body.attributes.map(\.name) == ["a", "${c}"])
        #expect(result.file.body.attribute("a")?.value.kind.literal == "${b}")
    }

    @Test("every expression has the bytes that it was written in, escapes or none")
    func ranges() throws {
        let text = #"{"locals": {"a": "\u0061${lookup(var.m, \"k\", \"\u00e9\ud83d\ude00\")}", "b": "${var.x}"}}"#
        let file = Self.parse(text).file
        let locals = try #require(file.body.blocks.first)
        guard case .template(let template) = try #require(locals.body.attribute("a")).value.kind, template.parts.count == 2,
            case .interpolation(let call) = template.parts[1]
        else { return #expect(Bool(false), "two parts") }
        #expect(file.source.text(call.range) == #"lookup(var.m, \"k\", \"\u00e9\ud83d\ude00\")"#)
        #expect(call.children.map { file.source.text($0.range) } == ["var.m", #"\"k\""#, #"\"\u00e9\ud83d\ude00\""#])
        #expect(call.children[2].kind.literal == "é😀")
        guard case .template(let plain) = try #require(locals.body.attribute("b")).value.kind,
            case .interpolation(let inner) = plain.parts[0]
        else { return #expect(Bool(false), "one part") }
        #expect(file.source.text(inner.range) == "var.x")
    }

    @Test("blocks that share their first keys lie beside each other")
    func blockRanges() {
        let file = Self.parse(#"{"resource": {"t": {"a": {"x": 1}, "b": [{"x": 2}, {"x": 3}]}}}"#).file
        #expect(file.body.blocks.map { file.source.text($0.range) } == [#""a": {"x": 1}"#, #"{"x": 2}"#, #"{"x": 3}"#])
        #expect(file.body.blocks.map(\.labels.count) == [2, 2, 2])
    }

    @Test(
        "what Terraform refuses is an error with its place",
        arguments: [
            ("", "1:1 syntax: this is no JSON: the text ends too early"),
            ("1", "1:1 syntax: expected an object"),
            (#"{"locals": {"a": 1,}}"#, "1:20 syntax: this is no JSON: expected a key"),
            (#"{"resuorce": {}}"#, "1:2 syntax: a file of Terraform has no block or argument 'resuorce'"),
            (#"{"resource": []}"#, "1:14 syntax: expected an object whose keys name the blocks 'resource'"),
            (#"{"resource": {"t": "x"}}"#, "1:20 syntax: expected an object or an array of objects with the names of blocks 'resource'"),
            (#"{"locals": {"a": 1, "a": 2}}"#, "1:21 duplicate-attribute: argument 'a' is set twice"),
            (#"{"locals": {"a": {"k": 1, "k": 2}}}"#, "1:27 duplicate-attribute: argument 'k' is set twice"),
            (#"{"locals": {"a": "${"}}"#, "1:21 syntax: expected a value, found the end of the file"),
            (#"{"locals": {"a": "\u0024{1 +}"}}"#, "1:29 syntax: expected a value, found '}'"),
        ])
    func mistakes(_ text: String, _ expected: String) {
        let found = Self.parse(text).diagnostics.filter {
            !$0.message.contains("names of blocks 'resource'") || expected.contains("names of")
        }
        let lines = found.map { "\($0.range?.start.line ?? 0):\($0.range?.start.column ?? 0) \($0.id): \($0.message)" }
        #expect(lines.contains(expected), "\(lines)")
    }

    @Test("neither depth nor size has an end with us only")
    func limits() {
        let deep = #"{"locals": {"a": "# + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000) + "}}"
        #expect(Self.parse(deep).diagnostics.map(\.id) == ["nesting-limit"])
        let nested = #"{"locals": {"a": "${"# + String(repeating: "(", count: 5_000) + #"}"}}"#
        #expect(Self.parse(nested).diagnostics.map(\.id) == ["nesting-limit"])
        let large = SourceFile(path: "a.tf.json", bytes: Array("[]".utf8) + [UInt8](repeating: 0x20, count: 100))
        #expect(Parser.parseJSON(large, as: .code, limits: ParserLimits(fileSize: 50)).diagnostics.map(\.id) == ["size-limit"])
    }

    @Test("no bytes make it stop")
    func noise() {
        let text = Array(
            #"{"resource": {"t": {"a": {"tags": {"k": "a${x[\"y\"]}%{ for a in b }\u0024%{ endfor }"}, "d": [{"e": -1e3}]}}}}"#.utf8)
        for length in text.indices { _ = Parser.parseJSON(SourceFile(path: "a.tf.json", bytes: Array(text[..<length])), as: .code) }
        for index in text.indices {
            for byte in [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "]"), 0, 0xFF] {
                var bytes = text
                bytes[index] = byte
                _ = Parser.parseJSON(SourceFile(path: "a.tf.json", bytes: bytes), as: .code)
            }
        }
    }
}

extension Expression.Kind {
    fileprivate var literal: String? {
        if case .template(let template) = self { template.literal } else { nil }
    }
}
