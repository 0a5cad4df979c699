import Testing

@Suite("mistakes in an exemption")
struct ExemptionMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: Exemption
                metadata: {name: x}
                spec:
                  policies: []
                  reason: ''
                  expires: 2027-02-30

                """,
                """
                a.yaml:3:1: error: missing 'approvedBy' in 'spec'; it must be text
                  3 | spec:
                    | ^~~~
                a.yaml:4:13: error: 'policies' must not be empty
                  4 |   policies: []
                    |             ^~
                a.yaml:5:11: error: 'reason' must not be empty
                  5 |   reason: ''
                    |           ^~
                a.yaml:6:12: error: 'expires' must be a date such as 2027-01-31, found '2027-02-30'
                  6 |   expires: 2027-02-30
                    |            ^~~~~~~~~~

                """
            ),
            (
                """
                kind: Exemption
                metadata: {name: x}
                spec:
                  reason: r
                  approvedBy: me
                  expires: 2027-05-01

                """,
                """
                a.yaml:3:1: error: 'spec' must state 'policies', 'resources' or both
                  3 | spec:
                    | ^~~~
                a.yaml:6:12: error: 'expires' is more than 180 days ahead; the latest day is 2027-04-30
                  6 |   expires: 2027-05-01
                    |            ^~~~~~~~~~

                """
            ),
            (
                """
                kind: Exemption
                metadata: {name: x}
                spec:
                  resources: ["aws_*", ""]
                  reason: r
                  approvedBy: me
                  expires: soon

                """,
                """
                a.yaml:4:24: error: an entry of 'resources' must not be empty
                  4 |   resources: ["aws_*", ""]
                    |                        ^~
                a.yaml:7:12: error: 'expires' must be a date such as 2027-01-31, found 'soon'
                  7 |   expires: soon
                    |            ^~~~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
