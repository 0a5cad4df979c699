import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("bursar report")
struct ReportCommandTests {
    private let repository: TemporaryRepository
    private let scratch = TemporaryDirectory()
    private static let time = "2026-11-01T00:00:00Z"

    init() throws {
        repository = try TemporaryRepository()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        try FileManager.default.createDirectory(atPath: repository.path + "/examples", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: root.appending(path: "examples/acme").path, toPath: repository.path + "/examples/acme")
        try repository.commit()
    }

    private func report(_ words: String..., out: String) -> Said {
        Said(["report", "-C", repository.path + "/examples/acme", "--now", Self.time, "--out", out] + words)
    }

    private func files(in folder: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(filePath: folder + "/" + $0))) })
    }

    @Test("writes pages that are the same for the same input, and replaces them as a whole")
    func same() throws {
        let (one, other) = (scratch.path + "/one", scratch.path + "/deep/other/")
        let said = report(out: one)
        #expect([0, 3].contains(said.code) && said.error.contains("index.html"), "\(said.error)")
        #expect(report("--no-cache", out: other).code == said.code)
        let first = try files(in: one)
        #expect(try first == files(in: other))
        #expect(Set(["index.html", "teams.html", "findings.html", "bursar-report.json"]).isSubset(of: first.keys))
        #expect(report(out: one).code == said.code)
        #expect(try files(in: one) == first)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["deep", "one"], "something is left aside")
    }

    @Test("links files at their host, and has patches of a committed tree only")
    func links() throws {
        let out = scratch.path + "/out"
        _ = report("--source-url", "https://github.com/acme/infra", out: out)
        let page = try String(contentsOfFile: out + "/findings.html", encoding: .utf8)
        #expect(page.contains("href=\"https://github.com/acme/infra/blob/"))
        #expect(try String(contentsOfFile: out + "/index.html", encoding: .utf8).contains("git apply plan/c-"))
        try "# edited\n".write(toFile: repository.path + "/examples/acme/bursar.yaml.note", atomically: true, encoding: .utf8)
        #expect(report("--source-url", "javascript:alert(1)", out: out).code == 2)
    }

    @Test("leaves a folder alone that holds anything else")
    func others() throws {
        let out = scratch.path + "/mine"
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        #expect(report(out: out).code != 2, "an empty folder is free")
        try "keep".write(toFile: out + "/thesis.txt", atomically: true, encoding: .utf8)
        let said = report(out: out)
        #expect(said.code == 2 && said.error.contains("thesis.txt"))
        #expect(try String(contentsOfFile: out + "/thesis.txt", encoding: .utf8) == "keep")
        #expect(FileManager.default.fileExists(atPath: out + "/index.html"))
    }

    @Test("says what it needs")
    func usage() {
        #expect(Said("report").code == 2)
        #expect(report("--state", scratch.path + "/none", out: scratch.path + "/out").code == 2)
    }
}
