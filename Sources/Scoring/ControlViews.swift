import CostModel

/// Which teams see which controls.
///
/// A control measures a team against others only where others are measured by it: one that a team writes for itself would add as much to
/// what its penalties are divided by as it likes. So a control is *common* if at least two teams see it, and at least half of those that
/// spend. What is not common stands together by its kind, as the budgets of a team do: of a kind that another team has, too, the one with
/// the largest spend counts, once; of a kind that nobody else has, none does. What such controls put at stake always counts.
///
/// The rest of the workspace, which is no team, is measured by all of its controls.
struct ControlViews {
    private var common: Set<PolicyReference> = []
    /// The teams that see a control of a kind that is not common.
    private var seeing: [PolicyKind: Set<String>] = [:]

    init(_ spendByScope: SpendByScope) {
        let spending = spendByScope.teams.values.count { $0.isSpent }
        for control in spendByScope.controls where control.enforcement.counts {
            let teams = control.spend.filter { $0.key != SpendByScope.workspaceKey && $0.value.isSpent }.keys
            if spending <= 1 || (teams.count >= 2 && 2 * teams.count >= spending) {
                common.insert(control.policy)
            } else {
                seeing[control.policy.kind, default: []].formUnion(teams)
            }
        }
    }

    /// The kind under which a control stands together with others; nil: it stands for itself.
    func group(of control: SpendByScope.Control, for team: String) -> PolicyKind? {
        team == SpendByScope.workspaceKey || common.contains(control.policy) ? nil : control.policy.kind
    }

    /// Whether a team's spend under a control is a measure at all.
    func counts(_ control: SpendByScope.Control, for team: String) -> Bool {
        guard let kind = group(of: control, for: team) else { return true }
        return seeing[kind]?.contains { $0 != team } ?? false
    }
}

extension SpendByScope.Spend {
    /// Whether there is any, now or in the windows before.
    fileprivate var isSpent: Bool { current > .zero || past.contains { $0 > .zero } }
}
