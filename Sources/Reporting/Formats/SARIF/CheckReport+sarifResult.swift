import CostModel
import Diagnostics
import JSON

extension CheckReport {
    /// - Parameter baseline: how it fares against the base; nil without one, and for what is not open on either side.
    func result(
        _ finding: Finding, rules: SARIFRules, baseline: Comparison.FindingChange?, fixes: [Plan.Change]
    ) -> JSONValue {
        var result: JSONValue = [
            "ruleId": .string(finding.ruleName), "ruleIndex": rules.index(of: finding), "kind": .string(finding.sarifKind),
            "level": .string(finding.sarifLevel), "message": ["text": .string(SARIFText.plain(message(finding)))],
        ]
        result = result.appending(["locations": .array(locations(finding))])
        result = result.appending([
            "partialFingerprints": [
                // What GitHub goes by: a finding's id says what it is about, so an alert survives edits around it.
                "primaryLocationLineHash": .string("\(finding.id.dropFirst(2)):1"), "bursarFinding/v1": .string(finding.id),
                "bursarFinding/v2": .string(finding.key.identity),
            ]
        ])
        if let baseline { result = result.appending(["baselineState": .string(baseline.change.sarifState)]) }
        if let suppression = suppression(of: finding) { result = result.appending(["suppressions": [suppression]]) }
        if !fixes.isEmpty { result = result.appending(["fixes": .array(fixes.map(fix))]) }
        return result.appending(["properties": properties(finding, baseline)])
    }

    private func suppression(of finding: Finding) -> JSONValue? {
        guard let exemption = finding.exemption else {
            return finding.baseline ? ["kind": "external", "status": "accepted", "justification": "in the baseline"] : nil
        }
        return [
            "kind": InlineExemption.isInline(exemption) ? "inSource" : "external", "status": "accepted",
            "justification": .string("exempt by \(exemption)".printable),
        ]
    }

    private func message(_ finding: Finding) -> String {
        var text = finding.statement
        if let stake = finding.stakeText { text += "; \(stake)/month at stake" }
        return text
    }

    private func locations(_ finding: Finding) -> [JSONValue] {
        guard let place = finding.location, let path = repositoryPath(place.file) else { return [] }
        let physical = Self.location(path, line: place.line, column: place.column, endLine: place.endLine)
        guard let resource = finding.resource else { return [physical] }
        let name = resource.identity.root.isEmpty ? resource.identity.address : "\(resource.identity.root):\(resource.identity.address)"
        return [
            physical.appending([
                "logicalLocations": [["fullyQualifiedName": .string(name.printable), "kind": "resource"]]
            ])
        ]
    }

    /// One change of a plan: exactly its bytes.
    private func fix(_ change: Plan.Change) -> JSONValue {
        [
            "description": ["text": .string(SARIFText.plain(change.title))],
            "artifactChanges": [
                [
                    "artifactLocation": Self.artifact(change.file ?? ""),
                    "replacements": .array(
                        change.edits.map { edit in
                            [
                                "deletedRegion": [
                                    "byteOffset": JSONValue(edit.range.lowerBound), "byteLength": JSONValue(edit.range.count),
                                ],
                                "insertedContent": ["text": .string(edit.text)],
                            ]
                        }),
                ]
            ],
            "properties": ["change": .string(change.id), "applicability": .string(change.applicability.rawValue)],
        ]
    }

    private func properties(_ finding: Finding, _ baseline: Comparison.FindingChange?) -> JSONValue {
        var properties: JSONValue = [
            "finding": .string(finding.id), "result": .string(finding.verdict.rawValue), "severity": .string(finding.severity.rawValue),
            "enforcement": .string(finding.enforcement.rawValue), "team": JSONValue(finding.team?.printable),
            "monthlyCost": JSONValue(finding.monthlyCost), "monthlySavings": JSONValue(finding.monthlySavings),
            "atStake": JSONValue(finding.atStake), "fix": .string(finding.fix.rawValue),
        ]
        if let baseline {
            properties = properties.appending([
                "change": .string(baseline.change.rawValue), "causes": JSONValue(baseline.causes.map(\.description)),
            ])
        }
        return properties
    }
}

extension Finding {
    /// What cannot be known is open: SARIF's word for a rule that had too little to go by.
    fileprivate var sarifKind: String {
        switch verdict {
        case .pass: "pass"
        case .unknown: "open"
        case .fail, .error: "fail"
        }
    }

    /// Anything but `none` is for failures alone.
    fileprivate var sarifLevel: String { sarifKind == "fail" ? annotationLevel.rawValue : "none" }
}

extension Comparison.Change {
    fileprivate var sarifState: String {
        switch self {
        case .new: "new"
        case .changed: "updated"
        // Nobody judged it: its alert stays open.
        case .unchanged, .gone: "unchanged"
        case .fixed: "absent"
        }
    }
}
