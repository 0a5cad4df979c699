import CostModel
import Reporting
import Store

/// What the loop offers, for whoever asks the API, and what they asked for.
extension StagedRun {
    /// Those that this stage does.
    func waitingOrders() throws(StageError) -> [RequestOrder] {
        try ledger { () throws(LedgerError) in try context.waitingOrders().filter { $0.kind != .rollback } }
    }

    /// Keeps what the plan offers and how each of it stands.
    ///
    /// - Parameters:
    ///   - records: of all requests, the oldest first.
    ///   - outcomes: what came of each, or what would be done.
    func keepOffers(
        _ groups: [RequestGroup], _ records: [RequestRecord], _ outcomes: [RequestOutcome], _ texts: RequestTexts
    ) throws(StageError) -> [RequestOffer] {
        let live = records.filter(\.state.isLive)
        let offers = groups.sorted(by: RequestReconciler.isMoreValuable).map { group -> RequestOffer in
            var offer = RequestOffer(group, title: texts.title(of: group))
            let outcome = outcomes.last { $0.action.group?.identity == group.identity }
            let record = outcome?.record ?? live.last { $0.subject == group.subject.key }
            if case .dismiss? = outcome?.action, outcome?.failure == nil {
                (offer.standing, offer.reason) = (.waiting, "closed by a person")
            } else if let failure = outcome?.failure {
                (offer.standing, offer.reason) = (.failed, failure)
            } else if case .wait(_, let reason)? = outcome?.action, !(record?.state.isLive ?? false) {
                (offer.standing, offer.reason) = (.waiting, reason.description)
            } else if let record, record.state == .open {
                (offer.standing, offer.request) = (.open, record.url ?? record.branch)
            }
            return offer
        }
        let kept = RequestOffers(revision: result.run.revision ?? "", madeAt: result.run.started, offers: offers)
        try ledger { () throws(LedgerError) in try ledger.setValue(RequestOffers.key, kept.text) }
        return offers
    }

    /// Says of each order what came of it.
    func end(_ orders: [RequestOrder], _ offers: [RequestOffer], _ outcomes: [RequestOutcome]) throws(StageError) {
        for order in orders { try end(order, outcome(of: order, offers, outcomes)) }
    }

    func end(_ order: RequestOrder, _ outcome: RequestOrder.Outcome) throws(StageError) {
        try ledger { () throws(LedgerError) in try context.end(order, outcome, run: result.run.id) }
    }

    private func outcome(of order: RequestOrder, _ offers: [RequestOffer], _ outcomes: [RequestOutcome]) -> RequestOrder.Outcome {
        guard let offer = offers.first(where: { $0.id == order.object }) else { return .refused("it is not offered any more") }
        let outcome = outcomes.last { $0.action.group?.identity == order.object }
        if let failure = outcome?.failure { return .failed(failure) }
        switch (order.kind, outcome?.action) {
        case (.dismiss, .dismiss?): return .done("turned down\(end(of: outcome?.record))", url: outcome?.record?.url)
        case (.dismiss, .wait(_, .dismissed(let until))?):
            return .done("turned down already\(until.map { ", until \($0.day)" } ?? "")", url: nil)
        case (.dismiss, .wait(_, let reason)?): return .refused(reason.description)
        case (.dismiss, _): return .refused("somebody works on its branch: close the request there")
        case (_, .dismiss?): return .refused("it was turned down at the same time")
        case (_, .open?): return .done("opened", url: outcome?.record?.url ?? outcome?.record?.branch)
        case (_, .wait(_, let reason)?) where offer.standing != .open: return .refused(reason.description)
        default:
            return offer.standing == .open ? .done("it is open already", url: offer.request) : .refused("nothing could be opened for it")
        }
    }

    /// Until when it stays so.
    private func end(of record: RequestRecord?) -> String {
        guard let ended = record?.ended,
            let dismissal = result.evaluated?.policies.workspace.remediation.requests.dismissal
        else { return "" }
        return ", until \(ended.adding(dismissal).day)"
    }
}

extension RequestOffer {
    fileprivate init(_ group: RequestGroup, title: String) {
        self.init(
            id: group.identity, team: group.subject.team, policies: group.subject.policies, title: title, findings: group.findings,
            atStake: group.atStake, monthlySavings: group.monthlySavings,
            changes: group.plan.changes.map { change in
                Change(
                    id: change.id, title: change.title, file: change.file ?? "", line: change.line, findings: change.findings,
                    monthlySavings: change.monthlySavings, patch: change.patch)
            })
    }
}
