import CostModel

/// What becomes of a provider's proposal where there are no samples of our own.
extension RightsizingJudge {
    /// The provider's proposal as a finding, within the guard rails.
    ///
    /// - Parameter lacking: what our own judgement lacks.
    /// - Returns: nil: there is none, or a guard rail is against it.
    func advised(_ subject: EvaluatedResource, _ search: SizeSearch, lacking: String) -> ResourceOutcome? {
        let present = search.present
        guard let advice = proposal(for: subject, running: present.name), let name = advice.proposed, let entry = search.allowed(name),
            entry.hourly < present.hourly
        else { return nil }
        if let settled = settledByCode(subject, running: present.name, proposed: name) { return settled }
        if let objection = objection(to: CapacityChange(present, to: entry), of: subject) {
            return held(subject, objection, share: (present.hourly - entry.hourly, present.hourly))
        }
        let finding = finding(of: advice, on: subject, present.name, name, lacking)
        return worthIt(finding, subject, share: (present.hourly - entry.hourly, present.hourly), hasAlternative: true, present.name)
    }

    /// The same of a type that no catalogue holds, so that neither families nor steps can be told: only where no guard rail asks for them,
    /// and at the provider's own saving.
    func advised(
        _ subject: EvaluatedResource, running: String, in catalog: InstanceCatalog, lacking: String
    ) -> ResourceOutcome? {
        guard policy.guardrails.families == .any, policy.guardrails.maxStep == nil,
            let advice = proposal(for: subject, running: running), let name = advice.proposed,
            let savings = advice.monthlySavings, savings.amount > .zero
        else { return nil }
        if let settled = settledByCode(subject, running: running, proposed: name) { return settled }
        if let objection = objection(to: CapacityChange(catalog, from: running, to: name), of: subject) {
            return held(subject, objection, share: (FixedDecimal(1), FixedDecimal(1)))
        }
        let finding = finding(of: advice, on: subject, running, name, lacking)
        let whole = max(subject.monthlyRate?.amount ?? savings.amount, savings.amount)
        return worthIt(finding, subject, share: (savings.amount, whole), hasAlternative: true, running)
    }

    /// The first advice to resize what runs. One that took the resource for another size is of another time.
    private func proposal(for subject: EvaluatedResource, running: String) -> ProviderAdvice? {
        advice.advice(of: subject.resource).first { $0.action == .rightsize && $0.proposed != running && $0.current == running }
    }

    private func finding(
        of advice: ProviderAdvice, on subject: EvaluatedResource, _ present: String, _ proposed: String, _ lacking: String
    ) -> Finding {
        var finding = finding(
            AdvisedSize.id, .fail, subject, AdvisedSize.message(advice, present: present, proposed: proposed, lacking: lacking))
        finding.proposal = [subject.resource.size?.name ?? "instance_type": proposed]
        // Nobody has seen what it rests on: a person looks at it.
        finding.fix = max(finding.fix, .review)
        return finding
    }
}

/// What a provider advises about a resource, beside what was found of it.
struct SizeAdvice {
    private let advice: [ProviderAdvice]
    private let running: String?

    init(_ book: AdviceBook, on resource: Resource) {
        advice = book.advice(of: resource)
        running = resource.deployed?.size ?? resource.size?.value
    }

    func beside(_ outcome: ResourceOutcome) -> ResourceOutcome {
        guard !advice.isEmpty else { return outcome }
        switch outcome {
        case .findings(let findings): return .findings(findings.map(beside))
        case .suppressed(var suppression):
            suppression.detail += note(on: nil)
            return .suppressed(suppression)
        case .small(var small):
            small.suppression.detail += note(on: nil)
            small.finding = beside(small.finding)
            return .small(small)
        }
    }

    private func beside(_ finding: Finding) -> Finding {
        var finding = finding
        finding.advice = advice
        if finding.rule != AdvisedSize.id { finding.message += note(on: finding.proposal.values.first) }
        return finding
    }

    /// `; AWS agrees`, `; AWS advises m5.large (14 days of samples, performance risk 1 of 4)`
    private func note(on proposed: String?) -> String {
        guard let first = advice.first(where: { $0.action != .purchase }) else { return "" }
        guard first.action == .rightsize else { return "; \(first.sentence)" }
        if let current = first.current, let running, current != running {
            return "; \(first.provider) took it for \(current), which it is not"
        }
        if let proposed, first.proposed == proposed { return "; \(first.provider) agrees" }
        return "; \(first.sentence)" + (first.assumed.isEmpty ? "" : " (\(first.assumed))")
    }
}
