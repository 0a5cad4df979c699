import CostModel
import Diagnostics
import Reconciliation
import YAML

/// Writes what was found as what is expected, in place; everything else in the file stays as it is.
struct TestUpdater {
    /// The workspace's folder.
    let folder: String

    /// - Returns: the places of the tests that were written anew.
    func update(_ run: PolicyTestRunner.Run) throws(CommandFailure) -> Set<Place> {
        var updated: Set<Place> = []
        let failed = run.outcomes.filter { outcome in
            guard case .failed = outcome.result else { return false }
            // A patch or a scenario that differs is for a person to look at.
            return outcome.test?.expectedSpan != nil && outcome.test?.patch == nil && outcome.test?.scenario == nil
        }
        for (file, outcomes) in Dictionary(grouping: failed, by: { $0.place.file }).sorted(by: { $0.key < $1.key }) {
            let path = "\(folder)/\(file)"
            do throws(FileError) {
                let bytes = try Files.read(path)
                let source = SourceFile(path: file, bytes: bytes)
                let edits = outcomes.compactMap { outcome -> TextEdit? in
                    guard let span = outcome.test?.expectedSpan, span.bytes.upperBound <= bytes.count else { return nil }
                    return Self.edit(span.bytes, outcome.actual, in: source)
                }
                guard let new = edits.sorted().applied(to: bytes),
                    YAMLParser.parse(SourceFile(path: file, bytes: new)).diagnostics.isEmpty
                else { continue }
                try Files.replace(path, with: new)
                updated.formUnion(outcomes.map(\.place))
            } catch { throw CommandFailure("the test cannot be updated: \(error)", .invalid) }
        }
        return updated
    }

    /// A block sequence, indented like the one that stands there; of a flow sequence, below its key, unless that stands in a flow itself.
    private static func edit(_ range: Range<Int>, _ expectations: [PolicyTest.Expectation], in source: SourceFile) -> TextEdit {
        guard !expectations.isEmpty else { return TextEdit(range, "[]") }
        let start = source.position(at: range.lowerBound)
        let line = source.text(source.contentRange(ofLine: start.line))
        let isBlock = line.drop { $0 == " " }.hasPrefix("- ")
        let entries = expectations.map { "{\(fields(of: $0).joined(separator: ", "))}" }
        if !isBlock, !line.drop(while: { $0 == " " }).hasPrefix("expect:") {
            return TextEdit(range, "[\(entries.joined(separator: ", "))]")
        }
        let indentation = String(repeating: " ", count: line.prefix { $0 == " " }.count + (isBlock ? 0 : 2))
        let text = entries.map { "- " + $0 }.joined(separator: "\n" + indentation)
        if isBlock { return TextEdit(range, text) }
        // The blank behind the colon would be left at the line's end.
        let hasBlank = range.lowerBound > 0 && source.bytes[range.lowerBound - 1] == UInt8(ascii: " ")
        return TextEdit(range.lowerBound - (hasBlank ? 1 : 0)..<range.upperBound, "\n" + indentation + text)
    }

    private static func fields(of expectation: PolicyTest.Expectation) -> [String] {
        var fields = ["policy: \(YAMLScalar.written(expectation.policy))"]
        if let resource = expectation.resource { fields.append("resource: \(YAMLScalar.written(resource))") }
        if let subject = expectation.subject { fields.append("subject: \(YAMLScalar.written(subject))") }
        if expectation.verdict != .fail { fields.append("result: \(expectation.verdict.rawValue)") }
        if let rule = expectation.rule { fields.append("rule: \(YAMLScalar.written(rule))") }
        if let severity = expectation.severity { fields.append("severity: \(severity.rawValue)") }
        if let team = expectation.team { fields.append("team: \(YAMLScalar.written(team))") }
        if let proposal = expectation.proposal {
            let pairs = proposal.sorted { $0.key < $1.key }.map { "\(YAMLScalar.written($0.key)): \(YAMLScalar.written($0.value))" }
            fields.append("proposal: {\(pairs.joined(separator: ", "))}")
        }
        if let savings = expectation.monthlySavings {
            fields.append("monthlySavings: \(savings.amount.rounded(to: 2, grouped: false)) \(savings.currency)")
        }
        if let message = expectation.message { fields.append("message: \(YAMLScalar.written(message))") }
        return fields
    }
}
