/// The kinds of objects a workspace holds.
package enum PolicyKind: String, Hashable, Sendable, Comparable, CaseIterable {
    case workspace = "Workspace"
    case team = "Team"
    case budget = "Budget"
    case anomaly = "AnomalyPolicy"
    case tagging = "TaggingPolicy"
    case rightsizing = "RightsizingPolicy"
    case rule = "Rule"
    case drift = "DriftPolicy"
    case allocation = "Allocation"
    case metric = "Metric"
    case tagRule = "TagRule"
    case exemption = "Exemption"
    case baseline = "Baseline"
    /// A unit test of policies; it stands in files of its own.
    case test = "Test"

    package static func < (a: PolicyKind, b: PolicyKind) -> Bool { a.rawValue < b.rawValue }
}
