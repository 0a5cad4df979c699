import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("finding the policy files")
struct DiscoveryTests {
    private struct Unreadable: Error {}

    private func workspace(_ policies: String) -> SourceFile {
        SourceFile(
            path: "bursar.yaml",
            text: "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: x}\nspec: {currency: USD, policies: [\(policies)]}\n")
    }

    /// The files that are asked for, in their order, and what is said.
    private func discover(_ policies: String, among paths: [String]) -> (read: [String], complaints: String) {
        var read: [String] = []
        let (_, diagnostics) = PolicyLoader.load(workspace: workspace(policies), paths: paths, now: november) { path in
            read.append(path)
            return []
        }
        return (read, CaretPrinter().render(diagnostics))
    }

    @Test("takes YAML files of a folder and under it, sorted, without tests and hidden ones")
    func folder() {
        let (read, complaints) = discover(
            "policies, teams/",
            among: [
                "policies/z.yaml", "policies/a/b.yml", "policies/a_test.yaml", "policies/README.md", "policies/.x/y.yaml",
                "policies2/q.yaml",
                "teams/pay.yaml", "other/o.yaml", "bursar.yaml",
            ])
        #expect(read == ["policies/a/b.yml", "policies/z.yaml", "teams/pay.yaml"])
        #expect(complaints == "")
    }

    @Test("takes a file that is named, each once, and the whole workspace but its own file")
    func files() {
        let paths = ["a.yaml", "p/b.yaml", "p/c_test.yaml", "bursar.yaml", ".github/workflows/ci.yaml"]
        #expect(discover("p/b.yaml, p, ./p", among: paths).read == ["p/b.yaml"])
        #expect(discover(".", among: paths).read == ["a.yaml", "p/b.yaml"])
        #expect(discover("p/c_test.yaml", among: paths).read == ["p/c_test.yaml"])
    }

    @Test("complains at the path that leads nowhere")
    func nothing() {
        let (read, complaints) = discover(
            "polices, docs, a.txt, empty, p", among: ["policies/a.yaml", "docs/x.md", "a.txt", "p/b.yaml", "bursar.yaml"])
        #expect(read == ["p/b.yaml"])
        #expect(
            complaints == """
                bursar.yaml:4:34: error: no file or folder 'polices'; did you mean 'policies'?
                  4 | spec: {currency: USD, policies: [polices, docs, a.txt, empty, p]}
                    |                                  ^~~~~~~
                bursar.yaml:4:43: error: folder 'docs' holds no .yaml or .yml files
                  4 | spec: {currency: USD, policies: [polices, docs, a.txt, empty, p]}
                    |                                           ^~~~
                bursar.yaml:4:49: error: 'a.txt' is no .yaml or .yml file
                  4 | spec: {currency: USD, policies: [polices, docs, a.txt, empty, p]}
                    |                                                 ^~~~~
                bursar.yaml:4:56: error: no file or folder 'empty'
                  4 | spec: {currency: USD, policies: [polices, docs, a.txt, empty, p]}
                    |                                                        ^~~~~

                """)
    }

    @Test("a missing folder is the only complaint, not also the names that it would have held")
    func missingFolder() {
        let (_, diagnostics) = PolicyLoader.load(workspace: workspace("p, teams"), paths: ["p/a.yaml"], now: november) { _ in
            Array(object("Budget", "{scope: {team: payments}, amount: 5 USD}").utf8)
        }
        #expect(diagnostics.map(\.message) == ["no file or folder 'teams'"])
    }

    @Test("passes on what reading throws")
    func unreadable() {
        #expect(throws: Unreadable.self) {
            try PolicyLoader.load(workspace: workspace("p"), paths: ["p/a.yaml"], now: november) { (_) throws(Unreadable) in
                throw Unreadable()
            }
        }
    }

    @Test("the digest follows paths and bytes of all files, not their order")
    func digest() throws {
        let a = SourceFile(path: "a.yaml", text: "kind: Team\nmetadata: {name: a}\nspec: {}\n")
        let b = SourceFile(path: "b.yaml", text: "kind: Team\nmetadata: {name: b}\nspec: {}\n")
        func digest(_ files: [SourceFile]) throws -> String {
            try #require(PolicyLoader.load(files: files, workspace: workspace("p"), now: november).policies?.digest)
        }
        let both = try digest([a, b])
        #expect(try digest([b, a]) == both)
        #expect(try digest([a]) != both)
        #expect(try digest([a, SourceFile(path: "c.yaml", bytes: b.bytes)]) != both)
        #expect(try digest([a, SourceFile(path: "b.yaml", bytes: b.bytes + [0x0A])]) != both)
    }
}
