import TestSupport

/// Expressions that mean something else once a value is changed.
struct Reading {
    /// A name of the value.
    let name: String
    let change: Seat.Change
    /// How many keys a map has that gets one more.
    let count: Int

    private var isText: Bool { change == .write }

    /// Of type string.
    func text(using random: inout SeededGenerator) -> String {
        let choices: [String]
        switch change {
        case .insert:
            choices = [
                "lookup(\(name), \"cost-center\", \"none\")", "try(\(name)[\"cost-center\"], \"none\")",
                "can(\(name)[\"cost-center\"]) ? \"a\" : \"b\"", "contains(keys(\(name)), \"cost-center\") ? \"a\" : \"b\"",
            ]
        case .rename:
            choices = [
                "\(name).env", "\(name)[\"env\"]", "lookup(\(name), \"env\", \"none\")", "try(\(name).environment, \"none\")",
                "upper(\(name).env)",
            ]
        case .replace:
            choices = ["\(name)[\"cost-center\"]", "\"x-${\(name)[\"cost-center\"]}\"", "lookup(\(name), \"cost-center\", \"none\")"]
        case .write:
            return [
                name, "upper(\(name))", "\"x-${\(name)}\"", "format(\"%s\", \(name))", "\"${uuid()}-${\(name)}\"",
                "coalesce(\(name), \"x\")",
                "\(name) == \"1\" ? \"a\" : \"b\"", "join(\"-\", [\(name), \"x\"])", "{ \"1\" = \"a\" }[\(name)]",
                "lookup({ \"1\" = \"a\" }, \(name), \"b\")", "<<-EOT\n  ${\(name)}\n  EOT\n", "element([\(name)], 0)",
            ].random(using: &random)
        }
        let whole = [
            "jsonencode(\(name))", "md5(jsonencode(\(name)))", "join(\",\", [for k, v in \(name) : \"${k}=${v}\"])",
            "join(\"-\", concat(keys(\(name)), values(\(name))))", "format(\"%s\", jsonencode(merge({}, \(name))))",
            "\"${uuid()}-${jsonencode(\(name))}\"", "templatefile(\"x.tpl\", \(name))", "yamlencode({ tags = \(name) })",
            "join(\",\", [for k in sort(keys(\(name))) : \"${k}:${\(name)[k]}\"])",
            "\"%{for k, v in \(name)}${k}=${v} %{endfor}\"", "base64encode(jsonencode(merge({ x = uuid() }, \(name))))",
        ]
        return (choices + whole).random(using: &random)
    }

    /// A map of strings.
    func map(using random: inout SeededGenerator) -> String {
        if isText || random.chance(3) { return "{ x = \(text(using: &random)) }" }
        return [
            name, "merge(\(name), { zone = \"a\" })", "{ for k, v in \(name) : k => v }", "tomap(\(name))",
            "merge({ zone = uuid() }, \(name))",
            "\(name) == null ? {} : \(name)", "zipmap(keys(\(name)), values(\(name)))", "coalesce(\(name), {})", "try(\(name), {})",
            "{ for k, v in \(name) : lower(k) => upper(v) if v != \"\" }",
        ].random(using: &random)
    }

    /// A list of strings.
    func list(using random: inout SeededGenerator) -> String {
        if isText || change == .replace || random.chance(3) { return "[\(text(using: &random))]" }
        return ["keys(\(name))", "[for k, v in \(name) : k]", "toset(keys(\(name)))", "sort(keys(\(name)))"].random(using: &random)
    }

    /// What is true, and would be false.
    func truth(using random: inout SeededGenerator) -> String {
        switch change {
        case .insert:
            [
                "length(\(name)) == \(count)", "!contains(keys(\(name)), \"cost-center\")",
                "lookup(\(name), \"cost-center\", \"\") == \"\"",
                "alltrue([for k in keys(\(name)) : k != \"cost-center\"])", "!can(\(name)[\"cost-center\"])",
            ].random(using: &random)
        case .rename:
            ["contains(keys(\(name)), \"env\")", "can(\(name).env)", "\(name).env == \"prod\"", "lookup(\(name), \"env\", \"\") != \"\""]
                .random(using: &random)
        case .replace: ["\(name)[\"cost-center\"] == \"1\"", "contains(values(\(name)), \"1\")"].random(using: &random)
        case .write: ["\(name) == \"1\"", "length(\(name)) < 2", "can(regex(\"^[0-9]+$\", \(name)))"].random(using: &random)
        }
    }

    /// A number, for `count`.
    func number(using random: inout SeededGenerator) -> String { "\(truth(using: &random)) ? 1 : 0" }
}

extension SeededGenerator {
    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
}
