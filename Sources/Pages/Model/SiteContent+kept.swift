package import CostModel
package import Reporting

extension SiteContent {
    /// Takes over what an evaluation left in the ledger, for where nothing is evaluated.
    package mutating func add(_ kept: KeptEvaluation, _ history: History) {
        overview = kept.overview
        budgets = kept.budgets
        game = SiteGame(kept, history: history, today: today)
    }

    /// Takes over the details of an evaluation: places in the code, what findings cost teams, and who agreed to exemptions.
    package mutating func add(_ details: KeptDetails) {
        unscored = details.unscored
        unowned = details.unowned
        for index in findings.indices { findings[index].place = details.places[findings[index].id] }
        for index in teams.indices { teams[index].penalties = details.penalties[teams[index].team] ?? [] }
        for index in exemptions.indices {
            guard let known = details.exemptions[exemptions[index].name] else { continue }
            (exemptions[index].reason, exemptions[index].approvedBy) = (known.reason, known.approvedBy)
        }
    }

    /// Takes over what the newest run offers, with its patches.
    package mutating func add(_ kept: RequestOffers) {
        let worth = Dictionary(findings.map { ($0.id, $0.atStake?.amount ?? .zero) }, uniquingKeysWith: { first, _ in first })
        let offered = kept.offers.flatMap { offer in
            offer.changes.map { change in
                Plan.Change(
                    id: change.id, title: change.title, findings: change.findings, team: offer.team, file: change.file, line: change.line,
                    applicability: .automatic, monthlySavings: change.monthlySavings, patch: change.patch)
            }
        }
        changes = Self.ordered(offered, worth: worth)
        let fixable = Set(offered.flatMap(\.findings))
        for index in findings.indices { findings[index].isFixable = fixable.contains(findings[index].id) }
    }
}
