/// How good estimates have been, by those that the bill has judged.
package struct EstimateAccuracy: Hashable, Sendable {
    /// The figures of some of them.
    package struct Group: Hashable, Sendable {
        /// A type, a team, or a commit; empty for all.
        package var name: String
        package var judged: Int
        /// Half of the estimates were off by at most so much, up or down, as a share of what was billed. Of an even number the mean of both in
        /// the middle.
        package var medianError: Points

        package init(name: String, judged: Int, medianError: Points) {
            self.name = name
            self.judged = judged
            self.medianError = medianError
        }
    }

    /// Nil: the bill has judged none yet.
    package var all: Group?
    /// By name.
    package var byType: [Group]
    package var byTeam: [Group]
    package var byCommit: [Group]
    /// How many the bill has not judged yet.
    package var waiting: Int

    /// From so many judged estimates on, and with a larger median error than a quarter, a type is off again and again.
    private static let fewest = 3
    private static let tolerance = Points(hundredths: 2_500)

    package init(_ records: [EstimateRecord]) {
        let judged = records.filter { $0.standing == .judged }
        all = Self.group("", judged)
        byType = Self.groups(judged) { $0.type }
        byTeam = Self.groups(judged) { $0.team ?? "" }
        byCommit = Self.groups(judged) { $0.commit }
        waiting = records.count { $0.standing == .waiting }
    }

    /// The types whose estimates cannot be relied on.
    package var unreliableTypes: [Group] { byType.filter { $0.judged >= Self.fewest && $0.medianError > Self.tolerance } }

    private static func groups(_ records: [EstimateRecord], _ name: (EstimateRecord) -> String) -> [Group] {
        Dictionary(grouping: records, by: name).sorted { $0.key < $1.key }.compactMap { group($0.key, $0.value) }
    }

    private static func group(_ name: String, _ records: [EstimateRecord]) -> Group? {
        let errors = records.compactMap { $0.error.map { abs($0.hundredths) } }.sorted()
        guard !errors.isEmpty else { return nil }
        let middle = errors[(errors.count - 1) / 2] + errors[errors.count / 2]
        return Group(name: name, judged: errors.count, medianError: Points(hundredths: (middle + 1) / 2))
    }
}
