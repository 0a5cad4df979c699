import CostModel
import Observation
import TestSupport
import Testing

@Suite("files of a metric")
struct UnitMetricReaderTests {
    private let folder = TemporaryDirectory()

    private func read(_ text: String, paths: [String] = ["orders.csv"]) throws -> (counts: UnitCounts, problems: [String]) {
        try folder.write(text, to: "orders.csv")
        let metric = UnitMetric(name: "orders", place: Place(file: "m.yaml", line: 1), unit: "order", paths: paths)
        let (counts, problems) = UnitMetricReader.read(metric, directory: folder.path)
        return (counts, problems.map { "\($0.severity) \($0.place): \($0.message)" })
    }

    @Test("have a value for a day and a key; a key without a row counted nothing on a day that is there")
    func values() throws {
        let (counts, problems) = try read("Key,day,VALUE,comment\npayments,2026-10-01,3.5,x\nsearch,2026-10-02,0,\n")
        #expect(problems.isEmpty)
        let days = [Day("2026-10-01")!, Day("2026-10-02")!, Day("2026-10-03")!]
        #expect(days.map { counts.value(of: "payments", on: $0)?.description } == ["3.5", "0", nil])
        #expect(days.map { counts.total(on: $0)?.description } == ["3.5", "0", nil])
        #expect(counts.keys == ["payments"])
    }

    @Test("without keys count all together")
    func keyless() throws {
        #expect(try read("day,value\n2026-10-01,3\n").counts.total(on: Day("2026-10-01")!) == FixedDecimal(3))
    }

    @Test(
        "that are wrong make the metric partial, at their place",
        arguments: [
            ("day,key,value\n2026-10-41,a,1\n", "partial orders.csv:2:1: day: expected a day such as 2026-10-31, found '2026-10-41'"),
            ("day,key,value\n2026-10-01,a,-1\n", "partial orders.csv:2:14: value: expected a number from zero, found '-1'"),
            ("day,key,value\n2026-10-01,a,\n", "partial orders.csv:2:14: value: expected a number from zero, found ''"),
            ("day,key,value\n2026-10-01,a,NaN\n", "partial orders.csv:2:14: value: expected a number from zero, found 'NaN'"),
            (
                "day,key,value\n2026-10-01,a,1\n2026-10-01,a,1\n",
                "partial orders.csv:3:14: value: 2026-10-01 has a value of this key already"
            ),
            ("date,count\n2026-10-01,1\n", "partial orders.csv:1: the column 'day' is missing"),
        ])
    func mistakes(text: String, problem: String) throws {
        #expect(try read(text).problems.first == problem)
    }

    @Test("that are not there are no zero")
    func missing() throws {
        let (counts, problems) = try read("day,value\n2026-10-01,3\n", paths: ["others.csv"])
        #expect(counts.days.isEmpty && problems.count == 1 && problems[0].hasPrefix("partial"))
    }
}
