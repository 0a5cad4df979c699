import Testing

@Suite("mistakes in a tagging policy")
struct TaggingMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require: []

                """,
                """
                a.yaml:4:12: error: 'require' must not be empty
                  4 |   require: []
                    |            ^~

                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  match:
                    types: ["aws_*", 5]
                    paths: ["/infra/**", "infra/../x", "a/b**"]
                    where: x
                  require:
                    - key: team

                """,
                """
                a.yaml:5:22: error: an entry of 'types' must be a pattern such as aws_*, found the number 5; put it in quotes
                  5 |     types: ["aws_*", 5]
                    |                      ^
                a.yaml:6:14: error: a path pattern is relative: remove the leading '/'
                  6 |     paths: ["/infra/**", "infra/../x", "a/b**"]
                    |              ^
                a.yaml:6:33: error: '..' would leave the repository
                  6 |     paths: ["/infra/**", "infra/../x", "a/b**"]
                    |                                 ^
                a.yaml:6:43: error: '**' must stand alone between slashes
                  6 |     paths: ["/infra/**", "infra/../x", "a/b**"]
                    |                                           ^
                a.yaml:7:12: error: unknown variable 'x'; an argument of a resource is 'resource.attributes.x'
                  7 |     where: x
                    |            ^

                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: cc, pattern: "CC-[0-9{4}"}
                    - {key: dd, pattern: 'é(a'}
                    - {key: ee, pattern: "\\\\d+(?=x)"}

                """,
                """
                a.yaml:5:30: error: this is no regular expression: '[' is never closed
                  5 |     - {key: cc, pattern: "CC-[0-9{4}"}
                    |                              ^
                a.yaml:6:28: error: this is no regular expression: '(' is never closed
                  6 |     - {key: dd, pattern: 'é(a'}
                    |                            ^
                a.yaml:7:31: error: this is no regular expression: look-around '(?=' is not supported: it cannot run in linear time
                  7 |     - {key: ee, pattern: "\\\\d+(?=x)"}
                    |                               ^

                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: env, values: [prod, dev], default: prd}
                    - {key: env}
                    - {key: x, values: {of: team}}
                    - {key: y, values: prod}

                """,
                """
                a.yaml:5:48: error: default 'prd' is not among the allowed values; did you mean 'prod'?
                  5 |     - {key: env, values: [prod, dev], default: prd}
                    |                                                ^~~
                a.yaml:6:13: error: tag 'env' is required twice
                  6 |     - {key: env}
                    |             ^~~
                a.yaml:5:13: note: first required here
                  5 |     - {key: env, values: [prod, dev], default: prd}
                    |             ^~~
                a.yaml:7:29: error: 'of' must be 'teams', found 'team'; did you mean 'teams'?
                  7 |     - {key: x, values: {of: team}}
                    |                             ^~~~
                a.yaml:8:24: error: 'values' must be a list or a mapping with 'of', found 'prod'
                  8 |     - {key: y, values: prod}
                    |                        ^~~~

                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: env, values: [prod, 5, on, true], aliases: [env], default: 5}

                """,
                """
                a.yaml:5:33: error: an entry of 'values' must be text, found the number 5; put it in quotes
                  5 |     - {key: env, values: [prod, 5, on, true], aliases: [env], default: 5}
                    |                                 ^
                a.yaml:5:40: error: an entry of 'values' must be text, found true; put it in quotes
                  5 |     - {key: env, values: [prod, 5, on, true], aliases: [env], default: 5}
                    |                                        ^~~~
                a.yaml:5:57: error: alias 'env' is a required tag itself
                  5 |     - {key: env, values: [prod, 5, on, true], aliases: [env], default: 5}
                    |                                                         ^~~
                a.yaml:5:13: note: required here
                  5 |     - {key: env, values: [prod, 5, on, true], aliases: [env], default: 5}
                    |             ^~~
                a.yaml:5:72: error: 'default' must be text, found the number 5; put it in quotes
                  5 |     - {key: env, values: [prod, 5, on, true], aliases: [env], default: 5}
                    |                                                                        ^

                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: a, default: {from: team.nme}}
                    - {key: b, default: {from: path}}
                    - {key: c, default: {from: path, segment: 0}}
                    - {key: d, default: {from: team.name, segment: 1}}

                """,
                """
                a.yaml:5:32: error: 'from' must be team.name, team.costCenter, team.contact or path, found 'team.nme'; did you mean 'team.name'?
                  5 |     - {key: a, default: {from: team.nme}}
                    |                                ^~~~~~~~
                a.yaml:6:25: error: 'from: path' needs 'segment', counted from 1
                  6 |     - {key: b, default: {from: path}}
                    |                         ^~~~~~~~~~~~
                a.yaml:7:47: error: 'segment' must be a whole number from 1 to 64, found '0'
                  7 |     - {key: c, default: {from: path, segment: 0}}
                    |                                               ^
                a.yaml:8:43: error: 'segment' goes with 'from: path' only
                  8 |     - {key: d, default: {from: team.name, segment: 1}}
                    |                                           ^~~~~~~

                """
            ),
            (
                """
                kind: TaggingPolicy
                metadata: {name: x}
                spec:
                  require:
                    - {key: t, values: {of: teams}, default: nobody}
                    - {key: p, pattern: 'a+', values: [a, b], default: c}
                    - {key: q, pattern: 'a+', default: b}

                """,
                """
                a.yaml:5:46: error: unknown team 'nobody'
                  5 |     - {key: t, values: {of: teams}, default: nobody}
                    |                                              ^~~~~~
                a.yaml:6:43: error: value 'b' does not match the tag's own pattern
                  6 |     - {key: p, pattern: 'a+', values: [a, b], default: c}
                    |                                           ^
                a.yaml:6:56: error: default 'c' is not among the allowed values; did you mean 'a'?
                  6 |     - {key: p, pattern: 'a+', values: [a, b], default: c}
                    |                                                        ^
                a.yaml:7:40: error: default 'b' does not match the tag's own pattern
                  7 |     - {key: q, pattern: 'a+', default: b}
                    |                                        ^

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
