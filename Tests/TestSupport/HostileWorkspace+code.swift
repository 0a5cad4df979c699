/// Terraform code that is deep, long, circular, or comes to more than anybody can hold.
extension HostileWorkspace {
    private static func code(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        file("infra/more.tf", "code: " + name, outcome, text)
    }

    /// A resource whose tags come to this value.
    private static func value(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        code(name, outcome) { "resource \"aws_sqs_queue\" \"q\" {\n  tags = { team = \(text()) }\n}\n" }
    }

    static let code = syntax + growth + repetition + references + names

    private static let syntax: [HostileWorkspace] =
        [
            ("(", ")"), ("[", "]"), ("{a=", "}"), ("\"${", "}\""), ("!", ""), ("-", ""), ("a.b[", "]"),
            ("f(", ")"), ("true ? 1 : ", ""), ("1 + ", ""),
        ].map {
            open, close in
            code("'\(open)' 50,000 deep", .said(3, "nested")) {
                "locals {\n  a = \(times(open, 50_000))1\(times(close, 50_000))\n}\n"
            }
        } + [
            code("blocks 50,000 deep", .said(3, "nested")) {
                times("b {\n", 50_000) + times("}\n", 50_000)
            },
            code("for expressions 5,000 deep", .said(3, "nested")) {
                "locals {\n  a = " + times("[for x in ", 5_000) + "[]" + times(" : x]", 5_000) + "\n}\n"
            },
            code("a here-document that never ends", .said(3, "EOT")) {
                "locals {\n  a = <<EOT\n" + times("x\n", 1_000_000)
            },
            code("a comment that never ends", .said(3, "comment")) { "/*" + times("* ", 1_000_000) },
            code("a text that never ends", .said(3, "")) { "locals {\n  a = \"" + times("x", 2_000_000) },
            code("ten thousand broken blocks", .said(3, "")) { times("resource {{{\n", 10_000) },
            code("a file of 9 MiB", .said(3, "8")) { times("# x\n", 9 << 18) },
            code("a line of 7 MiB", .read(0)) { "# " + times("x", 7 << 20) + "\n" },
            code("a name of a million letters", .read(0)) {
                "locals {\n  \(times("x", 1_000_000)) = 1\n}\n"
            },
            code("a hundred thousand locals", .read(0)) {
                "locals {\n" + (0..<100_000).map { "  a\($0) = \($0)\n" }.joined() + "}\n"
            },
            code("a hundred thousand variables", .read(0)) {
                (0..<100_000).map { "variable \"a\($0)\" {}\n" }.joined()
            },
            code("the same local fifty thousand times", .said(3, "twice")) {
                "locals {\n" + times("  a = 1\n", 50_000) + "}\n"
            },
            code("a hundred thousand template parts", .read(0)) {
                "locals {\n  a = \"\(times("${1}", 100_000))\"\n}\n"
            },
            code("a hundred thousand elements", .read(0)) {
                "locals {\n  a = [\(times("1,", 100_000))]\n}\n"
            },
            bytes("infra/more.tf", "code: bytes that are no text", .said(3, "no meaning")) {
                [0xFF, 0xFE, 0x00, 0xD8] + [UInt8](repeating: 0xC0, count: 100_000)
            },
            bytes("infra/more.tf", "code: zeros", .said(3, "")) {
                [UInt8](repeating: 0, count: 1_000_000)
            },
            file("infra/more.tf.json", "code: JSON 50,000 deep", .said(3, "nested")) {
                times("{\"a\":", 50_000) + "1" + times("}", 50_000)
            },
            file("infra/more.tf.json", "code: JSON that never ends", .said(3, "")) {
                "{\"locals\": {\"a\": \"" + times("x", 1_000_000)
            },
            file("infra/more.tf.json", "code: JSON of one number", .said(3, "")) {
                "{\"locals\": {\"a\": \(times("9", 1_000_000))}}"
            },
            file("infra/terraform.tfvars", "code: variables 50,000 deep", .said(3, "nested")) {
                "a = \(times("[", 50_000))\(times("]", 50_000))\n"
            },
            file("infra/terraform.tfvars.json", "code: variables in JSON 50,000 deep", .said(3, "nested")) {
                "{\"a\":" + times("[", 50_000) + times("]", 50_000) + "}"
            },
        ]

    /// `a0`, and each next one twice the one before.
    private static func doubled(_ count: Int, _ start: String, _ step: (String) -> String) -> String {
        "locals {\n  a0 = \(start)\n"
            + (1...count).map { "  a\($0) = \(step("local.a\($0 - 1)"))\n" }.joined() + "}\n"
            + "resource \"aws_sqs_queue\" \"q\" {\n  tags = { team = local.a\(count) }\n}\n"
    }

