import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("commands in a repository")
struct WorkspaceCommandTests {
    private let repository: TemporaryRepository
    private var path: String { repository.path }

    init() throws { repository = try TemporaryRepository() }

    @Test("init writes a workspace that is valid, once, and keeps what exists")
    func initialize() throws {
        try repository.write("mine\n", to: "teams/example.yaml")
        let said = Said("init", "-C", path)
        #expect(said.code == 0)
        #expect(said.output.hasPrefix("wrote bursar.yaml\n"))
        #expect(said.error.contains("kept teams/example.yaml, which exists"))
        #expect(Said("init", "-C", path).code == 2)
        try FileManager.default.removeItem(atPath: path + "/teams/example.yaml")
        try FileManager.default.removeItem(atPath: path + "/bursar.yaml")
        #expect(Said("init", "-C", path, "--quiet").error.isEmpty)
        let valid = Said("validate", "-C", path)
        #expect(valid.code == 0, "\(valid.error)")
        #expect(valid.output.hasPrefix("the policies are valid: 1 Workspace, 1 Team,"))
        #expect(FileManager.default.isExecutableFile(atPath: path + "/hooks/pre-commit"))
    }

    @Test("what init writes is what the source tree shows")
    func starter() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        for file in StarterFile.all {
            let source = root.appending(path: file.path.hasPrefix("hooks/") ? file.path : "policies/" + file.path)
            #expect(try String(contentsOf: source, encoding: .utf8) == file.text, "\(file.path) differs")
        }
        let shown = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "policies").path).filter {
            $0.hasSuffix(".yaml") && !$0.hasPrefix("library/")
        }
        #expect(Set(shown).isSubset(of: StarterFile.all.map(\.path)))
    }

    @Test("validate shows the place, the line and the word that was meant on stderr, and counts in its result")
    func invalid() throws {
        Said("init", "-C", path, "--quiet")
        try repository.write("kind: Team\nmetadata: {name: pay}\nspec:\n  ownr: x\n", to: "teams/pay.yaml")
        let said = Said("validate", "-C", path)
        #expect(said.code == 2)
        #expect(said.output == "the policies are not valid: 1 error\n")
        #expect(said.error.hasPrefix("teams/pay.yaml:4:3: error: unknown key 'ownr' in 'spec'"))
        #expect(said.error.contains("\n  4 |   ownr: x\n    |   ^~~~\n"))
        let json = Said("validate", "-C", path, "--format=json", "--output", path + "/out.json")
        #expect(json.code == 2 && json.output.isEmpty)
        #expect(String(decoding: try repository.directory.read("out.json"), as: UTF8.self).contains(#""id": "unknown-key""#))
    }

    @Test("validate reads a revision as Git spells it")
    func revision() throws {
        Said("init", "-C", path, "--quiet")
        try repository.commit()
        try repository.write("kind: Team\n", to: "teams/pay.yaml")
        #expect(Said("validate", "-C", path).code == 2)
        #expect(Said("validate", "-C", path, "--rev", "HEAD").code == 0)
        let said = Said("validate", "-C", path, "--rev", "HEAD~7")
        #expect(said.code == 2 && said.error.contains("HEAD~7"))
    }

    @Test("without a workspace the error says what to do")
    func missing() {
        let said = Said("validate", "-C", path)
        #expect(said.code == 2)
        #expect(said.error.contains("'bursar init' writes one"))
    }

    @Test("explain knows rules anywhere, and suggests one")
    func explain() {
        #expect(Said("explain", "missing-tag", "-C", "/").output.hasPrefix("missing-tag · a required tag is missing\n"))
        Said("init", "-C", path, "--quiet")
        let said = Said("explain", "mising-tag", "-C", path)
        #expect(said.code == 2 && said.error.contains("did you mean 'missing-tag'?"))
    }

    @Test("colour only where it is asked for or seen")
    func color() throws {
        #expect(Said("validate", "-C", path, "--color", "always").output.contains("\u{1B}") == false)
        Said("init", "-C", path, "--quiet")
        #expect(Said("validate", "-C", path, "--color", "always").output.contains("\u{1B}[32m"))
        #expect(!Said("validate", "-C", path).output.contains("\u{1B}"))
    }
}

@Suite("options of cost")
struct CostOptionTests {
    @Test(
        "a period is a calendar's or runs from a day to a day",
        arguments: [
            ("2026", "2026-01-01..<2027-01-01"), ("2026-Q4", "2026-10-01..<2027-01-01"), ("2026-10", "2026-10-01..<2026-11-01"),
            ("2026-10-31", "2026-10-31..<2026-11-01"), ("2026-10-01..2026-10-15", "2026-10-01..<2026-10-16"),
            ("2026-10-02..2026-10-01", nil),
            ("2026-13", nil), ("..", nil), ("yesterday", nil), ("2026-10-01...2026-10-02", nil),
        ] as [(String, String?)])
    func period(text: String, expected: String?) {
        #expect(Command.parsePeriod(text).map { "\($0.lowerBound)..<\($0.upperBound)" } == expected)
    }

    @Test(
        "dimensions are words, each once",
        arguments: [("team,service", 2), ("tag:a,tag:b", 2), ("", nil), ("team,team", nil), ("team,", nil), ("skus", nil)]
            as [(String, Int?)])
    func dimensions(text: String, count: Int?) {
        #expect(Command.parseDimensions(text)?.count == count)
    }
}
