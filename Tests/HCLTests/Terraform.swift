import Diagnostics
import Foundation

/// The `terraform` executable as judge over many texts at once; only campaigns use it.
enum Terraform {
    /// Campaigns take minutes and want `terraform`: they run where `BURSAR_CAMPAIGN` is set.
    static var isWanted: Bool { ProcessInfo.processInfo.environment["BURSAR_CAMPAIGN"] != nil && Corpus.isPresent }

    struct Verdict {
        /// Indices of the texts that do not parse.
        var refused: Set<Int>
        /// What `terraform fmt` makes of the others.
        var formatted: [Int: [UInt8]]
    }

    static func format(_ texts: [[UInt8]]) throws -> Verdict {
        let directory = FileManager.default.temporaryDirectory.appending(path: "bursar-hcl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // A campaign's leftovers hurt nobody.
        for (index, text) in texts.enumerated() { try Data(text).write(to: directory.appending(path: "\(index).tf")) }
        let output = directory.appending(path: "errors.txt")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["terraform", "fmt", "-list=false", "-write=true", "-no-color", "."]
        process.currentDirectoryURL = directory
        process.standardError = try FileHandle(forWritingTo: output)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let errors = try String(decoding: Data(contentsOf: output), as: UTF8.self)
        let refused = Set(errors.matches(of: #/on (\d+)\.tf line/#).compactMap { Int($0.1) })
        var formatted: [Int: [UInt8]] = [:]
        for index in texts.indices where !refused.contains(index) {
            formatted[index] = try Array(Data(contentsOf: directory.appending(path: "\(index).tf")))
        }
        return Verdict(refused: refused, formatted: formatted)
    }
}
