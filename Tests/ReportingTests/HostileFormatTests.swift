import CostModel
import Diagnostics
import Foundation
import JSON
import Testing

@testable import Reporting

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("what repositories hold, in the formats of others")
struct HostileFormatTests {
    /// A report in which every text that a repository can choose is hostile.
    private static func report(_ evil: String, compared: Bool) -> CheckReport {
        var report = Fixtures.pipeline
        var header = Fixtures.tagging
        header.description = evil
        header.docs = evil
        header.owner = evil
        report.policies = [header]
        report.workspace = evil
        report.result.findings = [Verdict.fail, .unknown, .error].map { verdict in
            Finding(
                policy: header, rule: "missing-tag", verdict: verdict, team: evil, message: evil, subject: evil + verdict.rawValue,
                proposal: [evil: evil], reason: evil,
                resource: .init(identity: .init(root: evil, address: evil + verdict.rawValue), id: evil, type: evil, provider: evil),
                location: Place(file: evil, line: 1), atStake: Fixtures.usd(10), exemption: verdict == .error ? evil : nil)
        }
        report.problems = [Problem(.partial, id: "x", file: evil, line: 1, column: 1, evil)]
        if compared {
            let findings = report.result.findings
            let place = Place(file: evil, line: 3)
            report.comparison = Comparison(
                base: String(repeating: "a", count: 40), baseName: evil,
                findings: [
                    .init(change: .new, before: nil, after: findings[0], causes: [.init(.budget, evil)]),
                    .init(change: .changed, before: findings[1], after: findings[1], details: [evil]),
                    .init(change: .fixed, before: findings[2], after: nil),
                ],
                policies: [
                    .init(
                        policy: .init(.budget, evil), kind: .changed, place: place,
                        fields: [.init(path: evil, before: evil, after: evil, place: place)])
                ],
                teams: [
                    .init(
                        team: evil, scoreBefore: Points(hundredths: 100), scoreAfter: nil, atStakeBefore: Fixtures.usd(1),
                        atStakeAfter: Fixtures.usd(2), savingsBefore: Fixtures.usd(1), savingsAfter: Fixtures.usd(0), new: 1, fixed: 1,
                        changed: 1)
                ], pending: [.init(what: evil, place: place, effect: evil)])
        }
        return report
    }

    /// In every format of the registry.
    private static func outputs(_ report: CheckReport) -> [(String, String)] {
        ReportFormat.formats(of: CheckReport.self).map { ($0.name, String(decoding: $0.bytes(of: report) ?? [], as: UTF8.self)) }
    }

    @Test("nothing of it reaches an output raw, and documents stay documents", arguments: RandomComparison.hostile, [false, true])
    func raw(evil: String, compared: Bool) throws {
        for (name, output) in Self.outputs(Self.report(evil, compared: compared)) {
            #expect(!output.isEmpty, "\(name)")
            #expect(output.unicodeScalars.allSatisfy { $0.isPrintable || $0 == "\n" }, "\(name)")
            switch name {
            case "json", "sarif", "gitlab": #expect(throws: Never.self) { try JSONReader.read(Array(output.utf8)) }
            case "junit", "checkstyle": #expect(XMLParser(data: Data(output.utf8)).parse(), "\(name)")
            case "github":
                #expect(output.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
                #expect(output.split(separator: "\n").count == 3)
            default: break
            }
        }
    }

    @Test("XML gives back what went in")
    func xml() {
        let text = #"<a b="c" d='e'> & ]]> &amp; "#
        let parser = XMLParser(data: Data(XMLElementUnderTest.document(text).utf8))
        let delegate = Collector()
        parser.delegate = delegate
        #expect(parser.parse())
        #expect(delegate.text == text && delegate.attribute == text)
    }

    @Test("Markdown from repositories calls nobody, links nowhere and opens nothing", arguments: RandomComparison.hostile)
    func markdown(evil: String) {
        let report = Self.report(evil, compared: true)
        let comment = report.markdown()
        #expect(comment.components(separatedBy: "<details>").count == 2 && comment.components(separatedBy: "</details>").count == 2)
        #expect(comment.components(separatedBy: "<!--").count == 2)
        // Beside code spans, in which everything is text.
        let outside = comment.split(separator: "\n").dropFirst().map(Self.withoutCode).joined(separator: "\n")
        for bad in ["@torvalds", "<img", "https://", "www.", "[click](", "![i](", "#1", "$\\", "**bold**", "~~y~~", "<script"] {
            #expect(!outside.contains(bad), "\(bad)")
        }
    }

    /// A line of Markdown without its code spans, as CommonMark finds them: a run of backticks up to the next of the same length.
    private static func withoutCode(_ line: Substring) -> String {
        var result = ""
        var rest = line[...]
        while let start = rest.firstIndex(of: "`") {
            if start > rest.startIndex, rest[rest.index(before: start)] == "\\" {
                result += rest[...start]
                rest = rest[rest.index(after: start)...]
                continue
            }
            result += rest[..<start]
            let fence = rest[start...].prefix { $0 == "`" }
            var body = rest[start...].dropFirst(fence.count)
            while let next = body.firstIndex(of: "`") {
                let run = body[next...].prefix { $0 == "`" }
                body = body[next...].dropFirst(run.count)
                if run.count == fence.count { break }
            }
            rest = body
        }
        return result + rest
    }

    @Test("a file stays in the repository or is no place")
    func paths() {
        var report = Fixtures.pipeline
        report.prefix = "estates/acme"
        #expect(report.repositoryPath("infra/./a.tf") == "estates/acme/infra/a.tf")
        #expect(report.repositoryPath("../shared/a.csv") == "estates/shared/a.csv")
        #expect(report.repositoryPath("../../../etc/passwd") == nil)
        #expect(report.repositoryPath("/etc/passwd") == nil)
        report.prefix = ""
        #expect(report.repositoryPath("a.tf") == "a.tf")
        #expect(SARIFText.uri("infra/a b/ü:#?%.tf") == "infra/a%20b/%C3%BC%3A%23%3F%25.tf")
    }
}

private enum XMLElementUnderTest {
    static func document(_ text: String) -> String { Reporting.XMLElement("a", [("b", text)], text: text).document() }
}

private final class Collector: NSObject, XMLParserDelegate {
    var text = ""
    var attribute: String?

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) { attribute = attributeDict["b"] }
}
