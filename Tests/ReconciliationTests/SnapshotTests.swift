import CostModel
import Foundation
import Observation
import Reconciliation
import TestSupport
import Testing

@Suite("judging by a snapshot")
struct SnapshotTests {
    private let now = SmallEstate.now

    /// An evaluation by a snapshot that was taken before the policies changed, where nothing else is left of what was observed.
    private func judge(
        now: Instant? = nil, observedAt: Instant? = nil, tagKeys: Set<String> = [],
        _ change: (TemporaryRepository) throws -> Void = { _ in }
    ) throws -> (before: EvaluatedWorkspace, after: EvaluatedWorkspace) {
        let estate = try SmallEstate()
        let observedAt = observedAt ?? self.now
        let before = try EvaluatedWorkspace(try estate.open(), now: observedAt)
        let snapshot = Snapshot.take(try estate.open(), tagKeys: tagKeys, now: observedAt)
        try FileManager.default.removeItem(atPath: estate.path + "/observed")
        try change(estate.repository)
        let after = try EvaluatedWorkspace(try estate.open(), now: now ?? observedAt, observations: Observations(snapshot, file: "o.json"))
        return (before, after)
    }

    private func problems(_ evaluated: EvaluatedWorkspace) -> [String] {
        evaluated.observed.problems.map { "\($0.severity.rawValue) \($0.id) \($0.place): \($0.message)" }
    }

    @Test("gives the findings, scores and budgets of the sources, which need not be there")
    func same() throws {
        let (before, after) = try judge()
        #expect(after.evaluation.findings == before.evaluation.findings)
        #expect(after.leaderboard() == before.leaderboard())
        #expect(after.observed.resources == before.observed.resources)
        #expect(after.observed.problems == before.observed.problems)
        #expect(try after.plan().changes == (try before.plan().changes))
    }

    @Test("sees the code that is judged: what changed since is judged as it is now")
    func code() throws {
        let (before, after) = try judge { repository in
            try repository.write(SmallEstate.queue.replacing("team =", "cost-center = \"CC-1010\"\n    team ="), to: "infra/app/main.tf")
            try repository.write(SmallEstate.queue, to: "infra/other/main.tf")
        }
        #expect(before.evaluation.summary.fail == 1)
        // The changed one passes and the new one lacks the tag.
        let failing = after.evaluation.findings.filter { $0.verdict == .fail }
        #expect(failing.map(\.resource?.identity.root) == ["infra/other"])
        let id = try #require(after.workspace.commit)
        #expect(problems(after) == ["note snapshot-root o.json: the state of 'infra/other' was not looked for: the root is not in \(id)"])
        #expect(!after.observed.isPartial)
    }

