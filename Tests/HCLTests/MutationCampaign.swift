import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import HCL

@Suite("campaign: broken files", .enabled(if: Terraform.isWanted))
struct MutationCampaign {
    static let snippets = [
        "\"", "${", "%{", "}", "{", "[", "]", "(", ")", "\n", "\r\n", "\r", "=", ":", ",", ".", "...", "=>", "~}", "${~", "%{ if x }",
        "%{ endif }",
        "<<EOT\n", "<<-EOT\n", "EOT\n", "/*", "*/", "#", "//", "for ", " in ", "if ", "x", "1", "0.0", "1e", "[*]", ".*", ".0", "!", "-",
        "?", "&&", "|", "\\", "\\u00e9", "$${", "é", "'", ";", "::f(", "null", " ", "\t", "$", "%", "%%{", "<", "/", "\u{FEFF}",
    ]

    @Test("a mutated file is refused exactly when terraform fmt refuses it")
    func mutants() throws {
        var random = SeededGenerator(seed: UInt64(ProcessInfo.processInfo.environment["BURSAR_CAMPAIGN"] ?? "") ?? 1)
        let files = Corpus.files().filter { (20..<3000).contains($0.bytes.count) && !CorpusTests.refused.contains($0.path) }
        var texts: [[UInt8]] = []
        for _ in 0..<6000 {
            guard let file = files.randomElement(using: &random) else { return }
            texts.append(mutant(of: file.bytes, &random))
        }
        let verdict = try Terraform.format(texts)
        var disagreements = 0
        for (index, text) in texts.enumerated() {
            let source = SourceFile(path: "x.tf", bytes: text)
            let diagnostics = Parser.parse(source).diagnostics
            guard diagnostics.isEmpty == verdict.refused.contains(index) else { continue }
            disagreements += 1
            let shown = CaretPrinter().render(diagnostics) + (diagnostics.isEmpty ? source.text(0..<text.count) : "")
            if disagreements <= 12 { Issue.record("\(diagnostics.isEmpty ? "accepted" : "refused"), terraform not:\n\(shown)") }
        }
        print("mutants: \(texts.count), refused by terraform: \(verdict.refused.count), disagreements: \(disagreements)")
        #expect(disagreements == 0)
    }

    private func mutant(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.removeSubrange(at..<min(bytes.count, at + 1))
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...30, using: &random)))
            default: bytes.insert(contentsOf: Array((Self.snippets.randomElement(using: &random) ?? "").utf8), at: at)
            }
        }
        return bytes
    }
}
