import CostModel
import JSON
import Testing

@testable import Reporting

@Suite("check in the formats of others")
struct PipelineSnapshotTests {
    private func written(_ value: JSONValue) -> String { String(decoding: JSONWriter.write(value), as: UTF8.self) }

    @Test("without a base: what is")
    func plain() throws {
        let report = Fixtures.pipeline
        try expectSnapshot(written(report.sarif()), "check.sarif")
        try expectSnapshot(report.junit(), "check-junit.xml")
        try expectSnapshot(report.github(), "check-github.txt")
        try expectSnapshot(written(report.gitlab()), "check-gitlab.json")
        try expectSnapshot(report.checkstyle(), "check-checkstyle.xml")
    }

    @Test("against a base: what a change does")
    func compared() throws {
        let report = Fixtures.compared
        try expectSnapshot(report.text(.plain), "compared.txt")
        try expectSnapshot(report.text(TextStyle(color: true, width: 100)), "compared-color.txt")
        try expectSnapshot(report.markdown(), "compared.md")
        try expectSnapshot(written(report.json()), "compared.json")
        try expectSnapshot(written(report.sarif()), "compared.sarif")
        try expectSnapshot(report.junit(), "compared-junit.xml")
        try expectSnapshot(report.github(), "compared-github.txt")
    }

    @Test("a change that does nothing says so in a few lines")
    func unchanged() throws {
        let report = Fixtures.unchanged
        try expectSnapshot(report.text(.plain), "unchanged.txt")
        try expectSnapshot(report.markdown(), "unchanged.md")
        #expect(report.isCommentOmittable && report.markdown().contains("can be omitted"))
    }

    @Test("what could not be observed is an error everywhere")
    func torn() throws {
        var report = Fixtures.compared
        report.problems = Fixtures.problems
        try expectSnapshot(report.junit(), "torn-junit.xml")
        #expect(report.junit().contains("errors=\"1\""))
        #expect(report.github().hasPrefix("::error file=estates/acme/observed/focus/2026-10.csv.gz,"))
        #expect(written(report.gitlab()).contains("\"severity\": \"blocker\""))
        #expect(report.checkstyle().contains("severity=\"error\" message=\"the file ends"))
        #expect(written(report.sarif()).contains("\"executionSuccessful\": false"))
        #expect(report.markdown().contains("**Partial:**") && !report.isCommentOmittable)
        report.comparison = Fixtures.unchanged.comparison
        #expect(report.markdown().contains("**Partial:**") && !report.isCommentOmittable)
    }
}
