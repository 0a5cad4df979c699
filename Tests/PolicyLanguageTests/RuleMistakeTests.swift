import Testing

@testable import PolicyLanguage

@Suite("mistakes in rules and tests")
struct RuleMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: Rule
                metadata: {name: x}
                spec:
                  match: {types: [aws_ebs_volume], where: "resource.monthlycost > usd(10)"}
                  assert: 'resource.attributes.size <'
                  message: "{resource.adress} is } wrong"
                  atStake: "'much'"
                  parameters: {1st: 3, list: [1, [2]]}
                  fix: {mode: reviw, set: {"a..b": 3, type: [x]}}

                """,
                """
                a.yaml:4:53: error: unknown field 'monthlycost' of resource; did you mean 'monthlyCost'?
                  4 |   match: {types: [aws_ebs_volume], where: "resource.monthlycost > usd(10)"}
                    |                                                     ^~~~~~~~~~~
                a.yaml:5:37: error: expected an expression, found the end
                  5 |   assert: 'resource.attributes.size <'
                    |                                     ^
                a.yaml:6:12: error: '}' in 'message' has no partner; write '}}' for the character itself
                  6 |   message: "{resource.adress} is } wrong"
                    |            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                a.yaml:7:13: error: an amount must be money or a number, but this is string
                  7 |   atStake: "'much'"
                    |             ^~~~~~
                a.yaml:8:16: error: parameter '1st' must be a name of letters, digits and '_'
                  8 |   parameters: {1st: 3, list: [1, [2]]}
                    |                ^~~
                a.yaml:9:15: error: 'mode' must be automatic, review or advisory, found 'reviw'; did you mean 'review'?
                  9 |   fix: {mode: reviw, set: {"a..b": 3, type: [x]}}
                    |               ^~~~~

                """
            ),
            (
                """
                kind: Rule
                metadata: {name: x}
                spec:
                  assert: resource.monthlyCost > params.limt
                  message: "{params.limit} {resource.adress}"
                  parameters: {limit: 3}

                """,
                """
                a.yaml:4:41: error: unknown field 'limt' of params; did you mean 'limit'?
                  4 |   assert: resource.monthlyCost > params.limt
                    |                                         ^~~~
                a.yaml:5:12: error: unknown field 'adress' of resource; did you mean 'address'?
                  5 |   message: "{params.limit} {resource.adress}"
                    |            ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

                """
            ),
            (
                """
                kind: Test
                metadata: {name: x}
                spec: {given: {}, expect: []}

                """,
                """
                a.yaml:2:18: error: a Test belongs into a file whose name ends with _test.yaml
                  2 | metadata: {name: x}
                    |                  ^

                """
            ),
        ] as [(String, String)])
    func mistakes(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
