import CostModel
import Foundation
import Testing

@Suite("the page of the library")
struct ReadmeTests {
    private static let page = Library.folder.deletingLastPathComponent().appending(path: "README.md")
    private static let providers = [("aws", "AWS"), ("azure", "Azure"), ("google", "Google Cloud")]

    /// Between the markers stands what the rules say. Where it does not, the test writes it and fails once, so that a person reads it.
    @Test("lists every rule: what it wants, how severe it is, and its source")
    func table() throws {
        let text = String(decoding: try Data(contentsOf: Self.page), as: UTF8.self)
        let start = try #require(text.range(of: "<!-- rules: written by a test -->\n"))
        let end = try #require(text.range(of: "<!-- end of rules -->"))
        let written = String(text[start.upperBound..<end.lowerBound])
        let wanted = Self.tables
        guard written != wanted else { return }
        let new = text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: wanted)
        try Data(new.utf8).write(to: Self.page)
        Issue.record("the table was out of date and is written anew: read it, then run again")
    }

    @Test("says how many rules there are")
    func count() throws {
        let text = String(decoding: try Data(contentsOf: Self.page), as: UTF8.self)
        #expect(text.contains("\(Library.rules.count) rules"))
    }

    private static var tables: String {
        providers.map { prefix, title in
            let rules = Library.rules.filter { $0.header.reference.name.hasPrefix(prefix + "-") }
            let rows = rules.map { rule in
                let file = rule.header.place.file.replacing("policies/library/", with: "library/")
                let docs = rule.header.docs ?? ""
                let host = URL(string: docs)?.host() ?? docs
                return "| [`\(rule.header.reference.name)`](\(file)) | \(rule.summary) | \(title) | \(rule.header.severity.rawValue) "
                    + "| [\(host)](\(docs)) |"
            }
            return "\n### \(title): \(rules.count)\n\n| rule | wants | provider | severity | source |\n|---|---|---|---|---|\n"
                + rows.joined(separator: "\n") + "\n"
        }.joined() + "\n"
    }
}

extension Rule {
    /// The first sentence of the description, without its full stop.
    fileprivate var summary: String {
        let text = header.description ?? ""
        return String(text[..<(text.range(of: ". ")?.lowerBound ?? text.endIndex)])
    }
}
