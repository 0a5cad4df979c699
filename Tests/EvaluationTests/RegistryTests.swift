import Evaluation
import Foundation
import Testing

@Suite("registry of rules")
struct RegistryTests {
    @Test("every rule has one file, the list is sorted, and each says what, why and how")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Evaluation/Rules").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            !["Registry.swift", "RuleDescription.swift"].contains($0)
        }
        let named = files.map { file in
            file.dropLast(".swift".count).reduce(into: "") { name, letter in
                name += letter.isUppercase && !name.isEmpty ? "-\(letter.lowercased())" : letter.lowercased()
            }
        }
        #expect(RuleRegistry.all.map(\.id) == named.sorted())
        for rule in RuleRegistry.all {
            #expect(RuleRegistry.rule(rule.id) == rule)
            for text in [rule.title, rule.does, rule.cost, rule.example, rule.remedy] { #expect(!text.isEmpty, "\(rule.id)") }
        }
    }
}
