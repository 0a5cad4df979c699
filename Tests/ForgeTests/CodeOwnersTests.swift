import Forge
import Testing

@Suite("CODEOWNERS")
struct CodeOwnersTests {
    @Test(
        "names the owners of the last line that matches",
        arguments: [
            ("* @all", "a/b.tf", ["@all"]), ("* @all\n*.tf @org/infra @ada", "a/b.tf", ["@org/infra", "@ada"]),
            ("*.tf @ada\n* @all", "a/b.tf", ["@all"]), ("/infra/ @ada", "infra/a/b.tf", ["@ada"]), ("/infra/ @ada", "x/infra/b.tf", []),
            ("infra/ @ada", "x/infra/b.tf", ["@ada"]), ("infra/ @ada", "infra", []), ("docs/* @ada", "docs/a.md", ["@ada"]),
            ("docs/* @ada", "docs/deep/a.md", []), ("/* @ada", "a.md", ["@ada"]), ("/* @ada", "docs/a.md", []),
            ("**/logs @ada", "build/logs/x", ["@ada"]), ("/apps/ @ada\n/apps/github", "apps/github/x", []),
            ("/apps/ @ada\n/apps/github", "apps/other", ["@ada"]), ("*.tf @ada # why", "a.tf", ["@ada"]), ("# * @all", "a.tf", []),
            ("a\\ b.tf ada@example.com", "a b.tf", ["ada@example.com"]), ("!a.tf @ada", "a.tf", []), ("[ab].tf @ada", "a.tf", []),
            ("a/**/z @ada", "a/b/c/z", ["@ada"]), ("", "a", []),
        ])
    func lastMatch(text: String, path: String, owners: [String]) {
        #expect(CodeOwners(parsing: text).owners(of: path) == owners)
    }

    @Test("has GitLab's sections, each with its own last line and standard owners")
    func sections() {
        let text = "* @all\n[Database][2] @dba\n*.sql\n/special.sql @ada\n^[Docs]\n*.md @writers\n"
        let owners = CodeOwners(parsing: text)
        #expect(owners.owners(of: "x/a.sql") == ["@all", "@dba"])
        #expect(owners.owners(of: "special.sql") == ["@all", "@ada"])
        #expect(owners.owners(of: "a.md") == ["@all", "@writers"])
    }

    @Test("has nobody where it is too large")
    func size() {
        #expect(CodeOwners(parsing: "* @all\n" + String(repeating: "#", count: CodeOwners.sizeLimit)).owners(of: "a") == [])
    }
}
