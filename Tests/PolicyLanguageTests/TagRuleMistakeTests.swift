import CostModel
import Testing

@Suite("a rule of tags as it is written")
struct TagRuleMistakeTests {
    @Test("has every key read")
    func right() {
        let (policies, diagnostics) = load(
            object(
                "TagRule",
                "{scope: {accounts: [\"1\"], services: [EC2], regions: [r], tags: {a: b}, untagged: [team]}, set: {team: pay, env: {from: Env}, owner: {from: [a, b], case: upper, map: {A: z}}}}"
            ))
        #expect(diagnostics.isEmpty)
        let scope = TagRule.Scope(
            Budget.Scope(accounts: ["1"], services: ["EC2"], regions: ["r"], tags: ["a": "b"]), untagged: ["team"])
        let expected = TagRules([
            TagRule(
                name: "x", place: Place(file: "a.yaml", line: 3), scope: scope,
                settings: [
                    "team": .init(.value("pay")), "env": .init(.tags(["Env"])),
                    "owner": .init(.tags(["a", "b"]), letterCase: .upper, map: ["A": "z"]),
                ])
        ])
        #expect(policies?.tagRules.inputs(of: ["owner"]) == expected.inputs(of: ["owner"]))
        let tags = ["a": "b", "b": "c", "Env": "test"]
        let found = policies?.tagRules.applied(to: tags, account: "1", service: "EC2", region: "r").tags
        #expect(found == expected.applied(to: tags, account: "1", service: "EC2", region: "r").tags)
        #expect(found == ["a": "b", "b": "c", "Env": "test", "team": "pay", "env": "test", "owner": "B"])
    }

    @Test(
        "with a mistake is refused at its place",
        arguments: [
            ("{}", "missing 'set' in 'spec'"), ("{set: {}}", "'set' must not be empty"),
            ("{set: {team: {case: lower}}}", "missing 'from'"),
            ("{set: {team: {from: [], case: lower}}}", "'from' must not be empty"),
            ("{set: {team: {from: a, case: title}}}", "'case' must be lower or upper, found 'title'"),
            ("{set: {team: {from: a, mapp: {}}}}", "unknown key 'mapp'"),
            ("{set: {team: [a]}}", "must be"),
            ("{scope: {team: pay}, set: {team: a}}", "unknown key 'team'"),
            ("{scope: {accounts: []}, set: {team: a}}", "'accounts' must not be empty"),
        ])
    func mistakes(spec: String, message: String) {
        let text = complaints(object("TagRule", spec))
        #expect(text.contains(message), "\(text)")
    }

    @Test("is the only one of its scope that sets a key")
    func twice() {
        func rule(_ name: String, _ spec: String) -> String { "kind: TagRule\nmetadata: {name: \(name)}\nspec: \(spec)\n" }
        let text = complaints(rule("b", "{set: {team: x}}"), rule("a", "{set: {team: y, env: z}}"))
        #expect(text.contains("rule 'b' sets 'team' where 'a' sets it already"), "\(text)")
        #expect(complaints(rule("b", "{set: {team: x}}"), rule("a", "{set: {env: z}}")).isEmpty)
        #expect(complaints(rule("b", "{set: {team: x}}"), rule("a", "{scope: {regions: [r]}, set: {team: z}}")).isEmpty)
    }
}
