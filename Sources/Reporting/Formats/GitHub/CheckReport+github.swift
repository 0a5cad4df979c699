import CostModel
import Diagnostics

extension CheckReport {
    /// How many annotations of a kind GitHub shows for a step; what is beyond is dropped without a word.
    static var annotationLimit: Int { 10 }

    /// Workflow commands that annotate files: the most important of each kind, and a notice that counts the others. Against a base only
    /// what the change brings.
    ///
    /// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    package func github() -> String {
        let changes = changes
        let findings = raised.filter { comparison == nil || [.new, .changed].contains(changes[$0.id]?.change) }
        let (grave, warnings) = troubles
        let annotations = grave.map(annotation) + findings.map(annotation) + warnings.map(annotation)
        var lines: [String] = []
        var left: [Loudness: Int] = [:]
        for loudness in Loudness.allCases {
            let all = annotations.filter { $0.loudness == loudness }
            // One place among the notices is kept for the one that counts.
            let shown = all.prefix(Self.annotationLimit - (loudness == .note ? 1 : 0))
            lines += shown.map(\.command)
            left[loudness] = all.count - shown.count
        }
        let rest = Loudness.allCases.compactMap { loudness in
            left[loudness].flatMap { $0 > 0 ? counted($0, loudness.rawValue) : nil }
        }
        var notes = rest.isEmpty ? [] : ["not shown here: \(rest.joined(separator: ", ")); the step's summary has all"]
        if let comparison {
            let unchanged = comparison.count(.unchanged)
            if unchanged > 0 { notes.append("\(counted(unchanged, "finding")) \(unchanged == 1 ? "is" : "are") open as before") }
        }
        if !notes.isEmpty {
            lines.append(Annotation(loudness: .note, place: nil, title: "bursar check", message: notes.joined(separator: "; ")).command)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func annotation(_ finding: Finding) -> Annotation {
        var message = finding.statement
        if let stake = finding.shownAtStake { message += " · \(stake.short)/month at stake" }
        if finding.enforcement == .shadow { message += " · shadow" }
        if finding.isFixable { message += " · bursar plan mends it" }
        message += " · bursar explain \(finding.id)"
        let place = finding.location.flatMap { place in
            repositoryPath(place.file).map { Place(file: $0, line: place.line, column: place.column, endLine: place.endLine) }
        }
        let step = finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue
        return Annotation(loudness: finding.loudness, place: place, title: "\(finding.ruleName) (\(step))", message: message)
    }

    private func annotation(_ problem: Problem) -> Annotation {
        let place = problem.file.flatMap(repositoryPath).map { Place(file: $0, line: problem.line ?? 1, column: problem.column ?? 1) }
        return Annotation(
            loudness: problem.loudness, place: place, title: "\(problem.severity.rawValue): \(problem.id)", message: named(problem))
    }
}

/// A workflow command: `::error file=main.tf,line=12,endLine=18,col=1,title=…::message`.
private struct Annotation {
    var loudness: Loudness
    var place: Place?
    var title: String
    var message: String

    var command: String {
        var properties: [String] = []
        if let place {
            properties = ["file=\(Self.property(place.file))", "line=\(place.line)", "endLine=\(place.endLine)"]
            // A column counts on one line only.
            if place.endLine == place.line { properties.append("col=\(place.column)") }
        }
        properties.append("title=\(Self.property(title))")
        return "::\(loudness == .note ? "notice" : loudness.rawValue) \(properties.joined(separator: ","))::\(Self.data(message))"
    }

    private static func data(_ text: String) -> String { escaped(text, ["%"]) }
    private static func property(_ text: String) -> String { escaped(text, ["%", ":", ","]) }

    /// Line ends need no escape of GitHub's: they are written out like all that is not printable.
    private static func escaped(_ text: String, _ scalars: Set<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in text.printable.unicodeScalars {
            if scalars.contains(scalar) {
                result += "%" + String(scalar.value, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
