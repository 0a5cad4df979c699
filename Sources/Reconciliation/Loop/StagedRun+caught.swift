import CostModel
import Diagnostics
import Git
import Reporting
import Store

extension StagedRun {
    /// Remembers what the branches that were merged since the last run had on their way and did not bring.
    ///
    /// With data missing nothing is looked at: the next whole run sees the same merges, and until then they are not known. The first run only
    /// remembers where it stands.
    func holdCaught(_ evaluated: EvaluatedWorkspace) throws(StageError) {
        guard let tip = evaluated.workspace.commit.flatMap({ ObjectID($0) }) else { return }
        let today = environment.now().day
        let (text, last) = try ledger { () throws(LedgerError) in
            (try ledger.value(CaughtFindings.key), try ledger.value(RunCheckpoint.Key.caughtUpTo).flatMap { ObjectID($0) })
        }
        // What cannot be read any more is not known: a new span begins, tomorrow, because of today nobody knows all.
        var caught = text.flatMap(CaughtFindings.init(text:)) ?? CaughtFindings(since: today.advanced(by: 1))
        guard !evaluated.observed.isPartial else {
            // What waits must not look like nothing.
            guard text != nil, let last, last != tip, caught.since <= today else { return }
            caught.since = today.advanced(by: 1)
            return try ledger { () throws(LedgerError) in try ledger.setValue(CaughtFindings.key, caught.text) }
        }
        var seen = tip
        if let last, last != tip {
            do {
                var finder = CaughtFinder(evaluated, today: today)
                let outcome = try finder.look(since: last, until: tip)
                // Half a result is none; the stage ends, and the next run looks again.
                if WorkLimit.isReached { return }
                caught.add(outcome.entries, outcome.arrivals)
                seen = outcome.seen
            } catch {
                tell(.warning, .score, "what branches had on their way since \(last.short) is not known: \(error)")
                caught.add([], CaughtFindings.Arrivals(day: today, unjudged: 1))
            }
        } else if last != nil, text != nil {
            return
        }
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                try ledger.setValue(CaughtFindings.key, caught.text)
                try ledger.setValue(RunCheckpoint.Key.caughtUpTo, seen.description)
            }
        }
    }
}
