import Foundation
import Testing

@Suite("questions about findings")
struct PredicateTests {
    @Test("are answered in FindingStatus.swift, and nobody answers them again")
    func once() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        // A condition that joins a verdict, an exemption, an enforcement or the baseline with another of them.
        let enforcement = #/enforcement\s*(==|!=)\s*\./#
        let joined =
            #/(exemption\s*(==|!=)\s*nil|verdict\s*(==|!=)\s*\.\w+|\bbaseline\b).*(&&|,|\|\|).*(exemption\s*(==|!=)\s*nil|!\$?\w*\.?baseline\b(?!\.)|enforcement\.counts)/#
        var found: [String] = []
        for file in files where file.pathExtension == "swift" && file.lastPathComponent != "FindingStatus.swift" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            where line.contains(enforcement) || line.contains(joined) {
                found.append("\(file.lastPathComponent): \(line)")
            }
        }
        #expect(files.count > 100)
        #expect(found == [])
    }
}
