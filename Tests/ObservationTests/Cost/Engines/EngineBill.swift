import CostModel
import Foundation

@testable import Observation

/// A bill in a table, and a program that stands for the engine's client: a script of the test.
struct EngineBill {
    let bill: BillFolder
    var question: EngineQuestion

    /// - Parameter dimensions: of the breakdown that is asked for.
    init(by dimensions: [BillDimension] = [.text(.service)], tagKeys: [String] = []) throws {
        bill = try BillFolder()
        var query = BillQuery(dimensions: dimensions + [.currency], bases: [.effective])
        query.requiredBases = [.effective]
        query.tagKeys = tagKeys
        question = EngineQuestion(query, missing: [.instanceType])
    }

    /// A row of an answer in the question's fields, usual but for what is said.
    func row(_ values: [String: String] = [:], billed: String = "1", effective: String = "1", charges: Int = 1) -> [String] {
        var row = [
            "part": "row", "k_ChargePeriodStart": "2026-10-31", "k_ChargePeriodEnd": "2026-10-31", "k_BillingPeriodStart": "2026-10-01",
            "k_BillingPeriodEnd": "2026-11-01", "k_ChargeCategory": "Usage", "k_BillingCurrency": "USD", "k_SubAccountId": "1",
            "k_ServiceName": "EC2", "has_BilledCost": "1", "has_EffectiveCost": "1", "charges": String(charges), "s_BilledCost": billed,
            "s_EffectiveCost": effective,
        ]
        row.merge(values) { _, new in new }
        return question.fields.map { row[$0] ?? "" }
    }

    func control(billed: String, effective: String, charges: Int, checks: String = EngineStatement.soundChecks) -> [String] {
        let values = [
            "part": "total", "checks": checks, "charges": String(charges), "s_BilledCost": billed, "s_EffectiveCost": effective,
        ]
        return question.fields.map { values[$0] ?? "" }
    }

    /// CSV with a header, every field in quotes.
    func csv(_ rows: [[String]]) -> String {
        ([question.fields] + rows).map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n" }.joined()
    }

    /// A client that runs a script, with the statement as its first argument.
    func client(_ script: String, engine: QueryEngine = .duckdb, deadline: TimeSpan = TimeSpan(seconds: 30)) throws -> EngineClient {
        try bill.folder.write("client.sh", script)
        return EngineClient(
            engine: engine, program: "/bin/sh", arguments: [bill.folder.path + "/client.sh", "{sql}"], environment: ["BURSAR_TEST_SECRET"],
            deadline: deadline)
    }

    /// A client that prints an answer.
    func client(answering text: String, engine: QueryEngine = .duckdb) throws -> EngineClient {
        try bill.folder.write("answer", text)
        return try client("cat '\(bill.folder.path)/answer'", engine: engine)
    }

    func source(_ engine: QueryEngine = .duckdb) -> CostSource {
        var source = bill.source([])
        source.table = BillTable(engine: engine, name: ["lake", "focus"])
        return source
    }

    /// Effective cost by service, a line for each row, behind them the problems.
    func lines(_ clients: [EngineClient], _ source: CostSource? = nil, by dimensions: [CostBreakdown.Dimension] = [.service]) -> [String] {
        let environment = ["BURSAR_TEST_SECRET": "correct-horse", "OTHER": "1"]
        let reader = BillReader(
            sources: [source ?? self.source()], directory: bill.folder.path, now: bill.now,
            clients: EngineClients(clients, environment: environment))
        let (breakdown, problems) = reader.breakdown(by: dimensions, cost: .effective, currency: .usd)
        return BillFolder.lines(breakdown) + problems.map(BillFolder.line)
    }
}
