package import CostModel

/// How a command ends, for scripts.
package enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
    case clean = 0
    /// Failing findings of policies that block.
    case failing = 1
    /// Wrong usage, or policies that are not valid.
    case invalid = 2
    /// What was observed is missing, unreadable, stale or partial: never reported as clean.
    case partial = 3
    /// A stale plan, or somebody else's branch.
    case conflict = 4

    /// What each means, for the help.
    package var meaning: String {
        switch self {
        case .clean: "clean"
        case .failing: "failing findings of policies that block (or by --fail-on); failing tests; with plan --exit-code: there are changes"
        case .invalid: "wrong usage or invalid policies"
        case .partial: "what was observed is missing, unreadable, stale or partial"
        case .conflict: "a stale plan or a conflict"
        }
    }

    /// Where several apply: 2 before 3 before 4 before 1.
    package static func worst(_ codes: some Sequence<ExitCode>) -> ExitCode {
        let order: [ExitCode] = [.invalid, .partial, .conflict, .failing]
        let codes = Set(codes)
        return order.first(where: codes.contains) ?? .clean
    }
}

/// When findings fail a check.
package enum FailureThreshold: String, Hashable, Sendable, CaseIterable {
    case low, medium, high, critical, never

    var severity: Severity? { Severity(rawValue: rawValue) }
}

extension ExitCode {
    /// The code of a check.
    ///
    /// Failing findings count where their policy blocks, or, with a threshold, where they are that severe. Exempt findings, those of the
    /// baseline and those of shadow policies never count; unknown ones do when the check is strict.
    package static func ofCheck(
        _ findings: some Sequence<Finding>, isPartial: Bool, failOn threshold: FailureThreshold? = nil, isStrict: Bool = false
    ) -> ExitCode {
        let fails = findings.contains { finding in
            guard let threshold else { return finding.blocks(isStrict: isStrict) }
            guard let severity = threshold.severity else { return false }
            return finding.mayFailCheck(isStrict: isStrict) && finding.severity >= severity
        }
        return worst((fails ? [.failing] : []) + (isPartial ? [.partial] : []))
    }
}
