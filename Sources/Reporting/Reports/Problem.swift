package import CostModel
package import Diagnostics

/// A problem that a report shows beside its result: a file that could not be read, a policy that could.
package struct Problem: Hashable, Sendable, Comparable {
    /// From the least to the most severe.
    package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        case note, warning
        /// What was observed is missing, stale or torn: the result is not the whole truth.
        case partial
        case error

        package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package var severity: Severity
    /// A stable name such as `unknown-key`, for machines.
    package var id: String
    package var file: String?
    package var line: Int?
    package var column: Int?
    package var message: String

    package init(_ severity: Severity, id: String, file: String? = nil, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.severity = severity
        self.id = id
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    package init(_ diagnostic: Diagnostic) {
        let severity: Severity =
            switch diagnostic.severity {
            case .note: .note
            case .warning: .warning
            case .error: .error
            }
        let start = diagnostic.range?.start
        self.init(
            severity, id: diagnostic.id, file: diagnostic.range?.file.path, line: start?.line, column: start?.column, diagnostic.message)
    }

    package init(_ problem: ObservationProblem) {
        let severity: Severity =
            switch problem.severity {
            case .partial: .partial
            case .warning: .warning
            case .note: .note
            }
        self.init(
            severity, id: problem.id, file: problem.file, line: problem.line, column: problem.column, problem.message)
    }

    /// `policies/tags.yaml:12:5`, as far as it is known.
    package var place: String? {
        guard let file else { return nil }
        guard let line else { return file }
        return "\(file):\(line)" + (column.map { ":\($0)" } ?? "")
    }

    package static func < (a: Problem, b: Problem) -> Bool {
        (a.file ?? "", a.line ?? 0, a.column ?? 0, a.id, a.message) < (b.file ?? "", b.line ?? 0, b.column ?? 0, b.id, b.message)
    }
}
