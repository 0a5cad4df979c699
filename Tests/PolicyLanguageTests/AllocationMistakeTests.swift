import CostModel
import Testing

@Suite("mistakes in an allocation")
struct AllocationMistakeTests {
    private static let teams = ["a", "b"].map { "kind: Team\nmetadata: {name: \($0)}\nspec: {owns: [{accounts: [\"\($0)\"]}]}\n" }
        .joined(separator: "---\n")

    @Test(
        "are shown at their place",
        arguments: [
            ("{scope: {unowned: true}, split: odd}", "'split' must be 'even' or a mapping with 'proportional' and 'fixed'"),
            ("{scope: {}, split: even}", "'scope' states nothing: the whole bill cannot be divided"),
            ("{scope: {unowned: false}, split: even}", "'scope' states nothing: the whole bill cannot be divided"),
            ("{scope: {team: a, unowned: true}, split: even}", "what belongs to a team is not unowned: state 'team' or 'unowned'"),
            ("{scope: {unowned: true}, split: {}}", "'split' must state one of 'proportional' and 'fixed'"),
            (
                "{scope: {unowned: true}, split: {proportional: {by: cost}, fixed: {a: 10%}}}",
                "'split' must state one of 'proportional' and 'fixed'"
            ),
            ("{scope: {unowned: true}, split: {proportional: {by: size}}}", "'by' must be 'cost' or a mapping with 'metric', found 'size'"),
            ("{scope: {unowned: true}, split: {proportional: {by: {metric: orders}}}}", "unknown metric 'orders'"),
            ("{scope: {unowned: true}, split: {fixed: {a: 70%, b: 40%}}}", "'fixed' gives away more than 100%"),
            ("{scope: {unowned: true}, split: {fixed: {}}}", "'fixed' must not be empty"),
            ("{scope: {unowned: true}, split: {fixed: {a: 0%}}}", "percentage above 0%"),
            ("{scope: {unowned: true}, split: {fixed: {c: 10%}}}", "unknown team 'c'"),
            ("{scope: {unowned: true}, split: {fixed: {a: 10%}}, to: [b]}", "'fixed' names its teams: leave 'to' out"),
            ("{scope: {unowned: true}, split: even, to: []}", "'to' must not be empty"),
            ("{scope: {unowned: true}, split: even, to: [a, a]}", "'to' names a team twice"),
            ("{scope: {unowned: true}, split: even, to: [c]}", "unknown team 'c'"),
            ("{scope: {team: a}, split: even, to: [a]}", "'to' names only the team that gives"),
            ("{scope: {team: a}, split: even, to: [a, b]}", "allocation 'x' gives to a team that it takes from"),
            ("{scope: {unowned: true}}", "missing 'split' in 'spec'"),
        ])
    func mistakes(spec: String, message: String) {
        let text = complaints(Self.teams, object("Allocation", spec))
        #expect(text.contains(message), "\(text)")
    }

    @Test("none of these is one", arguments: ["even", "{proportional: {by: cost}}", "{fixed: {a: 60%, b: 40%}}"])
    func right(split: String) {
        #expect(complaints(Self.teams, object("Allocation", "{scope: {untagged: [team]}, split: \(split)}")).isEmpty)
        let (policies, _) = load(Self.teams, object("Allocation", "{scope: {team: a}, split: even, to: teams}"))
        #expect(policies?.allocations.first?.recipients == nil && policies?.allocations.count == 1)
    }

    @Test("a circle is named, and so is a second rule about the same part of the bill")
    func together() {
        func rule(_ name: String, _ from: String, _ to: String) -> String {
            "kind: Allocation\nmetadata: {name: \(name)}\nspec: {scope: {team: \(from)}, split: even, to: [\(to)]}\n"
        }
        #expect(
            complaints(Self.teams, rule("y", "a", "b") + "---\n" + rule("x", "b", "a")).contains(
                "allocations hand money round in a circle: x → y → x"))
        #expect(
            complaints(Self.teams, rule("y", "a", "b") + "---\n" + rule("x", "a", "b")).contains(
                "allocation 'y' divides what 'x' divides already"))
    }

    @Test("more than 200 are refused")
    func many() {
        let rules = (0...200).map {
            "kind: Allocation\nmetadata: {name: r\($0)}\nspec: {scope: {accounts: [\"n\($0)\"]}, split: even}\n"
        }.joined(separator: "---\n")
        #expect(complaints(Self.teams, rules).contains("201 allocations: at most 200 are divided"))
    }
}
