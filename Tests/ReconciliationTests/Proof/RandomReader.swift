import TestSupport

/// A block that reads a value, of every kind that Terraform and OpenTofu have.
struct RandomReader {
    private(set) var kind = ""
    private(set) var code = ""
    /// Modules of the tree by their file below the folder of the reader.
    private(set) var files: [String: String] = [:]
    /// What the root says of the module in which the reader stands.
    private(set) var outside = ""

    static let kinds = [
        "output", "sensitive output", "output's precondition", "provider", "provider's block", "data source", "data source's filter",
        "data source's for_each", "data source's postcondition", "remote state", "remote state's workspace", "remote module", "Git module",
        "remote module's for_each", "module", "module's for_each", "module's count", "nested module", "argument", "nested block",
        "dynamic block", "content of a dynamic block", "replace_triggered_by", "precondition", "postcondition", "provisioner", "connection",
        "for_each", "count", "validation", "check", "data source of a check", "backend", "import", "import's for_each", "ephemeral",
        "another's tags", "another's size", "another's key", "file", "terraform_data", "local and output",
        "unknown count", "unknown for_each", "unknown count of a module", "another's unknown tags", "another's unknown size",
        "another provider's default tags", "provider's key", "module's source", "another's validation", "destroying", "removed",
    ]

    init(_ kind: String, of seat: Seat, using random: inout SeededGenerator) {
        self.kind = kind
        var reading = Reading(name: seat.names.random(using: &random), change: seat.change, count: seat.count)
        // Somewhere on the way it may have another name.
        if random.chance(3) {
            code = "locals {\n  via = \(reading.name)\n}\n"
            reading = Reading(name: "local.via", change: seat.change, count: seat.count)
        }
        code += block(kind, reading, &random)
        // Of a module's output something is seen only where the caller passes it on.
        if code.contains("output \"o\"") { outside = "output \"passed\" {\n  value = module.m\n}\n" }
    }

