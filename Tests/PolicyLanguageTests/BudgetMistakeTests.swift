import Testing

@Suite("mistakes in a budget")
struct BudgetMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 12000

                """,
                """
                a.yaml:5:11: error: 'amount' must be an amount with its currency such as 12000 USD, found '12000'; did you mean '12000 USD'?
                  5 |   amount: 12000
                    |           ^~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: "$12,000"

                """,
                """
                a.yaml:5:11: error: 'amount' must be an amount with its currency such as 12000 USD, found '$12,000'; did you mean '12000 USD'?
                  5 |   amount: "$12,000"
                    |           ^~~~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 12000 EUR

                """,
                """
                a.yaml:5:11: error: 'amount' is in EUR; the workspace's currency is USD
                  5 |   amount: 12000 EUR
                    |           ^~~~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: -5 USD
                  amounts: {2026-12: 99999999999999999 USD}

                """,
                """
                a.yaml:5:11: error: 'amount' must not be negative
                  5 |   amount: -5 USD
                    |           ^~~~~~
                a.yaml:6:22: error: '2026-12' must be at most 1,000,000,000,000
                  6 |   amounts: {2026-12: 99999999999999999 USD}
                    |                      ^~~~~~~~~~~~~~~~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5.0000000000000000001 USD

                """,
                """
                a.yaml:5:11: error: 'amount' must be an amount with its currency such as 12000 USD, found '5.0000000000000000001 USD'
                  5 |   amount: 5.0000000000000000001 USD
                    |           ^~~~~~~~~~~~~~~~~~~~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amont: 5 USD

                """,
                """
                a.yaml:5:3: error: unknown key 'amont' in 'spec'; did you mean 'amount'?
                  5 |   amont: 5 USD
                    |   ^~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}

                """,
                """
                a.yaml:3:1: error: missing 'amount' in 'spec'; it must be an amount with its currency such as 12000 USD
                  3 | spec:
                    | ^~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope:
                    where: "cost.servce == 'S3'"
                    accounts: [111122223333, 012]
                    tags: {critical: true}
                    regions: []
                  amount: 5 USD

                """,
                """
                a.yaml:5:18: error: unknown field 'servce' of cost_line; did you mean 'service'?
                  5 |     where: "cost.servce == 'S3'"
                    |                  ^~~~~~
                a.yaml:6:16: error: an entry of 'accounts' must be text, found the number 111122223333; put it in quotes
                  6 |     accounts: [111122223333, 012]
                    |                ^~~~~~~~~~~~
                a.yaml:6:30: error: an entry of 'accounts' must be text, found the number 012; put it in quotes
                  6 |     accounts: [111122223333, 012]
                    |                              ^~~
                a.yaml:7:22: error: 'critical' must be text, found true; put it in quotes
                  7 |     tags: {critical: true}
                    |                      ^~~~
                a.yaml:8:14: error: 'regions' must not be empty
                  8 |     regions: []
                    |              ^~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  period: weekly
                  amounts: {2026-W01: 5 USD}

                """,
                """
                a.yaml:6:11: error: 'period' must be daily, monthly, quarterly or annually, found 'weekly'
                  6 |   period: weekly
                    |           ^~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  amounts: {2026-12: 6 USD, 2026-13: 7 USD, 2026-Q4: 8 USD}

                """,
                """
                a.yaml:6:29: error: '2026-13' is no period of a budget with 'period: monthly', written as 2026-12
                  6 |   amounts: {2026-12: 6 USD, 2026-13: 7 USD, 2026-Q4: 8 USD}
                    |                             ^~~~~~~
                a.yaml:6:45: error: '2026-Q4' is no period of a budget with 'period: monthly', written as 2026-12
                  6 |   amounts: {2026-12: 6 USD, 2026-13: 7 USD, 2026-Q4: 8 USD}
                    |                                             ^~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  period: quarterly
                  amounts: {2026-Q4: 6 USD, 2026-Q5: 7 USD}

                """,
                """
                a.yaml:7:29: error: '2026-Q5' is no period of a budget with 'period: quarterly', written as 2026-Q4
                  7 |   amounts: {2026-Q4: 6 USD, 2026-Q5: 7 USD}
                    |                             ^~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  period: annually
                  amounts: {2026: 6 USD, 2026-12: 7 USD}

                """,
                """
                a.yaml:7:26: error: '2026-12' is no period of a budget with 'period: annually', written as 2026
                  7 |   amounts: {2026: 6 USD, 2026-12: 7 USD}
                    |                          ^~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  period: daily
                  amounts: {2026-12-24: 6 USD, 2026-12-32: 7 USD}

                """,
                """
                a.yaml:7:32: error: '2026-12-32' is no period of a budget with 'period: daily', written as 2026-12-24
                  7 |   amounts: {2026-12-24: 6 USD, 2026-12-32: 7 USD}
                    |                                ^~~~~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  alerts:
                    - {above: 80}
                    - {above: 0%}
                    - {when: forcast, above: 2000%}
                    - {when: actual}

                """,
                """
                a.yaml:7:15: error: 'above' must be a percentage above 0% and at most 1000% such as 60%, found '80'; did you mean '80%'?
                  7 |     - {above: 80}
                    |               ^~
                a.yaml:8:15: error: 'above' must be a percentage above 0% and at most 1000% such as 60%, found '0%'
                  8 |     - {above: 0%}
                    |               ^~
                a.yaml:9:14: error: 'when' must be actual, forecast or estimate, found 'forcast'; did you mean 'forecast'?
                  9 |     - {when: forcast, above: 2000%}
                    |              ^~~~~~~
                a.yaml:9:30: error: 'above' must be a percentage above 0% and at most 1000% such as 60%, found '2000%'
                  9 |     - {when: forcast, above: 2000%}
                    |                              ^~~~~
                a.yaml:10:8: error: missing 'above' in an entry of 'alerts'; it must be a percentage above 0% and at most 1000% such as 60%
                  10 |     - {when: actual}
                     |        ^~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  alerts:
                    - {above: 80%}
                    - {above: 80.0%, severity: high}

                """,
                """
                a.yaml:8:7: error: this alert repeats another's threshold
                  8 |     - {above: 80.0%, severity: high}
                    |       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                a.yaml:7:7: note: first stated here
                  7 |     - {above: 80%}
                    |       ^~~~~~~~~~~~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 5 USD
                  include: {tax: yes, credits: 1}
                  alerts: []

                """,
                """
                a.yaml:6:18: error: 'tax' must be true or false, found 'yes'; did you mean 'true'?
                  6 |   include: {tax: yes, credits: 1}
                    |                  ^~~
                a.yaml:6:32: error: 'credits' must be true or false, found the number 1
                  6 |   include: {tax: yes, credits: 1}
                    |                                ^
                a.yaml:7:11: error: 'alerts' must not be empty
                  7 |   alerts: []
                    |           ^~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: &s {tag: {a: b}}
                  amount: *s

                """,
                """
                a.yaml:4:14: error: unknown key 'tag' in 'scope'; did you mean 'tags'?
                  4 |   scope: &s {tag: {a: b}}
                    |              ^~~
                a.yaml:5:11: error: 'amount' must be an amount with its currency such as 12000 USD, found a mapping
                  5 |   amount: *s
                    |           ^~

                """
            ),
            (
                """
                kind: Budget
                metadata: {name: x}
                spec:
                  scope: {}
                  amount: 2 USD
                  per: orders
                  burn: true
                  plan: [{from: 2026-12-01, change: +4 USD/day, why: a sale}]
                  alerts: [{when: forecast, above: 100%}]
                  cost: billed

                """,
                """
                a.yaml:6:8: error: unknown metric 'orders'
                  6 |   per: orders
                    |        ^~~~~~
                a.yaml:7:3: error: 'burn' does not go with 'per': what will be counted is not forecast
                  7 |   burn: true
                    |   ^~~~
                a.yaml:8:3: error: 'plan' does not go with 'per': what will be counted is not forecast
                  8 |   plan: [{from: 2026-12-01, change: +4 USD/day, why: a sale}]
                    |   ^~~~
                a.yaml:9:3: error: an alert with 'when: forecast' does not go with 'per': what will be counted is not forecast
                  9 |   alerts: [{when: forecast, above: 100%}]
                    |   ^~~~~~
                a.yaml:10:3: error: billed cost belongs to billing months, and 'per' counts days: not with 'per'
                  10 |   cost: billed
                     |   ^~~~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
