import CostModel
import Foundation
import TestSupport
import Testing

@testable import Observation

/// A commit may hold a link in the place of a bill: what it leads to is not read.
@Suite("links of a checkout")
struct CheckoutLinkTests {
    private let repository: TemporaryRepository
    private let outside = TemporaryDirectory()

    init() throws {
        repository = try TemporaryRepository()
        try outside.write("secret\n", to: "secret.csv")
        try repository.write("a\n", to: "live/observed/real.csv")
        try FileSystem.link(outside.path + "/secret.csv", at: repository.path + "/live/observed/link.csv")
        try FileSystem.link("observed/real.csv", at: repository.path + "/live/inner.csv")
        try FileSystem.link(outside.path, at: repository.path + "/live/folder")
        try FileSystem.link(outside.path, at: repository.path + "/above")
    }

    private func fault(_ name: String, in folder: String? = nil) -> String? {
        do throws(FileFault) {
            _ = try ObservedFile(name: name, in: folder ?? repository.path + "/live").contents(limit: 100)
            return nil
        } catch { return error.id }
    }

    @Test(
        "are not followed, in whatever part of the path they stand",
        arguments: [
            "observed/link.csv", "folder/secret.csv", "inner.csv", "../above/secret.csv", "./observed/../folder/./secret.csv",
            "folder/../live/observed/real.csv", "folder/../observed/real.csv", "inner.csv/../observed/real.csv",
        ])
    func refused(name: String) {
        #expect(fault(name) == "unfollowed-link")
        #expect(fault(repository.path + "/live/" + name) == "unfollowed-link", "absolute")
    }

    @Test("do not matter outside of the checkout, nor where there is none, and what is no link is read")
    func allowed() throws {
        #expect(fault("observed/real.csv") == nil)
        #expect(fault(outside.path + "/secret.csv") == nil)
        try FileSystem.link("secret.csv", at: outside.path + "/current.csv")
        #expect(fault(outside.path + "/current.csv") == nil)
        #expect(fault("current.csv", in: outside.path) == nil)
        #expect(fault("gone.csv") == "unreadable-file")
    }

    @Test("a link to the checkout itself is the operator's")
    func around() throws {
        let link = outside.path + "/checkout"
        try FileSystem.link(repository.path, at: link)
        #expect(fault("observed/real.csv", in: link + "/live") == nil)
        #expect(fault("observed/link.csv", in: link + "/live") == "unfollowed-link")
    }

    // MARK: Bounds

    @Test(
        "samples beyond what can be measured are not samples",
        arguments: [
            ("cpu", "1000.1"), ("memory", "1e6"), ("cpu", "1e300"), ("connections", "1e16"), ("network_in_bytes", "9e99"),
            ("disk_ops", "-1"), ("cpu", "nan"), ("cpu", "inf"),
        ])
    func bounds(metric: String, value: String) throws {
        let rows = [("cpu", "99.5"), ("memory", "1000"), ("connections", "1e15"), (metric, value)]
        let text =
            "timestamp,resource_id,metric,value\n" + rows.map { "2026-10-31T12:00:00Z,r,\($0.0),\($0.1)\n" }.joined()
        try outside.write(text, to: "samples.csv")
        let source = UtilizationSource(name: "m", place: Place(file: "bursar.yaml", line: 1), paths: ["samples.csv"])
        let (table, problems) = UtilizationReader.read(
            [source], directory: outside.path,
            window: Instant(seconds: 0)..<Instant(seconds: 2_000_000_000))
        #expect(problems.count == 1 && problems[0].severity == .partial && problems[0].line == 5, "\(problems)")
        #expect(table.series["r"]?.values.reduce(0) { $0 + $1.samples.count } == 3)
    }

    // MARK: Pages

    @Test("the page of limits says how many instances are read")
    func page() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Sources/Commands/Commands.docc/Limits.md"), encoding: .utf8)
        func grouped(_ number: Int) -> String { number.formatted(.number.locale(Locale(identifier: "en_US"))) }
        #expect(
            text.contains("\(grouped(RepetitionLimit.instances)) instances of a block, \(grouped(RootContext.mostInstances)) of a root"))
        #expect(text.contains("up to \(grouped(WorkspaceBudget.mostInstancesBeyond)) instances together"))
        #expect(text.contains("from 0 to \(grouped(Int(Metric.cpu.upperBound))) percent of CPU and memory"))
    }
}
