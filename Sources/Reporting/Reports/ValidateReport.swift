package import CostModel
package import JSON

/// What `validate` says: how many objects there are, or what is wrong with them.
///
/// The problems with their lines and carets are conversation and go to stderr; the text is the verdict only.
package struct ValidateReport: Report {
    package var context: ReportContext
    /// Nil where the policies do not hold.
    package var policies: PolicySet?
    package var problems: [Problem]

    package init(context: ReportContext, policies: PolicySet?, problems: [Problem]) {
        self.context = context
        self.policies = policies
        self.problems = problems.sorted()
    }

    /// How many objects of each kind there are; kinds without any are left out.
    var counts: [(kind: PolicyKind, count: Int)] {
        guard let policies else { return [] }
        var counts = Dictionary(grouping: policies.policies, by: \.reference.kind).mapValues(\.count)
        counts[.workspace] = 1
        counts[.team] = policies.teams.count
        counts[.allocation] = policies.allocations.count
        counts[.metric] = policies.metrics.count
        counts[.tagRule] = policies.tagRules.rules.count
        counts[.exemption] = policies.exemptions.count
        counts[.notification] = policies.notifications.count
        counts[.campaign] = policies.campaigns.count
        counts[.baseline] = policies.baseline == nil ? 0 : 1
        return PolicyKind.allCases.compactMap { kind in counts[kind].flatMap { $0 > 0 ? (kind, $0) : nil } }
    }
}

extension ValidateReport {
    package func json() -> JSONValue {
        context.header.appending([
            "valid": JSONValue(policies != nil), "policyDigest": JSONValue(policies?.digest),
            "objects": .object(counts.map { .init($0.kind.rawValue, JSONValue($0.count)) }),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        let errors = problems.count { $0.severity == .error }
        let warnings = problems.count { $0.severity == .warning }
        let problem = [errors > 0 ? counted(errors, "error") : nil, warnings > 0 ? counted(warnings, "warning") : nil].compactMap(\.self)
        guard policies != nil else {
            return StyledText("the policies are not valid: \(problem.joined(separator: ", "))", .red).rendered(style) + "\n"
        }
        let objects = counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
        let verdict = StyledText("the policies are valid", .green) + StyledText(": \(objects)")
        return (verdict + StyledText(problem.isEmpty ? "" : " · " + problem.joined(separator: ", "), .yellow)).rendered(style) + "\n"
    }
}
