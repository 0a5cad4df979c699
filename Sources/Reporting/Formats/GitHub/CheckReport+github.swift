import CostModel

extension ReportFormat {
    static let github = ReportFormat(
        "github", is: "workflow commands", readBy: "GitHub Actions: annotations in the diff", marksFixable: true,
        summaryVariable: "GITHUB_STEP_SUMMARY", check: { Array($0.github().utf8) })
}

extension CheckReport {
    /// How many annotations of a kind GitHub shows for a step; what is beyond is dropped without a word.
    static var annotationLimit: Int { 10 }

    /// Workflow commands that annotate files: the most important of each kind, and a notice that counts the others. Against a base only
    /// what the change brings.
    ///
    /// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    package func github() -> String {
        let annotations = annotations
        var lines: [String] = []
        var left: [AnnotationLevel: Int] = [:]
        for level in AnnotationLevel.allCases {
            let all = annotations.filter { $0.level == level }
            // One place among the notices is kept for the one that counts.
            let shown = all.prefix(Self.annotationLimit - (level == .note ? 1 : 0))
            lines += shown.map(\.workflowCommand)
            left[level] = all.count - shown.count
        }
        let rest = AnnotationLevel.allCases.compactMap { level in
            left[level].flatMap { $0 > 0 ? counted($0, level.rawValue) : nil }
        }
        var notes = rest.isEmpty ? [] : ["not shown here: \(rest.joined(separator: ", ")); the step's summary has all"]
        if let comparison {
            let unchanged = comparison.count(.unchanged)
            if unchanged > 0 { notes.append("\(counted(unchanged, "finding")) \(unchanged == 1 ? "is" : "are") open as before") }
        }
        if !notes.isEmpty {
            lines.append(Annotation(level: .note, title: "bursar check", message: notes.joined(separator: "; ")).workflowCommand)
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Annotation {
    /// `::error file=main.tf,line=12,endLine=18,title=…::message`
    fileprivate var workflowCommand: String {
        var properties: [String] = []
        if let place {
            properties = ["file=\(Self.property(place.file))", "line=\(place.line)", "endLine=\(place.endLine)"]
            // A column counts on one line only.
            if place.endLine == place.line { properties.append("col=\(place.column)") }
        }
        properties.append("title=\(Self.property(title))")
        return "::\(level == .note ? "notice" : level.rawValue) \(properties.joined(separator: ","))::\(message.percentEscaped(["%"]))"
    }

    private static func property(_ text: String) -> String { text.percentEscaped(["%", ":", ","]) }
}
