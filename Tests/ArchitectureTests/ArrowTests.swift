import Foundation
import Testing

/// The ranks of the module page. SwiftPM does not stop a wrong arrow, so this test does.
let ranks: [(rank: Int, modules: [String])] = [
    (0, ["Diagnostics", "JSON", "Patterns", "Programs", "Secrets", "Terminal"]),
    (1, ["CEL", "Charts", "CostModel", "YAML", "HCL", "Git", "MailClient", "TimeSeries", "WebClient"]),
    (2, ["Conditions", "Game"]),
    (
        3,
        [
            "PolicyLanguage", "Observation", "Estimation", "Evaluation", "Scoring", "Remediation", "Reporting", "Forge", "Notifications",
            "Store",
        ]
    ),
    (4, ["Pages", "Reconciliation"]),
    (5, ["Screens", "Server"]),
    (6, ["Commands"]),
    (7, ["bursar"]),
]

/// Each C library has exactly one importer.
private let importers = [
    "CCurl": "MailClient", "CGit2": "Git", "CMicroHTTPD": "Server", "CNettle": "Secrets", "CPrices": "Observation", "CSpawn": "Programs",
    "CSQLite": "Store",
    "CYAML": "YAML",
    "CZlib": "Observation", "CZstd": "Observation",
]

/// What does no I/O may not reach for the system.
private let pure: Set = [
    "Diagnostics", "JSON", "Patterns", "CEL", "CostModel", "YAML", "HCL", "Conditions", "PolicyLanguage", "Estimation", "Evaluation",
    "Scoring",
    "Remediation",
    "Reporting", "Charts", "Pages", "Screens", "TimeSeries", "Game",
]
private let systemModules: Set = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch"]
/// Divides work among the cores, for all who have much of it: no I/O either.
private let dividesWork = "Diagnostics/Array+concurrent.swift"

@Suite("imports")
struct ArrowTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    private struct Import: Hashable {
        var file: String
        var module: String
        var imported: String
    }

    private static func imports() throws -> [Import] {
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let access = "(?:(?:package|internal|public|private|fileprivate)\\s+)?"
        let declaration = try Regex("^\\s*(?:@\\w+\\s+)?\(access)import\\s+(?:struct\\s+|class\\s+|enum\\s+|func\\s+)?(\\w+)")
        return try files.filter { $0.pathExtension == "swift" }.flatMap { file in
            let path = file.path.dropFirst(sources.path.count + 1)
            let module = String(path.prefix { $0 != "/" })
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
                try declaration.firstMatch(in: String(line)).flatMap { $0[1].substring }.map {
                    Import(file: String(path), module: module, imported: String($0))
                }
            }
        }
    }

    private static func rank(_ module: String) -> Int? { ranks.first { $0.modules.contains(module) }?.rank }

    @Test("every module has a rank, and every rank's modules exist")
    func everyModule() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path).filter { importers[$0] == nil }
        #expect(Set(folders) == Set(ranks.flatMap(\.modules)))
    }

    @Test("point to lower ranks only")
    func lowerRanks() throws {
        let all = try Self.imports()
        #expect(all.count > 100, "the imports were not found")
        for found in all {
            guard let target = Self.rank(found.imported) else { continue }
            let own = try #require(Self.rank(found.module), "\(found.module) has no rank")
            #expect(target < own, "\(found.file) of rank \(own) imports \(found.imported) of rank \(target)")
        }
    }

    @Test("of a C library stand in one module, and are internal")
    func oneImporter() throws {
        for found in try Self.imports() {
            guard let importer = importers[found.imported] else { continue }
            #expect(found.module == importer, "\(found.file) imports \(found.imported), which only \(importer) may")
        }
    }

    @Test(
        "of another reader of JSON, client of HTTP or hash of secrets there are none",
        arguments: [
            ("JSONSerialization|JSONDecoder|JSONEncoder", []), ("URLSession", ["WebClient"]), ("SecretPermissions", ["Secrets"]),
            ("nettle_|bursar_hmac", ["Secrets"]),
        ] as [(String, Set<String>)])
    func oneOfEach(pattern: String, modules: Set<String>) throws {
        let words = try Regex(pattern)
        let files = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        for file in files where file.pathExtension == "swift" {
            let path = file.path.dropFirst(Self.sources.path.count + 1)
            guard !modules.contains(String(path.prefix { $0 != "/" })) else { continue }
            #expect(try !String(contentsOf: file, encoding: .utf8).contains(words), "\(path)")
        }
    }

    @Test("of the system do not stand in modules that do no input and output")
    func pureModules() throws {
        for found in try Self.imports() where pure.contains(found.module) && found.file != dividesWork {
            #expect(!systemModules.contains(found.imported), "\(found.file) imports \(found.imported), but \(found.module) does no I/O")
        }
    }
}
