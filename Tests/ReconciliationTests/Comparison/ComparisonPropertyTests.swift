import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("the report of a change")
struct ComparisonPropertyTests {
    /// Some queues and volumes with random tags and types.
    private func code(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 3...8, using: &random)).map { index in
            let tags = ["team = \"payments\"", "team = \"none\"", "cost-center = \"CC-1010\"", "owner = \"x\"", "team = var.unknown"]
                .filter { _ in Bool.random(using: &random) }
            var seen: Set<Substring> = []
            let unique = tags.filter { seen.insert($0.prefix { $0 != " " }).inserted }
            let name = Int.random(in: 0...9, using: &random) * 10 + index
            let type = Bool.random(using: &random) ? "  type = \"gp3\"\n" : ""
            return "resource \"aws_ebs_volume\" \"v\(name)\" {\n  size = 10\n\(type)  tags = {\n"
                + unique.map { "    \($0)\n" }.joined() + "  }\n}\n"
        }.joined() + "variable \"unknown\" {}\n"
    }

    private func policies(_ random: inout SeededGenerator) -> String {
        var text = SmallEstate.tagging
        let severity = ["low", "high", "critical"].randomElement(using: &random) ?? "low"
        text = text.replacing("severity: high", with: "severity: \(severity)")
        if Bool.random(using: &random) { text = text.replacing("  fix: automatic", with: "    - {key: owner}\n  fix: automatic") }
        if Bool.random(using: &random) {
            text += """
                ---
                kind: Rule
                metadata: {name: gp3}
                spec:
                  severity: \(Bool.random(using: &random) ? "low" : "medium")
                  match: {types: [aws_ebs_volume]}
                  assert: 'resource.attributes.?type.orValue("gp2") != "gp2"'
                  message: "{resource.address} is gp2"

                """
        }
        if Bool.random(using: &random) {
            text += """
                ---
                kind: Budget
                metadata: {name: small}
                spec: {scope: {}, amount: \(Int.random(in: 10...80, using: &random)) USD}

                """
        }
        return text
    }

    @Test("equals the difference of two full runs, over random policies and code", arguments: 0..<12)
    func difference(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &* 7_919 &+ 1)
        let estate = try SmallEstate(committing: false)
        func side() throws {
            try estate.repository.write(code(&random), to: "infra/app/main.tf")
            try estate.repository.write(policies(&random), to: "policies/tags.yaml")
            try estate.repository.commit()
        }
        try side()
        try estate.repository.git(["branch", "base"])
        switch seed % 3 {
        case 0: try side()
        case 1:
            try estate.repository.write(code(&random), to: "infra/app/main.tf")
            try estate.repository.commit()
        default:
            try estate.repository.write(policies(&random), to: "policies/tags.yaml")
            try estate.repository.commit()
        }
        let base = try estate.evaluate(.revision("base"))
        let head = try estate.evaluate(.revision("HEAD"))
        let compared = try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(.revision("HEAD")), with: "base")
        let comparison = compared.comparison
        #expect(compared.head.evaluation.findings == head.evaluation.findings)

        func open(_ evaluated: EvaluatedWorkspace) -> [String: Finding] {
            Dictionary(
                evaluated.evaluation.findings.filter { $0.verdict != .pass }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let (before, after) = (open(base), open(head))
        func ids(_ change: Comparison.Change) -> Set<String> {
            Set(comparison.findings.filter { $0.change == change }.map(\.finding.id))
        }
        let added = Set(after.keys).subtracting(before.keys)
        let worse = Set(after.keys).intersection(before.keys).filter { after[$0]?.verdict == .fail && before[$0]?.verdict != .fail }
        #expect(ids(.new) == added.union(worse))
        #expect(ids(.fixed) == Set(before.keys).subtracting(after.keys))
        #expect(ids(.changed).union(ids(.unchanged)) == Set(after.keys).intersection(before.keys).subtracting(worse))
        for change in comparison.findings {
            #expect(change.before == before[change.finding.id])
            #expect(change.after == after[change.finding.id])
            if change.change == .unchanged { #expect(change.causes.isEmpty) }
            if seed % 3 == 1 { #expect(change.causes.isEmpty, "the policies are the same") }
            if seed % 3 == 2, change.change != .unchanged { #expect(!change.causes.isEmpty, "only the policies differ") }
        }
        let (cardsBefore, cardsAfter) = (base.leaderboard(), head.leaderboard())
        for team in comparison.teams {
            guard let name = team.team else { continue }
            #expect(team.scoreBefore == cardsBefore.teams.first { $0.team == name }?.score)
            #expect(team.scoreAfter == cardsAfter.teams.first { $0.team == name }?.score)
        }
    }
}
