import CostModel
import Testing

@testable import Observation

@Suite("the days of a bill, written down")
struct RememberedDaysTests {
    @Test("are read as they were")
    func roundTrip() {
        let days = [Day("2026-10-01")!..<Day("2026-10-05")!, Day("2026-10-07")!..<Day("2026-10-08")!]
        let coverage = BillCoverage(sources: [
            .init(
                name: "aws \"1\"\n", newestWhole: Day("2026-10-07"), accounts: [.init(name: "", days: days), .init(name: "2", days: [])]),
            .init(name: "azure", newestWhole: nil, accounts: []),
        ])
        #expect(BillCoverage(text: coverage.text) == coverage)
        #expect(BillCoverage(text: BillCoverage(sources: []).text) == BillCoverage(sources: []))
    }

    @Test(
        "are not guessed from something else",
        arguments: ["", "{}", "[{}]", "[1", #"[{"source":"a","newestWholeDay":"x","accounts":[]}]"#])
    func damaged(text: String) {
        #expect(BillCoverage(text: text) == nil)
    }
}
