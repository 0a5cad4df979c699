import CostModel
import Diagnostics
import Foundation
import Reporting
import Testing

@testable import Commands
@testable import Evaluation
@testable import HCL
@testable import PolicyLanguage
@testable import Remediation
@testable import Server

/// What can be added to has a folder, a list and a page. These hold the three against each other; beside each target's own tests, which
/// look at what stands in its list.
@Suite("registries, their folders and their pages")
struct RegistryTests {
    @Test("every command stands on the page of the command line")
    func commands() throws {
        let page = try Page.catalogue("CommandLine")
        #expect(try Set(page.all("^\\| `bursar ([a-z]+)")) == Set(Registry.commands.map(\.name)))
    }

    @Test("the page of the command line names every option, and no other")
    func options() throws {
        let page = try Page.catalogue("CommandLine")
        // `git apply --check` is Git's.
        let described = try Set(page.all("(--[a-z][a-z-]*)")).subtracting(["--check"])
        let known = Set(Registry.commands.flatMap(\.allOptions).flatMap(\.names).filter { $0.hasPrefix("--") })
        #expect(described.subtracting(known) == [], "the page names what no command knows")
        #expect(known.subtracting(described) == [], "the page does not name these")
    }

    @Test("every exit code stands on the page of the command line and in the README")
    func exitCodes() throws {
        let codes = ExitCode.allCases.map { String($0.rawValue) }
        #expect(try Page(text: Page.catalogue("CommandLine").section("## Exit codes")).all("^\\| (\\d) \\|") == codes)
        #expect(try Page("README.md").text.contains("| \(codes.joined(separator: " | ")) |"))
    }

    @Test("every rule stands on the page of rules, in the words of 'bursar explain'")
    func rules() throws {
        let page = try Page.catalogue("Rules")
        #expect(try page.all("^### (\\S+)$") == FindingTypes.all.map(\.id))
        for rule in FindingTypes.all {
            let section = Page(text: page.section("### \(rule.id)")).unwrapped
            for text in [rule.does, rule.cost] { #expect(section.contains(Page(text: text).unwrapped), "\(rule.id): \(text)") }
        }
    }

    @Test("every function of Terraform stands on its page, with a value or without")
    func functions() throws {
        let page = try Page.catalogue("Terraform")
        func names(_ heading: String) throws -> Set<String> { try Set(Page(text: page.section(heading)).all("`([a-z0-9_]+)`")) }
        // try() and can() look at mistakes and are the evaluator's own.
        #expect(try names("### Functions with a value") == Set(Function.all.keys).union(["try", "can"]))
        #expect(try names("### Functions without a value") == Set(Function.unevaluated.keys))
    }

    @Test("every format of reports has a file or a folder, and stands on the pages of the command line and of formats")
    func formats() throws {
        let names = ReportFormat.all.map(\.name)
        let files = try Page.names(in: "Sources/Reporting/Formats").map { $0.replacing(".swift", with: "") }
        #expect(Set(files).subtracting(["Registry", "ReportFormat"]).map { $0.lowercased() }.sorted() == names.sorted())
        #expect(try Page.catalogue("CommandLine").text.contains("`--format \(names.joined(separator: "\\|"))`"))
        let rows = ReportFormat.formats(of: CheckReport.self).map { "| `\($0.name)` | \($0.summary) | \($0.readers) |" }
        #expect(try Page.catalogue("Formats").text.contains(rows.joined(separator: "\n")), "the page's table is not the registry's")
    }

    @Test("every format of bills has a folder, a word of 'format' and its place on the page of policies")
    func billFormats() throws {
        let words = BillFormatName.allCases.map(\.rawValue)
        let folders = try Page.names(in: "Sources/Observation/Cost/Formats").filter { !$0.hasSuffix(".swift") }
        let named = words.filter { $0 != BillFormatName.auto.rawValue }
        #expect(folders.map { $0.lowercased() }.sorted() == named.map { $0.replacing("-", with: "") }.sorted())
        let row = try #require(Page.catalogue("Policies").text.split(separator: "\n").first { $0.hasPrefix("| `cost[].format` |") })
        #expect(try Page(text: row.split(separator: "|").dropFirst(2).joined()).all("`([^`]+)`").sorted() == words.sorted())
        for word in words { #expect(try Page.catalogue("Policies").section("## Not in this version").contains("`\(word)`"), "\(word)") }
    }

    @Test("every inventory format has a folder and stands on the page of policies, and every editor is of one of them")
    func inventories() throws {
        func folders(in path: String) throws -> [String] {
            // State files are no code.
            try Page.names(in: path).filter { !$0.hasSuffix(".swift") && $0 != "State" }.map { $0.lowercased() }.sorted()
        }
        let words = InventoryFormat.allCases.map(\.rawValue)
        #expect(try folders(in: "Sources/Observation/Inventory") == words.sorted())
        #expect(try Set(folders(in: "Sources/Remediation/Editors")).isSubset(of: words))
        let policies = try Page.catalogue("Policies").text
        for word in words { #expect(policies.contains("`\(word)`"), "\(word)") }
    }

    @Test("every kind that makes findings has a judge, and no other kind has one", arguments: PolicyKind.allCases)
    func judges(kind: PolicyKind) {
        let hasJudge = if case .none = Judges.judge(of: kind) { false } else { true }
        #expect(hasJudge == Kinds.policies.contains(kind))
    }

    @Test("every folder of editors belongs to a format that is edited")
    func editors() throws {
        for folder in try Page.names(in: "Sources/Remediation/Editors") where !folder.hasSuffix(".swift") {
            let format = try #require(InventoryFormat.allCases.first { $0.rawValue == folder.lowercased() })
            #expect(Editors.open(SourceFile(path: "empty", text: ""), of: format) != nil, "\(folder) edits nothing")
        }
    }

    @Test("every observer of the loop and every page of the server stands in its list")
    func lists() throws {
        let folder = "Sources/Commands/Loop/Observers"
        let list = try Page("\(folder)/LoopObservers.swift").text
        for file in try Page.names(in: folder) where file != "LoopObservers.swift" {
            #expect(list.contains(file.replacing(".swift", with: "")), "\(file) is told nothing")
        }
        let pages = try Page.names(in: "Sources/Server/Pages").filter { !["WebPage.swift"].contains($0) }
        #expect(WebPage.all.count == pages.count, "a page is not served, or two stand in one file")
    }

    @Test("every kind of policy has a section, and every key of it stands there", arguments: PolicyKind.allCases)
    func keys(kind: PolicyKind) throws {
        let page = try Page.catalogue("Policies")
        let own = page.section("## \(kind.rawValue)")
        #expect(!own.isEmpty)
        // What all policies may say, and what this version refuses, stand in sections of their own.
        let text = own + page.section("## Keys of every policy") + page.section("## Not in this version")
        for field in Kinds.spec(of: kind).fields { #expect(Self.names(field.key, in: text), "'\(field.key)' is not on the page") }
    }

    /// Whether a key stands in code: alone, before its own keys, or at the end of a path.
    private static func names(_ key: String, in text: String) -> Bool {
        ["`\(key)`", "`\(key).", "`\(key)[", ".\(key)`"].contains { text.contains($0) }
    }
}
