import CostModel
import Diagnostics

/// What a code host shows at a line of the code: `error main.tf:12 TaggingPolicy/cost-allocation/missing-tag (high): …`.
struct Annotation: Hashable, Sendable {
    var level: AnnotationLevel
    /// As the repository knows it; nil for what stands in no file of it.
    var place: Place?
    var title: String
    var message: String
}

extension CheckReport {
    /// What is open, as lines beside the code: what could not be observed first, then findings in the order of the evaluation, then
    /// warnings. Against a base only what the change brings.
    var annotations: [Annotation] {
        let changes = changes
        let findings = raised.filter { comparison == nil || [.new, .changed].contains(changes[$0.id]?.change) }
        let (grave, warnings) = pipelineProblems
        // The code of what is gone is not there that a line could stand beside.
        let gone = (comparison?.changes(.gone) ?? []).filter(\.finding.isRaised).map { change in
            var annotation = annotation(change.finding)
            annotation.place = nil
            annotation.message += " · " + change.details.joined(separator: ", ")
            return annotation
        }
        return grave.map(annotation) + gone + findings.map(annotation) + warnings.map(annotation)
    }

    private func annotation(_ finding: Finding) -> Annotation {
        var message = finding.statement
        if let stake = finding.stakeText { message += " · \(stake)/month at stake" }
        if finding.status == .shadow { message += " · shadow" }
        if finding.isFixable { message += " · bursar plan fixes it" }
        message += " · bursar explain \(finding.id)"
        let place = finding.location.flatMap { place in
            repositoryPath(place.file).map { Place(file: $0, line: place.line, column: place.column, endLine: place.endLine) }
        }
        let step = finding.verdict == .fail ? finding.severity.rawValue : finding.verdict.rawValue
        return Annotation(level: finding.annotationLevel, place: place, title: "\(finding.ruleName) (\(step))", message: message)
    }

    private func annotation(_ problem: Problem) -> Annotation {
        let place = problem.file.flatMap(repositoryPath).map { Place(file: $0, line: problem.line ?? 1, column: problem.column ?? 1) }
        return Annotation(
            level: problem.annotationLevel, place: place, title: "\(problem.severity.rawValue): \(problem.id)", message: named(problem))
    }
}

extension String {
    /// The text in one line, with some of its characters as `%3A`: how commands of build servers keep what they are made of apart.
    ///
    /// Line ends need no escape of the build server's: like everything that is not printable they are written out first.
    func percentEscaped(_ scalars: Set<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in printable.unicodeScalars {
            if scalars.contains(scalar) {
                result += "%" + String(scalar.value, radix: 16, uppercase: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
