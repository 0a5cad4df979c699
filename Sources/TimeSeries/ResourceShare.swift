/// Which resource of an unusual leaf it was.
package enum ResourceShare {
    /// The least share of all gains that one resource must have to be named.
    static let least = 0.6

    /// The resource that gained most against its mean of the 14 days before, if it has 60 % of all gains.
    ///
    /// - Parameters:
    ///   - resources: What each cost, a value per day; index 0 is `origin`. Money per day.
    ///   - origin: The day of the first value.
    ///   - start: The first day of the anomaly; `days` are the ones on which it was found.
    package static func main(of resources: [(id: String, cost: [Double])], origin: Int, start: Int, days: [Int]) -> String? {
        var all = 0.0
        var best: (id: String, gain: Double)?
        for resource in resources.sorted(by: { $0.id < $1.id }) {
            let before = max(0, start - 14 - origin)..<max(0, start - origin)
            let usual = Middle.mean(resource.cost[before.clamped(to: resource.cost.indices)].filter { !$0.isNaN })
            let gain = days.reduce(0) { sum, day in
                let index = day - origin
                guard resource.cost.indices.contains(index), !resource.cost[index].isNaN else { return sum }
                return sum + resource.cost[index] - usual
            }
            guard gain > 0 else { continue }
            all += gain
            if gain > best?.gain ?? 0 { best = (resource.id, gain) }
        }
        guard let best, best.gain >= least * all else { return nil }
        return best.id
    }
}
