import TestSupport
import Testing

@testable import Commands

/// Billed cost belongs to invoices: a period that cuts one apart is refused with the reason, and never answered with days of another kind.
@Suite("billed cost of a period")
struct BilledPeriodTests {
    private let folder = TemporaryDirectory()

    init() throws {
        var text = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
        text += "ChargePeriodEnd,ChargeCategory,ProviderName,RegionId,ServiceName,SubAccountId,ResourceId,Tags\n"
        for (amount, month, day) in [
            ("10", "2026-10", "2026-10-05"), ("90", "2026-10", "2026-10-25"), ("7", "2026-10", "2026-11-02"),
            ("5", "2026-11", "2026-11-03"),
        ] {
            let next = month == "2026-10" ? "2026-11" : "2026-12"
            text += "\(amount),1,1,1,USD,\(month)-01T00:00:00Z,\(next)-01T00:00:00Z,\(day)T00:00:00Z,\(day)T23:59:59Z,Usage,p,r,s,1,i,\n"
        }
        try folder.write(text, to: "bill.csv")
    }

    private func run(_ period: String, cost: String = "billed") -> Said {
        Said([
            "cost", "--file", folder.path + "/bill.csv", "--by", "day", "--format", "csv", "--cost", cost, "--period", period, "--now",
            "2026-12-02T08:00:00Z",
        ])
    }

    @Test(
        "that is no whole number of months is refused, with the month that was meant",
        arguments: ["2026-10-01..2026-10-10", "2026-10-25", "2026-10-15..2026-11-14", "2026-10-01..2026-11-29", "2026-10-02..2026-10-31"])
    func refused(period: String) {
        let said = run(period)
        #expect(said.code == 2 && said.output.isEmpty)
        #expect(
            said.error.contains("billed cost belongs to billing periods, not to days: '--period' must be whole months, such as 2026-10\n"))
        #expect(run(period, cost: "effective").code == 0)
    }

    @Test(
        "is all of its invoices, whenever they charge",
        arguments: [
            ("2026-10", ["10", "90", "7"]), ("2026-11", ["5"]), ("2026-10-01..2026-10-31", ["10", "90", "7"]),
            ("2026-10-01..2026-11-30", ["10", "90", "7", "5"]), ("2026-Q4", ["10", "90", "7", "5"]), ("2026", ["10", "90", "7", "5"]),
        ])
    func whole(period: String, amounts: [String]) {
        let said = run(period)
        #expect(said.code == 0, "\(said.error)")
        let rows = said.output.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(rows.map { $0[1] }.sorted() == amounts.sorted(), "\(said.output)")
    }
}
