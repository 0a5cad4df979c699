import CEL
import Foundation
import TestSupport
import Testing

@Suite("the language's conformance suite")
struct ConformanceTests {
    /// Any folder of cases; otherwise the one beside the repository.
    private static let folder = ProcessInfo.processInfo.environment["CEL_CONFORMANCE"] ?? SharedData.path("data/cel")

    @Test(
        "passes, every case of it",
        .enabled(if: FileManager.default.fileExists(atPath: folder), "there are no cases: name their folder in CEL_CONFORMANCE"))
    func suite() throws {
        let cases = try ConformanceCase.all(in: Self.folder)
        #expect(!cases.isEmpty, "no cases in \(Self.folder)")
        var failed = 0
        for (file, cases) in Dictionary(grouping: cases, by: \.file).sorted(by: { $0.key < $1.key }) {
            let failures = cases.compactMap { test in test.failure().map { (test, $0) } }
            failed += failures.count
            print("\(file): \(cases.count - failures.count) passed, \(failures.count) failed")
            for (test, failure) in failures { Issue.record("\(file)/\(test.name): \(test.expression): \(failure)") }
        }
        print("\(cases.count - failed) of \(cases.count) cases passed")
        #expect(failed == 0)
    }
}
