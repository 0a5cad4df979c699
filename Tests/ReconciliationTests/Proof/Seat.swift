import TestSupport

/// Where a value stands that a finding wants changed, and how the code around it can name that value.
struct Seat {
    /// What the finding asks for.
    enum Change: CaseIterable {
        /// A key more in a map.
        case insert
        /// Another name for a key of a map.
        case rename
        /// Another text for a key of a map.
        case replace
        /// Another text in place of one.
        case write
    }

    var name: String
    var change: Change
    /// Files of the root's folder; `READER` stands where the code that reads the value goes.
    var files: [String: String]
    /// The texts inside which an edit would change the value, by file.
    var places: [(file: String, text: String)]
    /// Expressions that have the value.
    var names: [String]
    /// How many keys a map has.
    var count = 2

    /// The files with the code of a reader.
    func files(read reader: RandomReader?) -> [String: String] {
        var result = files.mapValues { $0.replacing("READER", with: reader?.code ?? "") }
        let isInModule = files["m/main.tf"]?.contains("READER") ?? false
        for (name, text) in reader?.files ?? [:] { result[(isInModule ? "m/" : "") + name] = text }
        if isInModule { result["main.tf"]? += reader?.outside ?? "" }
        return result
    }
}

extension Seat {
    private static let maps: [(Change, String)] = [
        (.insert, "{\n    team        = \"payments\"\n    environment = \"prod\"\n  }"),
        (.insert, "{ team = \"payments\", environment = \"prod\" }"),
        (.rename, "{\n    team = \"payments\"\n    env  = \"prod\"\n    cost-center = \"CC-1\"\n  }"),
        (.rename, "{ \"env\" = \"prod\", team = \"payments\", \"cost-center\" = \"CC-1\" }"),
        (.replace, "{\n    team        = \"payments\"\n    environment = \"prod\"\n    cost-center = \"1\"\n  }"),
        (.replace, "{ cost-center = \"1\", team = \"payments\", environment = \"prod\" }"),
    ]
    private static let queue = "resource \"aws_sqs_queue\" \"q\" {\n  name = \"q\"\n"
    private static let others = "team = \"payments\", environment = \"prod\""

    static func random(using random: inout SeededGenerator) -> Seat {
        let (change, map) = maps.random(using: &random)
        let all = ofMap(change, map) + ofText + [disk]
        return all.random(using: &random)
    }

    private static func ofMap(_ change: Change, _ map: String) -> [Seat] {
        let tagged = queue + "  tags = local.shared\n}\n"
        func seat(_ name: String, _ main: String, _ more: [String: String] = [:], at file: String = "main.tf", names: [String]) -> Seat {
            let files = more.merging(["main.tf": main], uniquingKeysWith: { first, _ in first })
            return Seat(name: name, change: change, files: files, places: [(file, map)], names: names)
        }
        var seats = [
            seat("a local", "locals {\n  shared = \(map)\n}\n\(tagged)READER", names: ["local.shared", "local[\"shared\"]"]),
            seat(
                "a part of a local", "locals {\n  all = { shared = \(map), size = 1 }\n}\n\(queue)  tags = local.all.shared\n}\nREADER",
                names: ["local.all.shared", "local.all[\"shared\"]"]),
            seat(
                "a variable's default", "variable \"labels\" {\n  default = \(map)\n}\n\(queue)  tags = var.labels\n}\nREADER",
                names: ["var.labels"]),
            seat(
                "a variable file", "variable \"labels\" {\n  type = map(string)\n}\n\(queue)  tags = var.labels\n}\nREADER",
                ["terraform.tfvars": "labels = \(map)\n"], at: "terraform.tfvars", names: ["var.labels"]),
            seat(
                "an argument of a module", "module \"m\" {\n  source = \"./m\"\n  labels = \(map)\n}\n",
                ["m/main.tf": "variable \"labels\" {\n  type = map(string)\n}\n\(queue)  tags = var.labels\n}\nREADER"],
                names: ["var.labels"]),
            seat(
                "an optional argument of a module", "module \"m\" {\n  source = \"./m\"\n  spec = { labels = \(map), size = 2 }\n}\n",
                [
                    "m/main.tf": "variable \"spec\" {\n  type = object({ labels = map(string), size = optional(number, 1) })\n}\n"
                        + "\(queue)  tags = var.spec.labels\n}\nREADER"
                ], names: ["var.spec.labels", "var.spec[\"labels\"]"]),
            seat(
                "a local of a module", "module \"m\" {\n  source = \"./m\"\n}\n",
                ["m/main.tf": "locals {\n  shared = \(map)\n}\n\(tagged)READER"], at: "m/main.tf", names: ["local.shared"]),
            seat(
                "a resource's own tags", "\(queue)  tags = \(map)\n}\nREADER",
                names: ["aws_sqs_queue.q.tags", "resource.aws_sqs_queue.q.tags", "aws_sqs_queue.q[\"tags\"]"]),
            seat(
                "one of several resources' tags", "\(queue)  count = 2\n  tags  = \(map)\n}\nREADER",
                names: ["aws_sqs_queue.q[0].tags", "one(slice(aws_sqs_queue.q[*].tags, 0, 1))", "aws_sqs_queue.q[1].tags"]),
            seat(
                "what a module passes on", "module \"m\" {\n  source = \"./m\"\n}\n\(queue)  tags = module.m.labels\n}\nREADER",
                ["m/main.tf": "output \"labels\" {\n  value = \(map)\n}\n"], at: "m/main.tf", names: ["module.m.labels"]),
        ]
        if change != .replace {
            // What stands in an element is no literal of one resource, but keys may be added and renamed.
            seats += [
                seat(
                    "an element",
                    "locals {\n  all = { a = { labels = \(map) } }\n}\n\(queue)  for_each = local.all\n"
                        + "  tags = each.value.labels\n}\nREADER",
                    names: ["local.all.a.labels", "local.all[\"a\"].labels", "aws_sqs_queue.q[\"a\"].tags", "values(local.all)[0].labels"]),
                seat(
                    "an argument of a repeated module",
                    "module \"m\" {\n  source = \"./m\"\n  for_each = { a = \(map) }\n  labels = each.value\n}\n",
                    ["m/main.tf": "variable \"labels\" {}\n\(queue)  tags = var.labels\n}\nREADER"], names: ["var.labels"]),
            ]
        }
        if change == .insert {
            seats.append(
                Seat(
                    name: "an argument that a module is not given", change: change,
                    files: [
                        "main.tf": "module \"m\" {\n  source = \"./m\"\n}\n",
                        "m/main.tf": "variable \"labels\" {\n  default = {}\n}\n\(queue)  tags = merge({ \(others) }, var.labels)\n}\n"
                            + "READER",
                    ], places: [("main.tf", "module \"m\" {\n  source = \"./m\"\n}"), ("m/main.tf", "default = {}")],
                    names: ["var.labels"], count: 0))
        }
        if change == .replace {
            seats += [
                seat(
                    "default tags of a local",
                    "locals {\n  shared = \(map)\n}\nprovider \"aws\" {\n  default_tags {\n    tags = local.shared\n  }\n}\n\(queue)}\n"
                        + "READER",
                    names: ["local.shared", "aws_sqs_queue.q.tags_all"]),
                seat(
                    "default tags",
                    "provider \"aws\" {\n  default_tags {\n    tags = \(map)\n  }\n}\n\(queue)}\n"
                        + "data \"aws_default_tags\" \"mine\" {}\nREADER",
                    names: ["aws_sqs_queue.q.tags_all", "data.aws_default_tags.mine.tags"]),
            ]
        }
        return seats
    }

