import CostModel
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("check, for build servers")
struct SummaryTests {
    private let repository: TemporaryRepository
    private let scratch = TemporaryDirectory()
    private var file: String { scratch.path + "/summary.md" }

    init() throws {
        repository = try TemporaryRepository()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        try FileManager.default.createDirectory(atPath: repository.path + "/estates", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: root.appending(path: "examples/acme").path, toPath: repository.path + "/estates/acme")
        try repository.commit()
    }

    private func check(_ words: String..., environment: [String: String] = [:]) -> Said {
        Said(["check", "-C", repository.path + "/estates/acme", "--fail-on", "never"] + words, environment: environment)
    }

    @Test("--summary appends Markdown beside what is printed")
    func summary() throws {
        try Data("before\n".utf8).write(to: URL(filePath: file))
        let said = check("--summary", file)
        #expect(said.code == 0 && said.output.contains("bursar plan"))
        let markdown = check("--format", "markdown").output
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "before\n" + markdown + "\n")
    }

    @Test("GitHub's variable is heeded for its own format only")
    func environment() throws {
        let environment = ["GITHUB_STEP_SUMMARY": file]
        #expect(check("--format", "json", environment: environment).code == 0)
        #expect(!FileManager.default.fileExists(atPath: file))
        let said = check("--format", "github", environment: environment)
        #expect(said.output.hasPrefix("::error file=estates/acme/infra/"))
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("/month at stake**"))
    }

    @Test("a full summary is left alone, and said so; one that cannot be written is an error")
    func full() throws {
        try Data(repeating: 0x20, count: (1 << 20) - 1_000).write(to: URL(filePath: file))
        let said = check("--summary", file)
        #expect(said.code == 0 && said.error.contains("is full"))
        #expect(try Data(contentsOf: URL(filePath: file)).count == (1 << 20) - 1_000)
        #expect(check("--summary", scratch.path + "/none/summary.md").code == 2)
    }

    @Test("SARIF has the plan's fixes for a commit, and none for an edited tree")
    func fixes() throws {
        #expect(check("--format", "sarif").output.contains("\"deletedRegion\""))
        try repository.write("# edited\n", to: "estates/acme/infra/search/staging/main.tf")
        let edited = check("--format", "sarif").output
        #expect(!edited.contains("\"deletedRegion\"") && edited.contains("-dirty"))
        #expect(check("--format", "sarif", "--rev", "HEAD").output.contains("\"deletedRegion\""))
    }

    @Test(
        "the repository's address is the build server's, without credentials",
        arguments: [
            (["GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/infra"], "https://github.com/acme/infra"),
            (["CI_PROJECT_URL": "https://gitlab.example.com/acme/infra"], "https://gitlab.example.com/acme/infra"),
            (["CI_PROJECT_URL": "https://user:secret@gitlab.example.com/acme"], nil), (["CI_PROJECT_URL": "javascript:alert(1)"], nil),
            (["GITHUB_REPOSITORY": "acme/infra"], nil),
        ] as [([String: String], String?)])
    func address(environment: [String: String], expected: String?) {
        #expect(BuildEnvironment.repositoryURL(environment) == expected)
    }
}
