package import CostModel
package enum Scorer { package static func score(_ p: PolicySet, _ e: EvaluationResult) -> Leaderboard { Leaderboard(teams: [], unowned: .zero(.usd)) } }
