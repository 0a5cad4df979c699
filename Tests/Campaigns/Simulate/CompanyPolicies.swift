import TestSupport

/// What the company asks of its code; people change it, validly and by mistake.
struct CompanyPolicies {
    enum Change: CaseIterable {
        /// Any number of digits instead of four.
        case pattern
        /// How strict the tagging policy is.
        case enforcement
        /// A second tag is asked for, or no longer.
        case owner
        /// How full a machine may be.
        case headroom
    }

    private static let enforcements = ["warn", "block", "shadow"]

    private var isLoose = false
    private var enforcement = "warn"
    private var asksForOwner = false
    private var headroom = "60%"
    var isBroken = false

    mutating func make(_ change: Change, _ random: inout SeededGenerator) {
        switch change {
        case .pattern: isLoose.toggle()
        case .enforcement: enforcement = Self.enforcements.randomElement(using: &random) ?? "warn"
        case .owner: asksForOwner.toggle()
        case .headroom: headroom = headroom == "60%" ? "25%" : "60%"
        }
    }

    func text(_ teams: [String]) -> String {
        var documents = teams.enumerated().map { index, team in
            """
            kind: Team
            metadata: {name: \(team)}
            spec: {costCenter: CC-\(1_000 + index), owns: [{paths: ["infra/\(team)/**"]}]}
            """
        }
        documents.append(
            """
            kind: TaggingPolicy
            metadata: {name: cost-allocation}
            spec:
              severity: high
              enforcement: \(enforcement)
              match: {types: ["aws_*"]}
              require: [{key: cost-center, pattern: "CC-[0-9]\(isLoose ? "+" : "{4}")", default: {from: team.costCenter}}]
              fix: automatic
            """)
        if asksForOwner {
            documents.append(
                """
                kind: TaggingPolicy
                metadata: {name: ownership}
                spec:
                  severity: low
                  match: {types: ["aws_*"]}
                  require: [{key: owner, values: {of: teams}, default: {from: team.name}}]
                  fix: automatic
                """)
        }
        documents.append(
            """
            kind: RightsizingPolicy
            metadata: {name: headroom}
            spec:
              severity: medium
              match: {types: [aws_instance]}
              lookback: 7d
              minimumSamples: 36
              cpu: {percentile: 95, target: \(headroom)}
              memory: {percentile: 99, target: 80%}
              guardrails: {families: same, minimumMonthlySavings: 20 USD}
              fix: review
            """)
        return documents.joined(separator: "\n---\n") + (isBroken ? "\n---\nkind: Nonsense\n" : "\n")
    }
}
