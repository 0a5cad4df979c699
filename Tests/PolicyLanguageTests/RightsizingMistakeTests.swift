import Testing

@Suite("mistakes in a rightsizing policy")
struct RightsizingMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: RightsizingPolicy
                metadata: {name: x}
                spec:
                  cpu: {percentile: 101, target: 160%}
                  memory: {percentile: p95}
                  lookback: two weeks
                  minimumSamples: 0

                """,
                """
                a.yaml:4:21: error: 'percentile' must be a number above 0 and at most 100, found '101'
                  4 |   cpu: {percentile: 101, target: 160%}
                    |                     ^~~
                a.yaml:4:34: error: 'target' must be a percentage above 0% and at most 100% such as 60%, found '160%'
                  4 |   cpu: {percentile: 101, target: 160%}
                    |                                  ^~~~
                a.yaml:5:3: error: missing 'target' in 'memory'; it must be a percentage above 0% and at most 100% such as 60%
                  5 |   memory: {percentile: p95}
                    |   ^~~~~~
                a.yaml:5:24: error: 'percentile' must be a number above 0 and at most 100, found 'p95'
                  5 |   memory: {percentile: p95}
                    |                        ^~~
                a.yaml:6:13: error: 'lookback' must be a duration such as 30d or 72h, found 'two weeks'
                  6 |   lookback: two weeks
                    |             ^~~~~~~~~
                a.yaml:7:19: error: 'minimumSamples' must be a whole number from 1 to 10000000, found '0'
                  7 |   minimumSamples: 0
                    |                   ^

                """
            ),
            (
                """
                kind: RightsizingPolicy
                metadata: {name: x}
                spec:
                  cpu: {percentile: 0, target: 0%}
                  guardrails:
                    maxStep: 0
                    families: some
                    minimumMonthlySavings: -1 USD
                    exclude: {tags: {critical: true}}

                """,
                """
                a.yaml:4:21: error: 'percentile' must be a number above 0 and at most 100, found '0'
                  4 |   cpu: {percentile: 0, target: 0%}
                    |                     ^
                a.yaml:4:32: error: 'target' must be a percentage above 0% and at most 100% such as 60%, found '0%'
                  4 |   cpu: {percentile: 0, target: 0%}
                    |                                ^~
                a.yaml:6:14: error: 'maxStep' must be a whole number from 1 to 100, found '0'
                  6 |     maxStep: 0
                    |              ^
                a.yaml:7:15: error: 'families' must be same or any, found 'some'; did you mean 'same'?
                  7 |     families: some
                    |               ^~~~
                a.yaml:8:28: error: 'minimumMonthlySavings' must not be negative
                  8 |     minimumMonthlySavings: -1 USD
                    |                            ^~~~~~
                a.yaml:9:32: error: 'critical' must be text, found true; put it in quotes
                  9 |     exclude: {tags: {critical: true}}
                    |                                ^~~~

                """
            ),
            (
                """
                kind: RightsizingPolicy
                metadata: {name: x}
                spec:
                  match: {types: [aws_instance]}

                """,
                """
                a.yaml:3:1: error: 'spec' states none of 'cpu', 'memory' and 'idle'
                  3 | spec:
                    | ^~~~

                """
            ),
            (
                """
                kind: RightsizingPolicy
                metadata: {name: x}
                spec:
                  idle: {cpuBelow: 3, for: 14}
                  guardrails: {families: []}

                """,
                """
                a.yaml:4:20: error: 'cpuBelow' must be a percentage above 0% and at most 100% such as 60%, found '3'; did you mean '3%'?
                  4 |   idle: {cpuBelow: 3, for: 14}
                    |                    ^
                a.yaml:4:28: error: 'for' must be a duration such as 30d or 72h, found '14'; did you mean '14d'?
                  4 |   idle: {cpuBelow: 3, for: 14}
                    |                            ^~
                a.yaml:5:26: error: 'families' must not be empty
                  5 |   guardrails: {families: []}
                    |                          ^~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }

    @Test(
        "a share is taken for a percentage, and weeks for days; what nobody can tell is not guessed at",
        arguments: [
            ("0.6", "14d", "'60%'"), ("60", "14d", "'60%'"), ("0.005", "14d", "'0.5%'"), ("160", "14d", nil), ("60%", "2w", "'14d'"),
            ("60%", "2 weeks", "'14d'"), ("60%", "36 hours", "'36h'"), ("60%", "600w", nil), ("60%", "two weeks", nil),
        ] as [(String, String, String?)])
    func meant(target: String, lookback: String, hint: String?) {
        let said = complaints(
            """
            kind: RightsizingPolicy
            metadata: {name: x}
            spec:
              lookback: \(lookback)
              cpu: {percentile: 95, target: \(target)}

            """)
        #expect(said.contains("error:"))
        #expect(said.contains("did you mean") == (hint != nil), "\(said)")
        if let hint { #expect(said.contains("did you mean \(hint)?"), "\(said)") }
    }
}
