import CostModel

extension [FindingLife] {
    /// What a resource was divided into goes on with its finding, each part with its own share.
    ///
    /// Where a new resource took the place of one whose recommendation was open, and its own is held back for less, the team's other new ones
    /// of its type that are held back, too, are parts of the same, as many as it takes for what it had. Each of them is due when the whole
    /// was.
    ///
    /// - Parameter was: as it was before this evaluation.
    mutating func divide(
        _ number: Int, was: FindingLife, _ result: EvaluationResult, _ matches: LifeMatches, at now: Instant, taken: inout Set<String>
    ) {
        guard was.isOpen, self[number].isOpen, let place = matches.held(ofLife: number) else { return }
        var rest = was.atStake.amount - self[number].atStake.amount
        let whole = self[number]
        let held = result.suppressed[place]
        for (index, part) in result.suppressed.enumerated() where index != place && rest > .zero {
            guard part.policy == held.policy, part.resource.type == held.resource.type,
                result.owners[part.resource.identity] == result.owners[held.resource.identity], let share = part.atStake,
                share.amount > .zero, result.isNew(part.resource.identity)
            else { continue }
            var life = whole
            if let known = matches.life(ofFinding: result.findings.count + index) {
                guard !self[known].isOpen else { continue }
                (life.identity, life.formerIdentity) = (self[known].identity, self[known].formerIdentity)
                life.take(part, share)
                self[known] = life
            } else {
                life.formerIdentity = nil
                life.take(part, share)
                life.identity = life.key.identity
                life.claim(in: &taken)
                append(life)
            }
            rest -= share.amount
        }
    }
}

extension FindingLife {
    fileprivate mutating func take(_ part: Suppression, _ share: Money) {
        id = Finding.identifier(policy: policy, resource: part.resource.identity, subject: nil)
        resource = part.resource.identity.description
        deployed = part.resource.deployedName
        atStake = share
        monthlySavings = nil
    }
}
