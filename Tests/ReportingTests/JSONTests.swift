import CostModel
import JSON
import Reporting
import TestSupport
import Testing

@Suite("JSON")
struct JSONTests {
    private func written(_ value: JSONValue) -> String { String(decoding: JSONWriter.write(value), as: UTF8.self) }

    @Test("keeps short values on a line and the order of keys")
    func layout() {
        let long = JSONValue.string(String(repeating: "x", count: 120))
        #expect(
            written(["b": ["amount": "1.50", "currency": "USD"], "a": [[1, 2], [], true, nil], "c": [long]]) == """
                {
                  "b": {"amount": "1.50", "currency": "USD"},
                  "a": [[1, 2], [], true, null],
                  "c": [
                    "\(String(repeating: "x", count: 120))"
                  ]
                }

                """)
    }

    @Test("takes time by the size of a document, not by its depth", .timeLimit(.minutes(5)))
    func deep() {
        var value = JSONValue.string(String(repeating: "x", count: 300))
        for _ in 0..<60 { value = [value] }
        #expect(JSONWriter.write(value).count < 20_000)
    }

    @Test(
        "escapes what would end a string, drive a terminal or end a line of JavaScript",
        arguments: [
            (#"say "hi""#, #""say \"hi\"""#), (#"a\b"#, #""a\\b""#), ("tab\tline\n\r", #""tab\tline\n\r""#),
            ("\u{1B}[31m\u{0}", #""\u001b[31m\u0000""#), ("\u{9B}2J\u{7F}", #""\u009b2J\u007f""#), ("a\u{2028}b", #""a\u2028b""#),
            ("evil\u{202E}txt", #""evil\u202etxt""#), ("\u{E0041}", #""\udb40\udc41""#), ("größe 💰", #""größe 💰""#),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(written(.string(text)) == expected + "\n")
        #expect(try JSONReader.read(JSONWriter.write(.string(text))) == .string(text))
    }
}

@Suite("plan.json")
struct PlanDocumentTests {
    @Test("comes back as it went in, under the same name")
    func roundTrip() throws {
        let bytes = PlanDocument.bytes(of: Fixtures.plan, toolVersion: "0.1.0")
        let stored = try PlanDocument.read(bytes)
        #expect(stored.plan == Fixtures.plan)
        #expect(stored.toolVersion == "0.1.0")
        #expect(stored.digest == PlanDocument.digest(of: Fixtures.plan, toolVersion: "0.1.0"))
        #expect(PlanDocument.bytes(of: stored.plan, toolVersion: stored.toolVersion) == bytes)
    }

    @Test(
        "any change of its text is noticed",
        arguments: [("m5.xlarge", "m5.large"), ("review", "automatic"), ("\"line\": 14", "\"line\": 15")])
    func tampered(from: String, to: String) throws {
        let text = String(decoding: PlanDocument.bytes(of: Fixtures.plan, toolVersion: "0.1.0"), as: UTF8.self)
        let changed = text.split(separator: from, omittingEmptySubsequences: false).joined(separator: to)
        #expect(changed != text)
        #expect(throws: PlanDocumentError(.changed, message: "the plan was changed since it was written: its digest does not hold")) {
            try PlanDocument.read(Array(changed.utf8))
        }
    }

    @Test("no damaged byte is read as another plan", arguments: [UInt8(ascii: "0"), UInt8(ascii: "\""), 0x00, 0xFF])
    func damaged(byte: UInt8) throws {
        let bytes = PlanDocument.bytes(of: Fixtures.plan, toolVersion: "0.1.0")
        for offset in stride(from: Int(byte) % 7, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[offset] = byte
            guard let stored = try? PlanDocument.read(damaged) else { continue }
            #expect(stored.plan == Fixtures.plan, "byte \(offset)")
        }
        for count in stride(from: 0, to: bytes.count - 1, by: 31) {
            #expect(throws: PlanDocumentError.self) { try PlanDocument.read(Array(bytes.prefix(count))) }
        }
    }

    @Test("malformed JSON is no plan, and no metadata of a request", arguments: MalformedJSON.values)
    func malformed(value: String) throws {
        let error = try #require(throws: PlanDocumentError.self) {
            try PlanDocument.read(Array("{\"tool\": \"bursar\", \"x\": \(value)\n}".utf8))
        }
        #expect(error.message.hasPrefix("no plan: ") && error.message.contains("line "))
        let comment = "<!-- bursar: {\"group\": \"g-1\", \"plan\": \"p\", \"findings\": [], \"savings\": null, \"x\": X} -->"
        #expect(RequestMetadata(parsing: comment.replacing("X", with: "1")) != nil)
        #expect(RequestMetadata(parsing: comment.replacing("X", with: value)) == nil)
    }

    @Test("a key that stands twice, or text behind it, makes it no plan", arguments: MalformedJSON.endings)
    func endings(ending: String) {
        #expect(throws: PlanDocumentError.self) { try PlanDocument.read(Array("{\"tool\": \"bursar\"} \(ending)".utf8)) }
        #expect(throws: PlanDocumentError(message: "no plan: a key stands twice in one object (line 1, column 9)")) {
            try PlanDocument.read(Array("{\"a\": 1,\"a\": 1}".utf8))
        }
    }

    @Test("a path that leaves the repository is refused", arguments: ["../etc/passwd", "/etc/passwd", "a/.git/hooks/x", "a//b", "./a"])
    func hostilePath(path: String) {
        var plan = Fixtures.plan
        plan.files[0].path = path
        #expect(throws: PlanDocumentError.self) { try PlanDocument.read(PlanDocument.bytes(of: plan, toolVersion: "0.1.0")) }
    }

    @Test(
        "savings that are no one sum are refused: whoever reads a plan adds them up",
        arguments: [
            (Money(FixedDecimal(1), Currency("EUR") ?? .usd), "the plan's savings are in several currencies"),
            (
                Money(FixedDecimal(raw: 170_141_183_460_469_231_731 * FixedDecimal.unit), .usd),
                "the plan's savings are more than can be added up"
            ),
        ])
    func hostileSavings(savings: Money, message: String) {
        var plan = Fixtures.plan
        plan.changes[0].monthlySavings = Money(FixedDecimal(1), .usd)
        plan.changes.append(plan.changes[0])
        plan.changes[1].monthlySavings = savings
        #expect(throws: PlanDocumentError(message: message)) { try PlanDocument.read(PlanDocument.bytes(of: plan, toolVersion: "0.1.0")) }
    }

    @Test(
        "what is no plan is called so",
        arguments: [
            ("{", "no plan: the text ends too early (line 1, column 2)"), (#"{"tool": "terraform"}"#, "no plan: not a document of bursar"),
            (
                #"{"tool": "bursar", "changes": [], "schemaVersion": 9}"#,
                "the plan's schemaVersion is not 1: plan again with this version"
            ),
        ])
    func noPlan(text: String, message: String) {
        #expect(throws: PlanDocumentError(message: message)) { try PlanDocument.read(Array(text.utf8)) }
    }
}
