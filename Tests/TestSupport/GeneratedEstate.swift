internal import Foundation

/// An estate that `../shared/tools/estate.py` makes, in a folder of its own: tests that use one are `.enabled(if: GeneratedEstate.isPossible)`.
package final class GeneratedEstate {
    private let directory = TemporaryDirectory()
    package var path: String { directory.path + "/estate" }
    /// The time as of which its truth is known.
    package let now: String

    private static let generator = "tools/estate.py"
    package static var isPossible: Bool { SharedData.exists(generator) }

    package init(seed: Int, teams: Int = 2, apps: Int = 2) throws {
        now = seed % 2 == 1 ? "2026-11-01T00:00:00Z" : "2026-10-20T00:00:00Z"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", SharedData.path(Self.generator), path, "--seed", "\(seed)", "--teams", "\(teams)", "--apps", "\(apps)",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TemporaryRepository.Failure(description: "estate.py failed") }
    }
}
