import TestSupport

/// Resources whose tags, or of which whether there are any, only somebody knows who applies them, or who looks into other files: what is not
/// known is not kept.
extension HiddenResource {
    /// Adds a resource of the root whose other arguments are these.
    private static func add(_ change: inout HiddenChange, _ arguments: String, _ more: String = "") -> String {
        let name = change.name()
        change.truth.insert(name)
        let text = "resource \"aws_sqs_queue\" \"\(name)\" {\n  name = \"\(name)\"\n  \(arguments)\n}\n"
        change.add(text + more.replacing("NAME", with: name), to: "infra/app/doubts.tf")
        return name
    }

    static let doubts: [(kind: String, way: Way)] = [
        (
            "module from elsewhere",
            { change, random in
                let name = change.name()
                let sources = [
                    "git::https://git.example.com/modules.git//queue?ref=v1", "terraform-aws-modules/sqs/aws",
                    "https://example.com/queue.zip",
                    "git@example.com:modules.git", "/opt/queue",
                ]
                let source = sources.randomElement(using: &random) ?? ""
                let more = ["", "count = 1", "for_each = toset([\"a\"])", "tags = local.tags"].randomElement(using: &random) ?? ""
                if random.percent(30) {
                    change.add("{\"module\": {\"\(name)\": {\"source\": \"\(source)\"}}}", to: "infra/app/\(name).tf.json")
                } else {
                    change.add("module \"\(name)\" {\n  source = \"\(source)\"\n  \(more)\n}\n", to: "infra/app/\(name).tf")
                }
                change.truth.insert(name)
            }
        ),
        (
            "tags that only a plan knows",
            { change, random in
                let tags = [
                    "tags = data.aws_tags.all.tags", "tags = merge(local.tags, data.aws_tags.all.tags)",
                    "tags = aws_sqs_queue.jobs.tags_all",
                    "tags = { for k, v in data.aws_tags.all.tags : k => v }", "tags = merge(local.tags, { (data.aws_tags.all.id) = null })",
                    "tags = tomap({ team = data.aws_tags.all.id, cost-center = \"CC-1010\" })",
                    "tags = { team = \"${data.aws_tags.all.id}\", cost-center = \"CC-1010\" }",
                    "tags = data.aws_tags.all.id == \"x\" ? local.tags : {}",
                ]
                _ = add(&change, tags.randomElement(using: &random) ?? "")
            }
        ),
        (
            "tags that the workspace decides",
            { change, random in
                let tags = [
                    "tags = terraform.workspace == \"prod\" ? {} : local.tags",
                    "tags = lookup({ prod = {} }, terraform.workspace, local.tags)",
                    "tags = { for k, v in local.tags : k => v if terraform.workspace != \"prod\" }",
                    "tags = { team = terraform.workspace == \"prod\" ? \"x\" : \"payments\", cost-center = \"CC-1010\" }",
                ]
                _ = add(&change, tags.randomElement(using: &random) ?? "")
            }
        ),
        (
            "tags of a variable without a value",
            { change, random in
                let tags = ["tags = var.NAME", "tags = merge(local.tags, var.NAME)", "tags = coalesce(var.NAME, local.tags)"]
                let type = ["map(string)", "any", "object({ team = string })"].randomElement(using: &random) ?? "any"
                let name = add(&change, "", "variable \"NAME\" {\n  type = \(type)\n}\n")
                let arguments = (tags.randomElement(using: &random) ?? "").replacing("NAME", with: name)
                change["infra/app/doubts.tf"] = change["infra/app/doubts.tf"]?.replacing(
                    "name = \"\(name)\"\n  \n", with: "name = \"\(name)\"\n  \(arguments)\n")
            }
        ),
        (
            "tags in another file",
            { change, random in
                let tags = [
                    "tags = jsondecode(file(\"tags.json\"))", "tags = yamldecode(file(\"${path.module}/tags.json\"))",
                    "tags = merge(local.tags, jsondecode(file(\"tags.json\")))", "tags = jsondecode(templatefile(\"tags.json\", {}))",
                ]
                change["infra/app/tags.json"] = "{\"team\": null}\n"
                _ = add(&change, tags.randomElement(using: &random) ?? "")
            }
        ),
        (
            "count of a variable file",
            { change, _ in
                let name = add(&change, "count = var.on_NAME", "variable \"on_NAME\" {\n  default = 0\n}\n")
                change["infra/app/doubts.tf"] = change["infra/app/doubts.tf"]?.replacing("var.on_NAME", with: "var.on_\(name)")
                change["infra/app/terraform.tfvars"] = (change["infra/app/terraform.tfvars"] ?? "") + "on_\(name) = 1\n"
            }
        ),
        (
            "count of a default",
            { change, random in
                let ways = [("0", "count = var.set_NAME"), ("false", "count = var.set_NAME ? 1 : 0"), ("{}", "for_each = var.set_NAME")]
                let (preset, count) = ways.randomElement(using: &random) ?? ways[0]
                let name = add(&change, count, "variable \"set_NAME\" {\n  default = \(preset)\n}\n")
                change["infra/app/doubts.tf"] = change["infra/app/doubts.tf"]?.replacing("set_NAME", with: "set_\(name)")
            }
        ),
        (
            "count of what only a plan knows",
            { change, random in
                let repeats = [
                    "count = data.aws_tags.all.size", "for_each = data.aws_tags.all.tags", "count = length(data.aws_tags.all.tags)",
                ]
                _ = add(&change, repeats.randomElement(using: &random) ?? "")
            }
        ),
        (
            "file behind a link",
            { change, random in
                change.add(block(&change, &random), to: "docs/code.txt")
                change.links["infra/app/behind.tf"] = "../../docs/code.txt"
            }
        ),
        (
            "folder behind a link",
            { change, random in
                change.add(block(&change, &random), to: "docs/root/main.tf")
                change.links["infra/behind"] = "../docs/root"
            }
        ),
        (
            "module behind a link",
            { change, random in
                change.add(block(&change, &random), to: "docs/module/main.tf")
                change.links["infra/app/module"] = "../../docs/module"
                change["infra/app/behind.tf"] = "module \"behind\" {\n  source = \"./module\"\n}\n"
            }
        ),
        (
            "module without an instance",
            { change, random in
                let folder = "infra/idle\(Int.random(in: 0..<1_000_000, using: &random))"
                let callers = [
                    ("infra/app", "../" + folder.dropFirst(6)), ("docs", "../" + folder), ("\(folder)/tests/a", "../.."),
                    ("\(folder)/examples/a", "../../"), ("infra/idler", "../" + folder.dropFirst(6)),
                ]
                let (caller, source) = callers.randomElement(using: &random) ?? callers[0]
                let repeats = caller == "docs" ? [""] : ["count = 0", "for_each = {}", "count = false ? 1 : 0", "for_each = toset([])"]
                change.add(block(&change, &random), to: folder + "/main.tf")
                change.add(
                    "module \"idle\" {\n  source = \"\(source)\"\n  \(repeats.randomElement(using: &random) ?? "")\n}\n",
                    to: caller + "/idle.tf")
            }
        ),
        (
            "default of a module",
            { change, random in
                let name = change.name()
                change.truth.insert(name)
                change["infra/lib/queue/main.tf"] = change["infra/lib/queue/main.tf"]?.replacing(
                    "type = map(string)\n", with: "type    = map(string)\n  default = { team = \"payments\" }\n")
                change["infra/app/\(name).tf"] = "module \"\(name)\" {\n  source = \"../lib/queue\"\n}\n"
            }
        ),
        (
            "locals in JSON",
            { change, _ in
                change["infra/app/override.tf.json"] = "{\"locals\": {\"tags\": {\"team\": \"payments\"}}}"
                change.truth.insert(HideWorld.tagged)
            }
        ),
    ]
}