    private static let growth: [HostileWorkspace] = [
        code("a text doubled sixty times", .said(3, "too long")) {
            doubled(60, "\"xxxxxxxx\"") { "\"${\($0)}${\($0)}\"" }
        },
        code("a list doubled sixty times", .said(3, "too large")) {
            doubled(60, "[1]") { "concat(\($0), \($0))" }
        },
        code("lists of lists, doubled forty times", .said(3, "too large")) {
            doubled(40, "[1]") { "[\($0), \($0)]" }
        },
        code("a map doubled forty times", .said(3, "too large")) {
            doubled(40, "{ a = 1 }") { "{ a = \($0), b = \($0) }" }
        },
        code("JSON of JSON of JSON", .said(3, "too large")) {
            doubled(40, "\"\\\"\"") { "jsonencode([\($0), \($0)])" }
        },
        code("escapes of escapes", .read(0)) {
            doubled(40, "\"%\"") { "urlencode(urlencode(\($0)))" }
        },
        code("base64 of base64", .said(3, "too large")) {
            doubled(60, "\"x\"") { "base64encode(\"${\($0)}${\($0)}\")" }
        },
        value("a list of a thousand million numbers", .read(0)) {
            "join(\"\", [for x in range(1000000000) : \"x\"])"
        },
        value("lists in lists in lists", .said(3, "too large")) {
            "length([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]])"
        },
        value("a product of sets", .said(3, "too large")) {
            "length(setproduct(range(1000), range(1000), range(1000), range(1000)))"
        },
        value("a field as wide as the memory", .said(3, "too long")) { "format(\"%999999999d\", 1)" },
        value("a precision as wide as the memory", .read(0)) { "format(\"%.999999999f\", 1.5)" },
        value("an indent of a thousand million blanks", .said(3, "too long")) { "indent(1000000000, \"a\\nb\")" },
        value("a power beyond all numbers", .read(0)) { "pow(10, 1000000000)" },
        value("a number of a thousand million digits", .read(0)) { "1e999999999" },
        value("a small number of a thousand million digits", .read(0)) { "1e-999999999 + 1" },
        value("a number of a million digits", .read(0)) { times("9", 1_000_000) },
        value("a logarithm of nothing", .read(0)) { "log(0, 0) + floor(1e308) + ceil(-1e308)" },
        value("replacements that grow", .said(3, "too long")) { doubledReplacement },
        value("flattened lists, 90 deep", .read(0)) {
            "length(flatten(\(times("[", 90))1\(times("]", 90))))"
        },
        value("sorted a hundred thousand", .read(0)) {
            "join(\"\", sort([for x in range(100000) : \"${100000 - x}\"]))"
        },
        value("told apart a hundred thousand", .read(0)) {
            "length(distinct([for x in range(100000) : \"${x}\"]))"
        },
        value("merged ten thousand", .read(0)) { "merge([for x in range(100000) : { \"k${x}\" = x }]...)" },
        value("grouped", .read(0)) { "length({ for x in range(1000000) : x => x... })" },
        value("chunks of one", .read(0)) { "length(chunklist(range(1000000), 1))" },
        value("a range that never comes to its end", .read(0)) { "length(range(0, 10, 0))" },
        value("a range that goes the wrong way", .read(0)) { "length(range(0, 10, -1))" },
    ]

    private static var doubledReplacement: String {
        (0..<40).reduce("\"a\"") { text, _ in "replace(\(text), \"a\", \"aa\")" }
    }

    private static let patterns = [
        "(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)x", "((a{100}){100}){100}", "a{1001}",
        "(?:(?:(?:a?){50}){50}){50}", "[^\\\\x00]*[^a]*$",
    ]