    @Test("grows stale with its bill, by the age that the judging workspace allows")
    func stale() throws {
        let later = now.adding(.days(5))
        let stale = try judge(now: later).after
        #expect(
            problems(stale) == [
                "partial stale-bill bursar.yaml:9:9: the newest charge of the bill 'billing' is of 2026-10-31: older than 3d",
                "note snapshot-time o.json: was observed at \(now): look-backs of utilisation end there, not at \(later)",
            ])
        let patient = try judge(now: later) { repository in
            let patient = SmallEstate.workspace().replacing("format: focus,", "format: focus, maxAge: 10d,")
            try repository.write(patient, to: "bursar.yaml")
        }.after
        #expect(problems(patient).map { $0.prefix(18) } == ["note snapshot-time"])
        // Of a source that has another name now, the age is that of the one that was observed.
        let renamed = try judge(now: later) { repository in
            try repository.write(SmallEstate.workspace().replacing("name: billing", "name: bill"), to: "bursar.yaml")
        }.after
        #expect(renamed.observed.isPartial)
    }

    private static func budget(_ lines: String) -> String { "kind: Budget\nmetadata: {name: tight}\nspec:\n  amount: 40 USD\n\(lines)\n" }

    private static let rightsizing = """
        kind: RightsizingPolicy
        metadata: {name: sizes}
        spec:
          lookback: 21d
          cpu: {percentile: 97.3, target: 60%}

        """

    @Test(
        "what policies ask that it does not hold is partial, and named",
        arguments: [
            (
                "policies/more.yaml", budget("  scope: {tags: {product: ledger}}"),
                [
                    "partial snapshot-tag o.json: does not hold the bill's tag 'product': observe again with --tag-key 'product', or with these policies"
                ]
            ),
            (
                "policies/more.yaml", budget("  scope: {where: 'cost.resource != \"\"'}"),
                ["partial snapshot-resource o.json: names no resources of the bill that no state knows: observe again with these policies"]
            ),
            (
                "policies/more.yaml", rightsizing,
                [
                    "partial snapshot-lookback o.json: does not hold utilisation of the last 21d: observe again with these policies",
                    "partial snapshot-percentile o.json: does not hold the percentile 97.3 of utilisation: observe again with these policies",
                ]
            ),
            (
                "bursar.yaml", SmallEstate.workspace().replacing("name: small", "name: other"),
                ["partial snapshot-workspace o.json: is of the workspace 'small', not of 'other'"]
            ),
            (
                "bursar.yaml", SmallEstate.workspace().replacing("USD", "EUR"),
                ["partial snapshot-currency o.json: the bill is in USD, not in EUR: amounts in different currencies are never added"]
            ),
            (
                "bursar.yaml", SmallEstate.workspace(more: "    instanceCatalog: own.csv"),
                ["partial snapshot-catalog o.json: holds no instance types of the workspace's own: observe again with these policies"]
            ),
        ])
    func gaps(file: String, text: String, expected: [String]) throws {
        let evaluated = try judge { try $0.write(text, to: file) }.after
        #expect(problems(evaluated) == expected)
        #expect(evaluated.observed.isPartial)
    }

    @Test("names of resources that a condition reads are kept, also of those that no state knows")
    func resources() throws {
        let estate = try SmallEstate()
        try estate.repository.write(
            Self.budget("  scope: {where: 'cost.resource.endsWith(\":jobs\")'}"), to: "policies/more.yaml")
        try estate.repository.write(
            SmallEstate.state(name: "gone").replacing("jobs", "other"), to: "observed/state/infra/app/terraform.tfstate")
        let direct = try estate.evaluate()
        #expect(direct.evaluation.budgets.map(\.actual.amount.description).sorted() == ["13.5", "46.5"])
        let observations = Observations(Snapshot.take(try estate.open(), now: now), file: "o.json")
        let evaluated = try EvaluatedWorkspace(try estate.open(), now: now, observations: observations)
        #expect(evaluated.evaluation.budgets == direct.evaluation.budgets)
        #expect(evaluated.observed.problems == direct.observed.problems)
    }

    @Test("a tag that was kept on request, and a cost that every charge states, can be asked for later")
    func kept() throws {
        let scope = Self.budget("  scope: {tags: {product: ledger}}\n  cost: list")
        #expect(try judge(tagKeys: ["product"]) { try $0.write(scope, to: "policies/more.yaml") }.after.observed.problems == [])
    }

    @Test("a cost that some charge does not state is missed only by who asks for it")
    func unstated() throws {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.bill().replacing("1.5,1.5,2,1.5", "1.5,1.5,,1.5"), to: "observed/bill.csv")
        let observations = Observations(Snapshot.take(try estate.open(), now: now), file: "o.json")
        #expect(try EvaluatedWorkspace(try estate.open(), now: now, observations: observations).observed.problems == [])
        try estate.repository.write(Self.budget("  scope: {team: payments}\n  cost: list"), to: "policies/more.yaml")
        let evaluated = try EvaluatedWorkspace(try estate.open(), now: now, observations: observations)
        #expect(
            problems(evaluated) == [
                "partial snapshot-cost o.json: does not hold the list cost of every charge: observe again with these policies"
            ])
    }

    @Test("a partial observation stays partial")
    func partial() throws {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.bill() + "torn\n", to: "observed/bill.csv")
        try estate.repository.write(String(SmallEstate.state().dropLast(40)), to: "observed/state/infra/app/terraform.tfstate")
        let direct = try estate.evaluate()
        let snapshot = Snapshot.take(try estate.open(), now: now)
        let evaluated = try EvaluatedWorkspace(try estate.open(), now: now, observations: Observations(snapshot, file: "o.json"))
        #expect(problems(evaluated) == problems(direct))
        #expect(evaluated.observed.problems.count { $0.severity == .partial } > 1)
    }
}
