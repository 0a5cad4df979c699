package import CostModel

extension EvaluationResult {
    /// Names the commits behind unusual cost, in the events and in the findings about them.
    ///
    /// - Parameter commits: by the event's id.
    package mutating func name(commits: [String: [Anomaly.Commit]]) {
        guard !commits.isEmpty else { return }
        var messages: [String: String] = [:]
        for index in anomalies.indices {
            guard let found = commits[anomalies[index].id] else { continue }
            anomalies[index].commits = found
            messages[anomalies[index].id] = CostAnomaly.message(anomalies[index])
        }
        for index in findings.indices where findings[index].rule == CostAnomaly.id {
            guard let event = findings[index].anomaly, let message = messages[event] else { continue }
            findings[index].message = message
        }
    }
}

extension Finding {
    /// The id of the event that it is about; nil: it is about none.
    package var anomaly: String? {
        guard policy.kind == .anomaly, let subject else { return nil }
        return "\(policy.name)/\(subject)"
    }
}
