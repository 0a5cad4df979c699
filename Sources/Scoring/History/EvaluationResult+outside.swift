import CostModel

extension EvaluationResult {
    /// The evaluation with those charges outside the code that may have taken a place, as lives tell.
    ///
    /// What a resource of the code was before it was made anew takes none. And what took the place of one that has waited for four weeks may
    /// be made anew in its turn: the last charge of that one counts as today's.
    func followingOutside(_ lives: [FindingLife]) -> EvaluationResult {
        guard !outside.running.isEmpty else { return self }
        let (present, waiting) = (Set(resources), now.day.advanced(by: -OutsideCharges.reach))
        var renewed: Set<Substring> = []
        var held: Set<Substring> = []
        for life in lives where life.state != .fixed {
            guard let deployed = life.deployed, let resource = life.key.resource else { continue }
            let names = Self.tails(deployed)
            if present.contains(resource) {
                renewed.formUnion(names)
            } else if life.state == .disappearing, let missed = life.missedSince?.day, missed <= waiting {
                held.formUnion(names)
            }
        }
        let running = outside.running.filter { !renewed.contains($0.name[...]) }
        let gone = outside.gone.map { charge in
            var charge = charge
            let isNear = running.contains { abs(charge.last.distance(to: $0.first)) <= OutsideCharges.reach }
            if held.contains(charge.name[...]), charge.last <= waiting, !isNear { charge.last = now.day }
            return charge
        }
        var result = self
        result.outside = OutsideCharges(gone: gone, running: running, oldest: outside.oldest)
        return result
    }

    /// What a bill may call it: of `type:arn` and of `type:account:region:id`.
    private static func tails(_ deployed: String) -> [Substring] {
        let parts = deployed.split(separator: ":", omittingEmptySubsequences: false)
        return [1, 3].filter { $0 < parts.count }.map { deployed[parts[$0].startIndex...] }
    }
}
