import CostModel
import Diagnostics
import PolicyLanguage
import Testing

@Suite("a baseline")
struct BaselineMistakeTests {
    private static let policy = PolicyReference(.tagging, "tags")
    private static let web = ResourceIdentity(root: "infra/a:b", address: "aws_instance.web[\"a\"]")

    private static func entry(_ subject: String) -> Baseline.Entry {
        let id = Finding.identifier(policy: policy, resource: web, subject: subject)
        return Baseline.Entry(id: id, policy: policy, resource: web, subject: subject)
    }

    private static let tagging = "kind: TaggingPolicy\nmetadata: {name: tags}\nspec:\n  exemptible: EXEMPTIBLE\n  require: [{key: team}]\n"

    @Test("that is written reads back the same, sorted, and the same again")
    func roundTrip() throws {
        let budget = PolicyReference(.budget, "small")
        let whole = Baseline.Entry(
            id: Finding.identifier(policy: budget, resource: nil, subject: nil), policy: budget, resource: nil, subject: nil)
        let baseline = Baseline(
            place: Place(file: "a.yaml", line: 3), recorded: Day("2026-11-01")!, reason: "was \"there\": before",
            entries: [Self.entry("team"), whole, Self.entry("cost: center")])
        let text = BaselineText.text(of: baseline)
        let (policies, diagnostics) = load(text)
        #expect(diagnostics.map(\.message) == [])
        let read = try #require(policies?.baseline)
        #expect(read.entries == baseline.entries && read.reason == baseline.reason && read.recorded == baseline.recorded)
        #expect(BaselineText.text(of: read) == text)
        #expect(
            text == """
                # Findings that were there when a policy came: they are listed and scored, but do not fail a check.
                # 'bursar baseline' takes out what is fixed and never adds; 'bursar baseline --reset' records anew.
                kind: Baseline
                metadata: {name: baseline}
                spec:
                  recorded: 2026-11-01
                  reason: "was \\"there\\": before"
                  findings:
                    - {id: \(whole.id), policy: Budget/small}
                    - {id: \(Self.entry("cost: center").id), policy: TaggingPolicy/tags, resource: "infra/a:b:aws_instance.web[\\"a\\"]", subject: "cost: center"}
                    - {id: \(Self.entry("team").id), policy: TaggingPolicy/tags, resource: "infra/a:b:aws_instance.web[\\"a\\"]", subject: team}

                """)
    }

    @Test("may be empty")
    func empty() {
        let text = BaselineText.text(
            of: Baseline(place: Place(file: "a.yaml", line: 3), recorded: Day("2026-11-01")!, reason: "r", entries: []))
        #expect(load(text).policies?.baseline?.entries == [])
    }

    @Test("mistakes are all shown at once, each at its place")
    func mistakes() {
        let id = Self.entry("team").id
        let text = """
            kind: Baseline
            metadata: {name: mine}
            spec:
              recorded: today
              findings:
                - {id: \(id), policy: TaggingPolicy/tags, resource: "infra/a:b:aws_instance.web[\\"a\\"]", subject: team}
                - {id: \(id), policy: TaggingPolicy/tags, resource: "infra/a:aws_instance.web", subject: team}
                - {id: x, policy: tags}
                - {policy: Team/x}

            """
        #expect(
            complaints(text) == """
                a.yaml:2:18: error: a baseline is called 'baseline', found 'mine'
                  2 | metadata: {name: mine}
                    |                  ^~~~
                a.yaml:3:1: error: missing 'reason' in 'spec'; it must be text
                  3 | spec:
                    | ^~~~
                a.yaml:4:13: error: 'recorded' must be a date such as 2027-01-31, found 'today'
                  4 |   recorded: today
                    |             ^~~~~
                a.yaml:7:12: error: '\(id)' is not the id of what this entry names
                  7 |     - {id: \(id), policy: TaggingPolicy/tags, resource: "infra/a:aws_instance.web", subject: team}
                    |            ^~~~~~~~~~~~~~
                a.yaml:8:12: error: 'id' must be a finding's id such as f-6c1d0a52e4b3, found 'x'
                  8 |     - {id: x, policy: tags}
                    |            ^
                a.yaml:8:23: error: 'policy' must be a policy's kind and name such as TaggingPolicy/cost-allocation, found 'tags'
                  8 |     - {id: x, policy: tags}
                    |                       ^~~~
                a.yaml:9:8: error: missing 'id' in an entry of 'findings'; it must be a finding's id such as f-6c1d0a52e4b3
                  9 |     - {policy: Team/x}
                    |        ^~~~~~
                a.yaml:9:16: error: 'policy' must be a policy's kind and name such as TaggingPolicy/cost-allocation, found 'Team/x'
                  9 |     - {policy: Team/x}
                    |                ^~~~~~

                """)
    }

    @Test("holds a finding once, nothing of a policy that allows no exemption, and there is one")
    func checks() {
        let baseline = { (entries: [Baseline.Entry]) in
            BaselineText.text(
                of: Baseline(place: Place(file: "b.yaml", line: 3), recorded: Day("2026-11-01")!, reason: "r", entries: entries))
        }
        let one = Self.entry("team")
        let twice = load(baseline([one, one])).diagnostics
        #expect(twice.map(\.message) == ["finding '\(one.id)' stands here already"])
        #expect(twice.map { $0.notes.count } == [1])
        let refused = load(Self.tagging.replacing("EXEMPTIBLE", with: "false"), baseline([one])).diagnostics
        #expect(refused.map(\.message) == ["policy 'tags' allows no exemption"])
        #expect(refused.first?.place == "b.yaml:9:36")
        #expect(refused.first?.notes.first?.range?.file.path == "a.yaml")
        #expect(load(Self.tagging.replacing("EXEMPTIBLE", with: "true"), baseline([one])).diagnostics.isEmpty)
        #expect(load(baseline([]), baseline([one])).diagnostics.map(\.message) == ["Baseline 'baseline' exists already"])
        // A policy that is gone is no mistake: its entries have lapsed.
        #expect(load(baseline([one])).policies?.baseline?.entries == [one])
    }

    @Test("is compared finding by finding")
    func compared() throws {
        let text = BaselineText.text(
            of: Baseline(place: Place(file: "a.yaml", line: 3), recorded: Day("2026-11-01")!, reason: "r", entries: [Self.entry("team")]))
        let object = try #require(load(text).policies?.objects.first { $0.reference.kind == .baseline })
        #expect(object.fields.map(\.path) == ["findings.\(Self.entry("team").id)", "reason", "recorded"])
    }
}
