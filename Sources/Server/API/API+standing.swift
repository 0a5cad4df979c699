internal import CostModel
internal import JSON
internal import Reporting

extension API {
    /// What the newest evaluation said of money: budgets, forecasts, anomalies, scenarios; and what came of requests.
    var standingRoutes: [Route] {
        [
            listing(
                "/budgets", "listBudgets", "How budgets stand in the period that is judged, by name", StandingShapes.budget,
                filters: [.team]
            ) {
                workspace, _, query throws(Refusal) in
                let budgets = try document(KeptEvaluation.self, of: workspace).budgets.sorted { $0.status.name < $1.status.name }
                return try ListPage(
                    of: budgets, query, where: { budget in query["team"].map { $0 == budget.team } ?? true }, key: \.status.name)
            },
            listing(
                "/forecasts", "listForecasts", "What this month and the period of each budget are expected to come to",
                StandingShapes.forecast
            ) { workspace, _, query throws(Refusal) in
                let kept = try document(KeptEvaluation.self, of: workspace)
                return try ListPage(of: StandingShapes.Forecast.all(of: kept), query, key: \.key)
            },
            listing("/anomalies", "listAnomalies", "Cost that nobody expected, as of the newest evaluation", StandingShapes.anomaly) {
                workspace, _, query throws(Refusal) in
                try ListPage(of: try document(KeptEvaluation.self, of: workspace).anomalies, query) { $0.text(at: "id") }
            },
            listing(
                "/simulations", "listSimulations", "What the scenarios among the policies come to, as of the newest evaluation",
                StandingShapes.simulation
            ) { workspace, _, query throws(Refusal) in
                guard let simulations = try document(KeptEvaluation.self, of: workspace).simulations else {
                    throw Refusal(404, "the scenarios could not be simulated: the loop's log says why")
                }
                return try ListPage(of: simulations, query) { $0.text(at: "name") }
            },
            reading(
                "/figures",
                Operation(
                    id: "getFigures", summary: "What was offered, merged and saved, in all and by team", schema: StandingShapes.figures.name
                )
            ) { workspace, _, _ throws(Refusal) in
                let (status, requests, savings) = try read { archive throws(ServerError) in
                    (try archive.status(of: workspace), try archive.requests(of: workspace), try archive.savings(of: workspace))
                }
                // Before the first run nothing is known, which is not nothing.
                guard status != nil else { throw Refusal(404, "nothing is known of this yet: the loop has not run") }
                return StandingShapes.figures.json(AdoptionFigures(requests, savings))
            },
        ]
    }
}
