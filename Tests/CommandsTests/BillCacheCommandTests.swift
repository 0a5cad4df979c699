import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("what commands keep of bills")
struct BillCacheCommandTests {
    private let folder = TemporaryDirectory()
    private let header =
        "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
        + "ServiceName,SubAccountId\n"

    private func write(_ amount: Int) throws {
        let row = "\(amount),\(amount),USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,Usage,s,1\n"
        try folder.write(header + row, to: "bill.csv")
    }

    private func cost(_ more: [String] = [], environment: [String: String]) -> String {
        let said = Said(["cost", "--file", folder.path + "/bill.csv", "--format", "json"] + more, environment: environment)
        #expect(said.code == 0 && said.error.isEmpty)
        return said.output
    }

    private func kept(_ name: String) -> Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + name)
        return names?.contains { $0.hasPrefix("tally-") } ?? false
    }

    @Test(
        "lies in the folder of states, or beside the ledger that is named",
        arguments: [("XDG_STATE_HOME", "bursar/.bills"), ("HOME", ".local/state/bursar/.bills"), ("BURSAR_STATE", "bills")])
    func place(variable: String, name: String) throws {
        try write(7)
        let expected = cost(environment: [:])
        for _ in 0..<2 { #expect(cost(environment: [variable: folder.path]) == expected) }
        #expect(kept(name))
        try write(8)
        #expect(cost(environment: [variable: folder.path]) == cost(environment: [:]))
        #expect(cost(environment: [variable: folder.path]) != expected)
    }

    @Test("--no-cache keeps and uses nothing")
    func without() throws {
        try write(7)
        #expect(cost(["--no-cache"], environment: ["BURSAR_STATE": folder.path]) == cost(environment: [:]))
        #expect(!kept("bills"))
    }
}
