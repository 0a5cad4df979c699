import CostModel

/// Finds instances that do nothing.
enum IdleInstance {
    static let id = "idle-instance"
    static let description = FindingType(
        id: id,
        title: "an instance does nothing",
        does: "Finds instances whose every CPU sample stayed below the policy's share for the policy's whole time, with enough samples "
            + "and none of the days without one.",
        cost: "All of its cost buys nothing.",
        example: """
            kind: RightsizingPolicy
            spec:
              idle: {cpuBelow: 3%, for: 14d}   # and no sample reached 3 % for two weeks
            """,
        remedy: "Ask its owner, then stop it or remove its block. Bursar explains this and never writes it.")

    static func message(highest: String, limit: String, duration: TimeSpan) -> String {
        "idle: CPU stayed below \(limit) % for \(duration) (highest sample \(highest) %)"
    }
}
