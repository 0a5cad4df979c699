import CostModel
import Foundation
import Observation
import TestSupport
import Testing

@testable import Estimation

/// Code with one block or more of each type that is priced, by family: `Tests/Snapshots/Estimates`.
enum EstimateFixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Snapshots/Estimates").standardized
    /// Without their endings, sorted.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".tf") }.map { String($0.dropLast(3)) }.sorted()
    }()

    static func code(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: "\(name).tf")), as: UTF8.self)
    }

    /// What each resource costs, part by part.
    static func text(of estimate: Estimate) -> String {
        estimate.resources.map { resource in
            let amount = resource.monthly.map { " \($0)" } ?? ""
            let reason = resource.reason.map { ": \($0)" } ?? ""
            let head = "\(resource.identity.address) in \(resource.region ?? "no region") \(resource.status.rawValue)\(amount)\(reason)\n"
            return head + resource.components.map(text).joined()
        }.joined(separator: "\n")
    }

    private static func text(of component: EstimateComponent) -> String {
        let price = component.unitPrice.map { " × \($0)" } ?? ""
        let amount = component.monthly.map { " = \($0)" } ?? ""
        let source = component.source.map { source in
            " (\(source.list ?? source.kind.rawValue) \(source.date?.description ?? "")\(source.derived.map { ", derived: \($0)" } ?? ""))"
        }
        let note = component.note.map { "; \($0)" } ?? ""
        return "    \(component.name): \(component.quantity?.description ?? "?") \(component.unit)\(price)\(amount)\(source ?? "")\(note)\n"
    }
}

@Suite("a fixture of each type that is priced")
struct FixtureTests {
    @Test("costs what a person has read", arguments: EstimateFixture.names)
    func amounts(name: String) throws {
        let text = EstimateFixture.text(of: try Estimated.estimate(try EstimateFixture.code(name), region: nil))
        let file = EstimateFixture.folder.appending(path: "\(name).txt")
        guard FileManager.default.fileExists(atPath: file.path) else {
            try Data(text.utf8).write(to: file)
            Issue.record("the snapshot \(name).txt is new: read it, then run again")
            return
        }
        #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self), "differs from \(name).txt")
    }

    @Test("is there, and with a price of its main part wherever the list has one")
    func types() throws {
        var seen: Set<String> = []
        for name in EstimateFixture.names {
            for resource in try Estimated.resources(try EstimateFixture.code(name), region: nil).resources { seen.insert(resource.type) }
        }
        #expect(Set(PriceModels.types).subtracting(seen).sorted() == [])
        #expect(PriceModels.types.count >= 120)
    }
}
