import JSON
import TestSupport
import Testing

@testable import Store

@Suite("JSON in a column")
struct StoredJSONTests {
    @Test("is the same bytes in every version")
    func bytes() {
        let value: JSONValue = ["a": ["x\n\r\t\"\\\u{8}\u{7F}é💰\u{2028}/", nil], "b": [:]]
        #expect(value.stored == #"{"a":["x\n\r\t\"\\\u0008\u007fé💰"# + "\u{2028}" + #"/",null],"b":{}}"#)
        #expect(JSONValue(stored: value.stored) == value)
    }

    @Test("that is malformed makes the row a damaged one", arguments: MalformedJSON.values)
    func malformed(value: String) {
        #expect(JSONValue(stored: "[{\"id\":\(value)\n}]") == nil)
        #expect(JSONValue(stored: "[1] \(value.isEmpty ? "," : value)") == nil)
        #expect(JSONValue(stored: "{\"id\":1,\"id\":1}") == nil)
    }
}
