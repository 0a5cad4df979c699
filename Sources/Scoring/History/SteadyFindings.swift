package import CostModel

/// What counts in an evaluation once the lives of its findings are known.
enum SteadyFindings {
    /// For so long an unknown finding weighs nothing; then it weighs as much as a failing one.
    static let unknownGracePeriod = TimeSpan.days(7)

    /// The evaluation with the findings that are open in place of those it saw: one that only just appeared is left out, one that
    /// is missing since the last evaluation, or could not be observed, counts by its last reading.
    static func steady(_ result: EvaluationResult, lives: [FindingLife], policies: PolicySet) -> EvaluationResult {
        let open = lives.filter(\.isOpen)
        let headers = policies.judging
        let matches = LifeMatches(result.findings, lives)
        var seen: Set<String> = []
        var steady = result
        steady.findings = result.findings.indices.compactMap { index in
            var finding = result.findings[index]
            guard finding.hasLife else { return finding }
            guard let number = matches.life(ofFinding: index), lives[number].isOpen else { return nil }
            let life = lives[number]
            seen.insert(life.identity)
            if life.fails(at: result.now) { finding.verdict = .fail }
            // What it was when it was last judged.
            if life.unseenSince != nil || result.isUnbilled(finding) { finding.atStake = life.atStake }
            return finding
        }
        for life in open where !seen.contains(life.identity) {
            if let header = headers[life.policy] { steady.findings.append(Finding(life, by: header, at: result.now)) }
        }
        return steady
    }
}

extension FindingLife {
    /// Whether it counts as failing: it does, or has been unknown for too long.
    func fails(at now: Instant) -> Bool {
        verdict == .fail || unknownSince.map { $0.adding(SteadyFindings.unknownGracePeriod) <= now } ?? false
    }

    /// For so many days the code may be ahead of what runs.
    static let applyDays = 7

    /// Whether it is open though its day has passed. One that went missing in time and waits for the second look is not; nor is, for a
    /// week, one whose fix is in the code and not applied. An exemption stops the clock while it runs: one that comes late changes nothing.
    package func isOverdue(at now: Instant) -> Bool {
        guard isOpen, fails(at: now), let due, now.day > due else { return false }
        return !isFixedInTime(at: now, due)
    }

    /// Whether it went missing by its day, and has not waited too long since.
    func isFixedInTime(at now: Instant, _ due: Day) -> Bool {
        guard state == .disappearing, let gone = missedSince?.day, gone <= due else { return false }
        return gone.advanced(by: Self.applyDays) >= now.day
    }
}

extension Finding {
    /// As it was when it was last seen.
    fileprivate init(_ life: FindingLife, by policy: PolicyHeader, at now: Instant) {
        let resource = life.resource.map { ResourceReference(identity: ResourceIdentity(text: $0), id: nil, type: "", provider: "") }
        self.init(
            policy: policy, rule: life.rule, verdict: life.fails(at: now) ? .fail : life.verdict, severity: life.severity, team: life.team,
            message: life.message, subject: life.subject, resource: resource, location: nil, monthlySavings: life.monthlySavings,
            atStake: life.atStake, exemption: life.isExempt ? "" : nil)
        id = life.id
        period = life.period
    }
}
