import Git
import TestSupport
import Testing

@Suite("a hostile repository")
struct HostileTests {
    static let cases = HostileTrees.all + HostileObjects.all + HostileReferences.all + HostileSettings.all

    @Test("is refused with a named error or contained, and nothing of it runs", .timeLimit(.minutes(5)), arguments: cases)
    func judged(hostile: HostileCase) throws {
        let repository = try HostileRepository()
        try hostile.build(repository)
        let mirror = try Mirror(
            at: repository.scratch.path + "/mirror", remote: RemoteURL(repository.origin.path, allowing: [.file]),
            settings: TransportSettings(allowed: [.file], deadline: 60_000))
        let outcome = try outcome(mirror)
        #expect(outcome.expectation == hostile.expectation, "\(outcome.message)")
        #expect(!outcome.message.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }, "the error could drive a terminal")
        #expect(!FileSystem.exists(repository.canary), "a command of the repository ran")
        if case .fetchRefused = hostile.expectation { #expect(try mirror.known().isEmpty) }
    }

    private func outcome(_ mirror: Mirror) throws -> (expectation: HostileCase.Expectation, message: String) {
        let fetched: Fetched
        do throws(TransportError) {
            fetched = try mirror.fetch(branches: ["main"])
        } catch {
            return (.fetchRefused(error.code), error.message)
        }
        do throws(GitError) {
            for name in fetched.branches.keys { #expect(!name.hasPrefix("-")) }
            guard let tip = fetched.branches["main"] else { return (.contained, "") }
            _ = try mirror.repository.commit(tip)
            let tree = try RevisionTree(mirror.repository, at: tip)
            for entry in tree.entries.prefix(1_000) where entry.problem == nil {
                do throws(GitError) {
                    _ = try tree.read(entry.path)
                } catch  where error.code == .limit {
                    continue
                }
            }
            return (.contained, "")
        } catch {
            return (.treeRefused(error.code), error.message)
        }
    }

    @Test("is one of at least a hundred, each with a name of its own")
    func count() {
        #expect(Self.cases.count >= 100)
        #expect(Set(Self.cases.map(\.name)).count == Self.cases.count)
    }
}
