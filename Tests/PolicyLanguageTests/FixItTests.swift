import Diagnostics
import Testing

@Suite("fix-its")
struct FixItTests {
    /// In the first text every line has a mistake; the second is the text with every fix-it made.
    @Test(
        "mend what they can",
        arguments: [
            (
                """
                apiVersion: v1
                kind: Budgt
                metadata: {name: x}
                spec: {}
                """,
                """
                apiVersion: bursar/v1
                kind: Budget
                metadata: {name: x}
                spec: {}
                """
            ),
            (
                """
                kind: Budget
                metadata: {name: Cost_Center}
                spec:
                  scope: {acounts: ["1"], services: [7], tags: {a: 012}}
                  amount: "$12,000"
                  severty: high
                  enforcement: blok
                  exemptible: no
                  fixWithin: 14
                  alerts: [{above: 80}]
                """,
                """
                kind: Budget
                metadata: {name: cost-center}
                spec:
                  scope: {accounts: ["1"], services: ["7"], tags: {a: "012"}}
                  amount: 12000 USD
                  severity: high
                  enforcement: block
                  exemptible: false
                  fixWithin: 14d
                  alerts: [{above: 80%}]
                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: env, values: [prod, staging], default: prd}
                    - {key: owner, default: {from: team.nme}}
                ---
                kind: Exemption
                metadata: {name: y}
                spec: {policies: [x], reason: because, approvedBy: me, expires: 2030-01-01}
                ---
                kind: Team
                metadata: {name: payments}
                spec: {}
                ---
                kind: Team
                metadata: {name: ledger}
                spec: {parent: payment}
                """,
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: env, values: [prod, staging], default: prod}
                    - {key: owner, default: {from: team.name}}
                ---
                kind: Exemption
                metadata: {name: y}
                spec: {policies: [x], reason: because, approvedBy: me, expires: 2027-04-30}
                ---
                kind: Team
                metadata: {name: payments}
                spec: {}
                ---
                kind: Team
                metadata: {name: ledger}
                spec: {parent: payments}
                """
            ),
        ])
    func fix(text: String, expected: String) {
        #expect(fixed(text) == expected)
        // What is mended stays so: only what no fix-it knows is left.
        #expect(fixed(expected) == expected)
    }

    @Test("never guess where a comma may be a decimal point", arguments: ["12,50 USD", "1.000,50 USD", "12,0000"])
    func comma(amount: String) {
        let text = object("Budget", "{scope: {}, amount: \"\(amount)\"}")
        #expect(fixed(text) == text)
    }

    @Test("put what reads as something else in quotes")
    func quotes() {
        let text = object("TaggingPolicy", "{require: [{key: a, values: [\"false\", \"on\"], default: fals}]}")
        #expect(fixed(text) == text.replacing("default: fals", with: "default: \"false\""))
    }

    @Test("an alias is replaced, not what it repeats")
    func alias() {
        let text = object("Budget", "{scope: {accounts: [&a 7, *a]}, amount: 5 USD}")
        #expect(fixed(text) == object("Budget", "{scope: {accounts: [&a \"7\", \"7\"]}, amount: 5 USD}"))
    }

    @Test("the workspace's missing version is added in front of its kind, behind a byte order mark")
    func version() throws {
        let file = SourceFile(
            path: "bursar.yaml", text: "\u{FEFF}kind: Workspace\nmetadata: {name: x}\nspec: {currency: USD, policies: [p]}\n")
        let edits = complaintsOf(workspace: file).flatMap { $0.fixIts.first?.edits ?? [] }
        let fixed = try #require(edits.applied(to: file.bytes))
        #expect(String(decoding: fixed, as: UTF8.self).hasPrefix("\u{FEFF}apiVersion: bursar/v1\nkind: Workspace\n"))
        #expect(complaintsOf(workspace: SourceFile(path: "bursar.yaml", bytes: fixed)).isEmpty)
    }
}
