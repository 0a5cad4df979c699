import CostModel
import Diagnostics
import Foundation
import PolicyLanguage
import Testing

/// The generator of estates, beside the repository; other machines may lack it.
private let generator = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/tools/estate.py").standardized

private func hasGenerator() -> Bool { FileManager.default.fileExists(atPath: generator.path) }

@Test(
    "a generated estate's policies load without a complaint", .enabled("needs ../shared/tools/estate.py", hasGenerator), arguments: [1, 2])
func estate(seed: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bursar-estate-\(UUID().uuidString)")
    defer {
        // A folder that is left behind in the temporary directory fails no test.
        try? FileManager.default.removeItem(at: folder)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", generator.path, folder.path, "--seed", "\(seed)"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)

    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let workspace = SourceFile(path: "bursar.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: "bursar.yaml"))))
    let (policies, diagnostics) = try PolicyLoader.load(workspace: workspace, paths: paths, now: november) { path in
        Array(try Data(contentsOf: folder.appending(path: path)))
    }
    #expect(CaretPrinter().render(diagnostics) == "")
    let set = try #require(policies)
    #expect(set.teams.count == 4)
    #expect(set.budgets.count == 8)
    #expect(set.tagging.count == 1 && set.rightsizing.count == 1 && set.exemptions.count >= 2)
}

extension Trait where Self == ConditionTrait {
    fileprivate static func enabled(_ reason: Comment, _ condition: @escaping @Sendable () -> Bool) -> Self {
        .enabled(if: condition(), reason)
    }
}