    private static var ofText: [Seat] {
        let tagged = queue + "  tags = { \(others), cost-center = local.code }\n}\n"
        let passed = "variable \"code\" {\n  type = string\n}\n\(queue)  tags = { \(others), cost-center = var.code }\n}\nREADER"
        return [
            Seat(
                name: "a text", change: .write, files: ["main.tf": "locals {\n  code = \"1\"\n}\n\(tagged)READER"],
                places: [("main.tf", "code = \"1\"")], names: ["local.code", "local[\"code\"]", "aws_sqs_queue.q.tags[\"cost-center\"]"]),
            Seat(
                name: "a variable's default text", change: .write,
                files: ["main.tf": "variable \"code\" {\n  default = \"1\"\n}\n\(tagged.replacing("local.code", with: "var.code"))READER"],
                places: [("main.tf", "default = \"1\"")], names: ["var.code"]),
            Seat(
                name: "a text that a module is given", change: .write,
                files: ["main.tf": "module \"m\" {\n  source = \"./m\"\n  code = \"1\"\n}\n", "m/main.tf": passed],
                places: [("main.tf", "code = \"1\"")], names: ["var.code"]),
            Seat(
                name: "a text in a variable file", change: .write, files: ["main.tf": passed, "a.auto.tfvars": "code = \"1\"\n"],
                places: [("a.auto.tfvars", "code = \"1\"")], names: ["var.code"]),
            Seat(
                name: "a text behind a choice", change: .write,
                files: [
                    "main.tf": "locals {\n  codes = { prod = \"1\", dev = \"CC-2\" }\n}\n"
                        + tagged.replacing("local.code", with: "local.codes[\"prod\"]") + "READER"
                ], places: [("main.tf", "prod = \"1\"")], names: ["local.codes.prod", "local.codes[\"prod\"]"]),
        ]
    }

    /// Not a tag, but an argument that a rule sets.
    private static var disk: Seat {
        Seat(
            name: "an argument of a rule", change: .write,
            files: [
                "main.tf": "locals {\n  disk = \"1\"\n}\nresource \"aws_ebs_volume\" \"v\" {\n  size = 10\n  type = local.disk\n"
                    + "  tags = { \(others), cost-center = \"CC-1\" }\n}\nREADER"
            ], places: [("main.tf", "disk = \"1\"")], names: ["local.disk", "aws_ebs_volume.v.type"])
    }
}

extension Array {
    func random(using random: inout SeededGenerator) -> Element {
        guard let element = randomElement(using: &random) else { preconditionFailure("there is nothing to choose from") }
        return element
    }
}
