import Testing

@Suite("mistakes in a team")
struct TeamMistakeTests {
    @Test(
        "are all shown at once, each at its place",
        arguments: [
            (
                """
                kind: Team
                metadata: {name: x}
                spec:
                  costCenter: 1010
                  contact: ~
                  owner: me

                """,
                """
                a.yaml:4:15: error: 'costCenter' must be text, found the number 1010; put it in quotes
                  4 |   costCenter: 1010
                    |               ^~~~
                a.yaml:5:12: error: 'contact' must be text, found nothing
                  5 |   contact: ~
                    |            ^
                a.yaml:6:3: error: unknown key 'owner' in 'spec'; known are parent, costCenter, contact, owns, game
                  6 |   owner: me
                    |   ^~~~~

                """
            ),
            (
                """
                kind: Team
                metadata: {name: x}
                spec:
                  owns:
                    - {tags: {team: x}, paths: [a]}
                    - {}
                    - {acounts: ["1"]}
                    - paths: ["a/../b"]
                    - accounts: [111122223333]
                    - tags: {}

                """,
                """
                a.yaml:5:7: error: an entry of 'owns' states 'tags' and 'paths'; write each as an entry of its own
                  5 |     - {tags: {team: x}, paths: [a]}
                    |       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                a.yaml:6:7: error: an entry of 'owns' must state one of 'tags', 'paths' and 'accounts'
                  6 |     - {}
                    |       ^~
                a.yaml:7:8: error: unknown key 'acounts' in an entry of 'owns'; did you mean 'accounts'?
                  7 |     - {acounts: ["1"]}
                    |        ^~~~~~~
                a.yaml:8:18: error: '..' would leave the repository
                  8 |     - paths: ["a/../b"]
                    |                  ^
                a.yaml:9:18: error: an entry of 'accounts' must be text, found the number 111122223333; put it in quotes
                  9 |     - accounts: [111122223333]
                    |                  ^~~~~~~~~~~~
                a.yaml:10:13: error: 'tags' must not be empty
                  10 |     - tags: {}
                     |             ^~

                """
            ),
        ])
    func shown(text: String, expected: String) {
        #expect(complaints(text) == expected)
    }
}
