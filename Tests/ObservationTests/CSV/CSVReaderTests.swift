import TestSupport
import Testing

@testable import Observation

@Suite("CSV")
struct CSVReaderTests {
    @Test(
        "fields are told apart as RFC 4180 says",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
            ("a", [["a"]]),
            ("\"a\"", [["a"]]),
            ("\"a\"\r\n", [["a"]]),
            ("a,\n,\n", [["a", ""], ["", ""]]),
            ("\"a,b\",\"c\nd\",\"e\r\nf\"\n", [["a,b", "c\nd", "e\r\nf"]]),
            ("\"a \"\"b\"\" c\",\"\"\"\",\"\"\n", [["a \"b\" c", "\"", ""]]),
            ("\"\"\"a\"\"\",b\n", [["\"a\"", "b"]]),
            ("a\rb,c\n", [["a\rb", "c"]]),
            ("ä,日本\n", [["ä", "日本"]]),
            ("a\n\nb\n", [["a"], [""], ["b"]]),
            ("", []),
        ])
    func records(text: String, expected: [[String]]) throws {
        for size in [1, 2, 3, 5, 64, .max] {
            let dump = try CSVDump(text, size: size)
            #expect(dump.records == expected, "in pieces of \(size)")
            #expect(dump.faults.isEmpty)
        }
    }

    @Test(
        "a misplaced quote is reported at its place, and the lines around it still count",
        arguments: [
            ("a,b\n1,x\"y\n2,z\n", [["a", "b"], ["2", "z"]], ["2:4 strayQuote"]),
            ("a,b\n1,\"x\"y\n2,z\n", [["a", "b"], ["2", "z"]], ["2:3 textBehindQuote"]),
            ("a,b\n1,\"x\n2,\"z\"\n3,w\n", [["a", "b"], ["2", "z"], ["3", "w"]], ["2:3 textBehindQuote"]),
            ("a,b\n1,\"x\n2,z\n", [["a", "b"], ["2", "z"]], ["2:3 unclosedQuote"]),
            ("a\n\"", [["a"]], ["2:1 unclosedQuote"]),
            ("a,b\nü,x\"\n", [["a", "b"]], ["2:4 strayQuote"]),
            ("a \"b\",c\nd,e\n", [["d", "e"]], ["1:3 strayQuote"]),
            ("\"a\" ,c\nd,e\n", [["d", "e"]], ["1:1 textBehindQuote"]),
            ("\"a\"\rb,c\nd,e\n", [["d", "e"]], ["1:1 textBehindQuote"]),
        ])
    func faults(text: String, records: [[String]], faults: [String]) throws {
        for size in [1, 2, 3, 5, 64, .max] {
            let dump = try CSVDump(text, size: size)
            #expect(dump.records == records, "in pieces of \(size)")
            #expect(dump.faults == faults, "in pieces of \(size)")
        }
    }

    @Test("whatever was written comes back, however it arrives")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 11)
        let pieces = ["", "a", ",", "\"", "\n", "\r\n", "ß", "1234567890123456789012345678901234567890", "NULL", " "]
        for round in 0..<400 {
            let width = Int.random(in: 1...5, using: &random)
            let records = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                (0..<width).map { _ in
                    (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                }
            }
            let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
            let text = records.map { $0.map(written).joined(separator: ",") }.joined(separator: lineEnd) + lineEnd
            let dump = try CSVDump(text, size: Int.random(in: 1...200, using: &random))
            #expect(dump.faults.isEmpty)
            #expect(dump.records == records, "round \(round)")
        }
    }

    @Test("any text is read as a plain state machine reads it, whatever the pieces")
    func anyText() throws {
        var random = SeededGenerator(seed: 23)
        let pieces = ["a", ",", ",", "\"", "\"", "\"\"", "\n", "\n", "\r\n", "\r", "ü", "bcdefghijklmnopqrstuvwxyz0123456789"]
        for round in 0..<3_000 {
            let count = Int.random(in: 0...60, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let expected = PlainCSV.read(text)
            for size in [1, Int.random(in: 2...70, using: &random), .max] {
                #expect(try CSVDump(text, size: size) == expected, "round \(round), pieces of \(size): \(text.debugDescription)")
            }
        }
    }

    @Test("a record beyond the limit is given up, and the next one read")
    func tooLong() throws {
        let long = String(repeating: "x", count: 5_000)
        let unquoted = try CSVDump("a,b\n\(long),1\n2,3\n", size: 100, recordLimit: 1_000)
        #expect(unquoted.records == [["a", "b"], ["2", "3"]])
        #expect(unquoted.faults == ["2:1 tooLong"])
        let lines = String(repeating: "1,2\n", count: 1_000)
        let unclosed = try CSVDump("a,b\n\"x,1\n\(lines)2,3\n", size: 100, recordLimit: 1_000)
        #expect(unclosed.faults == ["2:1 tooLong"])
        #expect(unclosed.records.count == 1_002)
    }

    @Test("UTF-16 is refused by name")
    func utf16() {
        #expect(throws: FileFault(id: "not-utf8", description: "the text is UTF-16: expected UTF-8")) {
            try CSVReader(PieceSource([0xFF, 0xFE, 0x61, 0])).next()
        }
    }

    private func written(_ field: String) -> String {
        let needsQuotes = field.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) } || field.isEmpty
        return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}
