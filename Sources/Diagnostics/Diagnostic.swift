/// Something wrong with a text that a person wrote: what, where, and what to write instead.
///
/// Diagnostics are collected and returned beside values, never thrown: one run reports all of a file's problems.
package struct Diagnostic: Sendable {
    package enum Severity: String, Sendable, Comparable {
        case note, warning, error

        package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// A second place that explains the first.
    package struct Note: Sendable {
        package var message: String
        package var range: SourceRange?

        package init(_ message: String, at range: SourceRange? = nil) {
            self.message = message
            self.range = range
        }
    }

    /// A replacement that would fix it.
    package struct FixIt: Sendable {
        package var message: String
        package var edits: [TextEdit]

        package init(_ message: String, edits: [TextEdit]) {
            self.message = message
            self.edits = edits
        }
    }

    /// A stable name such as `unknown-key`, for machines.
    package var id: String
    package var severity: Severity
    /// Lower case, no full stop, names the thing.
    package var message: String
    /// Where; nil when the problem has no place in a text, such as a missing file.
    package var range: SourceRange?
    package var notes: [Note]
    package var fixIts: [FixIt]

    package init(
        _ severity: Severity, id: String, _ message: String, at range: SourceRange? = nil, notes: [Note] = [], fixIts: [FixIt] = []
    ) {
        self.id = id
        self.severity = severity
        self.message = message
        self.range = range
        self.notes = notes
        self.fixIts = fixIts
    }
}

extension Diagnostic {
    /// `policies/tags.yaml:12:5`, or nothing.
    package var place: String? {
        range.map { "\($0.file.path):\($0.start.line):\($0.start.column)" }
    }

    /// By file, then place, then message: the order in which they are shown.
    package static func precedes(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
        let left = (a.range?.file.path ?? "", a.range?.bytes.lowerBound ?? -1, a.message, a.id)
        let right = (b.range?.file.path ?? "", b.range?.bytes.lowerBound ?? -1, b.message, b.id)
        return left < right
    }
}
