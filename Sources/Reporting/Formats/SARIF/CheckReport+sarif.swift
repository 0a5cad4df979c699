import CostModel
import Diagnostics
package import JSON

extension ReportFormat {
    static let sarif = ReportFormat(
        "sarif", is: "SARIF 2.1.0, with fixes", readBy: "code scanning of GitHub and others, editors", showsFixes: true,
        check: { JSONWriter.write($0.sarif()) })
}

extension CheckReport {
    /// SARIF 2.1.0, for code scanning and editors: one run, whose results are the listed findings.
    ///
    /// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    package func sarif() -> JSONValue {
        let changes = changes
        let fixed = comparison?.changes(.gone, .fixed) ?? []
        let rules = SARIFRules(findings: listed + fixed.map(\.finding), policies: policies, texts: self.rules)
        let fixes = Dictionary(
            fixes.filter { !$0.edits.isEmpty }.flatMap { change in change.findings.map { ($0, [change]) } }, uniquingKeysWith: +)
        let results = listed.map { finding in
            result(finding, rules: rules, baseline: comparison == nil ? nil : changes[finding.id], fixes: fixes[finding.id] ?? [])
        }
        let absent = fixed.map { result($0.finding, rules: rules, baseline: $0, fixes: []) }
        var run: JSONValue = [
            "tool": ["driver": driver(rules)], "automationDetails": ["id": .string("bursar/check/\(workspace)/".printable)],
            "originalUriBaseIds": [
                Self.root: ["description": ["text": "the top folder of the repository"]]
            ],
            "columnKind": "unicodeCodePoints", "invocations": [invocation],
        ]
        if let repositoryURL {
            run = run.appending([
                "versionControlProvenance": [
                    ["repositoryUri": .string(repositoryURL), "revisionId": .string(commit), "mappedTo": ["uriBaseId": .string(Self.root)]]
                ]
            ])
        }
        run = run.appending([
            "results": .array(results + absent),
            "properties": ["revision": .string(context.revision), "evaluatedAt": .string(context.evaluatedAt.description)],
        ])
        return ["$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]]
    }

    /// What all paths start from. GitHub and others take this name for the top of the checked-out repository.
    static var root: String { "%SRCROOT%" }

    /// The commit without the mark of an edited tree.
    private var commit: String { String(context.revision.prefix { $0 != "-" }) }

    private func driver(_ rules: SARIFRules) -> JSONValue {
        let version: JSONValue = toolVersion.isEmpty ? [:] : ["version": .string(toolVersion), "semanticVersion": .string(toolVersion)]
        return (["name": .string(ReportContext.tool)] as JSONValue).appending(version).appending([
            "shortDescription": ["text": "keeps cloud cost in order by policies in Git"], "rules": .array(rules.descriptors),
        ])
    }

    private var invocation: JSONValue {
        [
            "executionSuccessful": .bool(!problems.contains(where: \.isGrave)),
            "toolExecutionNotifications": .array(
                problems.map { problem in
                    let place = problem.file.flatMap(repositoryPath).map { path in
                        Self.location(path, line: problem.line, column: problem.column, endLine: nil)
                    }
                    let notification: JSONValue = [
                        "descriptor": ["id": .string(problem.id)], "level": .string(problem.annotationLevel.rawValue),
                        "message": ["text": .string(SARIFText.plain(named(problem)))],
                    ]
                    return place.map { notification.appending(["locations": [$0]]) } ?? notification
                }),
        ]
    }

    static func location(_ path: String, line: Int?, column: Int?, endLine: Int?) -> JSONValue {
        var physical = ["artifactLocation": artifact(path)] as JSONValue
        if let line {
            var region: JSONValue = ["startLine": JSONValue(line)]
            if let column { region = region.appending(["startColumn": JSONValue(column)]) }
            if let endLine, endLine >= line { region = region.appending(["endLine": JSONValue(endLine)]) }
            physical = physical.appending(["region": region])
        }
        return ["physicalLocation": physical]
    }

    static func artifact(_ path: String) -> JSONValue {
        ["uri": .string(SARIFText.uri(path)), "uriBaseId": .string(root)]
    }
}

/// Texts as SARIF wants them.
enum SARIFText {
    /// A message of plain text, in which nothing from a repository becomes a link.
    static func plain(_ text: String) -> String {
        text.printable.split(separator: "](", omittingEmptySubsequences: false).joined(separator: "] (")
    }

    /// A relative path as a reference of RFC 3986; no part of it can be taken for a scheme or a host.
    static func uri(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}