    private mutating func block(_ kind: String, _ value: Reading, _ random: inout SeededGenerator) -> String {
        func text() -> String { value.text(using: &random) }
        func map() -> String { value.map(using: &random) }
        func list() -> String { value.list(using: &random) }
        func truth() -> String { value.truth(using: &random) }
        func number() -> String { value.number(using: &random) }
        func condition(_ type: String) -> String { "  \(type) {\n    condition     = \(truth())\n    error_message = \"no\"\n  }\n" }
        switch kind {
        case "output": return "output \"o\" {\n  value = \(random.chance(2) ? map() : text())\n}\n"
        case "sensitive output": return "output \"o\" {\n  value     = \(text())\n  sensitive = true\n}\n"
        case "output's precondition": return "output \"o\" {\n  value = 1\n\(condition("precondition"))}\n"
        case "provider": return "provider \"kubernetes\" {\n  host = \(text())\n}\n"
        case "provider's block": return "provider \"aws\" {\n  alias = \"b\"\n  assume_role {\n    session_name = \(text())\n  }\n}\n"
        case "data source": return "data \"aws_subnets\" \"d\" {\n  tags = \(map())\n}\n"
        case "data source's filter":
            return "data \"aws_ami\" \"d\" {\n  filter {\n    name   = \"tag\"\n    values = \(list())\n  }\n}\n"
        case "data source's for_each": return "data \"aws_ami\" \"d\" {\n  for_each = toset(\(list()))\n  name_regex = each.key\n}\n"
        case "data source's postcondition": return "data \"aws_ami\" \"d\" {\n  lifecycle {\n  \(condition("postcondition"))  }\n}\n"
        case "remote state":
            return "data \"terraform_remote_state\" \"s\" {\n  backend = \"s3\"\n  config  = { bucket = \"b\", key = \(text()) }\n}\n"
        case "remote state's workspace":
            return "data \"terraform_remote_state\" \"s\" {\n  backend   = \"s3\"\n  workspace = \(text())\n"
                + "  config    = { bucket = \"b\" }\n}\n"
        case "remote module": return Self.module("acme/net/aws", "labels = \(map())")
        case "Git module": return Self.module("git::ssh://git@git.example.com/net.git?ref=v1", "name = \(text())")
        case "remote module's for_each": return Self.module("acme/net/aws", "for_each = toset(\(list()))\n  name = each.key")
        case "module":
            files["inner/main.tf"] = "variable \"given\" {}\n" + Self.user(of: "var.given", &random)
            return Self.module("./inner", "given = \(text())")
        case "module's for_each":
            files["inner/main.tf"] = "variable \"given\" {\n  default = 1\n}\nresource \"null_resource\" \"n\" {}\n"
            return Self.module("./inner", "for_each = toset(\(list()))")
        case "module's count":
            files["inner/main.tf"] = "resource \"null_resource\" \"n\" {}\n"
            return Self.module("./inner", "count = \(number())")
        case "nested module":
            files["inner/main.tf"] = "variable \"given\" {}\nmodule \"far\" {\n  source = \"acme/net/aws\"\n  name = var.given\n}\n"
            return Self.module("./inner", "given = \(text())")
        case "argument": return "resource \"aws_ssm_parameter\" \"p\" {\n  name = \(text())\n  type = \"String\"\n}\n".tagged
        case "nested block":
            return "resource \"null_resource\" \"p\" {\n  nested {\n    deeper {\n      name = \(text())\n    }\n  }\n}\n"
        case "dynamic block": return Self.dynamic("each = \(random.chance(2) ? map() : list())", "tag.value")
        case "content of a dynamic block": return Self.dynamic("each = [\"a\"]", "\"${tag.value}-${\(text())}\"")
        case "replace_triggered_by":
            return "resource \"terraform_data\" \"t\" {\n  input = \(text())\n}\nresource \"null_resource\" \"r\" {\n  lifecycle {\n"
                + "    replace_triggered_by = [terraform_data.t]\n  }\n}\n"
        case "precondition", "postcondition":
            return "resource \"null_resource\" \"r\" {\n  lifecycle {\n  \(condition(kind))  }\n}\n"
        case "provisioner":
            return "resource \"null_resource\" \"r\" {\n  provisioner \"local-exec\" {\n    command = \(text())\n  }\n}\n"
        case "connection": return "resource \"null_resource\" \"r\" {\n  connection {\n    host = \(text())\n  }\n}\n"
        case "for_each":
            return "resource \"null_resource\" \"r\" {\n  for_each = \(random.chance(2) ? map() : "toset(\(list()))")\n"
                + "  triggers = { k = each.key, v = each.value }\n}\n"
        case "count": return "resource \"null_resource\" \"r\" {\n  count = \(number())\n}\n"
        case "validation":
            let inner = Reading(name: "var.given", change: value.change, count: value.count)
            files["inner/main.tf"] =
                "variable \"given\" {\n  validation {\n    condition     = \(inner.truth(using: &random))\n    error_message = \"no\"\n"
                + "  }\n}\n"
            return Self.module("./inner", "given = \(value.name)")
        case "check": return "check \"c\" {\n\(condition("assert"))}\n"
        case "data source of a check":
            return "check \"c\" {\n  data \"http\" \"h\" {\n    url = \(text())\n  }\n  assert {\n"
                + "    condition     = data.http.h.status_code == 200\n"
                + "    error_message = \"no\"\n  }\n}\n"
        case "backend": return "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n    key = \(text())\n  }\n}\n"
        case "import": return "import {\n  to = null_resource.r\n  id = \(text())\n}\nresource \"null_resource\" \"r\" {}\n"
        case "import's for_each":
            return "import {\n  for_each = toset(\(list()))\n  to = null_resource.r[each.key]\n  id = each.key\n}\n"
                + "resource \"null_resource\" \"r\" {\n  for_each = toset([\"team\"])\n}\n"
        case "ephemeral": return "ephemeral \"aws_secretsmanager_secret_version\" \"e\" {\n  secret_id = \(text())\n}\n"
        case "another's tags": return "resource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n  tags = { Note = \(text()) }\n}\n".tagged
        case "another's size":
            return "resource \"aws_instance\" \"i\" {\n  instance_type = \(truth()) ? \"t3.small\" : \"t3.large\"\n}\n".tagged
        case "another's key": return "resource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n  tags = { (\(text())) = \"x\" }\n}\n".tagged
        case "file": return "resource \"null_resource\" \"r\" {\n  triggers = { f = file(\"${\(text())}.txt\") }\n}\n"
        case "terraform_data": return "resource \"terraform_data\" \"d\" {\n  triggers_replace = [\(text())]\n}\n"
        case "local and output": return "locals {\n  late = \(map())\n}\noutput \"o\" {\n  value = local.late\n}\n"
        case "unknown count":
            return "resource \"null_resource\" \"r\" {\n  count = length(data.aws_ami_ids.a.ids) + (\(number()))\n}\n" + Self.ids
        case "unknown for_each":
            return "resource \"null_resource\" \"r\" {\n  for_each = toset(concat(data.aws_ami_ids.a.ids, tolist(\(list()))))\n}\n"
                + "" + Self.ids
        case "unknown count of a module":
            files["inner/main.tf"] = "resource \"null_resource\" \"n\" {}\n"
            return Self.module("./inner", "count = length(data.aws_ami_ids.a.ids) + (\(number()))") + Self.ids
        case "another's unknown tags":
            return "resource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n  tags = { Note = \"${uuid()}-${\(text())}\" }\n}\n".tagged
        case "another's unknown size":
            return "resource \"aws_instance\" \"i\" {\n  instance_type = \"${uuid()}-${\(text())}\"\n}\n".tagged
        case "another provider's default tags":
            return "provider \"aws\" {\n  alias = \"c\"\n  region = \"us-east-1\"\n  default_tags {\n    tags = { Note = \(text()) }\n"
                + "  }\n}\n"
                + "resource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n  provider = aws.c\n}\n".tagged
        case "provider's key":
            return "resource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n  provider = aws.by[\(text())]\n}\n".tagged
        case "module's source": return "module \"r\" {\n  source = \"./${\(text())}\"\n}\n"
        case "another's validation":
            return "variable \"other\" {\n  default = 1\n  validation {\n    condition     = \(truth())\n    error_message = \"no\"\n"
                + "  }\n}\n"
        case "destroying":
            return "resource \"null_resource\" \"r\" {\n  lifecycle {\n    create_before_destroy = \(truth())\n  }\n}\n"
        case "removed":
            return "removed {\n  from = null_resource.gone\n  provisioner \"local-exec\" {\n    when = destroy\n"
                + "    command = \(text())\n  }\n}\n"
        default: preconditionFailure("there is no kind '\(kind)'")
        }
    }

