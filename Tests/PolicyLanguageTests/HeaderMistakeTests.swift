import Testing

@Suite("mistakes in what every policy may say")
struct HeaderMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  severity: hgih
                  enforcement: deny
                  level: 4
                  fixWithin: 14
                  exemptible: no
                  fix: 1

                """,
                """
                a.yaml:6:13: error: 'severity' must be low, medium, high or critical, found 'hgih'; did you mean 'high'?
                  6 |   severity: hgih
                    |             ^~~~
                a.yaml:7:16: error: 'enforcement' must be block, warn or shadow, found 'deny'
                  7 |   enforcement: deny
                    |                ^~~~
                a.yaml:8:10: error: 'level' must be a whole number from 1 to 3, found '4'
                  8 |   level: 4
                    |          ^
                a.yaml:9:14: error: 'fixWithin' must be a duration such as 30d or 72h, found '14'; did you mean '14d'?
                  9 |   fixWithin: 14
                    |              ^~
                a.yaml:10:15: error: 'exemptible' must be true or false, found 'no'; did you mean 'false'?
                  10 |   exemptible: no
                     |               ^~
                a.yaml:11:8: error: 'fix' must be automatic, review or advisory, found the number 1
                  11 |   fix: 1
                     |        ^

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  description: 5
                  owner: [me]
                  docs: " "
                  fixWithin: 0d

                """,
                """
                a.yaml:6:16: error: 'description' must be text, found the number 5; put it in quotes
                  6 |   description: 5
                    |                ^
                a.yaml:7:10: error: 'owner' must be text, found a list
                  7 |   owner: [me]
                    |          ^~~~
                a.yaml:8:9: error: 'docs' must not be empty
                  8 |   docs: " "
                    |         ^~~
                a.yaml:9:14: error: 'fixWithin' must be above 0 and at most 3660d, found '0d'
                  9 |   fixWithin: 0d
                    |              ^~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
