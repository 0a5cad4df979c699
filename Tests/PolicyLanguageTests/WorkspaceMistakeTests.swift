import Testing

@Suite("mistakes in the workspace")
struct WorkspaceMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """

                """,
                """
                bursar.yaml:1:1: error: bursar.yaml holds no object of kind Workspace
                  1 | 
                    | ^

                """
            ),
            (
                """
                kind: Workspace
                metadata: {name: acme}
                spec: {}

                """,
                """
                bursar.yaml:1:7: error: missing 'apiVersion: bursar/v1' in this object
                  1 | kind: Workspace
                    |       ^~~~~~~~~
                bursar.yaml:3:1: error: missing 'currency' in 'spec'; it must be an ISO 4217 code such as USD or EUR
                  3 | spec: {}
                    | ^~~~
                bursar.yaml:3:1: error: missing 'policies' in 'spec'; it must be a list
                  3 | spec: {}
                    | ^~~~

                """
            ),
            (
                """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: acme}
                spec: {currency: USD, policies: [policies]}
                ---
                kind: Workspace
                apiVersion: bursar/v1
                metadata: {name: other}
                spec: {currency: USD, policies: [policies]}

                """,
                """
                bursar.yaml:8:18: error: a second Workspace: there is one in a workspace
                  8 | metadata: {name: other}
                    |                  ^~~~~
                bursar.yaml:3:18: note: the first is here
                  3 | metadata: {name: acme}
                    |                  ^~~~

                """
            ),
            (
                """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: acme}
                spec:
                  currency: usd
                  policies: [../up, /abs, .git/hooks, policies]

                """,
                """
                bursar.yaml:5:13: error: 'currency' must be an ISO 4217 code such as USD or EUR, found 'usd'; did you mean 'USD'?
                  5 |   currency: usd
                    |             ^~~
                bursar.yaml:6:14: error: an entry of 'policies' must be a path inside the workspace such as policies or infra: '..' would leave it
                  6 |   policies: [../up, /abs, .git/hooks, policies]
                    |              ^~~~~
                bursar.yaml:6:21: error: an entry of 'policies' must be a path inside the workspace such as policies or infra: '/abs' is absolute
                  6 |   policies: [../up, /abs, .git/hooks, policies]
                    |                     ^~~~
                bursar.yaml:6:27: error: an entry of 'policies' must be a path inside the workspace such as policies or infra: '.git' is Git's own
                  6 |   policies: [../up, /abs, .git/hooks, policies]
                    |                           ^~~~~~~~~~

                """
            ),
            (
                """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: acme}
                spec:
                  currency: USD
                  policies: []
                  scoring: {materiality: 1000 EUR, freeze: [{from: 2027-01-04, to: 2026-12-20}, {from: 2026-02-30}]}
                  remediation: {branchPrefix: "a b", maxChangesPerPlan: 0, author: me, verify: true}

                """,
                """
                bursar.yaml:6:13: error: 'policies' must not be empty
                  6 |   policies: []
                    |             ^~
                bursar.yaml:7:26: error: 'materiality' is in EUR; the workspace's currency is USD
                  7 |   scoring: {materiality: 1000 EUR, freeze: [{from: 2027-01-04, to: 2026-12-20}, {from: 2026-02-30}]}
                    |                          ^~~~~~~~
                bursar.yaml:7:45: error: a time of 'freeze' must not end before it begins
                  7 |   scoring: {materiality: 1000 EUR, freeze: [{from: 2027-01-04, to: 2026-12-20}, {from: 2026-02-30}]}
                    |                                             ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                bursar.yaml:7:82: error: missing 'to' in an entry of 'freeze'; it must be a date such as 2027-01-31
                  7 |   scoring: {materiality: 1000 EUR, freeze: [{from: 2027-01-04, to: 2026-12-20}, {from: 2026-02-30}]}
                    |                                                                                  ^~~~
                bursar.yaml:7:88: error: 'from' must be a date such as 2027-01-31, found '2026-02-30'
                  7 |   scoring: {materiality: 1000 EUR, freeze: [{from: 2027-01-04, to: 2026-12-20}, {from: 2026-02-30}]}
                    |                                                                                        ^~~~~~~~~~
                bursar.yaml:8:31: error: 'branchPrefix' must be the beginning of a branch's name such as bursar/, found 'a b'
                  8 |   remediation: {branchPrefix: "a b", maxChangesPerPlan: 0, author: me, verify: true}
                    |                               ^~~~~
                bursar.yaml:8:57: error: 'maxChangesPerPlan' must be a whole number from 1 to 100000, found '0'
                  8 |   remediation: {branchPrefix: "a b", maxChangesPerPlan: 0, author: me, verify: true}
                    |                                                         ^
                bursar.yaml:8:68: error: 'author' must be a name and an address such as Bursar <bursar@example.com>, found 'me'
                  8 |   remediation: {branchPrefix: "a b", maxChangesPerPlan: 0, author: me, verify: true}
                    |                                                                    ^~
                bursar.yaml:8:72: error: 'verify' is not supported by this version
                  8 |   remediation: {branchPrefix: "a b", maxChangesPerPlan: 0, author: me, verify: true}
                    |                                                                        ^~~~~~

                """
            ),
            (
                """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: acme}
                spec:
                  currency: USD
                  policies: [policies]
                  scoring: {badges: {branch: bursar/badges, amounts: 1}}

                """,
                """
                bursar.yaml:7:21: error: the branch of 'badges' must not be among those of proposed fixes, whose names begin with 'bursar/'
                  7 |   scoring: {badges: {branch: bursar/badges, amounts: 1}}
                    |                     ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                bursar.yaml:7:54: error: 'amounts' must be true or false, found the number 1
                  7 |   scoring: {badges: {branch: bursar/badges, amounts: 1}}
                    |                                                      ^

                """
            ),
            (
                """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: acme}
                spec:
                  currency: USD
                  policies: [policies]
                  scoring: {badges: {branch: "pictures.lock"}}

                """,
                """
                bursar.yaml:7:30: error: 'branch' must be the name of a branch such as bursar-badges, found 'pictures.lock'
                  7 |   scoring: {badges: {branch: "pictures.lock"}}
                    |                              ^~~~~~~~~~~~~~~

                """
            ),
            (
                """
                apiVersion: bursar/v1
                kind: Workspace
                metadata: {name: acme}
                spec:
                  currency: USD
                  policies: [policies]
                  observe:
                    cost:
                      - {name: billing, format: cur, paths: ["observed/{root}/*.csv.gz"], maxAge: never}
                      - {name: billing, format: fcous, paths: [], delivery: snapshots}
                    inventory:
                      - {name: infra, format: terraform, path: ../infra, state: ["state/{rot}.tfstate"]}
                      - {name: clusters, format: kubernetes, path: deploy}
                      - {name: stacks, format: cloudformation, path: stacks}
                    utilization:
                      - {name: metrics, format: datadog, paths: ["/abs/u.csv", "../out/*.csv"]}
                    inventroy: []

                """,
                """
                bursar.yaml:9:33: error: format 'cur' is not supported by this version; it must be auto, focus, aws-cur, aws-cur2, azure, gcp, oci, cost-explorer or opencost
                  9 |       - {name: billing, format: cur, paths: ["observed/{root}/*.csv.gz"], maxAge: never}
                    |                                 ^~~
                bursar.yaml:9:56: error: unknown placeholder '{root}'; this path can have none
                  9 |       - {name: billing, format: cur, paths: ["observed/{root}/*.csv.gz"], maxAge: never}
                    |                                                        ^~~~~~
                bursar.yaml:9:83: error: 'maxAge' must be a duration such as 30d or 72h or 'none', found 'never'
                  9 |       - {name: billing, format: cur, paths: ["observed/{root}/*.csv.gz"], maxAge: never}
                    |                                                                                   ^~~~~
                bursar.yaml:10:33: error: 'format' must be auto, focus, aws-cur, aws-cur2, azure, gcp, oci, cost-explorer or opencost, found 'fcous'; did you mean 'focus'?
                  10 |       - {name: billing, format: fcous, paths: [], delivery: snapshots}
                     |                                 ^~~~~
                bursar.yaml:10:47: error: 'paths' must not be empty
                  10 |       - {name: billing, format: fcous, paths: [], delivery: snapshots}
                     |                                               ^~
                bursar.yaml:10:61: error: 'delivery' must be parts or snapshot, found 'snapshots'; did you mean 'snapshot'?
                  10 |       - {name: billing, format: fcous, paths: [], delivery: snapshots}
                     |                                                             ^~~~~~~~~
                bursar.yaml:12:48: error: 'path' must be a path inside the workspace such as policies or infra: '..' would leave it
                  12 |       - {name: infra, format: terraform, path: ../infra, state: ["state/{rot}.tfstate"]}
                     |                                                ^~~~~~~~
                bursar.yaml:12:73: error: unknown placeholder '{rot}'; known is {root}; did you mean 'root'?
                  12 |       - {name: infra, format: terraform, path: ../infra, state: ["state/{rot}.tfstate"]}
                     |                                                                         ^~~~~
                bursar.yaml:13:34: error: format 'kubernetes' is not supported by this version; it must be 'terraform'
                  13 |       - {name: clusters, format: kubernetes, path: deploy}
                     |                                  ^~~~~~~~~~
                bursar.yaml:14:32: error: format 'cloudformation' is not supported by this version; it must be 'terraform'
                  14 |       - {name: stacks, format: cloudformation, path: stacks}
                     |                                ^~~~~~~~~~~~~~
                bursar.yaml:16:33: error: format 'datadog' is not supported by this version; it must be csv, cloudwatch, azure-monitor, google-monitoring or prometheus
                  16 |       - {name: metrics, format: datadog, paths: ["/abs/u.csv", "../out/*.csv"]}
                     |                                 ^~~~~~~
                bursar.yaml:17:5: error: unknown key 'inventroy' in 'observe'; known are cost, inventory, utilization, rates, cloud, recommendations, logs, instanceCatalog, prices, usage
                  17 |     inventroy: []
                     |     ^~~~~~~~~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(workspace: text) == expected)
    }
}
