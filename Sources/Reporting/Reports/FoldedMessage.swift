import CostModel

/// One sentence for findings that say the same of several subjects: `tags cost-center, team are missing`.
enum FoldedMessage {
    /// - Parameter findings: of one policy and one resource.
    static func text(of findings: [Finding]) -> String {
        guard findings.count > 1 else { return findings.first?.sentence ?? "" }
        var templates: [Template] = []
        var subjects: [Template: [String]] = [:]
        for finding in findings {
            let template = Template(finding)
            if subjects[template] == nil { templates.append(template) }
            subjects[template, default: []] += finding.subject.map { [$0] } ?? []
        }
        return templates.map { $0.text(of: subjects[$0] ?? []) }.joined(separator: "; ")
    }

    /// A sentence with its subject taken out.
    private struct Template: Hashable {
        /// What stands before the subject and behind it; all of it stands before where the subject is not named.
        let before: String
        let after: String?

        init(_ finding: Finding) {
            let sentence = finding.sentence
            guard let subject = finding.subject, !subject.isEmpty, let range = sentence.firstRange(of: "'\(subject)'") else {
                before = sentence
                after = nil
                return
            }
            before = String(sentence[..<range.lowerBound])
            after = String(sentence[range.upperBound...])
        }

        func text(of subjects: [String]) -> String {
            guard let after else { return before }
            // Tagging policies say all of theirs in these words.
            guard subjects.count > 1, before == "required tag " || before == "tag " else {
                return subjects.map { "\(before)'\($0)'\(after)" }.joined(separator: "; ")
            }
            return "tags \(subjects.joined(separator: ", "))" + (after.hasPrefix(" is ") ? " are " + after.dropFirst(4) : after)
        }
    }
}
