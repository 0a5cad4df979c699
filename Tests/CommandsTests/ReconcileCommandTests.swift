import TestSupport
import Testing

@testable import Commands

/// The small workspace that other commands are tried with, committed, and a state folder of its own.
@Suite("bursar reconcile")
struct ReconcileCommandTests {
    private let estate: TemporaryRepository
    private let state = TemporaryDirectory()

    init() throws {
        estate = try UntaggedQueue.repository()
    }

    private func run(_ arguments: String...) -> Said {
        Said(["reconcile", "-C", estate.path, "--state", state.path, "--now", "2026-11-01T00:00:00Z"] + arguments)
    }

    private func document(_ path: String = "reconciler.yaml") throws -> String {
        try state.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: finops}
            spec:
              workspaces:
                - {name: good, repository: "\(estate.path)"}
                - {name: broken, repository: "/nowhere"}

            """, to: path)
        return state.path + "/" + path
    }

    @Test("an empty bill is partial: what could be judged is said, nothing is opened, and the code is 3")
    func partial() throws {
        let said = run("--apply")
        #expect(said.code == 3)
        #expect(said.output.contains("judged in part"))
        #expect(said.output.contains("waiting: not everything could be observed"))
        #expect(try estate.git(["branch", "--list", "bursar/*"]).isEmpty)
    }

    @Test("one workspace that is broken does not stop the other")
    func isolated() throws {
        let said = Said([
            "reconcile", "--config", try document(), "--state", state.path, "--format", "json", "--now", "2026-11-01T00:00:00Z",
        ])
        #expect(said.code == 3)
        #expect(said.output.contains(#""name": "good""#))
        #expect(said.output.contains(#""outcome": "stalled""#))
        #expect(said.error.contains("broken"))
    }

    @Test("a bare repository among the files of another is watched where the operator's document names it, and only then")
    func named() throws {
        try estate.git(["clone", "--quiet", "--bare", ".", "nested"])
        let path = estate.path + "/nested"
        func once(_ words: [String]) -> Said { Said(["reconcile", "--state", state.path + "/n", "--now", "2026-11-01T00:00:00Z"] + words) }
        let unnamed = once(["-C", path])
        #expect(unnamed.code == 2 && unnamed.error.contains("is a bare repository inside the working tree"), "\(unnamed.error)")
        try state.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: finops}
            spec: {workspaces: [{name: nested, repository: "\(path)", observed: "\(estate.path)"}]}

            """, to: "nested.yaml")
        let named = once(["--config", state.path + "/nested.yaml"])
        #expect(named.output.contains("judged in part") && !named.error.contains("bare repository"), "\(named.output)\(named.error)")
    }

    @Test("a document that is wrong is shown with its line, and nothing runs")
    func wrongDocument() throws {
        try state.write("apiVersion: bursar/v1\nkind: Reconciler\nmetadata: {name: x}\nspec: {workspace: []}\n", to: "wrong.yaml")
        let said = Said(["reconcile", "--config", state.path + "/wrong.yaml"])
        #expect(said.code == 2)
        #expect(said.error.contains("wrong.yaml:4:8: error: unknown key 'workspace' in 'spec'; did you mean 'workspaces'?"))
    }

    @Test("a state folder of another branch is not gone on with until it is rebound; the audit says who did")
    func rebound() throws {
        #expect(run().code == 3)
        try estate.git(["checkout", "--quiet", "-b", "feature"])
        let refused = run()
        #expect(refused.code == 2 && refused.output.contains("'bursar state rebind'"))
        let rebind = Said(["state", "rebind", "--state", state.path, "-C", estate.path])
        #expect(rebind.code == 0 && rebind.output == "the ledger belongs to whichever workspace runs next\n")
        #expect(run().code == 3)
        #expect(Said(["history", "--state", state.path, "--audit", "-C", estate.path]).output.contains("ledger-rebound"))
    }

    @Test("a repository of this machine has no requests on a code host: its branches are not pushed there")
    func localForge() throws {
        let forge = "forge: {kind: github, project: acme/infra, tokenFile: /nowhere}"
        _ = try document()
        try state.write(
            try String(decoding: state.read("reconciler.yaml"), as: UTF8.self).replacing("broken, ", with: "broken, \(forge), "),
            to: "forge.yaml")
        let said = Said(["reconcile", "--config", state.path + "/forge.yaml"])
        #expect(said.code == 2 && said.error.contains("no code host sees them"))
    }

    @Test("a suspended workspace is not looked at until it is resumed")
    func suspended() throws {
        #expect(run("--suspend").output.contains(": suspended: nothing was looked at"))
        let history = Said(["history", "--state", state.path, "--audit", "-C", estate.path])
        #expect(history.output.contains("suspended"))
        let rests = run().output
        #expect(rests.contains(": suspended: nothing was looked at") && !rests.contains("unchanged"), "\(rests)")
        #expect(run("--resume").code == 3)
    }

    /// A bill of $5 a day in October.
    private static func bill(without lost: ClosedRange<Int>? = nil) -> String {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
            + "SubAccountId,Tags,BillingAccountId\n"
        func day(_ number: Int) -> String { number > 31 ? "2026-11-01" : "2026-10-\(number < 10 ? "0" : "")\(number)" }
        for number in 1...31 where lost.map({ !$0.contains(number) }) ?? true {
            text +=
                "5,5,5,5,USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,\(day(number))T00:00:00Z,\(day(number + 1))T00:00:00Z,Usage,,"
                + "messages,AWS,us-east-1,jobs,queue,Amazon Simple Queue Service,111122223333,,999900001111\n"
        }
        return text
    }

    @Test("what the loop remembers counts for 'scorecard --history' too: days that the bill has lost since are missing")
    func remembered() throws {
        try state.write(Self.bill(), to: "bill.csv")
        let estate = try UntaggedQueue.repository(bill: state.path + "/bill.csv")
        let places = ["-C", estate.path, "--state", state.path, "--now", "2026-11-01T08:00:00Z"]
        #expect(Said(["reconcile"] + places).code == 0)
        let whole = Said(["scorecard", "--history"] + places)
        #expect(whole.code == 0 && !whole.output.contains("any more"), "\(whole.output)\(whole.error)")
        try state.write(Self.bill(without: 9...11), to: "bill.csv")
        let torn = Said(["scorecard", "--history"] + places)
        #expect(torn.code == 3)
        #expect(torn.output.contains("the bill 'billing' had all rows of 2026-10-09..2026-10-11 and has not any more"), "\(torn)")
    }
}
