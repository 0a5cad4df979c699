import Foundation
import TestSupport
import Testing

@testable import Commands

/// Which workspace decides about files is said by the base, whatever a change puts nearer to them or in the way.
@Suite("the workspace that the base has for some files")
struct BaseWorkspaceTests {
    private let estate: HookEstate

    /// The base has one workspace at the root, whose code is in order.
    init() throws {
        estate = try HookEstate(hooks: false)
        try estate.repository.git(["branch", "base"])
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
    }

    private var path: String { estate.repository.path }

    private func check(_ folder: String, _ more: String...) -> Said {
        Said(["check", "-C", folder.isEmpty ? path : "\(path)/\(folder)", "--base", "base"] + more)
    }

    /// A workspace that finds nothing.
    private func relax(_ estate: HookEstate, _ folder: String) throws {
        try estate.repository.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: acme}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: none
                inventory: [{name: infra, format: terraform, path: deep}]

            """, to: folder + "/bursar.yaml")
        try estate.repository.write("# x\n", to: folder + "/deep/x.tf")
        try estate.commit(HookEstate.tags, to: folder + "/policies/tags.yaml")
    }

    @Test("is not replaced by one nearer to them", arguments: ["infra", "infra/deep", ""])
    func nested(folder: String) throws {
        try relax(estate, "infra")
        let said = check(folder)
        #expect(said.code == 1, "\(said.output)\(said.error)")
        #expect(said.output.contains("required tag 'team' is missing"))
        let revision = check(folder, "--head", "HEAD")
        #expect(revision.code == 1 && revision.output.contains("required tag 'team' is missing"))
        #expect(said.output.contains("workspace 'infra/bursar.yaml'") && said.output.contains("nothing is judged by it"))
        // Whoever trusts the change has it judge by its own.
        if !folder.isEmpty { #expect(check(folder, "--trust-head").code == 0) }
    }

    @Test("is not joined unseen by a new one beside its code", arguments: ["zz", "é", ""])
    func beside(folder: String) throws {
        let added = folder.isEmpty ? "other/deep" : folder
        try relax(estate, added)
        try estate.commit(HookEstate.untagged, to: added + "/deep/more.tf")
        for said in [check(folder), check(folder, "--head", "HEAD")] {
            #expect(said.output.contains("workspace '\(added)/bursar.yaml'"), "\(said.output)\(said.error)")
            #expect(said.output.contains("nothing is judged by it, or observed because of it, until this is merged"))
        }
    }

    @Test("is missed where the change takes it away", arguments: ["infra", "infra/deep"])
    func moved(folder: String) throws {
        try estate.repository.git(["rm", "--quiet", "bursar.yaml"])
        try relax(estate, "infra")
        for said in [check(folder), check(folder, "--head", "HEAD")] {
            #expect(said.code == 2)
            #expect(said.error.contains("the change takes away 'bursar.yaml'"), "\(said.error)")
        }
    }

    @Test("is not left by a link to another folder with a workspace")
    func linked() throws {
        let estate = try HookEstate(folder: "live", hooks: false)
        let path = estate.repository.path
        try estate.repository.git(["branch", "base"])
        try relax(estate, "decoy")
        try estate.repository.git(["mv", "live", "hidden"])
        try FileSystem.link("decoy", at: path + "/live")
        try estate.commit(HookEstate.untagged, to: "hidden/infra/main.tf")
        for more in [[], ["--head", "HEAD"]] {
            let said = Said(["check", "-C", path + "/live", "--base", "base"] + more)
            #expect(said.code == 2, "\(said.output)")
        }
    }

    @Test("is not left by a bare repository in their place, committed or not")
    func bare() throws {
        try estate.repository.git(["init", "--quiet", "--bare", "infra/x"])
        #expect(check("infra/x").error.contains("is a bare repository inside the working tree"))
        for command in ["check", "validate", "plan", "inventory", "scorecard", "baseline"] {
            let said = Said([command, "-C", path + "/infra/x"])
            #expect(said.code == 2, "\(command): \(said.error)")
        }
        #expect(check("").code == 1, "the files around it are judged")
    }

    @Test("is the base's too where the server judges a push: a nested one changes nothing, a moved one is refused")
    func pushed() throws {
        let estate = try HookEstate()
        let environment = ["BURSAR": Program.bursar.path]
        func push() throws -> Program.Result {
            try estate.repository.attempt(["push", "--no-verify", "origin", "main"], environment: environment)
        }
        #expect(try push().code == 0)
        try relax(estate, "infra")
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        let result = try push()
        #expect(result.code == 1 && result.error.contains("required tag 'team' is missing"), "\(result.error)")
    }

    // MARK: The base's name

    @Test(
        "a base that several things are called is refused with all of them",
        arguments: [
            ("refs/tags/base", "base", "refs/tags/base, refs/heads/base"),
            ("refs/remotes/base", "base", "refs/heads/base, refs/remotes/base"),
            ("refs/tags/base", "base~0", "refs/tags/base, refs/heads/base"), ("refs/base", "base", "refs/base, refs/heads/base"),
            ("refs/remotes/base/HEAD", "base^{commit}", "refs/heads/base, refs/remotes/base/HEAD"),
        ])
    func ambiguous(reference: String, base: String, meanings: String) throws {
        try estate.repository.git(["update-ref", reference, "HEAD"])
        let said = Said("check", "-C", path, "--base", base)
        #expect(said.code == 2)
        #expect(said.error.contains("'\(base)' names more than one thing: \(meanings); say which"), "\(said.error)")
        #expect(Said("check", "-C", path, "--base", "refs/heads/base").code == 1)
        for option in [["--rev", base], ["--base", "main", "--head", base]] {
            let other = Said(["check", "-C", path] + option)
            #expect(other.code == 2 && other.error.contains("names more than one thing: \(meanings); say which"), "\(other.error)")
        }
    }

    @Test("the examples for CI name the base whole, and write and read reports outside of the checkout")
    func examples() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        for name in ["github-actions.yml", "gitea-actions.yml", "gitlab-ci.yml"] {
            let text = try String(contentsOf: root.appending(path: "examples/ci/" + name), encoding: .utf8)
            #expect(text.contains("refs/remotes/origin/$"), "\(name)")
            for line in text.split(separator: "\n") where !line.contains("#") {
                #expect(
                    !line.contains("BASE: origin/") && !line.contains("--base origin/") && !line.contains("--base \"origin/"), "\(line)")
                // What is downloaded does not follow a link that the change has put into the checkout.
                if line.contains("curl") || line.contains("api \"$url\""), let file = line.split(separator: "--output ").dropFirst().first {
                    let isOutside = ["/tmp/", "\"$RUNNER_TEMP/", "/dev/null"].contains { file.hasPrefix($0) }
                    #expect(isOutside, "\(name): \(line)")
                }
                if line.contains("--output") && line.contains("check ") {
                    #expect(line.contains("/tmp/report/") || line.contains("$RUNNER_TEMP/report/"), "\(name): \(line)")
                }
            }
        }
    }
}
