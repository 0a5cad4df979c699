import CostModel
import Diagnostics
import Foundation
import PolicyLanguage
import Testing

/// The repository's top folder.
private let top = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

@Test("the starter policies and the example load without a complaint", arguments: ["policies", "examples/acme"])
func shippedPolicies(folder: String) throws {
    let (policies, diagnostics) = try loadShipped(folder) { $0 }
    #expect(CaretPrinter().render(diagnostics) == "")
    #expect(policies != nil)
}

@Test(
    "the operator's documents of the deployments load without a complaint",
    arguments: ["examples/deploy/reconciler.yaml", "examples/deploy/kubernetes/common.yaml"])
func shippedReconcilers(path: String) throws {
    var lines = try String(contentsOf: top.appending(path: path), encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    if let key = lines.firstIndex(where: { $0.hasSuffix("reconciler.yaml: |") }) {
        // Inside of a ConfigMap.
        lines = lines[(key + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
    }
    let file = SourceFile(path: path, bytes: Array(lines.joined(separator: "\n").utf8))
    let (settings, diagnostics) = ConfigurationLoader.load(file, now: Instant(seconds: 1_793_491_200))
    #expect(CaretPrinter().render(diagnostics) == "")
    #expect(settings?.workspaces.isEmpty == false)
}

@Test("what the starter shows in comments is right, too")
func commentedOptions() throws {
    // The parent that a comment shows does not exist.
    let (policies, diagnostics) = try loadShipped("policies") { file in
        file.split(separator: "\n", omittingEmptySubsequences: false).map { uncommented($0) }.filter { !$0.contains(" parent:") }
            .joined(separator: "\n")
    }
    #expect(CaretPrinter().render(diagnostics) == "")
    #expect(policies?.exemptions.map(\.name) == ["old-ledger"])
    #expect(policies?.rightsizing.first?.idle != nil)
    #expect(policies?.budgets.first?.amounts.count == 1)
}

/// Loads the workspace in a folder of this repository as of the example's date.
private func loadShipped(_ folder: String, edit: (String) -> String) throws -> (PolicySet?, [Diagnostic]) {
    let folder = top.appending(path: folder)
    func source(_ path: String) throws -> SourceFile {
        SourceFile(path: path, text: edit(try String(contentsOf: folder.appending(path: path), encoding: .utf8)))
    }
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try PolicyLoader.load(workspace: source("bursar.yaml"), paths: paths, now: november) { path in try source(path).bytes }
}

/// A line without its `# ` where that comments out a key; other comments stay.
private func uncommented(_ line: Substring) -> String {
    let indentation = line.prefix { $0 == " " }
    let text = line.dropFirst(indentation.count)
    guard text.hasPrefix("# ") else { return String(line) }
    let content = text.dropFirst(2)
    var key = content.drop { $0 == " " }
    if key.hasPrefix("- ") { key = key.dropFirst(2) }
    let name = key.prefix { $0.isLetter }
    guard name.first?.isLowercase == true, key.dropFirst(name.count).hasPrefix(":") else { return String(line) }
    return String(indentation + content)
}
