/// The kinds of objects a workspace holds.
package enum PolicyKind: String, Hashable, Sendable, Comparable, CaseIterable {
    case workspace = "Workspace"
    case team = "Team"
    case budget = "Budget"
    case anomaly = "AnomalyPolicy"
    case commitment = "CommitmentPolicy"
    case egress = "EgressPolicy"
    case guardrail = "Guardrail"
    case tagging = "TaggingPolicy"
    case rightsizing = "RightsizingPolicy"
    case rule = "Rule"
    case drift = "DriftPolicy"
    case schedule = "SchedulePolicy"
    case serviceLevel = "ServiceLevel"
    case allocation = "Allocation"
    case metric = "Metric"
    case tagRule = "TagRule"
    case exemption = "Exemption"
    case baseline = "Baseline"
    case notification = "Notification"
    case scenario = "Scenario"
    case campaign = "Campaign"
    /// A unit test of policies; it stands in files of its own.
    case test = "Test"

    /// Whether policies of it find anything in what stands; the others judge changes, or say whose something is, what counts, or what is tested.
    package var makesFindings: Bool {
        switch self {
        case .budget, .anomaly, .commitment, .egress, .tagging, .rightsizing, .rule, .drift, .schedule, .serviceLevel: true
        case .workspace, .team, .guardrail, .allocation, .metric, .tagRule, .exemption, .baseline, .notification, .scenario, .campaign,
            .test:
            false
        }
    }

    /// Whether its findings are about resources of the code, which somebody can fix.
    package var isAboutResources: Bool {
        switch self {
        case .tagging, .rightsizing, .rule, .drift, .schedule: true
        default: false
        }
    }

    package static func < (a: PolicyKind, b: PolicyKind) -> Bool { a.rawValue < b.rawValue }
}
