import CostModel
import Diagnostics
import JSON

/// The rules of a run: one for each policy and rule that a finding names, sorted.
struct SARIFRules {
    let descriptors: [JSONValue]
    private let indices: [String: Int]

    init(findings: [Finding], policies: [PolicyHeader], texts: [RuleText]) {
        let first = Dictionary(findings.map { ($0.ruleName, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = first.sorted { $0.key < $1.key }
        let headers = Dictionary(policies.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        let texts = Dictionary(texts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        indices = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element.key, $0.offset) })
        descriptors = sorted.map { name, finding in
            Self.descriptor(name, finding, header: headers[finding.policy], text: texts[finding.rule])
        }
    }

    /// A rule's place in the list, for results.
    func index(of finding: Finding) -> JSONValue { JSONValue(indices[finding.ruleName]) }

    private static func descriptor(_ name: String, _ finding: Finding, header: PolicyHeader?, text: RuleText?) -> JSONValue {
        let severity = header?.severity ?? finding.severity
        let enforcement = header?.enforcement ?? finding.enforcement
        let title = text?.title ?? finding.rule
        let description = header?.description.map(SARIFText.plain)
        let full = ([description] + [text?.does, text?.cost]).compactMap(\.self).joined(separator: " ")
        var properties: JSONValue = [
            "tags": JSONValue(["cost", finding.policy.kind.rawValue]), "severity": .string(severity.rawValue),
            "enforcement": .string(enforcement.rawValue),
        ]
        if let header { properties = properties.appending(["level": JSONValue(header.level)]) }
        if let owner = header?.owner { properties = properties.appending(["owner": .string(owner.printable)]) }
        return [
            "id": .string(name), "name": .string(pascalCase(finding.rule)),
            "shortDescription": ["text": .string("\(title) (\(finding.policy))")],
            "fullDescription": ["text": .string(full.isEmpty ? title : full)],
            "help": [
                "text": .string(help(header, text, name).map(\.plain).joined(separator: "\n\n")),
                "markdown": .string(help(header, text, name).map(\.markdown).joined(separator: "\n\n")),
            ],
            "defaultConfiguration": ["level": .string(enforcement.counts ? severity.sarifLevel : "note")],
            "properties": properties,
        ]
    }

    /// Paragraphs, as text and as Markdown; the policy's own words stay words.
    private static func help(_ header: PolicyHeader?, _ text: RuleText?, _ name: String) -> [(plain: String, markdown: String)] {
        var result: [(plain: String, markdown: String)] = []
        func add(_ title: String, _ value: String?, own: Bool = false) {
            guard let value else { return }
            result.append(("\(title): \(SARIFText.plain(value))", "**\(title)**: \(own ? value : Markdown.text(value))"))
        }
        add("Policy", header?.description)
        add("More", header?.docs)
        add("Finds", text?.does, own: true)
        add("Why it costs money", text?.cost, own: true)
        if let remedy = text?.remedy {
            result.append(("Instead:\n\n\(remedy)", "**Instead**\n\n" + Markdown.block(remedy, language: "text").dropLast()))
        }
        result.append(
            ("bursar explain \(name.split(separator: "/").last ?? "")", "`bursar explain \(name.split(separator: "/").last ?? "")`"))
        return result
    }

    /// `missing-tag` as `MissingTag`: a name in the form that SARIF recommends.
    private static func pascalCase(_ rule: String) -> String {
        rule.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension Severity {
    var sarifLevel: String {
        switch self {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "note"
        }
    }
}
