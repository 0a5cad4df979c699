import CostModel
import Estimation
import Git
import Observation
import Scoring
import Store

extension StagedRun {
    /// Remembers what the change that came was expected to cost, and holds what came before to the bill.
    ///
    /// With data missing neither is done: the next whole run sees the same change.
    func holdEstimates(_ evaluated: EvaluatedWorkspace) throws(StageError) {
        guard !evaluated.observed.isPartial, let tip = evaluated.workspace.commit else { return }
        let last = try ledger { () throws(LedgerError) in try ledger.value(RunCheckpoint.Key.estimated) }
        var records = estimates
        if let last, last != tip { records += added(to: records, by: evaluated, since: last) }
        let resources = Dictionary(
            evaluated.observed.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let judged = EstimateJudgement.judge(
            records, usage: evaluated.observations.usage, now: environment.now(), currency: evaluated.policies.workspace.currency
        ) { name in
            let identity = ResourceIdentity(text: name)
            let resource = resources[identity] ?? evaluated.estate.successors(of: identity).lazy.compactMap { resources[$0] }.first
            return resource.map { .init(names: $0.billedNames, isAsWritten: $0.isAsWritten) }
        }
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                try ledger.put(Array(records.dropFirst(estimates.count)))
                try ledger.put(judged)
                try ledger.setValue(RunCheckpoint.Key.estimated, tip)
            }
        }
    }

    private func added(to known: [EstimateRecord], by evaluated: EvaluatedWorkspace, since last: String) -> [EstimateRecord] {
        do {
            guard let change = try change(to: evaluated, since: last) else { return [] }
            let commit = evaluated.workspace.commit ?? ""
            let seen = Set(known.lazy.filter { $0.commit == commit }.map(\.resource))
            return change.entries.compactMap { EstimateRecord($0, in: change.currency, commit: commit, at: environment.now()) }
                .filter { !seen.contains($0.resource) }
        } catch {
            tell(.warning, .score, "what the change since \(last.prefix(12)) was expected to cost is not known: \(error)")
            return []
        }
    }

    /// What the revision does to costs; nil where it changes no code that was read whole.
    private func change(to evaluated: EvaluatedWorkspace, since last: String) throws -> EstimateChange? {
        let workspace = evaluated.workspace
        guard let base = ObjectID(last), let tip = workspace.commit.flatMap({ ObjectID($0) }) else { return nil }
        let inventories = Inventories(evaluated.policies.workspace.inventory)
        let files = try workspace.repository.changedFiles(from: base, to: tip).map(\.path)
        let within = workspace.prefix.isEmpty ? "" : workspace.prefix + "/"
        guard files.contains(where: { $0.hasPrefix(within) && inventories.reads(workspace.workspacePath($0)) }) else { return nil }
        let before = try EvaluatedWorkspace(
            OpenedWorkspace(workspace, at: base, policies: evaluated.policies), now: evaluated.now, observations: evaluated.observations,
            estimates: true)
        guard !before.observed.isPartial else { return nil }
        let after = try EvaluatedWorkspace(
            workspace, now: evaluated.now, observations: evaluated.observations, like: before, estimates: true)
        return after.estimateChange(since: before, base: last, after.estimateInputs())
    }
}

extension EstimateRecord {
    /// Nil for what is not expected to cost anything else than before, or where nobody knows what.
    fileprivate init?(_ entry: EstimateChange.Entry, in currency: Currency, commit: String, at now: Instant) {
        guard let after = entry.after, let monthly = after.monthly, entry.difference.map({ !$0.isZero }) ?? true,
            let source = after.sourceOfPrices
        else { return nil }
        self.init(
            commit: commit, merged: now, team: after.team, resource: after.identity.description, type: after.type, source: source,
            estimated: Money(monthly, currency))
    }
}

extension ResourceEstimate {
    /// Where most of what is not billed already is priced from; nil: nothing is.
    fileprivate var sourceOfPrices: EstimateSource.Kind? {
        var rest = self
        rest.components.removeAll { $0.source?.kind == .billed }
        return rest.mainSource
    }
}

extension Resource {
    /// Whether the state has it in the size that the code says; true also where it has none, or neither says one.
    fileprivate var isAsWritten: Bool {
        guard let running = deployed?.size, let written = size?.value else { return true }
        return running == written
    }
}
