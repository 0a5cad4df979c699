import CostModel
import Observation

/// Which days the bill had when somebody looked last: so that a day that a later bill has lost is not taken for one without spend.
enum BilledMemory {
    /// What is to be remembered after an evaluation; nil where it saw no bill in the workspace's currency: what is known stands.
    static func text(_ evaluated: EvaluatedWorkspace) -> String? {
        evaluated.observed.cost.coverage?.remembered(today: evaluated.now.day).text
    }

    /// What was billed and is not any more.
    struct Loss {
        /// Of the bill, with what was known before beside it.
        let coverage: BillCoverage?
        let problems: [ObservationProblem]

        init(of known: BillCoverage, in bill: CostTable, now: Instant, sources: [CostSource]) {
            let found = bill.coverage?.remembering(known, today: now.day)
            coverage = found?.coverage
            problems = (found?.losses ?? []).flatMap { loss -> [ObservationProblem] in
                // That a source has no rows at all is said already.
                guard let place = sources.first(where: { $0.name == loss.source })?.place,
                    bill.coverage?.sources.contains(where: { $0.name == loss.source && !$0.accounts.isEmpty }) ?? false
                else { return [] }
                return Self.messages(loss).map { message in
                    ObservationProblem(
                        .partial, id: "lost-days", file: place.file, line: place.line, column: place.column,
                        "the bill '\(loss.source)' had \(message): bring them back, or give the source another name if they never come")
                }
            }
        }

        private static let shown = 3

        private static func messages(_ loss: BillCoverage.Loss) -> [String] {
            var messages: [String] = []
            if !loss.days.isEmpty { messages.append("all rows of \(text(loss.days)) and has not any more") }
            if let first = loss.accounts.first {
                let others = loss.accounts.count - 1
                let more = others > 0 ? ", and others of \(others) more \(others == 1 ? "account" : "accounts")," : ""
                let account = first.name.isEmpty ? "no account" : "the account '\(first.name)'"
                messages.append("rows of \(account) on \(text(first.days))\(more) that are gone")
            }
            return messages
        }

        private static func text(_ days: [Range<Day>]) -> String {
            let more = days.count > shown ? " and \(days.count - shown) more" : ""
            return days.texts.prefix(shown).joined(separator: ", ") + more
        }
    }
}

extension ObservedState {
    mutating func note(_ loss: BilledMemory.Loss) {
        if let coverage = loss.coverage { cost.coverage = coverage }
        problems = (problems + loss.problems).sorted()
    }
}