    private static let repetition: [HostileWorkspace] =
        patterns.map { pattern in
            value(
                "the pattern \(pattern)",
                pattern.contains("{") ? .read(0) : .said(3, "too long")
            ) {
                "length(regexall(\"\(pattern)\", \"\(times("a", 30_000))\"))"
            }
        } + [
            code("a count of a thousand million", .said(3, "10000 instances")) {
                "resource \"aws_sqs_queue\" \"q\" {\n  count = 1000000000\n}\n"
            },
            code("a count below nothing", .read(0)) {
                "resource \"aws_sqs_queue\" \"q\" {\n  count = -1\n}\n"
            },
            code("a count of ten thousand and one", .said(3, "10000 instances")) {
                "resource \"aws_sqs_queue\" \"q\" {\n  count = 10001\n}\n"
            },
            code("for_each over a million", .read(0)) {
                "resource \"aws_sqs_queue\" \"q\" {\n  for_each = toset([for x in range(1000000) : \"${x}\"])\n}\n"
            },
            code("twenty counts of ten thousand", .said(3, "")) {
                (0..<20).map { "resource \"aws_sqs_queue\" \"q\($0)\" {\n  count = 10000\n}\n" }.joined()
            },
            code("dynamic blocks in dynamic blocks", .read(0)) {
                "resource \"aws_sqs_queue\" \"q\" {\n"
                    + times("dynamic \"a\" {\n for_each = range(1000)\n content {\n", 30)
                    + times("}\n}\n", 30) + "}\n"
            },
            files("code: modules ten by ten by ten", .said(3, "100000 instances")) {
                Dictionary(
                    uniqueKeysWithValues: (0..<8).map { level in
                        let call =
                            level == 7
                            ? "resource \"aws_sqs_queue\" \"q\" {}\n"
                            : "module \"m\" {\n  source = \"../m\(level + 1)\"\n  count  = 10\n}\n"
                        return ("modules/m\(level)/main.tf", call)
                    } + [("infra/more.tf", "module \"m\" {\n  source = \"../modules/m0\"\n}\n")])
            },
            files("code: modules forty deep", .said(3, "deep")) {
                Dictionary(
                    uniqueKeysWithValues: (0..<40).map {
                        ("modules/m\($0)/main.tf", "module \"m\" {\n  source = \"../m\($0 + 1)\"\n}\n")
                    }
                        + [
                            ("modules/m40/main.tf", "locals {}\n"),
                            ("infra/more.tf", "module \"m\" {\n  source = \"../modules/m0\"\n}\n"),
                        ])
            },
            files("code: two thousand roots", .read(0)) {
                Dictionary(
                    uniqueKeysWithValues: (0..<2_000).map {
                        (
                            "infra/r\($0)/main.tf",
                            "resource \"aws_sqs_queue\" \"q\" {\n  tags = { team = \"payments\" }\n}\n"
                        )
                    })
            },
            files("code: a module that calls itself", .said(3, "too deeply")) {
                [
                    "infra/m/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n",
                    "infra/n/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n",
                ]
            },
        ]

    private static let references: [HostileWorkspace] = [
        code("locals in a circle", .read(0)) {
            "locals {\n  a = local.b\n  b = local.a\n}\nresource \"aws_sqs_queue\" \"q\" {\n  tags = { team = local.a }\n}\n"
        },
        code("a resource that names itself", .read(0)) {
            "resource \"aws_sqs_queue\" \"q\" {\n  tags = aws_sqs_queue.q.tags\n}\n"
        },
        code("a chain of fifty thousand locals", .said(3, "too deeply")) {
            "locals {\n  a0 = \"x\"\n" + (1...50_000).map { "  a\($0) = local.a\($0 - 1)\n" }.joined()
                + "}\nresource \"aws_sqs_queue\" \"q\" {\n  tags = { team = local.a50000 }\n}\n"
        },
        code("a chain of twenty thousand moves", .read(0)) {
            (0..<20_000).map {
                "moved {\n  from = aws_sqs_queue.q\($0)\n  to = aws_sqs_queue.q\($0 + 1)\n}\n"
            }.joined()
        },
        code("moves in a circle", .read(0)) {
            "moved {\n  from = aws_instance.web\n  to = aws_instance.b\n}\nmoved {\n  from = aws_instance.b\n  to = aws_instance.web\n}\n"
        },
        code("a hundred thousand imports", .read(0)) {
            "import {\n  for_each = range(100000)\n  to = aws_instance.web\n  id = each.value\n}\n"
        },
        code("a value a hundred thousand steps deep", .said(3, "nested")) {
            "resource \"aws_sqs_queue\" \"q\" {\n  tags = var.x\(times(".a", 100_000))\n}\n"
        },
        code("all of everything", .read(0)) {
            "resource \"aws_sqs_queue\" \"q\" {\n  tags = { team = \"\(times("${join(\",\", aws_sqs_queue.q[*].id)}", 5_000))\" }\n}\n"
        },
        code("a hundred thousand comments that exempt", .read(0)) {
            times("# bursar:ignore tags until 2026-12-01: x\n", 100_000)
        },
    ]

    private static let names: [HostileWorkspace] = [
        files("code: five thousand files in one root", .read(0)) {
            Dictionary(
                uniqueKeysWithValues: (0..<5_000).map { ("infra/f\($0).tf", "locals {\n  a\($0) = 1\n}\n") }
            )
        },
        files("code: folders ninety deep", .read(0)) {
            ["infra/" + times("d/", 90) + "main.tf": "locals {}\n"]
        },
        files("code: folders a hundred and fifty deep", .said(2, "nested deeper")) {
            ["infra/" + times("d/", 150) + "main.tf": "locals {}\n"]
        },
        code("keys that drive a terminal", .read(0)) {
            "resource \"aws_sqs_queue\" \"q\" {\n  for_each = toset([\"\\u001b[2J\", \"\\u202egpj\", \"\\r\\n::error::x\"])\n}\n"
        },
    ]
}
