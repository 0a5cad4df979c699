import CostModel

/// How a finding or a problem is shown where there are three steps only.
enum AnnotationLevel: String, Hashable, Sendable, CaseIterable {
    case error, warning, note
}

extension Finding {
    /// By severity; what the baseline holds, what a shadow policy finds and what cannot be known is a note.
    var annotationLevel: AnnotationLevel {
        guard status != .shadow, !baseline else { return .note }
        switch verdict {
        case .pass, .unknown: return .note
        case .error: return .error
        case .fail: return severity >= .high ? .error : severity == .medium ? .warning : .note
        }
    }

    /// `TaggingPolicy/cost-allocation/missing-tag`: the policy's rule, under one name in all formats.
    var ruleName: String { "\(policy)/\(rule)" }

    /// What it is about and what of it: `aws_instance.web: required tag 'team' is missing`. A budget's message begins with its name as it is.
    var statement: String { sentence.hasPrefix("\(shownResource): ") ? sentence : "\(shownResource): \(sentence)" }

    /// The message, with the reason where nothing is known.
    var sentence: String {
        // Most end with it, which is told at once; looking for it everywhere is slow.
        guard verdict == .unknown, let reason, !message.hasSuffix(reason), !message.contains(reason) else { return message }
        return "\(message) (\(reason))"
    }
}

extension Problem {
    var annotationLevel: AnnotationLevel { severity >= .partial ? .error : severity == .warning ? .warning : .note }
    /// Whether the result is not the whole truth by it.
    var isGrave: Bool { severity >= .partial }
}

extension CheckReport {
    /// What does not pass and is not exempt, in the order of the evaluation.
    var raised: [Finding] { result.findings.filter(\.isRaised) }

    /// Problems that say more than a remark. The grave ones come before findings: while they stand, the rest is not the whole truth.
    var pipelineProblems: (grave: [Problem], warnings: [Problem]) {
        (problems.filter(\.isGrave), problems.filter { $0.severity == .warning })
    }

    /// A file of the workspace as the repository knows it; nil for one that lies outside.
    func repositoryPath(_ file: String) -> String? {
        guard !file.hasPrefix("/") else { return nil }
        var parts: [Substring] = []
        for part in prefix.split(separator: "/") + file.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }
}
