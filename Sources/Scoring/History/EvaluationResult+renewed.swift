import CostModel

extension EvaluationResult {
    /// Without those charges outside the code that are what a resource of the code was before it was made anew: they take no place.
    func leavingOut(renewed lives: [FindingLife]) -> EvaluationResult {
        guard !outside.running.isEmpty else { return self }
        let present = Set(resources)
        var names: Set<Substring> = []
        for life in lives where life.state != .fixed {
            guard let deployed = life.deployed, let resource = life.key.resource, present.contains(resource) else { continue }
            // `type:arn`, or `type:account:region:id`
            let parts = deployed.split(separator: ":", omittingEmptySubsequences: false)
            for first in [1, 3] where first < parts.count { names.insert(deployed[parts[first].startIndex...]) }
        }
        var result = self
        result.outside = OutsideCharges(
            gone: outside.gone, running: outside.running.filter { !names.contains($0.name[...]) }, oldest: outside.oldest)
        return result
    }
}
