import CostModel
import Testing

@testable import Observation

@Suite("Cost Explorer's answer")
struct CostExplorerTests {
    /// Of two days, by service and a tag; the second is estimated.
    static func answer(_ month: String = "2026-10", isFinal: Bool = false, token: String = "") -> String {
        """
        {\(token)"GroupDefinitions": [{"Type": "DIMENSION", "Key": "SERVICE"}, {"Type": "TAG", "Key": "team"}],
         "ResultsByTime": [
          {"TimePeriod": {"Start": "\(month)-01", "End": "\(month)-02"}, "Total": {}, "Estimated": false, "Groups": [
            {"Keys": ["Amazon Elastic Compute Cloud - Compute", "team$payments"], "Metrics": {
              "UnblendedCost": {"Amount": "10.0000000001", "Unit": "USD"}, "AmortizedCost": {"Amount": "9.5", "Unit": "USD"}}},
            {"Keys": ["Amazon \\"S3\\", etc.", "team$"], "Metrics": {
              "UnblendedCost": {"Amount": "1", "Unit": "USD"}, "AmortizedCost": {"Amount": "1", "Unit": "USD"}}}]},
          {"TimePeriod": {"Start": "\(month)-02", "End": "\(month)-03"}, "Total": {}, "Estimated": \(!isFinal), "Groups": [
            {"Keys": ["Amazon Elastic Compute Cloud - Compute", "team$payments"], "Metrics": {
              "UnblendedCost": {"Amount": "-2", "Unit": "USD"}, "AmortizedCost": {"Amount": "-2", "Unit": "USD"}}}]}
         ], "DimensionValueAttributes": []}
        """
    }

    private func lines(_ text: String, by dimensions: [CostBreakdown.Dimension] = [], cost: CostBasis = .effective) throws -> [String] {
        let folder = try FormatFolder()
        try folder.folder.write("ce.json", text)
        return folder.lines("ce.json", by: dimensions, cost: cost)
    }

    @Test("is a bill by what it was grouped by, to the last digit, effective and billed")
    func bill() throws {
        let services = ["Amazon \"S3\", etc.", "Amazon Elastic Compute Cloud - Compute"]
        #expect(try lines(Self.answer(), by: [.service]).sorted().prefix(2) == ["\(services[0]) 1", "\(services[1]) 7.5"])
        #expect(try lines(Self.answer(), by: [.tag("team")], cost: .billed).sorted().prefix(2) == ["payments 8.0000000001", "– 1"])
        #expect(try lines(Self.answer(), by: [.day]).contains("2026-10-02 -2"))
    }

    @Test("without groups is its totals, and record types are categories")
    func totals() throws {
        let total = """
            {"ResultsByTime": [{"TimePeriod": {"Start": "2026-10-01", "End": "2026-11-01"}, "Estimated": false, "Groups": [],
              "Total": {"AmortizedCost": {"Amount": "310", "Unit": "USD"}, "UnblendedCost": {"Amount": "300", "Unit": "USD"}}}]}
            """
        #expect(try lines(total).first == "310")
        let types = """
            {"GroupDefinitions": [{"Type": "DIMENSION", "Key": "RECORD_TYPE"}],
             "ResultsByTime": [{"TimePeriod": {"Start": "2026-10-01", "End": "2026-10-02"}, "Estimated": false, "Groups": [
              {"Keys": ["Tax"], "Metrics": {"AmortizedCost": {"Amount": "3", "Unit": "USD"}, "UnblendedCost": {"Amount": "3", "Unit": "USD"}}},
              {"Keys": ["Credit"], "Metrics": {"AmortizedCost": {"Amount": "-1", "Unit": "USD"}, "UnblendedCost": {"Amount": "-1", "Unit": "USD"}}}
            ]}]}
            """
        let bill = try CostExplorerAnswer(Array(types.utf8)).bill
        let text = String(decoding: bill.text, as: UTF8.self)
        #expect(bill.charges == 2 && text.contains(",Tax,AWS,1\n") && text.contains(",Credit,AWS,1\n"), "\(text)")
    }

    @Test(
        "that is not whole, or something else, is no bill",
        arguments: [
            (answer(token: #""NextPageToken": "x", "#), "another page follows"), ("{\"ResultsByTime\": [{}]}", "no 'TimePeriod'"),
            (answer().replacing("UnblendedCost", with: "UsageQuantity").replacing("AmortizedCost", with: "Hours"), "neither UnblendedCost"),
            (answer().replacing(#", "team$payments"]"#, with: "]"), "a group has 1 keys"), ("{\"ResultsByTime\": [", "it is no JSON"),
        ])
    func gaps(text: String, problem: String) throws {
        let found = try lines(text)
        #expect(found.contains { $0.contains("partial cost-explorer") && $0.contains(problem) }, "\(found)")
    }

    // MARK: Month by month

    private func read(_ folder: TemporaryFolder, script: String, months: Int = 3, now: String = "2026-11-02T08:00:00Z") throws -> [String] {
        var source = CostSource(name: "ce", place: Place(file: "bursar.yaml", line: 3), format: .costExplorer, paths: [], maxAge: nil)
        source.command = "costs"
        source.months = months
        let connector = CommandConnector(
            name: "costs", program: "/bin/sh", arguments: ["-c", script, "sh", "{from}", "{to}"], output: .costExplorer)
        let reader = BillReader(
            sources: [source], directory: folder.path, now: try #require(Instant(now)),
            clients: EngineClients([], commands: [connector], environment: [:]))
        let bill = reader.bill(currency: .usd, tagKeys: ["team"], bases: [.effective])
        return ["\(bill.commands.count) asked", "\(bill.table.lines.reduce(FixedDecimal.zero) { $0 + $1.amounts.effective })"]
            + bill.problems.filter { $0.severity == .partial }.map(BillFolder.line)
    }

    @Test("is asked for month by month, and a month that is closed never again")
    func months() throws {
        let folder = try TemporaryFolder()
        for month in ["2026-09", "2026-10", "2026-11"] {
            try folder.write("\(month).json", Self.answer(month, isFinal: month == "2026-09"))
        }
        let script = "echo \"$1 $2\" >> '\(folder.path)/asked'; cat '\(folder.path)/'$(echo $1 | cut -c1-7).json"
        func asked() throws -> [String] { try folder.read("asked").split(separator: "\n").map(String.init) }
        let cache = BillCache(folder: folder.path + "/cache")
        for _ in 1...2 {
            let found = try BillCache.$current.withValue(cache) { try read(folder, script: script) }
            #expect(found == ["3 asked", "25.5"])
        }
        #expect(
            try asked() == [
                "2026-09-01 2026-10-01", "2026-10-01 2026-11-01", "2026-11-01 2026-11-02",
                // September is final. October is over and still estimated.
                "2026-10-01 2026-11-01", "2026-11-01 2026-11-02",
            ])
        // Who asks in another way asks anew, and without a cache all of it is asked for.
        let other = try BillCache.$current.withValue(cache) { try read(folder, script: script + " ") }
        #expect(other.first == "3 asked")
        #expect(try asked().count == 8)
    }

    @Test("of which one month fails is partial, and later months are not asked for")
    func failing() throws {
        let folder = try TemporaryFolder()
        let found = try read(folder, script: "echo x >> '\(folder.path)/asked'; exit 1")
        #expect(found.count == 3 && found[2].contains("command costs, 2026-09") && found[2].contains("failed with exit code 1"), "\(found)")
        #expect(try folder.read("asked") == "x\n")
    }
}
