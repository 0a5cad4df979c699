import CostModel
import Diagnostics
import Reconciliation
import TestSupport
import Testing

/// Each passes alone. Whichever is merged second would bring what nobody saw.
@Suite("two changes that fail only together")
struct TwoChangesTests {
    struct Way: Sendable {
        var name: String
        var base: [String: String]
        var one: [String: String]
        var other: [String: String]
        var fails: String
    }

    private static let main = "infra/app/main.tf"
    private static let tags = "{ team = \"payments\", cost-center = \"CC-1010\" }"
    /// Nothing about it fails.
    private static let tagged = queue("jobs", "  tags = \(tags)\n")
    private static let module = "modules/queue/main.tf"
    private static let call = "module \"q\" {\n  source = \"../../modules/queue\"\n}\n"

    private static func queue(_ name: String, _ more: String = "") -> String {
        "resource \"aws_sqs_queue\" \"\(name)\" {\n  name = \"\(name)\"\n\(more)}\n"
    }

    private static func variable(_ name: String, _ value: String) -> String { "variable \"\(name)\" {\n  default = \(value)\n}\n" }
    private static func local(_ name: String, _ value: String) -> String { "locals {\n  \(name) = \(value)\n}\n" }

    static let ways: [Way] = [
        Way(
            name: "a call that relies on a default, and the default's end",
            base: [module: variable("tags", tags) + queue("q", "  tags = var.tags\n")], one: ["infra/app/q.tf": call],
            other: [module: variable("tags", "{}") + queue("q", "  tags = var.tags\n")], fails: "module.q.aws_sqs_queue.q"),
        Way(
            name: "a resource that relies on the provider's tags, and their end",
            base: ["infra/app/p.tf": "provider \"aws\" {\n  default_tags {\n    tags = \(tags)\n  }\n}\n"],
            one: ["infra/app/q.tf": queue("q")], other: ["infra/app/p.tf": "provider \"aws\" {\n}\n"], fails: "aws_sqs_queue.q"),
        Way(
            name: "a resource with shared tags, and their end", base: ["infra/app/l.tf": local("shared", tags)],
            one: ["infra/app/q.tf": queue("q", "  tags = local.shared\n")], other: ["infra/app/l.tf": local("shared", "{}")],
            fails: "aws_sqs_queue.q"),
        Way(
            name: "a resource in JSON with shared tags, and their end", base: ["infra/app/l.tf": local("shared", tags)],
            one: ["infra/app/q.tf.json": #"{"resource": {"aws_sqs_queue": {"q": {"tags": "${local.shared}"}}}}"#],
            other: ["infra/app/l.tf": local("shared", "{}")], fails: "aws_sqs_queue.q"),
        Way(
            name: "a resource that is none yet, and the number that makes it one", base: ["infra/app/l.tf": local("number", "0")],
            one: ["infra/app/q.tf": queue("q", "  count = local.number\n")], other: ["infra/app/l.tf": local("number", "1")],
            fails: "aws_sqs_queue.q[0]"),
        Way(
            name: "a variable with a good default, and a file that sets it", base: [:],
            one: ["infra/app/q.tf": variable("shared", tags) + queue("q", "  tags = var.shared\n")],
            other: ["infra/app/a.auto.tfvars": "shared = {}\n"], fails: "aws_sqs_queue.q"),
        Way(
            name: "a second call of a module, and a resource in it that only such a call makes",
            base: [module: variable("number", "0")], one: ["infra/app/q.tf": call.replacing("\n}", with: "\n  number = 1\n}")],
            other: [module: variable("number", "0") + queue("q", "  count = var.number\n")], fails: "module.q.aws_sqs_queue.q[0]"),
        Way(
            name: "an output that becomes empty, and who takes it for tags",
            base: [module: "output \"tags\" {\n  value = \(tags)\n}\n", "infra/app/c.tf": call],
            one: ["infra/app/q.tf": queue("q", "  tags = module.q.tags\n")],
            other: [module: "output \"tags\" {\n  value = {}\n}\n"], fails: "aws_sqs_queue.q"),
    ]

    private func write(_ files: [String: String], _ estate: SmallEstate) throws {
        for (path, text) in files { try estate.repository.write(text, to: path) }
    }

    /// A change with some files over a base with others, and over a target that has got more since.
    private func check(
        _ change: [String: String], base: [String: String], target: [String: String]? = nil, isCommitted: Bool = true,
        isExact: Bool = false
    ) throws -> ChangeCheck.Outcome {
        let estate = try SmallEstate()
        try write(base.merging([Self.main: Self.tagged]) { given, _ in given }, estate)
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        if let target {
            try estate.repository.git(["checkout", "--quiet", "main"])
            try write(target, estate)
            try estate.repository.commit()
            try estate.repository.git(["checkout", "--quiet", "change"])
        }
        try write(change, estate)
        if isCommitted { try estate.repository.commit() }
        return try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "main", isExact: isExact)
    }

