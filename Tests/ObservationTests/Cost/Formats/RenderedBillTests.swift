import CostModel
import Foundation
import JSON
import TestSupport
import Testing

@testable import Observation

/// One truth in every provider's format, by the program that knows it; Bursar is given the folder and finds what is current.
@Suite("bills that are made of one truth", .enabled(if: RenderedBills.isThere, "../shared/tools/generate_bills.py or python3 is not there"))
struct RenderedBillTests {
    @Test("add up to the truth, to the last digit", arguments: RenderedBills.names)
    func rendered(name: String) throws {
        let folder = try TemporaryFolder()
        let index = try RenderedBills.make(name, in: folder)
        let bill = try #require(index.first)
        // Each dimension once: the acceptance checks ask for all of them by both amounts.
        let questions: [(CostBasis, String)] = [
            (.billed, "provider,account,day"), (.effective, "service,region"), (.billed, "tag:team"), (.effective, "resource"),
        ]
        for (cost, by) in questions {
            let dimensions = by.split(separator: ",").compactMap { CostBreakdown.Dimension(String($0)) }
            let reader = BillReader(files: [bill], directory: folder.path, now: Day(year: 2026, month: 11, day: 5).start)
            let (breakdown, problems) = reader.breakdown(by: dimensions, cost: cost, currency: nil)
            #expect(problems.filter { $0.severity == .partial } == [], "\(cost) by \(by)")
            let said = try RenderedBills.check(breakdown, name, in: folder)
            #expect(said == nil, "\(cost) by \(by)")
        }
    }
}

enum RenderedBills {
    static let names = [
        "aws-cur", "aws-cur2", "aws-focus-1.0", "azure-ea", "azure-mca", "azure-focus-1.0r2", "gcp-json", "gcp-csv", "oci-csv", "oci-focus",
        "focus-1.0", "focus-1.1", "focus-1.2", "focus-1.3", "focus-1.4",
    ]
    private static let python = Program.named("python3")
    private static let generator = Shared.path + "/tools/generate_bills.py"
    static var isThere: Bool { python != nil && FileManager.default.fileExists(atPath: generator) }

    private static let options = [
        "--seed", "5", "--rows", "300", "--no-parquet", "--dirty", "--late", "0.4", "--commitments", "0.7", "--split",
    ]

    /// The folders of the bills that were made.
    static func make(_ name: String, in folder: TemporaryFolder) throws -> [String] {
        let made = try run([folder.path] + options + ["--only", name])
        guard made.code == 0 else { throw Failure(output: made.error) }
        let index = try JSONReader.read(Array(Data(contentsOf: URL(filePath: folder.path + "/index.json"))))
        guard case .array(let items) = index else { return [] }
        return items.compactMap { if case .string(let folder)? = $0["folder"] { folder } else { nil } }
    }

    /// Where a breakdown differs from the truth; nil: nowhere.
    static func check(_ breakdown: CostBreakdown, _ name: String, in folder: TemporaryFolder) throws -> String? {
        let words = breakdown.dimensions.map(\.description)
        let rows = breakdown.rows.map { row -> JSONValue in
            [
                "key": .object(zip(words, row.values).map { JSONValue.Member($0, JSONValue($1)) }),
                "amount": ["amount": .string(row.amount.description), "currency": JSONValue(row.currency?.code)],
            ]
        }
        let answer: JSONValue = ["by": JSONValue(words), "cost": .string(breakdown.cost.rawValue), "rows": .array(rows)]
        try folder.write("answer.json", JSONWriter.bytes(of: answer, .compact, escaping: .standard))
        let result = try run([folder.path, "--check", folder.path + "/answer.json", "--rendering", name])
        return result.code == 0 ? nil : result.output + result.error
    }

    private struct Failure: Error { var output: String }

    private static func run(_ arguments: [String]) throws -> Program.Result {
        guard let python else { throw Failure(output: "there is no python3") }
        return try python.run([generator] + arguments, in: Shared.path, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    }
}
