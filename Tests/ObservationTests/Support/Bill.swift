import CostModel
import Observation

/// Bills in a folder of a test's own.
struct BillFolder {
    static let header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,"
        + "ServiceName,RegionId,SubAccountId,ResourceId,Tags\n"

    let folder: TemporaryFolder
    let now: Instant

    init(now: Instant = Day(year: 2026, month: 11, day: 1).start) throws {
        folder = try TemporaryFolder()
        self.now = now
    }

    /// A row that is usual but for what is said.
    static func row(
        billed: String = "1", effective: String = "1", list: String = "1", contracted: String = "1", currency: String = "USD",
        period: String = "2026-10-01T00:00:00Z", day: String = "2026-10-31", category: String = "Usage", service: String = "EC2",
        region: String = "us-east-1", account: String = "1", resource: String = "i-1", tags: String = ""
    ) -> String {
        let quoted = tags.isEmpty ? "" : "\"" + tags.replacing("\"", with: "\"\"") + "\""
        return [
            billed, effective, list, contracted, currency, period, day, category, service, region, account, resource, quoted,
        ].joined(separator: ",") + "\n"
    }

    func write(_ name: String, _ rows: String...) throws { try folder.write(name, Self.header + rows.joined()) }

    func source(_ paths: [String], maxAge: TimeSpan? = .hours(72), delivery: CostSource.Delivery = .parts) -> CostSource {
        CostSource(
            name: "billing", place: Place(file: "bursar.yaml", line: 9, column: 11), paths: paths, maxAge: maxAge, delivery: delivery)
    }

    /// Effective cost by dimensions, a line for each row, behind them the problems.
    func lines(
        _ sources: [CostSource], by dimensions: [CostBreakdown.Dimension] = [], cost: CostBasis = .effective, period: Range<Day>? = nil
    ) -> [String] {
        let reader = BillReader(sources: sources, directory: folder.path, now: now)
        let (breakdown, problems) = reader.breakdown(by: dimensions, cost: cost, period: period, currency: .usd)
        return Self.lines(breakdown) + problems.map(Self.line)
    }

    static func lines(_ breakdown: CostBreakdown) -> [String] {
        breakdown.rows.map { row in (row.values.map { $0 ?? "–" } + ["\(row.amount)"]).joined(separator: " ") }
    }

    static func line(_ problem: ObservationProblem) -> String {
        "\(problem.place): \(problem.severity.rawValue) \(problem.id): \(problem.message)"
    }
}
