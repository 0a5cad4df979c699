package import CostModel
import Diagnostics
import YAML

/// Reads what people expect resources to use, as `infracost-usage.yml` has it: version 0.1 with `resource_type_default_usage` and `resource_usage`.
///
/// Keys that no price model asks for have no effect, and whoever estimates says so. Nothing else of the file is read.
package enum UsageFileReader {
    private static let sections = ["resource_type_default_usage", "resource_usage"]
    /// Of a file; as large as any YAML file may be.
    private static let largest = 1_000_000

    package static func read(
        _ paths: [String], statedAt place: Place, directory: String, replaced: ReplacedFiles? = nil
    ) -> (usage: ExpectedUsage, problems: [ObservationProblem]) {
        let folder = ObservedFolder(directory, replaced: replaced)
        var problems: [ObservationProblem] = []
        var usage = ExpectedUsage()
        for file in ObservedFile.matching(paths, in: folder, statedAt: place, problems: &problems) {
            do throws(FileFault) {
                let source = SourceFile(path: file.name, bytes: try file.contents(limit: largest))
                let (documents, diagnostics) = YAMLParser.parse(source)
                problems += diagnostics.filter { $0.severity == .error }.map { problem($0, file.name) }
                for document in documents { add(document, to: &usage, file.name, &problems) }
            } catch {
                problems.append(ObservationProblem(.partial, id: error.id, file: file.name, error.description))
            }
        }
        return (usage, problems.sorted())
    }

    private static func problem(_ diagnostic: Diagnostic, _ file: String) -> ObservationProblem {
        let start = diagnostic.range?.start
        return ObservationProblem(.partial, id: diagnostic.id, file: file, line: start?.line, column: start?.column, diagnostic.message)
    }

    private static func add(_ document: YAMLNode, to usage: inout ExpectedUsage, _ file: String, _ problems: inout [ObservationProblem]) {
        guard let entries = document.mapping else {
            if !document.isNull { problems.append(warning("expected 'version', \(sections.joined(separator: " and "))", document, file)) }
            return
        }
        for entry in entries {
            switch entry.key {
            case "version":
                if let text = entry.value.scalar?.text, text != "0.1" {
                    problems.append(warning("the version '\(text)' is not known: read as 0.1", entry.value, file))
                }
            case "resource_type_default_usage":
                for type in entry.value.mapping ?? [] {
                    usage.byType[type.key, default: [:]].merge(values(of: type.value, "", file, &problems)) { _, later in later }
                    if let system = system(of: type.value, file, &problems) { usage.systems[type.key] = system }
                }
            case "resource_usage":
                for resource in entry.value.mapping ?? [] {
                    usage.byAddress[resource.key, default: [:]].merge(values(of: resource.value, "", file, &problems)) { _, later in later }
                    if let system = system(of: resource.value, file, &problems) { usage.systems[resource.key] = system }
                }
            default: problems.append(warning("unknown key '\(entry.key)': it has no effect", entry.keyNode, file))
            }
        }
    }

    /// A number, in which `_` may stand between digits.
    private static func number(_ text: String) -> FixedDecimal? {
        if let number = FixedDecimal(exactly: text) { return number }
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        guard groups.count > 1, groups.allSatisfy({ $0.first?.isNumber == true && $0.last?.isNumber == true }) else { return nil }
        return FixedDecimal(exactly: groups.joined())
    }

    /// The numbers of a map and of those inside it.
    private static func values(
        of node: YAMLNode, _ prefix: String, _ file: String, _ problems: inout [ObservationProblem]
    ) -> ExpectedUsage.Values {
        var result: ExpectedUsage.Values = [:]
        for entry in node.mapping ?? [] {
            let key = prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)"
            if entry.value.mapping != nil {
                result.merge(values(of: entry.value, key, file, &problems)) { _, later in later }
            } else if let text = entry.value.scalar?.text, let number = Self.number(text) {
                guard number >= .zero, number <= FixedDecimal(1_000_000_000_000_000) else {
                    problems.append(
                        warning(
                            "'\(key)' is \(text), and what is used is neither negative nor that much: it has no effect", entry.value, file))
                    continue
                }
                result[key] = number
            } else if key != ExpectedUsage.systemKey, let text = entry.value.scalar?.text, !entry.value.isNull {
                problems.append(
                    warning("'\(key)' is '\(text.prefix(40))', and only numbers say how much is used: it has no effect", entry.value, file))
            }
        }
        return result
    }

    /// What machines of a resource run: lists have it at different prices, and code often does not say it.
    private static func system(of node: YAMLNode, _ file: String, _ problems: inout [ObservationProblem]) -> String? {
        guard let entry = node.mapping?.first(where: { $0.key == ExpectedUsage.systemKey }), let text = entry.value.scalar?.text else {
            return nil
        }
        if let name = ExpectedUsage.systemNames[text.lowercased()] { return name }
        let known = ExpectedUsage.systemNames.keys.sorted().joined(separator: ", ")
        problems.append(warning("'operating_system' is '\(text)', and \(known) are known: it has no effect", entry.value, file))
        return nil
    }

    private static func warning(_ message: String, _ node: YAMLNode, _ file: String) -> ObservationProblem {
        let start = node.range.start
        return ObservationProblem(.warning, id: "usage-file", file: file, line: start.line, column: start.column, message)
    }
}
