/// What the bill charges for, or did, that no resource of the code claims, as far as one thing may have taken the place of another.
///
/// Who removes a resource and makes the same again outside the code has fixed nothing, though nothing can be asked of what is there now. So
/// what was charged and is not any more counts as *replaced* where, from 28 days before that to 28 days after, charges of the same service
/// began that go on, that no resource of the code claims either, that are the same team's or nobody's, and that come to half its cost or
/// more. Each charge takes the place of one thing only, and only of one that a finding is about: what else came and went beside it, of this
/// team or another, uses up none.
package struct OutsideCharges: Hashable, Sendable {
    /// How far apart the end of the one and the beginning of the other may be.
    package static let reach = 28

    package struct Charge: Hashable, Sendable {
        /// On the bill.
        package var name: String
        package var first: Day
        package var last: Day
        /// Of its last days.
        package var perDay: FixedDecimal
        package var team: String?
        package var service: Int32

        package init(name: String, first: Day, last: Day, perDay: FixedDecimal, team: String?, service: Int32) {
            self.name = name
            self.first = first
            self.last = last
            self.perDay = perDay
            self.team = team
            self.service = service
        }
    }

    /// What is not charged any more.
    package let gone: [Charge]
    /// What is charged on the newest day, and was not there when the bill began.
    package let running: [Charge]
    /// The first day of which the bill is looked at; nil: there is none.
    package let oldest: Day?

    package init(gone: [Charge] = [], running: [Charge] = [], oldest: Day? = nil) {
        self.gone = gone
        self.running = running
        self.oldest = oldest
    }

    /// The deployed names of those lives whose resource left the code and has its place taken outside of it: open ones, and those that ended
    /// with that in the last 28 days.
    ///
    /// One that has waited for so long that the bill does not tell its last charge any more goes on waiting, while anything runs that could
    /// be what took its place.
    func replaced(_ lives: [FindingLife], present: Set<ResourceIdentity>, today: Day) -> Set<String> {
        guard !running.isEmpty else { return [] }
        var deployed: [String: String] = [:]
        var names: Set<String> = []
        let earliest = today.advanced(by: -Self.reach)
        for life in lives where life.state != .fixed || (life.hasLeft && life.fixed.map { $0.day > earliest } ?? false) {
            guard let name = life.deployed, let resource = life.key.resource, !present.contains(resource) else { continue }
            for tail in EvaluationResult.billedNames(name) { deployed[tail] = name }
            if let oldest, let missed = life.missedSince?.day, life.state == .disappearing, missed <= oldest,
                running.contains(where: { $0.team == nil || $0.team == life.team })
            {
                names.insert(name)
            }
        }
        var free = running
        for left in gone where deployed[left.name] != nil {
            let near = free.indices.filter { index in
                free[index].service == left.service && (free[index].team == left.team || free[index].team == nil)
                    && left.distance(to: free[index]) <= Self.reach
            }.sorted { left.distance(to: free[$0]) < left.distance(to: free[$1]) }
            var taken: [Int] = []
            var sum = FixedDecimal.zero
            for index in near where sum + sum < left.perDay {
                taken.append(index)
                sum += free[index].perDay
            }
            guard !taken.isEmpty, sum + sum >= left.perDay else { continue }
            for index in taken.sorted(by: >) { free.remove(at: index) }
            if let name = deployed[left.name] { names.insert(name) }
        }
        return names
    }
}

extension OutsideCharges.Charge {
    /// Days between its end and the beginning of another one.
    fileprivate func distance(to other: Self) -> Int { abs(last.distance(to: other.first)) }
}
