import CostModel
import Store

/// What clients of the API asked for: each is done once, and leaves one line in the audit.
extension WorkspaceRun {
    /// In the order in which they were asked for. What waited for too long is ended unasked: nobody reckons with it any more.
    func waitingOrders() throws(LedgerError) -> [RequestOrder] {
        guard let orders else { return [] }
        let now = environment.now()
        var waiting: [RequestOrder] = []
        for order in orders.waiting() {
            if order.asked < now.subtracting(OrderFolder.patience) {
                try end(order, .refused("no run came so far within a day"), run: nil)
            } else {
                waiting.append(order)
            }
        }
        if !waiting.isEmpty { orders.forget(before: now.subtracting(OrderFolder.memory)) }
        return waiting
    }

    func end(_ order: RequestOrder, _ outcome: RequestOrder.Outcome, run: String?) throws(LedgerError) {
        guard let orders else { return }
        let ended = order.ended(outcome, at: environment.now())
        let why = order.reason.map { "; reason: \($0)" } ?? ""
        let entry = AuditEntry(
            time: environment.now(), run: run, cause: RunCause.api(caller: order.caller).description, action: order.kind.action,
            object: order.object, detail: "\(ended.state.rawValue): \(ended.url ?? ended.detail ?? "")\(why) (\(order.id))")
        // Cut off behind the line, it is ended again, and has its line.
        let isWritten = try ledger.audits(since: order.asked, action: entry.action).contains { $0.detail.hasSuffix("(\(order.id))") }
        if !isWritten { try ledger.append(entry) }
        try orders.end(ended)
    }

    /// Opens a request for each merged plan that somebody wants undone. It stands outside of a run's stages: it evaluates trees of its own.
    func rollBack() {
        do throws(LedgerError) {
            for order in try waitingOrders() where order.kind == .rollback && !board.isStopping {
                try end(order, rolledBack(order), run: nil)
            }
        } catch {
            environment.tell(
                .problem(LoopEvent.Problem(.warning, .write, "a roll-back cannot be written down: \(error)")), workspace: watched.name)
        }
    }

    private func rolledBack(_ order: RequestOrder) throws(LedgerError) -> RequestOrder.Outcome {
        guard !environment.isDryRun else { return .refused(RequestOrder.dryRun) }
        let records = try ledger.requestHistory().filter { $0.plan.digest == order.object }
        guard let newest = records.first else { return .refused("there is no such plan") }
        guard records.contains(where: { $0.state == .merged }) else {
            return .refused("its request is \(newest.state.rawValue), not merged")
        }
        do throws(WorkspaceError) {
            let outcome = try Reverter(self, cause: .api(caller: order.caller)).revert(order.object, isDryRun: false)
            return .done("\(outcome.commit) on '\(outcome.branch)' undoes \(outcome.undone)", url: outcome.url)
        } catch {
            switch error {
            case .usage, .conflict, .invalidPolicies: return .refused("\(error)")
            case .failed: return .failed("\(error)")
            }
        }
    }
}

extension RequestOrder {
    static let dryRun = "the loop runs without --apply: it writes nothing but the ledger"
}

extension RequestOrder.Kind {
    fileprivate var action: AuditEntry.Action {
        switch self {
        case .apply: .applyAsked
        case .dismiss: .dismissAsked
        case .rollback: .rollbackAsked
        }
    }
}
