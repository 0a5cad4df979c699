import Diagnostics
import JSON
import TestSupport
import Testing

@testable import HCL

@Suite("edits of Terraform's JSON syntax")
struct JSONEditorTests {
    private static func edited(_ text: String, _ change: (inout JSONEditor, SourceFile) -> Bool) -> String? {
        let source = SourceFile(path: "main.tf.json", text: text)
        guard var editor = JSONEditor(source), change(&editor, source), let edits = editor.edits() else { return nil }
        return edits.applied(to: source.bytes).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func range(_ part: String, of source: SourceFile) -> Range<Int> {
        let (all, part) = (source.bytes, Array(part.utf8))
        let start = (0...all.count - part.count).first { all[$0..<$0 + part.count].elementsEqual(part) } ?? 0
        return start..<start + part.count
    }

    @Test(
        "a member is added the way its neighbours are written",
        arguments: [
            (#"{"a": {"k": "v"}}"#, #"{"k": "v"}"#, #"{"a": {"k": "v", "team": "x"}}"#),
            (#"{"a":{"k":"v","l":1}}"#, #"{"k":"v","l":1}"#, #"{"a":{"k":"v","l":1,"team":"x"}}"#),
            (#"{"a":{}}"#, "{}", #"{"a":{"team":"x"}}"#),
            ("{\n\t\"a\" : {}\n}\n", "{}", "{\n\t\"a\" : {\n\t\t\"team\" : \"x\"\n\t}\n}\n"),
            (
                "{\r\n    \"a\": {\r\n        \"k\": [1,\r\n 2]\r\n    }\r\n}", "{\r\n        \"k\": [1,\r\n 2]\r\n    }",
                "{\r\n    \"a\": {\r\n        \"k\": [1,\r\n 2],\r\n        \"team\": \"x\"\r\n    }\r\n}"
            ),
            ("{\n  \"a\": { \"k\": \"v\" }\n}", #"{ "k": "v" }"#, "{\n  \"a\": { \"k\": \"v\", \"team\": \"x\" }\n}"),
        ])
    func insert(_ text: String, _ object: String, _ expected: String) {
        #expect(
            Self.edited(text) { editor, source in editor.insert([("team", .text("x"))], into: Self.range(object, of: source)) } == expected)
    }

    @Test("an object is added on lines of its own where the file has lines")
    func insertObject() {
        let text = "{\n  \"a\": {\n    \"k\": 1\n  }\n}\n"
        let new = JSONEditor.Literal.object([("team", "x"), ("quote\"d", "y\\")])
        #expect(
            Self.edited(text) { editor, source in editor.insert([("tags", new)], into: Self.range("{\n    \"k\": 1\n  }", of: source)) }
                == "{\n  \"a\": {\n    \"k\": 1,\n    \"tags\": {\n      \"team\": \"x\",\n      \"quote\\\"d\": \"y\\\\\"\n    }\n  }\n}\n"
        )
        #expect(
            Self.edited(#"{"a":{"k":1}}"#) { editor, source in editor.insert([("tags", new)], into: Self.range(#"{"k":1}"#, of: source)) }
                == #"{"a":{"k":1,"tags":{"team":"x","quote\"d":"y\\"}}}"#)
    }

    @Test("values and keys are written anew, also those inside a template")
    func replace() {
        let text = #"{"a": "${c ? \"x\" : \"y\"}", "b": "t3.large", "n": 4}"#
        let result = Self.edited(text) { editor, source in
            editor.replace(Self.range(#"\"y\""#, of: source), with: .text("a\"b"))
                && editor.replace(Self.range(#""t3.large""#, of: source), with: .text("m5.large"))
                && editor.replace(Self.range("4", of: source), with: .word("8"))
                && editor.rename(keyAt: Self.range(#""b""#, of: source), to: "bé")
        }
        #expect(result == #"{"a": "${c ? \"x\" : \"a\\\"b\"}", "bé": "m5.large", "n": 8}"#)
    }

    @Test("what would be taken for a template is not written, and no object inside one is edited")
    func refused() {
        let text = #"{"a": "${merge(x, {k = 1})}", "b": {}}"#
        #expect(Self.edited(text) { editor, source in editor.insert([("k", .text("${x}"))], into: Self.range("{}", of: source)) } == nil)
        #expect(Self.edited(text) { editor, source in editor.insert([("%{k", .text("x"))], into: Self.range("{}", of: source)) } == nil)
        #expect(Self.edited(text) { editor, source in editor.insert([("k", .text("x"))], into: Self.range("{k = 1}", of: source)) } == nil)
        #expect(Self.edited(text) { editor, source in editor.replace(Self.range("{}", of: source), with: .text("x")) } == nil)
        #expect(JSONEditor(SourceFile(path: "a.tf.json", text: "{")) == nil)
    }

    // MARK: Random documents

    /// What an edit should make of the document, told on values.
    private static func adding(_ member: JSONValue.Member, toObject wanted: Int, of value: JSONValue, _ count: inout Int) -> JSONValue {
        switch value {
        case .object(let members):
            let isWanted = count == wanted
            count += 1
            var new = members.map { JSONValue.Member($0.key, adding(member, toObject: wanted, of: $0.value, &count)) }
            if isWanted { new.append(member) }
            return .object(new)
        case .array(let elements): return .array(elements.map { adding(member, toObject: wanted, of: $0, &count) })
        default: return value
        }
    }

    private static func objects(_ node: JSONNode) -> [Range<Int>] {
        switch node.kind {
        case .object(let members): [node.range] + members.flatMap { objects($0.value) }
        case .array(let elements): elements.flatMap { objects($0) }
        default: []
        }
    }

    @Test("in 2,000 random documents an insertion adds the member and nothing else, and keeps every byte around it", arguments: 0..<20)
    func random(_ seed: Int) throws {
        var random = RandomJSON(seed: UInt64(seed))
        for _ in 0..<100 {
            let source = SourceFile(path: "main.tf.json", text: random.document())
            let ranges = Self.objects(try JSONNode.read(source.bytes))
            let wanted = Int.random(in: ranges.indices, using: &random.generator)
            var editor = try #require(JSONEditor(source))
            let isInserted = editor.insert([("new key", .text("v\"\\\n"))], into: ranges[wanted])
            #expect(isInserted)
            let edits = try #require(editor.edits())
            #expect(
                edits.count == 1 && ranges[wanted].contains(edits[0].range.lowerBound)
                    && edits[0].range.upperBound < ranges[wanted].upperBound)
            // Nothing but blanks is ever replaced.
            #expect(source.bytes[edits[0].range].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
            let result = try #require(edits.applied(to: source.bytes))
            var count = 0
            let expected = Self.adding(.init("new key", "v\"\\\n"), toObject: wanted, of: try JSONReader.read(source.bytes), &count)
            #expect(try JSONReader.read(result) == expected, "\(String(decoding: source.bytes, as: UTF8.self))")
        }
    }
}

/// JSON documents as people and programs write them.
private struct RandomJSON {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func document() -> String {
        let ending = chance(4) ? "\r\n" : "\n"
        let step = ["  ", "\t", "    "].randomElement(using: &generator) ?? "  "
        let layout = Int.random(in: 0..<3, using: &generator)
        let colon = [":", ": ", " : "].randomElement(using: &generator) ?? ":"
        return object(0, layout, ending, step, colon) + (chance(2) ? ending : "")
    }

    private mutating func object(_ depth: Int, _ layout: Int, _ ending: String, _ step: String, _ colon: String) -> String {
        let members = (0..<Int.random(in: 0...3, using: &generator)).map {
            "\"k\($0)\"" + colon + value(depth + 1, layout, ending, step, colon)
        }
        guard !members.isEmpty else { return chance(3) ? "{ }" : "{}" }
        let oneLine = layout == 0 || layout == 2 && chance(2)
        if oneLine { return "{" + members.joined(separator: chance(2) ? "," : ", ") + "}" }
        let inner = String(repeating: step, count: depth + 1)
        return "{" + ending + members.map { inner + $0 }.joined(separator: "," + ending) + ending + String(repeating: step, count: depth)
            + "}"
    }

    private mutating func value(_ depth: Int, _ layout: Int, _ ending: String, _ step: String, _ colon: String) -> String {
        switch Int.random(in: 0..<(depth > 4 ? 3 : 6), using: &generator) {
        case 0: "\"t\\\"{x}, \\u00e9\""
        case 1: "-1.5e3"
        case 2: "null"
        case 3: "[" + object(depth, layout, ending, step, colon) + ",[],true]"
        default: object(depth, layout, ending, step, colon)
        }
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &generator) == 0 }
}
