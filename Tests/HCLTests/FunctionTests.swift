import Foundation
import HCL
import Testing

/// What Terraform itself says of several hundred expressions.
@Suite struct FunctionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var expression: String
        var expected: String
        var testDescription: String { expression }
    }

    @Test("expressions have the values that Terraform's console shows", arguments: cases)
    func console(_ example: Case) {
        let references = LocalReferences(Self.fixture("functions.tf"))
        let (value, problems) = references.evaluate(example.expression)
        let answer = problems.isEmpty ? value.deepUnknownReason.map { "unknown: \($0)" } ?? value.json : "error"
        #expect(answer == example.expected, "\(problems.map(\.message))")
    }

    static let cases: [Case] = {
        let lines = fixture("functions.txt").split(separator: "\n").dropFirst()
        return zip(lines, lines.dropFirst()).filter { $0.1.hasPrefix("=> ") }.map {
            Case(expression: String($0.0), expected: String($0.1.dropFirst(3)))
        }
    }()

    static func fixture(_ name: String) -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        // A fixture that is not there fails every case by its emptiness.
        return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    }
}
