import TestSupport

/// A change while it is composed: the files that it leaves, what was done, and which resources break the policy after it.
struct HiddenChange {
    /// By path; nil: taken away.
    var files: [String: String?] = [:]
    /// By path: where it leads.
    var links: [String: String] = [:]
    /// Kinds of what was done.
    var steps: [String] = []
    /// Names of the resources that Terraform would make, or have, without the required tags.
    var truth: Set<String> = []
    /// Names of those that have their tags as long as the target leaves them to them.
    var reliant: Set<String> = []
    private(set) var count = 0

    /// A file as the change has it.
    subscript(path: String) -> String? {
        get { files[path] ?? HideWorld.files[path] }
        set { files.updateValue(newValue, forKey: path) }
    }

    /// Adds a file, or to one that the change has already.
    mutating func add(_ text: String, to path: String) {
        guard let known = files[path] ?? nil else { return self[path] = text }
        guard path.hasSuffix("json") || text.hasPrefix("\u{FEFF}") else { return self[path] = known + text }
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        self[path[..<slash] + "\(count)" + path[slash...]] = text
    }

    mutating func name() -> String {
        count += 1
        return "h\(count)"
    }
}

/// The ways in which a resource without its tags comes into a change.
enum HiddenResource {
    typealias Way = @Sendable (inout HiddenChange, inout SeededGenerator) -> Void

    /// A block without the required tags, in one of many forms that all make at least one instance.
    static func block(_ change: inout HiddenChange, _ random: inout SeededGenerator, plain: Bool = false) -> String {
        let name = change.name()
        change.truth.insert(name)
        let bodies = [
            "", "tags = {}", "tags = { team = \"payments\" }", "tags = { cost-center = \"CC-1010\" }",
            "tags = { team = \"payments\", cost-center = \"CC-1\" }", "tags = { team = \"nobody\", cost-center = \"CC-1010\" }",
            "tags = null", "tags = { Team = \"payments\", cost-center = \"CC-1010\" }", "tags = merge({ team = \"payments\" }, {})",
            "tags = { for k, v in { team = \"payments\", cost-center = \"CC-1010\" } : k => v if k != \"team\" }",
            "tags = { \"te\\u0061m\" = \"payments\" }", "tags = { team = \"pay\\u200bments\", cost-center = \"CC-1010\" }",
            "tags = { team = \"payments \", cost-center = \"CC-1010\" }", "tags = { team = \"\", cost-center = \"CC-1010\" }",
            "tags = { team = \"payments\", cost-center = \"CC-1010\\n\" }",
            "tags = { team = \"p\u{430}yments\", cost-center = \"CC-1010\" }",
            "tags = try({ cost-center = \"CC-1010\" }, { team = \"payments\", cost-center = \"CC-1010\" })",
            "tags = true ? { team = \"payments\" } : { team = \"payments\", cost-center = \"CC-1010\" }",
            "tags = jsondecode(\"{\\\"team\\\": \\\"payments\\\"}\")", "tags = zipmap([\"team\"], [\"payments\"])",
            "tags = { team = \"payments\", cost-center = \"CC-\u{FF11}010\" }",
        ]
        let repeats = [
            "", "", "", "count = 1", "count = 2", "count = length([\"a\"])", "count = true ? 1 : 0", "for_each = toset([\"a\"])",
            "for_each = { a = 1 }", "count = \"1\"", "for_each = { for k in [\"x\", \"y\"] : k => k }", "count = signum(5)",
            "count = tonumber(\"1\")", "count = max(0, 1)", "count = try(1, 0)", "count = contains([\"a\"], \"a\") ? 1 : 0",
            "count = startswith(\"ab\", \"a\") ? 1 : 0", "count = 1 == 1.0 ? 1 : 0", "count = \"\u{e9}\" == \"e\u{301}\" ? 1 : 0",
        ]
        let wrapped = [
            "lifecycle {\n    ignore_changes = [tags]\n  }", "lifecycle {\n    ignore_changes = all\n  }", "", "", "", "",
            "provider = aws.west", "depends_on = []",
        ]
        let body = bodies.randomElement(using: &random) ?? ""
        let lines =
            [plain ? "" : repeats.randomElement(using: &random) ?? "", "name = \"\(name)\"", body]
            + [plain ? "" : wrapped.randomElement(using: &random) ?? ""]
        let type = ["\"aws_sqs_queue\"", "aws_sqs_queue", "\"aws_sqs_queue\" /* x */"].randomElement(using: &random) ?? ""
        let text = "resource \(type) \"\(name)\" {\n" + lines.filter { !$0.isEmpty }.map { "  \($0)\n" }.joined() + "}\n"
        return plain ? text : disguised(text, &random)
    }

