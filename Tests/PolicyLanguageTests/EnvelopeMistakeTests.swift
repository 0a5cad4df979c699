import Testing

@Suite("mistakes in what every document begins with")
struct EnvelopeMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: Taem
                metadata: {name: x}
                spec: {}
                ---
                kind: Policy
                metadata: {name: x}
                spec: {}

                """,
                """
                a.yaml:1:7: error: unknown kind 'Taem'; did you mean 'Team'?
                  1 | kind: Taem
                    |       ^~~~
                a.yaml:5:7: error: unknown kind 'Policy'; known are Workspace, Team, Budget, AnomalyPolicy, CommitmentPolicy, EgressPolicy, Guardrail, TaggingPolicy, RightsizingPolicy, Rule, DriftPolicy, SchedulePolicy, ServiceLevel, Allocation, Metric, TagRule, Exemption, Baseline, Notification, Scenario, Campaign, Test
                  5 | kind: Policy
                    |       ^~~~~~

                """
            ),
            (
                """
                kind: Team
                metadata: {name: Pay_ments}
                spec: {}
                ---
                kind: Team
                metadata: {name: 7}
                spec: {}

                """,
                """
                a.yaml:2:18: error: 'name' must be a name of lower-case letters, digits and '-' (at most 63) such as payments, found 'Pay_ments'; did you mean 'pay-ments'?
                  2 | metadata: {name: Pay_ments}
                    |                  ^~~~~~~~~
                a.yaml:6:18: error: 'name' must be a name of lower-case letters, digits and '-' (at most 63) such as payments, found the number 7; put it in quotes
                  6 | metadata: {name: 7}
                    |                  ^

                """
            ),
            (
                """
                kind: Team
                metadata: {nam: payments}

                """,
                """
                a.yaml:1:1: error: missing 'spec' in this object; it must be a mapping
                  1 | kind: Team
                    | ^~~~
                a.yaml:2:12: error: unknown key 'nam' in 'metadata'; did you mean 'name'?
                  2 | metadata: {nam: payments}
                    |            ^~~

                """
            ),
            (
                """
                apiVersion: bursar/v2
                kind: Team
                metadata: {name: x}
                spec: {}

                """,
                """
                a.yaml:1:13: error: 'apiVersion' must be 'bursar/v1', found 'bursar/v2'
                  1 | apiVersion: bursar/v2
                    |             ^~~~~~~~~

                """
            ),
            (
                """
                kind: [Team]
                metadata: x
                spec: []

                """,
                """
                a.yaml:1:7: error: 'kind' must be text, found a list
                  1 | kind: [Team]
                    |       ^~~~~~
                a.yaml:2:11: error: 'metadata' must be a mapping with 'name', found 'x'
                  2 | metadata: x
                    |           ^

                """
            ),
            (
                """
                - a
                - b

                """,
                """
                a.yaml:1:1: error: this object must be a mapping with 'apiVersion', 'kind', 'metadata' and 'spec', found a list
                  1 | - a
                    | ^~~

                """
            ),
            (
                """
                # A file with a comment and an empty document is fine.
                ---

                """,
                """

                """
            ),
            (
                """
                metadata: {name: x}
                spec: {}
                kid: Team

                """,
                """
                a.yaml:3:1: error: unknown key 'kid' in this object; did you mean 'kind'?
                  3 | kid: Team
                    | ^~~

                """
            ),
            (
                """
                kind: Team
                metadata: {name: x}
                spec: ~

                """,
                """
                a.yaml:3:7: error: 'spec' must be a mapping with 'parent', 'costCenter', 'contact', 'owns' and 'game', found nothing
                  3 | spec: ~
                    |       ^

                """
            ),
            (
                """
                kind: Team
                metadata: {name: x, name: y}
                spec: {}
                kind: Team

                """,
                """
                a.yaml:2:21: error: duplicate key 'name'
                  2 | metadata: {name: x, name: y}
                    |                     ^~~~
                a.yaml:2:12: note: first written here
                  2 | metadata: {name: x, name: y}
                    |            ^~~~
                a.yaml:4:1: error: duplicate key 'kind'
                  4 | kind: Team
                    | ^~~~
                a.yaml:1:1: note: first written here
                  1 | kind: Team
                    | ^~~~

                """
            ),
            (
                """
                kind: Rule
                metadata: {name: gp3}
                spec: {assert: "true"}

                """,
                """
                a.yaml:3:1: error: missing 'message' in 'spec'; it must be text
                  3 | spec: {assert: "true"}
                    | ^~~~

                """
            ),
            (
                """
                kind: Workspace
                metadata: {name: x}
                spec: {currency: USD, policies: [a]}

                """,
                """
                a.yaml:1:7: error: a Workspace belongs into the workspace's own file only
                  1 | kind: Workspace
                    |       ^~~~~~~~~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
