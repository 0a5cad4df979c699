import Testing

@Suite("mistakes between objects")
struct CrossFileTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                [
                    """
                    kind: Team
                    metadata: {name: pay}
                    spec:
                      costCenter: CC-1

                    """,
                    """
                    kind: Team
                    metadata: {name: pay}
                    spec:
                      costCenter: CC-2
                    ---
                    kind: Budget
                    metadata: {name: pay}
                    spec:
                      scope: {}
                      amount: 5 USD

                    """,
                ],
                """
                b.yaml:2:18: error: Team 'pay' exists already
                  2 | metadata: {name: pay}
                    |                  ^~~
                a.yaml:2:18: note: first named here
                  2 | metadata: {name: pay}
                    |                  ^~~

                """
            ),
            (
                [
                    """
                    kind: Team
                    metadata: {name: pay}
                    spec:
                      parent: enginering

                    """,
                    """
                    kind: Team
                    metadata: {name: engineering}
                    spec:
                      contact: x
                    ---
                    kind: Budget
                    metadata: {name: x}
                    spec:
                      scope: {team: apy}
                      amount: 5 USD

                    """,
                ],
                """
                a.yaml:4:11: error: unknown team 'enginering'; did you mean 'engineering'?
                  4 |   parent: enginering
                    |           ^~~~~~~~~~
                b.yaml:9:17: error: unknown team 'apy'; did you mean 'pay'?
                  9 |   scope: {team: apy}
                    |                 ^~~

                """
            ),
            (
                [
                    """
                    kind: Team
                    metadata: {name: a}
                    spec:
                      parent: b
                    ---
                    kind: Team
                    metadata: {name: b}
                    spec:
                      parent: c
                    ---
                    kind: Team
                    metadata: {name: c}
                    spec:
                      parent: a
                    ---
                    kind: Team
                    metadata: {name: d}
                    spec:
                      parent: d
                    ---
                    kind: Team
                    metadata: {name: e}
                    spec:
                      parent: a

                    """
                ],
                """
                a.yaml:4:11: error: team 'a' is its own ancestor: a → b → c → a
                  4 |   parent: b
                    |           ^
                a.yaml:19:11: error: team 'd' is its own ancestor: d → d
                  19 |   parent: d
                     |           ^

                """
            ),
            (
                [
                    """
                    kind: Team
                    metadata: {name: a}
                    spec:
                      owns:
                        - tags: {team: pay, env: prod}
                        - paths: ["infra/**", "app/"]
                        - accounts: ["1"]

                    """,
                    """
                    kind: Team
                    metadata: {name: b}
                    spec:
                      owns:
                        - tags: {env: prod, team: pay}
                        - paths: ["app/**"]
                        - accounts: ["2", "1"]

                    """,
                ],
                """
                a.yaml:5:13: error: env=prod, team=pay is claimed by team 'b' as well
                  5 |     - tags: {team: pay, env: prod}
                    |             ^~~~~~~~~~~~~~~~~~~~~~
                b.yaml:5:13: note: claimed here too
                  5 |     - tags: {env: prod, team: pay}
                    |             ^~~~~~~~~~~~~~~~~~~~~~
                a.yaml:6:27: error: path 'app/**' is claimed by team 'b' as well
                  6 |     - paths: ["infra/**", "app/"]
                    |                           ^~~~~~
                b.yaml:6:15: note: claimed here too
                  6 |     - paths: ["app/**"]
                    |               ^~~~~~~~
                a.yaml:7:18: error: account '1' is claimed by team 'b' as well
                  7 |     - accounts: ["1"]
                    |                  ^~~
                b.yaml:7:23: note: claimed here too
                  7 |     - accounts: ["2", "1"]
                    |                       ^~~
                b.yaml:5:13: error: env=prod, team=pay is claimed by team 'a' as well
                  5 |     - tags: {env: prod, team: pay}
                    |             ^~~~~~~~~~~~~~~~~~~~~~
                a.yaml:5:13: note: claimed here too
                  5 |     - tags: {team: pay, env: prod}
                    |             ^~~~~~~~~~~~~~~~~~~~~~
                b.yaml:6:15: error: path 'app/**' is claimed by team 'a' as well
                  6 |     - paths: ["app/**"]
                    |               ^~~~~~~~
                a.yaml:6:27: note: claimed here too
                  6 |     - paths: ["infra/**", "app/"]
                    |                           ^~~~~~
                b.yaml:7:23: error: account '1' is claimed by team 'a' as well
                  7 |     - accounts: ["2", "1"]
                    |                       ^~~
                a.yaml:7:18: note: claimed here too
                  7 |     - accounts: ["1"]
                    |                  ^~~

                """
            ),
            (
                [
                    """
                    kind: Team
                    metadata: {name: a}
                    spec:
                      owns:
                        - tags: {team: pay}
                        - tags: {team: pay}
                        - paths: ["infra/**"]

                    """,
                    """
                    kind: Team
                    metadata: {name: b}
                    spec:
                      owns:
                        - tags: {team: pay, env: prod}
                        - paths: ["infra/pay/**"]

                    """,
                ],
                """

                """
            ),
            (
                [
                    """
                    kind: Exemption
                    metadata: {name: x}
                    spec:
                      policies: [cost-alocation, strict]
                      reason: r
                      approvedBy: me
                      expires: 2027-04-30

                    """,
                    """
                    kind: TaggingPolicy
                    metadata: {name: cost-allocation}
                    spec:
                      require: [{key: a}]
                    ---
                    kind: TaggingPolicy
                    metadata: {name: strict}
                    spec:
                      exemptible: false
                      require: [{key: a}]

                    """,
                ],
                """
                a.yaml:4:14: error: unknown policy 'cost-alocation'; did you mean 'cost-allocation'?
                  4 |   policies: [cost-alocation, strict]
                    |              ^~~~~~~~~~~~~~
                a.yaml:4:30: error: policy 'strict' allows no exemption
                  4 |   policies: [cost-alocation, strict]
                    |                              ^~~~~~
                b.yaml:9:3: note: said here
                  9 |   exemptible: false
                    |   ^~~~~~~~~~

                """
            ),
            (
                [
                    """
                    kind: Budget
                    metadata: {name: x}
                    spec:
                      scope: {team: payments}
                      amount: 5 USD

                    """,
                    """
                    kind: Taem
                    metadata: {name: payments}
                    spec: {}

                    """,
                ],
                """
                b.yaml:1:7: error: unknown kind 'Taem'; did you mean 'Team'?
                  1 | kind: Taem
                    |       ^~~~

                """
            ),
            (
                [
                    """
                    kind: Budget
                    metadata: {name: x}
                    spec:
                      scope: {team: Pay_ments}
                      amount: 5 USD

                    """,
                    """
                    kind: Team
                    metadata: {name: Pay_ments}
                    spec: {}

                    """,
                ],
                """
                b.yaml:2:18: error: 'name' must be a name of lower-case letters, digits and '-' (at most 63) such as payments, found 'Pay_ments'; did you mean 'pay-ments'?
                  2 | metadata: {name: Pay_ments}
                    |                  ^~~~~~~~~

                """
            ),
            (
                [
                    """
                    kind: Budget
                    metadata: {name: x}
                    spec:
                      scope: {}
                      amount: 5 USD
                    ---
                    kind: [

                    """,
                    """
                    kind: Budget
                    metadata: {name: x}
                    spec:
                      scope: {team: x}
                      amount: 5

                    """,
                ],
                """
                a.yaml:8:1: error: expected a value, found the end of the file
                  8 | 
                    | ^
                b.yaml:2:18: error: Budget 'x' exists already
                  2 | metadata: {name: x}
                    |                  ^
                a.yaml:2:18: note: first named here
                  2 | metadata: {name: x}
                    |                  ^
                b.yaml:5:11: error: 'amount' must be an amount with its currency such as 12000 USD, found '5'; did you mean '5 USD'?
                  5 |   amount: 5
                    |           ^

                """
            ),
        ] as [([String], String)])
    func shown(files: [String], expected: String) {
        #expect(complaints(files) == expected)
    }
}
