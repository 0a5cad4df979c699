import Foundation
import Testing

@Suite("the module page")
struct ModulePageTests {
    @Test("has a paragraph for each target that is not a test or a C library")
    func paragraphs() throws {
        let package = try Page("Package.swift")
        let targets = try package.all(#"^\s+module\(\s*"(\w+)""#) + package.all(#"[tT]arget\(\s*name: "([\w-]+)""#)
        #expect(targets.count > 10, "the targets were not found")
        let page = try Page.catalogue("Commands")
        let described = try Set(page.all(#"\*\*([\w-]+)\*\*"#))
        for target in targets where !target.hasSuffix("Tests") { #expect(described.contains(target), "\(target) has no paragraph") }
        for library in try package.all(#"systemLibrary\(name: "(\w+)""#) { #expect(page.text.contains(library), "\(library)") }
    }

    @Test("puts every module under its rank")
    func paragraphsByRank() throws {
        let page = try Page.catalogue("Commands")
        for (rank, modules) in ranks {
            // The executable shares the commands' paragraph.
            let section = page.section("### Rank \(rank == 7 ? 6 : rank)")
            for module in modules { #expect(section.contains("**\(module)**"), "\(module) is not under rank \(rank)") }
        }
    }

    @Test("leads to every page of the catalogue")
    func topics() throws {
        let folder = "Sources/Commands/Commands.docc"
        let pages = try Page.names(in: folder) + Page.names(in: folder + "/Decisions")
        let names = pages.filter { $0.hasSuffix(".md") && $0 != "Commands.md" }.map { $0.replacing(".md", with: "") }
        let linked = try Page(text: Page.catalogue("Commands").section("## Topics")).all("^- <doc:(.+)>$")
        #expect(linked.sorted() == names.sorted())
    }

    @Test("and all others name only pages that exist")
    func links() throws {
        let folder = "Sources/Commands/Commands.docc"
        let files =
            try Page.names(in: folder).map { "\(folder)/\($0)" } + Page.names(in: folder + "/Decisions").map { "\(folder)/Decisions/\($0)" }
        let pages = files.filter { $0.hasSuffix(".md") }
        let names = Set(pages.map { URL(filePath: $0).deletingPathExtension().lastPathComponent })
        for page in pages {
            for link in try Page(page).all("<doc:([^>]+)>") { #expect(names.contains(link), "\(page) leads to \(link)") }
        }
    }

    @Test(
        "and the README lead to files that exist",
        arguments: [
            "README.md", "examples/README.md", "examples/acme/README.md", "examples/ci/README.md", "examples/deploy/README.md",
            "hooks/README.md",
        ])
    func files(page: String) throws {
        let folder = Page.root.appending(path: page).deletingLastPathComponent()
        for link in try Page(page).all(#"\]\(([^)#]+)\)"#) where !link.contains("://") {
            let file = folder.appending(path: link.filter { !$0.isNewline })
            #expect(FileManager.default.fileExists(atPath: file.path), "\(page) leads to \(link)")
        }
    }
}