    private func blocking(_ outcome: ChangeCheck.Outcome) -> [String] {
        Set(outcome.deciding.filter(\.blocks).compactMap { $0.resource?.identity.address }).sorted()
    }

    @Test("pass alone, and the second one fails once the first is in the target, whichever that is", arguments: ways.indices)
    func together(way: Int) throws {
        let way = Self.ways[way]
        for (change, target) in [(way.one, way.other), (way.other, way.one)] {
            #expect(blocking(try check(change, base: way.base)) == [], "\(way.name)")
            let outcome = try check(change, base: way.base, target: target)
            #expect(blocking(outcome) == [way.fails], "\(way.name)")
            let found = try #require(outcome.comparison.findings.first { $0.change == .new })
            #expect(found.before == nil && found.details.contains { $0.hasPrefix("it comes with what the target has by now") })
            #expect(outcome.head.evaluation.findings.contains { $0.id == found.finding.id })
            #expect(outcome.comparison.teams.map(\.new).reduce(0, +) == outcome.comparison.count(.new))
            #expect(outcome.newGaps == [] && outcome.diagnostics.isEmpty)
        }
    }

    @Test("so does one that is not committed yet")
    func uncommitted() throws {
        for way in Self.ways {
            #expect(blocking(try check(way.one, base: way.base, target: way.other, isCommitted: false)) == [way.fails], "\(way.name)")
        }
    }

    @Test("against the target's tip itself nothing is merged: a push replaces it")
    func exact() throws {
        let way = Self.ways[0]
        #expect(blocking(try check(way.one, base: way.base, target: way.other, isExact: true)) == [])
    }

    @Test("what the target has brought by itself is no fault of a change beside it")
    func targetsOwn() throws {
        let debt = ["infra/app/debt.tf": Self.queue("debt"), Self.main: Self.tagged + "\n" + Self.queue("more")]
        let outcome = try check(["infra/app/ok.tf": Self.tagged.replacing("jobs", with: "ok")], base: [:], target: debt)
        #expect(outcome.deciding == [] && outcome.comparison.isEmpty)
    }

    @Test("what an exemption of the target covers is covered in the merge, too")
    func exempt() throws {
        let policy = SmallEstate.tagging.replacing("spec:\n", with: "spec:\n  inlineExemptions: true\n")
        let comment = "# bursar:ignore cost-allocation until=2026-12-31 reason=\"agreed\"\n"
        let shared = Self.local("shared", "{}")
        let outcome = try check(
            ["infra/app/ok.tf": Self.tagged.replacing("jobs", with: "ok")],
            base: ["policies/tags.yaml": policy, "infra/app/l.tf": Self.local("shared", Self.tags)],
            target: ["infra/app/l.tf": shared, "infra/app/old.tf": comment + Self.queue("old", "  tags = local.shared\n")])
        #expect(blocking(outcome) == [])
    }

    @Test("files that cannot be read together are missing, though each side's can")
    func unreadable() throws {
        let outcome = try check(
            ["infra/app/a.tf": Self.local("shared", "1")], base: [:], target: ["infra/app/b.tf": Self.local("shared", "2")])
        #expect(outcome.newGaps.map(\.id) == ["duplicate-declaration"])
        #expect(outcome.head.observed.isPartial)
    }

    @Test("where edits of both meet it is said, and the change's text counts there")
    func conflict() throws {
        let base = ["infra/app/l.tf": Self.local("shared", Self.tags)]
        let use = ["infra/app/q.tf": Self.queue("q", "  tags = local.shared\n")]
        let mine = use.merging(["infra/app/l.tf": Self.local("shared", "merge(\(Self.tags), {})")]) { $1 }
        let outcome = try check(mine, base: base, target: ["infra/app/l.tf": Self.local("shared", "{}")])
        #expect(outcome.diagnostics.map(\.id) == ["merge-conflict"])
        #expect(outcome.diagnostics[0].message.contains("both edit 'infra/app/l.tf'"))
        #expect(blocking(outcome) == [])
    }
}
