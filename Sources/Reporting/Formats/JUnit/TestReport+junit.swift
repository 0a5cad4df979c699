import CostModel

extension TestReport {
    /// A suite for each file of tests, in it a case for each test; one that could not be run is an error.
    package func junit() -> String {
        let suites = Dictionary(grouping: cases, by: \.place.file).sorted { $0.key < $1.key }.map { file, cases in
            TestSuite(name: file, cases: cases.map(Self.testCase))
        }
        return JUnitDocument(package: ReportContext.tool, context: context, suites: suites).text()
    }

    private static func testCase(_ item: Case) -> TestCase {
        switch item.result {
        case .passed: TestCase(name: item.name, outcome: .passed)
        case .failed where item.isUpdated: TestCase(name: item.name, outcome: .skipped("its expectations were written anew"))
        case .failed(let differences):
            TestCase(
                name: item.name, outcome: .failed, kind: "expectation", message: differences.first ?? "",
                text: ([item.place.description] + differences).joined(separator: "\n"))
        case .broken(let reason):
            TestCase(name: item.name, outcome: .errored, kind: "broken", message: reason, text: "\(item.place): \(reason)")
        }
    }
}
