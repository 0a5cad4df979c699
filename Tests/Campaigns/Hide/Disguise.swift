import TestSupport

/// What a change may bring along so that nobody sees what it does: it takes away, loosens, moves and hides, and changes no resource.
enum Disguise {
    private static func other(_ text: String, to path: String) -> HiddenResource.Way { { change, _ in change[path] = text } }

    private static func policy(_ old: String, _ new: String) -> HiddenResource.Way {
        { change, _ in change["policies/tags.yaml"] = change["policies/tags.yaml"]?.replacing(old, with: new) }
    }

    private static func workspace(_ old: String, _ new: String) -> HiddenResource.Way {
        { change, _ in change["bursar.yaml"] = change["bursar.yaml"]?.replacing(old, with: new) }
    }

    private static let relaxed = HideWorld.workspace.replacing("path: infra", with: "path: nothing").replacing("[policies]", with: "[none]")

    static let policies: [(kind: String, way: HiddenResource.Way)] = [
        ("policy warns", policy("enforcement: block", "enforcement: warn")),
        ("policy in shadow", policy("enforcement: block", "enforcement: shadow")),
        ("policy of less weight", policy("severity: high", "severity: low")),
        ("policy of other types", policy("\"aws_*\"", "\"google_*\"")),
        ("policy that leaves out", policy("types: [\"aws_*\"]", "types: [\"aws_*\"], where: \"false\"")),
        ("policy of another name", policy("name: cost-allocation", "name: other")),
        ("policy asks for less", policy("    - {key: cost-center, pattern: \"CC-[0-9]{4}\"}\n", "")),
        ("policy takes any value", policy(", pattern: \"CC-[0-9]{4}\"", "")),
        ("policy lets unknowns pass", policy("blockUnknown: true", "blockUnknown: false")),
        (
            "policy gone",
            { change, _ in
                change["policies/tags.yaml"] = nil
                change["policies/agreed.yaml"] = nil
            }
        ),
        (
            "policy exchanged",
            { change, _ in
                change["policies/tags.yaml"] = HideWorld.tagging.replacing("cost-allocation", with: "tags").replacing(
                    "aws_*", with: "aws_vpc")
                change["policies/agreed.yaml"] = nil
            }
        ),
        (
            "policy in shadow, in another currency",
            { change, _ in
                change["policies/tags.yaml"] = HideWorld.tagging.replacing("enforcement: block", with: "enforcement: shadow")
                change["bursar.yaml"] = change["bursar.yaml"]?.replacing("currency: USD", with: "currency: EUR")
            }
        ),
        (
            "policies moved",
            { change, _ in
                change["rules/tags.yaml"] = change["policies/tags.yaml"]?.replacing("block\n", with: "warn\n")
                change["policies/tags.yaml"] = nil
                change["bursar.yaml"] = change["bursar.yaml"]?.replacing("[policies]", with: "[policies, rules]")
            }
        ),
        ("policy in two", other(HideWorld.tagging.replacing("cost-allocation", with: "second"), to: "policies/second.yaml")),
        ("team that takes all", other(HideWorld.team("nobody", more: "    - paths: [\"**\"]\n"), to: "policies/nobody.yaml")),
        ("exemption", other(HideWorld.exemption("mine", resources: "**", until: "2027-03-01"), to: "policies/mine.yaml")),
        ("exemption of a root", other(HideWorld.exemption("mine", resources: "infra/**", until: "2026-12-01"), to: "policies/mine.yaml")),
        (
            "wider exemption",
            { change, _ in
                change["policies/agreed.yaml"] = change["policies/agreed.yaml"]?.replacing("infra/net:aws_sqs_queue.old", with: "*")
            }
        ),
        (
            "longer exemption",
            { change, _ in
                change["policies/agreed.yaml"] = HideWorld.exemption("agreed", resources: "**", until: "2027-04-01")
            }
        ),
    ]

    static let workspaces: [(kind: String, way: HiddenResource.Way)] = [
        ("inventory moved", workspace("path: infra,", "path: docs,")),
        ("inventory narrowed", workspace("path: infra,", "path: infra/net,")),
        ("inventory widened", workspace("path: infra,", "path: \".\",")),
        ("inventory of one root", workspace("path: infra, ", "path: infra/lib, ")),
        ("other states", workspace("observed/state/{root}", "docs/{root}")),
        ("another currency", workspace("currency: USD", "currency: EUR")),
        (
            "other policies named",
            { change, _ in
                change["docs/rules.yaml"] = HideWorld.team("payments")
                change["bursar.yaml"] = change["bursar.yaml"]?.replacing("[policies]", with: "[docs]")
            }
        ),
        (
            "no inventory",
            { change, _ in
                guard let text = change["bursar.yaml"], let at = text.firstRange(of: "    inventory:")?.lowerBound else { return }
                change["bursar.yaml"] = String(text[..<at])
            }
        ),
        ("other instance types", workspace("data/types.csv", "docs/types.csv")),
        ("workspace renamed", workspace("name: acme", "name: other")),
        (
            "root with values",
            { change, _ in
                change["infra/app/nice.tfvars"] = "env = \"prod\"\n"
                change["bursar.yaml"] = change["bursar.yaml"]?.replacing(
                    "path: infra, ", with: "path: infra, roots: [{path: infra/app, varFiles: [infra/app/nice.tfvars]}], ")
            }
        ),
        ("nested workspace", other(relaxed, to: "infra/bursar.yaml")),
        ("workspace in the root", other(relaxed, to: "infra/app/bursar.yaml")),
        ("workspace gone", { change, _ in change["bursar.yaml"] = nil }),
    ]

