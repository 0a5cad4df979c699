import CostModel
import Diagnostics
import Testing

@testable import PolicyLanguage

@Suite("the operator's program for second opinions")
struct SecondOpinionMistakeTests {
    private func load(_ spec: String) -> (OpinionClient?, [String]) {
        let text = "apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: a}\nspec:\n  \(spec)\n"
        let (clients, diagnostics) = ConfigurationLoader.loadClients(
            SourceFile(path: "clients.yaml", bytes: Array(text.utf8)), now: Instant(seconds: 0))
        return (clients?.opinion, diagnostics.map(\.message))
    }

    @Test("stands alone in a document of clients")
    func alone() {
        let (client, messages) = load(
            "secondOpinion: {program: /bin/advisor, arguments: [a], environment: [KEY], deadline: 2m, maxBytes: 500}")
        #expect(messages.isEmpty)
        #expect(
            client
                == OpinionClient(
                    program: "/bin/advisor", arguments: ["a"], environment: ["KEY"], deadline: TimeSpan(seconds: 120), outputLimit: 500))
    }

    @Test(
        "is refused where it cannot be meant",
        arguments: [
            ("secondOpinion: {program: advisor}", "absolute"), ("secondOpinion: {}", "missing"),
            ("secondOpinion: {program: /bin/a, maxBytes: 1}", "maxBytes"), ("secondOpinion: {program: /bin/a, shell: true}", "shell"),
            ("{}", "missing 'clients', 'metrics', 'commands', 'secondOpinion' or 'channels'"),
        ])
    func refused(_ spec: String, _ message: String) {
        let (client, messages) = load(spec)
        #expect(client == nil)
        #expect(messages.contains { $0.contains(message) }, "\(messages)")
    }
}
