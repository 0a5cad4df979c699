import Evaluation
import Foundation
import Testing

@Suite("finding types")
struct FindingTypesTests {
    @Test("have one file each, are sorted, and each says what, why and how")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Evaluation/FindingTypes")
            .standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            !["FindingTypes.swift", "FindingType.swift"].contains($0)
        }
        let named = files.map { file in
            file.dropLast(".swift".count).reduce(into: "") { name, letter in
                name += letter.isUppercase && !name.isEmpty ? "-\(letter.lowercased())" : letter.lowercased()
            }
        }
        #expect(FindingTypes.all.map(\.id) == named.sorted())
        for type in FindingTypes.all {
            #expect(FindingTypes.type(type.id) == type)
            for text in [type.title, type.does, type.cost, type.example, type.remedy] { #expect(!text.isEmpty, "\(type.id)") }
        }
    }
}
