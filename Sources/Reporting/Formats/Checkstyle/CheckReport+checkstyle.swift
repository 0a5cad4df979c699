import CostModel

extension ReportFormat {
    static let checkstyle = ReportFormat(
        "checkstyle", is: "Checkstyle's XML 4.3", readBy: "reviewdog, Jenkins and many others", check: { Array($0.checkstyle().utf8) })
}

extension CheckReport {
    /// Checkstyle's XML, version 4.3: files by name, in each what is open, the most severe first.
    package func checkstyle() -> String {
        var files: [String: [XMLElement]] = [:]
        for finding in raised {
            // What has no place of its own stands at the workspace.
            let path = finding.location.flatMap { repositoryPath($0.file) } ?? ownFile
            files[path, default: []].append(
                Self.error(
                    line: finding.location?.line ?? 1, column: finding.location?.column, finding.annotationLevel,
                    finding.statement, source: finding.ruleName))
        }
        for problem in problems where problem.severity != .note {
            let path = problem.file.flatMap(repositoryPath) ?? ownFile
            files[path, default: []].append(
                Self.error(
                    line: problem.line ?? 1, column: problem.column, problem.annotationLevel, named(problem),
                    source: "problem/\(problem.id)"))
        }
        let elements = files.sorted { $0.key < $1.key }.map { XMLElement("file", [("name", $0.key)], children: $0.value) }
        return XMLElement("checkstyle", [("version", "4.3")], children: elements).document()
    }

    private static func error(line: Int, column: Int?, _ level: AnnotationLevel, _ message: String, source: String) -> XMLElement {
        let column = column.map { [("column", String($0))] } ?? []
        return XMLElement(
            "error",
            [("line", String(line))] + column + [
                ("severity", level == .note ? "info" : level.rawValue), ("message", message),
                // Checkstyle's sources are names of classes: `bursar.TaggingPolicy.cost-allocation.missing-tag`.
                ("source", "bursar." + source.split(separator: "/").joined(separator: ".")),
            ])
    }
}

extension CheckReport {
    /// The workspace's own file, for what stands nowhere else.
    var ownFile: String { repositoryPath("bursar.yaml") ?? "bursar.yaml" }

    /// A problem's message, with the file's name where that does not lie in the repository.
    func named(_ problem: Problem) -> String {
        guard let file = problem.file, repositoryPath(file) == nil else { return problem.message }
        return "\(file): \(problem.message)"
    }
}
