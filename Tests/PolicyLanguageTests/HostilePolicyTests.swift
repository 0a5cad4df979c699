import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("hostile policies", .timeLimit(.minutes(5)))
struct HostilePolicyTests {
    @Test("thousands of problems are cut off, and printing them takes no time")
    func manyProblems() {
        let keys = (0..<40_000).map { "k\($0): 1" }.joined(separator: ", ")
        let (policies, diagnostics) = load("kind: Team\nmetadata: {name: x}\nspec: {\(keys)}\n")
        #expect(policies == nil)
        #expect(diagnostics.count == 501)
        #expect(diagnostics.last?.message == "39500 more problems are not listed")
        #expect(!CaretPrinter().render(diagnostics).isEmpty)
    }

    @Test("where nobody waits any more, policies are not read on, and those that were read are none")
    func stopped() {
        let text = object("Team", "{}")
        #expect(load(text).policies != nil)
        let stopped = WorkLimit.$current.withValue(WorkLimit { true }) { load(text) }
        #expect(stopped.policies == nil)
        #expect(stopped.diagnostics.contains { $0.id == "stopped" && $0.severity == .error })
    }

    @Test("a value that aliases repeat is wrong once")
    func repeatedMistake() {
        let text = object("RightsizingPolicy", "{cpu: &t {percentile: 0, target: 60%}, memory: *t}")
        #expect(load(text).diagnostics.map(\.message) == ["'percentile' must be a number above 0 and at most 100, found '0'"])
    }

    @Test("a thousand unknown names among a thousand known ones take no time")
    func unknownNames() {
        let teams = (0..<900).map { "kind: Team\nmetadata: {name: team-with-a-long-name-\($0)}\nspec: {}\n" }.joined(separator: "---\n")
        let budgets = (0..<900).map {
            "kind: Budget\nmetadata: {name: b\($0)}\nspec: {scope: {team: team-with-a-lng-name-\($0)}, amount: 5 USD}\n"
        }
        #expect(load(teams, budgets.joined(separator: "---\n")).diagnostics.count == 501)
    }

    @Test("a list may have a thousand entries")
    func longList() {
        func team(_ count: Int) -> String {
            object("Team", "{owns: [{accounts: [\((0..<count).map { "\"\($0)\"" }.joined(separator: ", "))]}]}")
        }
        #expect(load(team(1_000)).diagnostics.isEmpty)
        #expect(load(team(1_001)).diagnostics.map(\.message) == ["'accounts' may have 1000 entries, found 1001"])
    }

    @Test("a long chain of teams is no circle and costs no quadratic time")
    func longChain() {
        let chain =
            (0..<900).map { "kind: Team\nmetadata: {name: t\($0)}\nspec: {parent: t\($0 + 1)}\n" } + [
                "kind: Team\nmetadata: {name: t900}\nspec: {}\n"
            ]
        let files = [chain.joined(separator: "---\n")]
        #expect(complaints(files) == "")
    }

    @Test(
        "values beyond every range are errors, not crashes",
        arguments: [
            object("Budget", "{scope: {}, amount: 99999999999999999999999999999999999999999999999 USD}"),
            object("Budget", "{scope: {}, amount: 1e30 USD}"),
            object("Budget", "{scope: {}, amount: 5 USD, level: 99999999999999999999999}"),
            object("Budget", "{scope: {}, amount: 5 USD, fixWithin: 999999999d}"),
            object("Budget", "{scope: {}, amount: 5 USD, fixWithin: 99999999999999999999d}"),
            object("Budget", "{scope: {}, amount: 5 USD, alerts: [{above: 1e300%}]}"),
            object("Budget", "{scope: {}, amount: 5 USD, period: annually, amounts: {99999: 5 USD}}"),
            object("Budget", "{scope: {}, amount: 5 USD, period: quarterly, amounts: {2026-Q: 5 USD}}"),
            object("RightsizingPolicy", "{cpu: {percentile: .inf, target: .nan%}}"),
            object("RightsizingPolicy", "{cpu: {percentile: 1e-30, target: 60%}}"),
            object("Exemption", "{policies: [x], reason: r, approvedBy: me, expires: 9999-12-31}"),
            object("TaggingPolicy", "{require: [{key: a, pattern: \"(a{1000}){1000}\"}]}"),
            object("TaggingPolicy", "{require: [{key: a, pattern: \"\(String(repeating: "(", count: 5_000))\"}]}"),
            object("TaggingPolicy", "{require: [{key: a, default: {from: path, segment: -9223372036854775808}}]}"),
        ])
    func outOfRange(text: String) {
        let (policies, diagnostics) = load(text)
        #expect(policies == nil)
        #expect(!diagnostics.isEmpty)
        _ = CaretPrinter().render(diagnostics)
    }

    @Test("no cut through a file crashes the loader")
    func truncation() {
        let text = Array(
            (object("Budget", "{scope: {team: x}, amount: 5 USD, amounts: {2026-12: 6 USD}, alerts: [{above: 80%}]}") + "---\n"
                + object("TaggingPolicy", "{require: [{key: a, pattern: 'é+', values: {of: teams}, default: {from: path, segment: 1}}]}"))
                .utf8)
        for end in text.indices {
            let file = SourceFile(path: "a.yaml", bytes: Array(text[..<end]))
            let workspace = SourceFile(path: "bursar.yaml", text: plainWorkspace)
            _ = CaretPrinter().render(PolicyLoader.load(files: [file], workspace: workspace, now: november).diagnostics)
        }
    }
}
