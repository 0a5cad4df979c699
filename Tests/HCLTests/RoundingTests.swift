import HCL
import Testing

/// Numbers are exact here, and have 512 bits in Terraform.
@Suite("numbers that Terraform rounds")
struct RoundingTests {
    private func answer(_ text: String) -> String {
        let value = LocalReferences("").evaluate(text).value
        return value.deepUnknownReason.map { "unknown: \($0)" } ?? value.json
    }

    @Test(
        "are not said to be equal, smaller or written in some way",
        arguments: [
            "10 % 3.3", "10 % 3.3 != 0.1", "5 % (1 / 3)", "range(0, 1, 0.3)", "range(0, 1, 0.3)[3] != 0.9", "0.1 + 0.2 == 0.3",
            "0.1 + 0.2 != 0.3", "1 / 3 * 3 >= 1", "1 / 3 * 3 < 1", "1 - 1 / 3 * 3 == 0", "[0.1 * 3] == [0.3]",
            "{ a = 0.1 * 3 } == { a = 0.3 }",
            "contains([0.3], 0.1 * 3)", "index([0.3], 0.1 * 3)", "length(distinct([0.3, 0.1 * 3]))", "length(toset([0.3, 0.1 * 3]))",
            "\"v${0.1 * 3}\" == \"v0.3\"", "tostring(1 / 3)", "jsonencode(0.1 * 3)", "format(\"%v\", 0.1 * 3)", "floor(10 * 0.8)",
            "ceil(10 * 0.8)", "sum([0.1, 0.2]) == 0.3", "\"v${-0}\" == \"v0\"", "tostring(0 * -1)", "tostring(ceil(-0.5))",
            "tostring(tonumber(\"-0\"))", "tostring(pow(3, 40))", "pow(255, 10) == 1162523670191533212890625", "pow(7, 23) % 2 == 1",
            "pow(10, 23) == 1e23",
        ])
    func rounded(_ expression: String) { #expect(answer(expression).hasPrefix("unknown: ")) }

    @Test("have no text, where a tag or a size would be made of them", arguments: ["1 - 0.9", "\"${1 / 3}\"", "pow(1.1, 2)", "0 * -1"])
    func texts(_ expression: String) {
        let value = LocalReferences("").evaluate(expression).value
        #expect(value.text == nil && value.reasonWithoutText != nil)
        #expect(LocalReferences("").evaluate("0.5 + 0.25").value.text == "0.75")
    }

    @Test(
        "are what they are where their last digits do not matter",
        arguments: [
            ("5.5 % 2", "1.5"), ("range(0, 1, 0.25)", "[0,0.25,0.5,0.75]"), ("0.1 == 0.10", "true"), ("\"v${0.1}\"", "\"v0.1\""),
            ("0.1 + 0.2 > 0.2", "true"), ("1 / 3 == 0.3", "false"), ("floor(10 / 3)", "3"), ("ceil(10 / 3)", "4"),
            ("0.5 + 0.25 == 0.75", "true"),
            ("7 / 2 == 3.5", "true"), ("format(\"%.2f\", 1 / 3)", "\"0.33\""), ("max(0.1 * 3, 1)", "1"), ("-0.5 * 2 == -1", "true"),
        ])
    func exact(_ expression: String, _ expected: String) { #expect(answer(expression) == expected) }
}