    static let trees: [(kind: String, way: HiddenResource.Way)] = [
        ("attributes", other("*.tf -diff -text\n*.tf binary linguist-generated export-ignore\n", to: ".gitattributes")),
        ("line ends", other("*.tf text eol=crlf\n* text=auto\n", to: ".gitattributes")),
        ("filter", other("*.tf filter=lfs diff=lfs merge=lfs -text\n", to: "infra/.gitattributes")),
        ("attributes of a root", other("* ident -text\n", to: "infra/app/.gitattributes")),
        ("other line ends", other("*.tf text eol=crlf\n", to: ".gitattributes")),
        ("identified", other("*.tf ident\n", to: ".gitattributes")),
        ("encoded anew", other("*.tf working-tree-encoding=ISO-8859-1\n", to: ".gitattributes")),
        ("ignored", other("*\n!.gitignore\n", to: "infra/app/.gitignore")),
        ("ignored by Terraform", other("*\n", to: "infra/.terraformignore")),
        ("tries the root", other("module \"x\" {\n  source = \"../app\"\n  count  = 0\n}\n", to: "infra/try/main.tf")),
        ("tests the root", other("module \"x\" {\n  source = \"../../\"\n  count  = 0\n}\n", to: "infra/app/tests/x/main.tf")),
        ("calls all", other("module \"x\" {\n  source   = \"./infra/app\"\n  for_each = {}\n}\n", to: "main.tf")),
        ("backend", other("terraform {\n  backend \"s3\" {}\n}\n", to: "infra/app/backend.tf")),
        ("backend of the module", other("terraform {\n  backend \"s3\" {}\n}\n", to: "infra/lib/queue/backend.tf")),
        ("usual tags", other("provider \"aws\" {\n  region = \"x\"\n}\n", to: "infra/app/providers.tf")),
        ("broken elsewhere", other("resource \"aws_sqs_queue\" {{{\n", to: "docs/broken.tf")),
        ("other text", other("nothing = {\n", to: "infra/app/notes.txt")),
        ("hidden file", other("resource \"aws_sqs_queue\" \"\(HideWorld.tagged)\" {\n  tags = 1\n}\n", to: "infra/app/.main.tf")),
        ("backup", other(HideWorld.app, to: "infra/app/main.tf~")),
        ("catalogue", other("instance_type,vcpu,memory_mib,on_demand_usd_hour\nown.large,2,8192,0\n", to: "data/types.csv")),
        (
            "file renamed",
            { change, random in
                guard let text = change["infra/app/main.tf"] else { return }
                change["infra/app/main.tf"] = nil
                change.add(text, to: "infra/app/" + (["core.tf", "\u{fc}.tf", "a b.tf", "main.tofu"].randomElement(using: &random) ?? ""))
            }
        ),
        (
            "file split",
            { change, _ in
                guard let text = change["infra/app/main.tf"], let at = text.firstRange(of: "\n\nresource")?.lowerBound else { return }
                change["infra/app/main.tf"] = String(text[..<at]) + "\n"
                change.add(String(text[at...]), to: "infra/app/rest.tf")
            }
        ),
        (
            "moved",
            { change, _ in
                change.add("moved {\n  from = aws_sqs_queue.gone\n  to   = aws_sqs_queue.h1\n}\n", to: "infra/app/moved.tf")
            }
        ),
        (
            "moved from the exempt",
            { change, _ in
                change.add("moved {\n  from = aws_sqs_queue.old\n  to   = aws_sqs_queue.h1\n}\n", to: "infra/net/moved.tf")
                // Where the exempt one is declared no more, this is its new name.
                if change["infra/net/main.tf"]?.contains("\"old\"") == false { change.truth.remove("h1") }
            }
        ),
        ("link to a root", { change, _ in change.links["infra/linked"] = "app" }),
        ("link to a file", { change, _ in change.links["infra/app/linked.tf"] = "../../docs/readme.md" }),
        ("link out", { change, _ in change.links["infra/out"] = "/etc" }),
    ]

    static let all = policies + workspaces + trees
}
