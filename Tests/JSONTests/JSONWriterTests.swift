import JSON
import Testing

@Suite("writing JSON")
struct JSONWriterTests {
    private func written(_ value: JSONValue, _ layout: JSONWriter.Layout, escaping: JSONEscaping = .standard) -> String {
        String(decoding: JSONWriter.bytes(of: value, layout, escaping: escaping), as: UTF8.self)
    }

    private let value: JSONValue = ["b": [1, [], ["x": nil, "y": [:]]], "a": true, "": "é\n"]

    @Test("in each layout, with the order of keys kept")
    func layouts() {
        #expect(written(value, .compact) == #"{"b":[1,[],{"x":null,"y":{}}],"a":true,"":"é\n"}"#)
        #expect(written(value, .line) == #"{"b": [1, [], {"x": null, "y": {}}], "a": true, "": "é\n"}"#)
        #expect(
            written(value, .indented) == """
                {
                  "b": [1, [], {"x": null, "y": {}}],
                  "a": true,
                  "": "é\\n"
                }
                """)
    }

    @Test("piece by piece gives the same bytes", arguments: [false, true])
    func pieces(hasSpaces: Bool) {
        var writer = JSONWriter(hasSpaces: hasSpaces, escaping: .standard)
        writer.object { writer in
            writer.key("b")
            writer.array { writer in
                writer.integer(1)
                writer.array { _ in }
                writer.object { writer in
                    writer.key("x")
                    writer.null()
                    writer.key("y")
                    writer.object { _ in }
                }
            }
            writer.key("a")
            writer.bool(true)
            writer.key("")
            writer.text("é\n")
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == written(value, hasSpaces ? .line : .compact))
    }

    @Test("lines may be broken between members")
    func lines() {
        var writer = JSONWriter(escaping: .standard)
        writer.array { writer in
            for number in 1...2 {
                writer.line()
                writer.integer(number)
            }
        }
        writer.end()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[\n1,\n2]\n")
    }

    @Test("escapes what the standard asks for, and further characters where a document wants it")
    func escapes() {
        let text = "\"\\/\u{0}\u{8}\u{C}\n\r\t\u{1F}\u{7F}<\u{2028}💰"
        #expect(written(.string(text), .compact) == #""\"\\/\u0000\b\f\n\r\t\u001f"# + "\u{7F}<\u{2028}💰\"")
        let others = JSONEscaping(letters: "n") { $0 == "<" || $0 == "/" || $0.value > 0x7E }
        #expect(
            written(.string(text), .compact, escaping: others)
                == #""\"\\\u002f\u0000\u0008\u000c\n\u000d\u0009\u001f\u007f\u003c\u2028\ud83d\udcb0""#)
        #expect(written(["<": "a"], .compact, escaping: others) == #"{"\u003c":"a"}"#)
    }

    @Test("is read back as it was", arguments: [JSONWriter.Layout.compact, .line, .indented])
    func roundTrip(layout: JSONWriter.Layout) throws {
        var deep: JSONValue = .string(String(repeating: "x", count: 300))
        for _ in 0..<60 { deep = [deep, .number("-1.50e7")] }
        let all = JSONValue.string(String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init))) + "💰\u{10FFFF}")
        for value in [self.value, deep, all, [all, all]] as [JSONValue] {
            #expect(try JSONReader.read(JSONWriter.bytes(of: value, layout, escaping: .standard)) == value)
        }
    }
}
