import TestSupport
import Testing

@testable import HCL

@Suite("jsondecode()")
struct JSONFunctionTests {
    private func decode(_ text: String) throws(EvaluationError) -> Value { try Value(json: text) }

    @Test("refuses what is no JSON, and says what and where", arguments: MalformedJSON.values)
    func malformed(value: String) throws {
        #expect(try decode("{\"a\": [1]}").json == "{\"a\":[1]}")
        let error = try #require(throws: EvaluationError.self) { try decode("{\"a\": [\(value)\n, 1]}") }
        #expect(error.message.hasPrefix("jsondecode() needs valid JSON: ") && error.message.hasSuffix(")") && !error.isLimit)
    }

    @Test("refuses text behind the value", arguments: MalformedJSON.endings)
    func endings(ending: String) {
        #expect(throws: EvaluationError.self) { try decode("{\"a\": 1} \(ending)") }
    }

    @Test("does not know a number that Terraform can hold and we cannot, and never rounds it", arguments: ["1e400", "0.1e-60"])
    func largeNumber(text: String) throws {
        #expect(try decode("[\(text)]").deepUnknownReason == "the number is out of range")
    }

    @Test("calls what nests deeper than we read a limit: Terraform might have had a value")
    func deep() throws {
        let error = try #require(throws: EvaluationError.self) { try decode(String(repeating: "[", count: 10_000)) }
        #expect(error.isLimit)
    }
}
