package import CostModel
package import Reporting

extension SiteContent {
    /// Takes over what an evaluation left in the ledger, for where nothing is evaluated.
    package mutating func add(_ kept: KeptEvaluation, _ history: History) {
        overview = kept.overview
        budgets = kept.budgets
        game = SiteGame(kept, history: history, today: today)
    }
}
