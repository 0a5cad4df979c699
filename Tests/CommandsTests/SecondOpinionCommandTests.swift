import JSON
import TestSupport
import Testing

@testable import Commands

@Suite("a second opinion at the command line")
struct SecondOpinionCommandTests {
    private let folder = TemporaryDirectory()

    /// - Parameter script: of the operator's program.
    private func explain(_ script: String) throws -> (first: Said, again: Said, asked: Int) {
        let estate = try UntaggedQueue.repository()
        try folder.writeProgram("#!/bin/sh\necho x >> \(folder.path)/asked\n\(script)\n", to: "advisor")
        try folder.write(
            "apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: advisor}\nspec:\n  secondOpinion: {program: \(folder.path)/advisor}\n",
            to: "clients.yaml")
        try folder.setMode(0o600, of: "clients.yaml")
        let now = ["-C", estate.path, "--now", "2026-10-31T08:00:00Z"]
        let document = try JSONReader.read(Array(Said(["check", "--format", "json"] + now).output.utf8))
        let id = try #require(document["findings"].items.first?["id"].text)
        let words = ["explain", id, "--clients", folder.path + "/clients.yaml"] + now
        let environment = ["BURSAR_STATE": folder.path + "/state"]
        let (first, again) = (Said(words, environment: environment), Said(words, environment: environment))
        return (first, again, try folder.read("asked").count { $0 == UInt8(ascii: "\n") })
    }

    @Test("is shown under a title that says whose it is, and asked for once")
    func shown() throws {
        let (first, again, asked) = try explain("grep -o missing-tag | head -n 1; printf 'looks \\033[1mfine\\033[0m to me\\n'")
        let title = "Second opinion of 'advisor': not Bursar's, and nothing is decided by it"
        #expect(first.output.contains(title) && first.output.contains("missing-tag"), "\(first)")
        #expect(first.output.contains("looks \\u{1B}[1mfine"))
        #expect(again.output == first.output && asked == 1)
    }

    @Test("that does not come changes nothing but its own section")
    func absent() throws {
        let (first, again, asked) = try explain("exit 3")
        #expect(first.output.contains("'advisor' failed with exit code 3"))
        #expect(first.code == again.code && asked == 2)
    }
}
