import Diagnostics
import YAML

/// Finds the policy files that a workspace names.
enum PolicyDiscovery {
    /// The files behind `policies`, sorted, each once.
    ///
    /// A folder stands for the `.yaml` and `.yml` files in and under it, except those whose name ends with `_test` (they are
    /// tests of policies) and hidden ones. A file stands for itself.
    ///
    /// - Parameter paths: Every file of the tree, relative to the workspace, with `/`.
    static func files(
        _ policyPaths: [Located<String>], among paths: [String], workspaceFile: String
    ) -> (files: [String], diagnostics: [Diagnostic]) {
        var files: Set<String> = []
        var diagnostics: [Diagnostic] = []
        for policyPath in policyPaths {
            let found = matches(policyPath.value, among: paths)
            if found.isEmpty { diagnostics.append(nothingFound(policyPath, among: paths)) }
            files.formUnion(found)
        }
        files.remove(workspaceFile)
        return (files.sorted(), diagnostics)
    }

    private static func matches(_ policyPath: String, among paths: [String]) -> [String] {
        let folder = policyPath.isEmpty ? "" : policyPath + "/"
        return paths.filter { path in
            if path == policyPath { return isYAML(path) }
            guard path.hasPrefix(folder) else { return false }
            let inside = path.dropFirst(folder.count)
            return isYAML(path) && !isTest(path) && !inside.split(separator: "/").contains { $0.hasPrefix(".") }
        }
    }

    private static func isYAML(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }
    /// The tests beside the policies: files of the same folders, or beside the same files, whose names end with `_test`.
    static func tests(_ policyPaths: [String], among paths: [String]) -> [String] {
        paths.filter { path in
            isTest(path)
                && policyPaths.contains { policyPath in
                    if isYAML(policyPath) { return path == policyPath.dropLast(policyPath.hasSuffix(".yml") ? 4 : 5) + "_test.yaml" }
                    let folder = policyPath.isEmpty ? "" : policyPath + "/"
                    return path.hasPrefix(folder) && !path.dropFirst(folder.count).split(separator: "/").contains { $0.hasPrefix(".") }
                }
        }.sorted()
    }

    private static func isTest(_ path: String) -> Bool { path.hasSuffix("_test.yaml") || path.hasSuffix("_test.yml") }

    private static func nothingFound(_ policyPath: Located<String>, among paths: [String]) -> Diagnostic {
        let path = policyPath.value
        if paths.contains(path) {
            return Diagnostic(.error, id: "unmatched-path", "'\(path)' is no .yaml or .yml file", at: policyPath.range)
        }
        if paths.contains(where: { $0.hasPrefix(path + "/") }) {
            return Diagnostic(.error, id: "unmatched-path", "folder '\(path)' holds no .yaml or .yml files", at: policyPath.range)
        }
        let nearest = DidYouMean.nearest(to: path, in: candidates(for: path, among: paths))
        return Diagnostic(
            .error, id: "unmatched-path", "no file or folder '\(path)'\(nearest.map { "; did you mean '\($0)'?" } ?? "")",
            at: policyPath.range,
            fixIts: nearest.map { [.init("write '\($0)'", edits: [TextEdit(policyPath.range.bytes, YAMLScalar.written($0))])] } ?? [])
    }

    /// Folders and YAML files as deep in the tree as the path that was written; not so many that comparing takes time.
    private static func candidates(for path: String, among paths: [String]) -> [String] {
        let depth = path.split(separator: "/").count
        var candidates: Set<String> = []
        for other in paths {
            let parts = other.split(separator: "/")
            guard parts.count >= depth, parts.count > depth || isYAML(other) else { continue }
            candidates.insert(parts.prefix(depth).joined(separator: "/"))
            if candidates.count >= 1_000 { break }
        }
        return candidates.sorted()
    }
}
