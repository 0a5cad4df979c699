import CostModel
import Testing

@testable import Observation

@Suite("rows that cannot be read")
struct RowProblemsTests {
    @Test("are counted beyond the first, without looking for their places: a bill of nothing else must not take hours")
    func counted() {
        let problems = RowProblems(file: "a.csv")
        var asked = 0
        func place() -> (line: Int, column: Int) {
            asked += 1
            return (asked, 1)
        }
        for _ in 0..<1_000 { problems.addRow(id: "bad-row", at: place(), "no number") }
        #expect(asked == RowProblems.limit)
        #expect(problems.all.count == RowProblems.limit + 1)
        #expect(problems.all.last?.message == "980 more rows cannot be read")
    }
}
