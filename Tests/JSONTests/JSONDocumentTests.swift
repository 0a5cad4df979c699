import JSON
import Testing

@Suite("Documents whose lists are made when they are written")
struct JSONDocumentTests {
    static let long = JSONValue.object((0..<12).map { JSONValue.Member("member-\($0)", .string("a value of some length")) })

    @Test(
        "a document has the bytes of its value",
        arguments: [
            [], [1], [1, 2, 3], [[:]], [["a": 1], ["a": []]], [long], [1, long], [long, 1, ["b": [long]]],
            (0..<40).map { .number("\($0)") }, (0..<41).map { .number("\($0)") }, (0..<60).map { .number("\($0)") },
            [.string(String(repeating: "x", count: 116))], [.string(String(repeating: "x", count: 117))], [.string("\n\n\"")],
            [.string(String(repeating: "\n", count: 70))],
        ] as [[JSONValue]])
    func same(_ elements: [JSONValue]) {
        var document = JSONDocument()
        document.append(["first": 1, "second": .array(elements)])
        document.append("list", count: elements.count) { elements[$0] }
        document.append(["last": .null])
        let value: JSONValue = ["first": 1, "second": .array(elements), "list": .array(elements), "last": .null]
        #expect(document.value == value)
        let escaping = JSONEscaping.standard
        #expect(JSONWriter.bytes(of: document, escaping: escaping) == JSONWriter.bytes(of: value, .indented, escaping: escaping))
    }

    @Test("a document without members is an empty object")
    func empty() {
        #expect(JSONWriter.bytes(of: JSONDocument(), escaping: .standard) == Array("{}".utf8))
    }
}
