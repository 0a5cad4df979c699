import CostModel
import Forge
import Git
import Reporting

extension RequestExecutor {
    /// First the host hears that nothing is left to do, so that a request that is found closed later does not count as turned down. Then the
    /// branch goes, and only from where it was seen: who pushed to it meanwhile keeps the work, and an open request.
    func close(_ record: RequestRecord, _ ending: RequestAction.Ending) throws(StageError) -> RequestRecord {
        let isOpen = try announce(ending, of: record)
        do throws(StageError) { try delete(record.branch, at: heads.branches[record.branch]) } catch {
            // Where branches may not be deleted it stays, and is said each time it is to be pruned; the request ends all the same.
            guard error.isOfOne, error.condition == .stalled else { throw error }
        }
        if isOpen, let forge, let number = record.number {
            if !forge.hasBranches { try markClosing(record) }
            try call(.close) { () throws(ForgeError) in try forge.close(number) }
            try audit(.requestClosed, record.url ?? record.branch, detail: RequestTexts.reason(ending, at: heads.tip.short))
        }
        return try end(record, as: record.mergeCommit == nil ? .obsolete : .merged)
    }

    /// Nothing of a folder outlives its closing that could say that it was ours.
    private func markClosing(_ record: RequestRecord) throws(StageError) {
        var record = record
        record.ended = environment.now()
        try remember(record)
    }

    func abandon(_ record: RequestRecord) throws(StageError) -> RequestRecord {
        if let forge, let number = record.number {
            try comment(forge, number, marker: "abandoned", RequestTexts.abandoned(at: heads.tip.short), record)
        }
        var record = record
        record.isEdited = true
        return try end(record, as: record.mergeCommit == nil ? .abandoned : .merged)
    }

    func handOver(_ record: RequestRecord) throws(StageError) -> RequestRecord {
        if let forge, let number = record.number {
            try comment(forge, number, marker: "edited", RequestTexts.handedOver, record)
        }
        var record = record
        record.isEdited = true
        // Where no request was opened yet, none is: the branch is somebody's, and the next one has another name.
        if record.state == .writing { return try end(record, as: .abandoned) }
        record.updated = environment.now()
        try remember(record)
        return record
    }

    /// As a person does who closes it: the host is not told that anything is done, so that a run which is cut off between the host and the ledger
    /// finds a request that people closed.
    func dismiss(_ group: RequestGroup, _ record: RequestRecord?) throws(StageError) -> RequestRecord {
        let now = environment.now()
        let order = dismissals[group.identity]
        guard let record else {
            let plan = group.record(made: now)
            let title = texts.title(of: group)
            return try end(
                RequestRecord(
                    group: group.identity, team: group.subject.team, state: .dismissed, branch: "", title: title, plan: plan, commit: "",
                    opened: now, updated: now), as: .dismissed)
        }
        if let forge, let number = record.number {
            try comment(forge, number, marker: "dismissed", RequestReport.dismissal(by: order), record)
            try call(.close) { () throws(ForgeError) in try forge.close(number) }
            try audit(.requestClosed, record.url ?? record.branch, detail: "turned down")
        } else if forge == nil {
            // The branch is the request.
            try delete(record.branch, at: heads.branches[record.branch])
        }
        // What it would have become counts too.
        var dismissed = record
        dismissed.plan.changes = group.record(made: now).changes
        return try end(dismissed, as: .dismissed)
    }

    private func end(_ record: RequestRecord, as state: RequestRecord.State) throws(StageError) -> RequestRecord {
        var record = record
        record.state = state
        // When it was merged outside of the host is known.
        if state != .merged || record.ended == nil { record.ended = environment.now() }
        record.updated = environment.now()
        try remember(record)
        return record
    }

    /// - Returns: whether the host has it open.
    private func announce(_ ending: RequestAction.Ending, of record: RequestRecord) throws(StageError) -> Bool {
        guard let forge, let number = record.number else { return false }
        let found = try call(nil) { () throws(ForgeError) -> ForgeRequest? in
            // A folder that was removed, a request that was deleted: closed already.
            do throws(ForgeError) { return try forge.request(number) } catch  where error.code == .notFound { return nil }
        }
        guard let request = found, request.state == .open else { return false }
        if let body = RequestMetadata.done(request.body), body != request.body {
            let draft = RequestDraft(
                branch: request.branch, base: request.base, title: request.title, body: body, isDraft: request.isDraft,
                commit: record.commit)
            try call(.update) { () throws(ForgeError) in try forge.update(number, to: draft) }
        }
        try comment(forge, number, marker: "closed", RequestTexts.closing(ending, at: heads.tip.short), record)
        return true
    }

    private func comment(_ forge: any Forge, _ number: Int, marker: String, _ body: String, _ record: RequestRecord) throws(StageError) {
        let isWritten = try call(.comment) { () throws(ForgeError) in try forge.comment(number, marker: marker, body: body) }
        if isWritten { try audit(.commented, record.url ?? record.branch, detail: "\(marker) at \(heads.tip.short)") }
    }
}
