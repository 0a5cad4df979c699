import CostModel
import Testing

@Suite("rules of tags")
struct TagRuleTests {
    private static func rule(_ name: String, _ scope: TagRule.Scope = .init(), _ settings: [String: TagRule.Setting]) -> TagRule {
        TagRule(name: name, place: Place(file: "tags.yaml", line: 1), scope: scope, settings: settings)
    }

    private static func tags(
        _ rules: [TagRule], _ billed: [String: String], account: String = "1", service: String = "EC2", region: String = "us-east-1"
    ) -> [String: String] {
        TagRules(rules).applied(to: billed, account: account, service: service, region: region).tags
    }

    private static let spelling = rule(
        "spelling", [:], ["team": .init(.tags(["team", "Team"]), letterCase: .lower, map: ["pay": "payments"])])

    private static func rule(_ name: String, _: [String: String], _ settings: [String: TagRule.Setting]) -> TagRule {
        rule(name, TagRule.Scope(), settings)
    }

    @Test(
        "rename, spell and map, and leave alone what they do not know",
        arguments: [
            (["team": "PAY"], ["team": "payments"]),
            (["Team": "Search", "x": "1"], ["Team": "Search", "team": "search", "x": "1"]),
            (["team": "", "Team": "pay"], ["Team": "pay", "team": "payments"]),
            (["x": "1"], ["x": "1"]), (["team": ""], ["team": ""]), ([:], [:]),
        ] as [([String: String], [String: String])])
    func spelling(billed: [String: String], expected: [String: String]) {
        #expect(Self.tags([Self.spelling], billed) == expected)
    }

    @Test("hold where every stated part holds")
    func scopes() {
        let rule = Self.rule(
            "shared",
            TagRule.Scope(
                Budget.Scope(accounts: ["1"], services: ["EC2"], regions: ["us-east-1"], tags: ["env": "prod"]), untagged: ["team"]),
            ["team": .init(.value("platform"))])
        #expect(Self.tags([rule], ["env": "prod"])["team"] == "platform")
        #expect(Self.tags([rule], ["env": "prod", "team": ""])["team"] == "platform")
        #expect(Self.tags([rule], ["env": "prod", "team": "pay"])["team"] == "pay")
        #expect(Self.tags([rule], ["env": "test"])["team"] == nil)
        #expect(Self.tags([rule], ["env": "prod"], account: "2")["team"] == nil)
        #expect(Self.tags([rule], ["env": "prod"], service: "S3")["team"] == nil)
        #expect(Self.tags([rule], ["env": "prod"], region: "eu-west-1")["team"] == nil)
    }

    @Test("of several the one counts that says most, also where it finds nothing; and none reads what another made")
    func precedence() {
        let general = Self.rule("general", [:], ["team": .init(.value("all")), "env": .init(.value("any"))])
        let special = Self.rule(
            "special", TagRule.Scope(Budget.Scope(accounts: ["1"])), ["team": .init(.tags(["owner"])), "copy": .init(.tags(["env"]))])
        #expect(Self.tags([general, special], ["owner": "pay"])["team"] == "pay")
        #expect(Self.tags([general, special], [:])["team"] == nil)
        #expect(Self.tags([general, special], [:])["env"] == "any")
        #expect(Self.tags([general, special], [:])["copy"] == nil)
        #expect(Self.tags([general, special], [:], account: "2")["team"] == "all")
        let applied = TagRules([special, general]).applied(to: ["owner": "x"], account: "1", service: "", region: "")
        #expect(applied.rules.mapValues(\.name) == ["team": "special", "env": "general"])
    }

    @Test("say which tags must be read for those that are asked for")
    func inputs() {
        let shared = Self.rule(
            "shared", TagRule.Scope(Budget.Scope(tags: ["env": "prod"]), untagged: ["owner"]), ["cost-center": .init(.value("7"))])
        let rules = TagRules([Self.spelling, shared])
        #expect(rules.inputs(of: ["team"]) == ["team", "Team"])
        #expect(rules.inputs(of: ["cost-center"]) == ["cost-center", "env", "owner"])
        #expect(rules.inputs(of: ["x"]) == ["x"])
        #expect(rules.allKeys == ["team", "Team", "cost-center", "env", "owner"])
    }

    @Test("give the same in any order, keep every sum, and change nothing a second time by another order", arguments: 0..<200)
    func order(seed: UInt64) {
        var random = Numbers(state: seed)
        let keys = ["team", "Team", "env", "owner"]
        let values = ["pay", "Pay", "search", "", "prod"]
        let rules = (0..<Int.random(in: 1...8, using: &random)).map { number -> TagRule in
            var lines = Budget.Scope()
            if Bool.random(using: &random) { lines.accounts = [["1"], ["2"], ["1", "2"]].randomElement(using: &random) }
            if Bool.random(using: &random) { lines.services = ["EC2"] }
            if Bool.random(using: &random) { lines.tags = [keys.randomElement(using: &random)!: values.randomElement(using: &random)!] }
            var settings: [String: TagRule.Setting] = [:]
            for key in keys.shuffled(using: &random).prefix(2) {
                settings[key] =
                    Bool.random(using: &random)
                    ? .init(.value(values.randomElement(using: &random)!))
                    : .init(.tags(Array(keys.shuffled(using: &random).prefix(2))), letterCase: .lower, map: ["pay": "payments"])
            }
            return Self.rule("r\(number)", TagRule.Scope(lines), settings)
        }
        var table = CostTable(currency: .usd, names: ["", "1", "2", "3", "EC2", "S3"])
        for _ in 0..<60 {
            var tags: [String: String] = [:]
            for key in keys where Bool.random(using: &random) { tags[key] = values.randomElement(using: &random)! }
            table.tagSets.append(tags)
            var amounts = CostAmounts()
            amounts.effective = FixedDecimal(Int.random(in: -50...500, using: &random))
            table.lines.append(
                CostTable.Line(
                    key: CostTable.Key(
                        day: Day(year: 2026, month: 10, day: 1), billingMonth: Month(year: 2026, month: 10), category: .usage,
                        account: Int32.random(in: 1...3, using: &random), service: Int32.random(in: 4...5, using: &random),
                        tagSet: Int32(table.tagSets.count - 1)), amounts: amounts))
        }
        func read(_ table: CostTable) -> [[String: String]] { table.lines.map { table.tagSets[Int($0.key.tagSet)] } }
        let once = table.tagged(by: TagRules(rules))
        #expect(once == table.tagged(by: TagRules(rules.shuffled(using: &random))))
        #expect(once.lines.map(\.amounts) == table.lines.map(\.amounts))
        #expect(
            read(once)
                == zip(table.lines, read(table)).map { line, tags in
                    TagRules(rules).applied(
                        to: tags, account: table.name(line.key.account), service: table.name(line.key.service), region: ""
                    )
                    .tags
                })
    }

    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 31)
        }
    }
}
