import TestSupport

/// Small Terraform files as people write them: tags in an object, in a local, merged, computed, absent; aligned or not, with comments.
struct RandomCode {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func file() -> String {
        var blocks: [String] = []
        let hasLocal = chance(2)
        if hasLocal { blocks.append("locals {\n  common = \(object(indentation: "  "))\n  size   = \"gp2\"\n}\n") }
        for index in 0..<Int.random(in: 1...4, using: &random) { blocks.append(resource(index, hasLocal: hasLocal)) }
        let text = blocks.shuffled(using: &random).joined(separator: chance(4) ? "\n\n# ----\n" : "\n")
        return chance(5) ? text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") : text
    }

    private mutating func resource(_ index: Int, hasLocal: Bool) -> String {
        let isVolume = chance(2)
        var lines = ["resource \"\(isVolume ? "aws_ebs_volume" : "aws_sqs_queue")\" \"r\(index)\" {"]
        if chance(3) { lines.append("  count = \(Int.random(in: 0...2, using: &random))") }
        if isVolume {
            lines.append("  size = 10")
            lines += pick([["  type = \"gp2\""], ["  type = \"gp3\" # ours"], [], hasLocal ? ["  type = local.size"] : []])
        } else {
            lines.append("  name = \"r\(index)\"")
        }
        let own = object(indentation: "  ")
        switch Int.random(in: 0..<8, using: &random) {
        case 0: break
        case 1 where hasLocal: lines += ["", "  tags = local.common"]
        case 2 where hasLocal: lines += ["  tags = merge(local.common, \(own))"]
        case 3: lines += ["  tags = merge({ Name = \"r\" }, \(own))"]
        case 4 where hasLocal: lines += ["  tags = \(chance(2) ? "true" : "false") ? local.common : \(own)"]
        default: lines += ["", "  tags = \(own)"]
        }
        if chance(4) { lines += ["", "  lifecycle {", "    prevent_destroy = true", "  }"] }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    /// A subset of the tags that the policy speaks about, and others, right, wrong or computed.
    private mutating func object(indentation: String) -> String {
        let values = [
            "team": ["\"payments\"", "\"\"", "lower(\"Payments\")", "\"search\""], "cost-center": ["\"CC-1\"", "\"1\""],
            "env": ["\"prod\"", "\"dev\""], "Name": ["\"r\"", "\"${upper(\"x\")}-1\""],
        ]
        let keys = values.keys.sorted().filter { _ in chance(2) }.shuffled(using: &random)
        let isAligned = chance(2)
        let width = keys.map(\.count).max() ?? 0
        let items = keys.map { key in
            let padding = isAligned ? String(repeating: " ", count: width - key.count) : ""
            return "\(chance(4) ? "\"\(key)\"" : key)\(padding) = \(pick(values[key] ?? []))"
        }
        if chance(3) { return items.isEmpty ? "{}" : "{ \(items.joined(separator: ", ")) }" }
        let lines = items.map { "\(indentation)  \($0)\(chance(6) ? " # a comment" : "")\n" }
        return "{\n\(lines.joined())\(indentation)}"
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        guard let choice = choices.randomElement(using: &random) else { preconditionFailure("there is nothing to choose from") }
        return choice
    }
}
