/// Policies, and what else stands in YAML, that is deep, long, or costs more than anybody has.
extension HostileWorkspace {
    private static func policy(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        file("policies/more.yaml", "policies: " + name, outcome, text)
    }

    private static func rule(
        _ name: String, _ outcome: Outcome, _ condition: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        policy("a rule of " + name, outcome) {
            "kind: Rule\nmetadata: {name: r}\nspec:\n  match: {types: [aws_instance]}\n  assert: '\(condition())'\n  message: x\n"
        }
    }

    static let documents = shapes + objects + patterns + rules

    private static let shapes: [HostileWorkspace] = [
        policy("aliases of aliases", .said(2, "")) {
            "a0: &a0 x\n"
                + (1...20).map {
                    "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]\n"
                }.joined()
        },
        policy("an alias of itself", .said(2, "")) { "a: &a [*a]\n" },
        policy("aliases in keys", .said(2, "")) { "a: &a {b: c}\n? *a\n: *a\n" },
        policy("merge keys without end", .said(2, "")) {
            "a: &a {b: 1}\n" + (0..<5_000).map { "k\($0): {<<: *a}\n" }.joined()
        },
        policy("brackets without end", .said(2, "")) { times("[", 200_000) },
        policy("braces without end", .said(2, "")) { times("{a: ", 100_000) },
        policy("indentation without end", .said(2, "")) {
            (0..<1_000).map { times(" ", $0) + "a:\n" }.joined()
        },
        policy("dashes without end", .said(2, "")) { times("- ", 100_000) + "x\n" },
        policy("question marks without end", .said(2, "")) { times("? ", 50_000) + "x\n" },
        policy("a text that never ends", .said(2, "")) { "a: \"" + times("x", 900_000) },
        policy("a block text that never ends", .said(2, "")) { "a: |\n" + times("  x\n", 200_000) },
        policy("a file of two million bytes", .said(2, "1000000")) { times("# x\n", 500_000) },
        policy("two thousand documents", .said(2, "")) { times("---\nkind: Team\n", 2_000) },
        policy("a hundred thousand keys", .said(2, "")) {
            (0..<100_000).map { "a\($0): 1\n" }.joined()
        },
        policy("one key fifty thousand times", .said(2, "")) { times("a: 1\n", 50_000) },
        policy("a key of half a million letters", .said(2, "")) { "? \(times("k", 500_000))\n: 1\n" },
        policy("tags that make objects", .said(2, "")) {
            "kind: !!python/object/apply:os.system [\"id\"]\n"
        },
        policy("a tag of its own", .said(2, "")) { "%TAG ! tag:example.com,2026:\n---\n!x y: z\n" },
        policy("directives without end", .said(2, "")) { times("%YAML 1.1\n", 50_000) + "---\na: 1\n" },
        policy("an anchor of a hundred thousand letters", .said(2, "")) {
            "a: &\(times("x", 100_000)) 1\n"
        },
        bytes("policies/more.yaml", "policies: zeros", .said(2, "")) {
            [UInt8](repeating: 0, count: 100_000)
        },
        bytes("policies/more.yaml", "policies: UTF-16", .said(2, "")) {
            [0xFF, 0xFE] + Array("kind: Team\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        },
        bytes("policies/more.yaml", "policies: bytes that are no text", .said(2, "")) {
            [UInt8](repeating: 0xC0, count: 100_000)
        },
        file("bursar.yaml", "policies: a workspace of aliases", .said(2, "")) {
            "a0: &a0 x\n"
                + (1...20).map {
                    "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]\n"
                }.joined()
        },
        file("bursar.yaml", "policies: a workspace without an end", .said(2, "")) {
            usual["bursar.yaml", default: ""] + times("[", 100_000)
        },
    ]

    private static let objects: [HostileWorkspace] = [
        policy("nine hundred teams", .read(0)) {
            (0..<900).map {
                "kind: Team\nmetadata: {name: t\($0)}\nspec:\n  owns:\n    - tags: {team: t\($0)}\n"
            }.joined(separator: "---\n")
        },
        policy("teams in a circle", .said(2, "")) {
            "kind: Team\nmetadata: {name: a}\nspec: {parent: b}\n---\nkind: Team\nmetadata: {name: b}\nspec: {parent: a}\n"
        },
        policy("a chain of nine hundred teams", .read(0)) {
            (0..<900).map {
                "kind: Team\nmetadata: {name: t\($0)}\nspec: {\($0 == 0 ? "" : "parent: t\($0 - 1)")}\n"
            }.joined(separator: "---\n")
        },
        policy("nine hundred budgets", .read(0)) {
            (0..<900).map {
                "kind: Budget\nmetadata: {name: b\($0)}\nspec: {scope: {}, amount: 1 USD, period: daily}\n"
            }.joined(separator: "---\n")
        },
        policy("an amount of a million digits", .said(2, "")) {
            "kind: Budget\nmetadata: {name: b}\nspec: {scope: {}, amount: \(times("9", 900_000)) USD}\n"
        },
        policy("an amount of nothing but zeros", .said(2, "")) {
            "kind: Budget\nmetadata: {name: b}\nspec: {scope: {}, amount: 0.\(times("0", 900_000))1 USD}\n"
        },
        policy("a day beyond all calendars", .said(2, "")) {
            "kind: Exemption\nmetadata: {name: e}\nspec: {policies: [tags], reason: x, approvedBy: y, expires: 99999999-12-31}\n"
        },
        policy("a path out of the repository", .said(2, "")) {
            "kind: Team\nmetadata: {name: t}\nspec:\n  owns:\n    - paths: [\"../../**\"]\n"
        },
        policy("an absolute path", .said(2, "")) {
            "kind: Team\nmetadata: {name: t}\nspec:\n  owns:\n    - paths: [\"/etc/**\"]\n"
        },
        policy("a name that drives a terminal", .said(2, "")) {
            "kind: Team\nmetadata: {name: \"\\e[2J\\u202E\"}\nspec: {}\n"
        },
        policy("ten thousand alerts", .said(2, "")) {
            "kind: Budget\nmetadata: {name: b}\nspec:\n  scope: {}\n  amount: 1 USD\n  alerts:\n"
                + times("    - {above: 1%}\n", 10_000)
        },
        policy("ten thousand required tags", .said(2, "1000 entries")) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  match: {types: [\"aws_*\"]}\n  require:\n"
                + (0..<10_000).map { "    - {key: k\($0)}\n" }.joined()
        },
        policy("a baseline of five thousand and one", .said(2, "")) {
            "kind: Baseline\nmetadata: {name: baseline}\nspec:\n  reason: x\n  recorded: 2026-10-01\n  findings:\n"
                + (0..<5_001).map { "    - {id: f-\(times("0", 12 - "\($0)".count))\($0), policy: tags}\n" }
                .joined()
        },
        policy("five thousand exemptions' resources", .said(2, "1000 entries")) {
            "kind: Exemption\nmetadata: {name: e}\nspec:\n  policies: [tags]\n  reason: x\n  approvedBy: y\n  expires: 2026-12-01\n  resources:\n"
                + (0..<5_000).map { "    - \"a*a*a*a*a*a*\($0)\"\n" }.joined()
        },
    ]

    private static let patterns: [HostileWorkspace] = [
        policy("globs that could go back without end", .read(0)) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  match: {types: [\"\(times("*a", 2_000))b\"]}\n  require: [{key: x}]\n"
        },
        policy("path globs of two hundred stars", .read(0)) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  match: {paths: [\"\(times("**/", 200))x\"]}\n  require: [{key: x}]\n"
        },
        policy("a pattern of nested pluses", .read(0)) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  require: [{key: team, pattern: \"(a+)+b\"}]\n"
        },
        policy("a pattern beyond all states", .said(2, "")) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  require: [{key: team, pattern: \"((a{100}){100}){100}\"}]\n"
        },
        policy("a pattern of a hundred and one groups", .said(2, "")) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  require: [{key: team, pattern: \"\(times("(a)", 101))\"}]\n"
        },
        policy("a pattern of seventeen thousand bytes", .said(2, "")) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  require: [{key: team, pattern: \"\(times("a", 17_000))\"}]\n"
        },
        policy("a pattern a thousand groups deep", .said(2, "")) {
            "kind: TaggingPolicy\nmetadata: {name: t}\nspec:\n  require: [{key: team, pattern: \"\(times("(?:", 1_000))a\(times(")", 1_000))\"}]\n"
        },
        policy("an inventory's glob of stars", .said(2, "")) {
            "kind: Workspace\nmetadata: {name: w}\nspec: {currency: USD, policies: [\"\(times("*", 1_000))\"]}\n"
        },
    ]

    private static let rules: [HostileWorkspace] = [
        rule("loops in loops", .read(0)) {
            "lists.range(100000).all(a, lists.range(100000).all(b, a == b))"
        },
        rule("a list that grows", .read(0)) {
            (0..<40).reduce("[1]") { list, _ in "(\(list)).map(x, [x, x])" } + ".size() > 0"
        },
        rule("two hundred and sixty parentheses", .said(2, "")) {
            times("(", 260) + "true" + times(")", 260)
        },
        rule("two hundred thousand letters", .said(2, "")) {
            "\"" + times("x", 200_000) + "\" != \"\""
        },
        rule("a thousand nots", .said(2, "")) { times("!", 1_001) + "true" },
        rule("a thousand choices", .said(2, "")) {
            times("true ? ", 1_000) + "true" + times(" : true", 1_000)
        },
        rule("ten thousand ands", .read(0)) {
            Array(repeating: "true", count: 10_000).joined(separator: " && ")
        },
        rule("a division by nothing", .read(0)) { "1 / 0 == 1" },
        rule("a number that is none", .said(2, "")) { "99999999999999999999999 > 1" },
        rule("a time that never was", .read(0)) {
            "timestamp(\"99999-99-99T99:99:99Z\") > timestamp(0)"
        },
        rule("a name that nobody knows", .said(2, "")) { "\(times("a.", 200))b == 1" },
    ]
}
