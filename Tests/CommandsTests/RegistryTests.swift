import Foundation
import Testing

@testable import Commands

@Suite("the registry")
struct RegistryTests {
    @Test("lists one command for each file of its folder")
    func files() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Commands/Subcommands")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("Command.swift") }
        #expect(files.map { $0.replacing("Command.swift", with: "").lowercased() }.sorted() == Registry.commands.map(\.name))
    }
}
