import CEL
import Conditions
import Testing

@Suite("the page of expressions")
struct VocabularyTests {
    private static let types = [
        Vocabulary.resource, Vocabulary.estimate, Vocabulary.referrer, Vocabulary.resourceCost, Vocabulary.team, Vocabulary.budget,
        Vocabulary.utilization,
        Vocabulary.metric, Vocabulary.costLine, Vocabulary.event,
    ]

    @Test("names every field that an expression can name, with its type and its sentence", arguments: types.map(\.name))
    func fields(name: String) throws {
        let type = try #require(Self.types.first { $0.name == name })
        let section = try Page.catalogue("Expressions").section("### \(name)")
        let rows = type.fields.map { "| `\($0.name)` | \($0.type) | \($0.documentation)" }
        #expect(section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { $0.dropLast(2).trimmed } == rows.map(\.trimmed))
    }

    @Test("has a section for every variable")
    func variables() throws {
        let page = try Page.catalogue("Expressions").text
        for subject in Vocabulary.Subject.allCases {
            for variable in Vocabulary.variables(of: subject) {
                #expect(page.contains("### \(variable.name)") || page.contains("`\(variable.name)`"), "\(variable.name)")
            }
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
