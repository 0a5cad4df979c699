import CostModel
import Evaluation

/// What would settle a result that is unknown, for whoever has to settle it before a change can be merged.
enum UnknownSettlement {
    static func text(for finding: Finding) -> String { "new unknowns fail: \(remedy(finding))" }

    private static func remedy(_ finding: Finding) -> String {
        guard finding.rule == UnseenCode.id, let resource = finding.resource?.identity else { return remedy(finding.policy.kind) }
        return "bring the module's code into the tree and call it by its path, or exempt '\(resource)' in the base first"
    }

    private static func remedy(_ kind: PolicyKind) -> String {
        switch kind {
        case .tagging, .rule:
            "write the value out, or give the variable one in a file that is committed (a tfvars file, or 'varFiles' of the root in the workspace)"
        case .rightsizing: "observe the samples that its policy asks for, or exclude the resource from it"
        case .schedule: "observe samples of each hour and a bill that states terms and usage types, or exclude the resource from its policy"
        case .guardrail: "name a price in 'observe.prices', write out the size or the count, or take the resource out of the change"
        case .serviceLevel: "observe the metrics and samples that its objectives read"
        default: "observe the bill that it is about"
        }
    }
}