    private static func json(_ change: inout HiddenChange, _ random: inout SeededGenerator) -> String {
        let name = change.name()
        change.truth.insert(name)
        let bodies = [
            "{\"name\": \"\(name)\"}", "[{\"name\": \"\(name)\", \"tags\": {\"team\": \"payments\"}}]",
            "{\"name\": \"\(name)\", \"count\": 1, \"tags\": \"${merge({}, {})}\"}",
            "{\"//\": \"tags\", \"name\": \"\(name)\", \"tags\": null}",
            "{\"n\\u0061me\": \"\(name)\", \"t\\u0061gs\": {}}",
        ]
        let body = bodies.randomElement(using: &random) ?? ""
        let forms = [
            "{\"resource\": {\"aws_sqs_queue\": {\"\(name)\": \(body)}}}\n",
            "{\"resource\": [{\"aws_sqs_queue\": [{\"\(name)\": \(body)}]}]}\n",
            "[{\"resource\": {\"aws_sqs_queue\": {\"\(name)\": \(body)}}}]\n",
            "{\"//\": \"x\", \"reso\\u0075rce\": {\"aws_sqs_queue\": {\"\(name)\": \(body)}}}",
        ]
        return forms.randomElement(using: &random) ?? ""
    }

    /// The same code with other bytes around it, as Terraform takes them.
    private static func disguised(_ text: String, _ random: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<14, using: &random) {
        case 0: "/* nothing here */ " + text
        case 1: text.replacing("\n", with: "\r\n")
        case 2: String(repeating: "# nothing to see\n", count: 4_000) + text
        case 3: "# \u{202E}}\n" + text
        case 4: "locals {\n  doc_\(Int.random(in: 0..<1_000_000, using: &random)) = <<-EOT\n    resource \"x\" \"y\" {\n    EOT\n}\n" + text
        case 5: text + "// }\n/* resource */\n"
        case 6: "# bursar:ignore cost-allocation until=2027-01-31 reason=\"agreed\"\n" + text
        case 7: "#\r# \(text.split(separator: "\n")[0])\r\n" + text
        case 8: text.replacing("  ", with: "\t")
        default: text
        }
    }

    static let fileNames = [
        "new.tf", "x y.tf", "\u{e9}.tf", "e\u{301}.tf", "-new.tf", "new.tofu", "a.b.tf", "NEW.tf", "new\u{200b}.tf", "zz_new.tf",
        "main .tf",
        "x\u{600}.tf", "#new#.tf.tf", "terraform.tfvars.tf", "new_test.tf", "\u{1F4B0}.tf",
    ]
    static let folderNames = [
        "infra/new", "infra/n e w", "infra/\u{e9}", "infra/e\u{301}", "infra/.hidden", "infra/a/b/c/d", "infra/modules/new",
        "infra/app/sub",
        "infra/examples/x", "infra/lib/more", "infra/.github/x", "infra/-x", "infra/net/prod", "infra/app.bak", "infra/node_modules/x",
        "infra/vendor/x", "infra/tests/x", "infra/APP",
    ]

    private static func fileName(_ random: inout SeededGenerator) -> String { fileNames.randomElement(using: &random) ?? "new.tf" }

    static let ways: [(kind: String, way: Way)] = [
        ("appended", { $0["infra/app/main.tf"] = ($0["infra/app/main.tf"] ?? HideWorld.app) + block(&$0, &$1) }),
        ("prepended", { $0["infra/app/main.tf"] = block(&$0, &$1) + ($0["infra/app/main.tf"] ?? HideWorld.app) }),
        ("new file", { $0.add(block(&$0, &$1), to: "infra/app/" + fileName(&$1)) }),
        ("file with a mark", { $0.add("\u{FEFF}" + block(&$0, &$1), to: "infra/app/marked.tf") }),
        (
            "JSON file",
            {
                $0.add(
                    json(&$0, &$1), to: "infra/app/" + (["new.tf.json", "\u{e9}.tf.json", "new.tofu.json"].randomElement(using: &$1) ?? ""))
            }
        ),
        ("new root", { $0.add(block(&$0, &$1), to: (folderNames.randomElement(using: &$1) ?? "infra/new") + "/" + fileName(&$1)) }),
        ("root in JSON", { $0.add(json(&$0, &$1), to: "infra/newjson/main.tf.json") }),
        ("known root", { $0.add(block(&$0, &$1, plain: true).replacing("aws_sqs_queue", with: "aws_sns_topic"), to: "infra/net/more.tf") }),
        (
            "module",
            { change, random in
                let number = Int.random(in: 0..<1_000_000, using: &random)
                let folder =
                    ["infra/lib/m\(number)", "lib/m\(number)", "m\(number)", "infra/app/m\(number)", "docs/.m\(number)"]
                    .randomElement(using: &random) ?? ""
                let calls = [
                    "", "count = 1", "for_each = toset([\"x\"])", "count = var.env == \"prod\" ? 1 : 0", "for_each = { x = local.tags }",
                ]
                let up = folder.hasPrefix("infra/app/") ? "./m\(number)" : "../../" + folder
                let source = [up, up + "/", "./" + up, up.replacing("../../", with: "../../infra/../")].randomElement(using: &random) ?? up
                let call = calls.randomElement(using: &random) ?? ""
                change[folder + "/main.tf"] = block(&change, &random)
                change["infra/app/call\(number).tf"] = "module \"m\(number)\" {\n  source = \"\(source)\"\n  \(call)\n}\n"
            }
        ),
        (
            "module in a module",
            { change, random in
                let number = Int.random(in: 0..<1_000_000, using: &random)
                change["shared/a\(number)/main.tf"] = "module \"b\" {\n  source = \"../b\(number)\"\n}\n"
                change["shared/b\(number)/main.tf"] = block(&change, &random)
                change["infra/app/call\(number).tf.json"] = "{\"module\": {\"a\(number)\": {\"source\": \"../../shared/a\(number)\"}}}"
            }
        ),
        (
            "module's tags",
            { change, random in
                let call = change.name()
                change.truth.insert(call)
                change["infra/app/\(call).tf"] =
                    "module \"\(call)\" {\n  source = \"../lib/queue\"\n  tags = { team = \"payments\" }\n}\n"
            }
        ),
        (
            "override",
            { change, random in
                let body = ["tags = {}", "tags = { team = \"payments\" }", "tags = null"].randomElement(using: &random) ?? ""
                let file = ["override.tf", "x_override.tf", "\u{e9}_override.tf", "override.tofu"].randomElement(using: &random) ?? ""
                change["infra/app/" + file] = "resource \"aws_sqs_queue\" \"\(HideWorld.tagged)\" {\n  \(body)\n}\n"
                change.truth.insert(HideWorld.tagged)
            }
        ),
        (
            "override in JSON",
            { change, _ in
                change["infra/app/override.tf.json"] = "{\"resource\": {\"aws_sqs_queue\": {\"\(HideWorld.tagged)\": {\"tags\": {}}}}}"
                change.truth.insert(HideWorld.tagged)
            }
        ),
        (
            "overridden locals",
            { change, _ in
                change["infra/app/override.tf"] = "locals {\n  tags = { team = \"payments\" }\n}\n"
                change.truth.insert(HideWorld.tagged)
            }
        ),
        (
            "edited local",
            { change, random in
                let value = ["CC-1", "", "CC-10100", "cc-1010"].randomElement(using: &random) ?? ""
                change["infra/app/variables.tf"] = change["infra/app/variables.tf"]?.replacing("CC-1010", with: value)
                change.truth.insert(HideWorld.tagged)
            }
        ),
        (
            "variable file",
            { change, random in
                let name = change.name()
                let file = ["terraform.tfvars", "x.auto.tfvars", "\u{e9}.auto.tfvars"].randomElement(using: &random) ?? ""
                change["infra/app/\(name).tf"] =
                    "variable \"\(name)\" {\n  default = { team = \"payments\", cost-center = \"CC-1010\" }\n}\n"
                    + "resource \"aws_sqs_queue\" \"\(name)\" {\n  name = \"\(name)\"\n  tags = var.\(name)\n}\n"
                change["infra/app/" + file] = (change["infra/app/" + file] ?? "") + "\(name) = {}\n"
                change.truth.insert(name)
            }
        ),
    ]
}