    private static let ids = "data \"aws_ami_ids\" \"a\" {\n  owners = [\"self\"]\n}\n"

    private static func module(_ source: String, _ arguments: String) -> String {
        "module \"r\" {\n  source = \"\(source)\"\n  \(arguments)\n}\n"
    }

    private static func dynamic(_ each: String, _ value: String) -> String {
        "resource \"null_resource\" \"r\" {\n  dynamic \"tag\" {\n    for_\(each)\n    content {\n      value = \(value)\n    }\n  }\n}\n"
    }

    /// What a module makes of what it is given.
    private static func user(of name: String, _ random: inout SeededGenerator) -> String {
        [
            "resource \"null_resource\" \"n\" {\n  triggers = { a = \(name) }\n}\n", "data \"http\" \"h\" {\n  url = \(name)\n}\n",
            "provider \"vault\" {\n  address = \(name)\n}\n", "resource \"aws_iam_user\" \"u\" {\n  name = \(name)\n}\n".tagged,
            "output \"unread\" {\n  value = \(name)\n  precondition {\n"
                + "    condition     = \(name) == \(name) && length(\(name)) == 0 || true\n"
                + "    error_message = \"no\"\n  }\n}\nresource \"terraform_data\" \"d\" {\n  input = \(name)\n}\n",
        ].random(using: &random)
    }
}

extension String {
    /// With all the tags that are asked for, where it has none of them.
    fileprivate var tagged: String {
        let all = "team = \"payments\", environment = \"prod\", cost-center = \"CC-1\""
        if contains("tags = {") { return replacing("tags = {", with: "tags = { \(all),") }
        return String(dropLast(2)) + "  tags = { \(all) }\n}\n"
    }
}
