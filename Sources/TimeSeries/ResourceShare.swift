/// Which resource of an unusual leaf it was.
package enum ResourceShare {
    /// The least share of all gains that one resource must have to be named.
    static let least = 0.6

    /// What one resource costs more than before.
    package struct Gain: Equatable, Sendable {
        package var id: String
        /// Money over the days on which the anomaly was found.
        package var amount: Double
    }

    /// Those that cost more than their mean of the 14 days before, the largest gain first.
    ///
    /// - Parameters:
    ///   - resources: What each cost, a value per day; index 0 is `origin`. Money per day.
    ///   - origin: The day of the first value.
    ///   - start: The first day of the anomaly; `days` are the ones on which it was found.
    package static func gains(of resources: [(id: String, cost: [Double])], origin: Int, start: Int, days: [Int]) -> [Gain] {
        resources.compactMap { resource in
            let before = max(0, start - 14 - origin)..<max(0, start - origin)
            let usual = Middle.mean(resource.cost[before.clamped(to: resource.cost.indices)].filter { !$0.isNaN })
            let gain = days.reduce(0) { sum, day in
                let index = day - origin
                guard resource.cost.indices.contains(index), !resource.cost[index].isNaN else { return sum }
                return sum + resource.cost[index] - usual
            }
            return gain > 0 ? Gain(id: resource.id, amount: gain) : nil
        }.sorted { ($1.amount, $0.id) < ($0.amount, $1.id) }
    }

    /// The one that gained most, if it has 60 % of all gains.
    ///
    /// - Parameter gains: in their order.
    package static func main(of gains: [Gain]) -> String? {
        // In the order of names, so that the sum has the same last bits whoever gained most.
        let all = gains.sorted { $0.id < $1.id }.reduce(0) { $0 + $1.amount }
        guard let best = gains.first, best.amount >= least * all else { return nil }
        return best.id
    }
}
