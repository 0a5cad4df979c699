import Foundation
import TestSupport
import Testing

@testable import Commands

/// The example of a service with objectives, and what becomes of it.
@Suite("service levels on the command line")
struct ServiceLevelCommandTests {
    private static let now = "2026-11-01T00:00:00Z"
    private let scratch = TemporaryDirectory()

    private func example() throws -> TemporaryRepository {
        let repository = try TemporaryRepository()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let example = root.appending(path: "examples/checkout").path
        for name in try FileManager.default.contentsOfDirectory(atPath: example) {
            try FileManager.default.copyItem(atPath: "\(example)/\(name)", toPath: "\(repository.path)/\(name)")
        }
        try repository.commit()
        return repository
    }

    private func read(_ name: String, of repository: TemporaryRepository) throws -> String {
        try String(contentsOfFile: "\(repository.path)/\(name)", encoding: .utf8)
    }

    private func said(_ words: [String], in path: String) -> Said { Said(words + ["-C", path, "--now", Self.now]) }

    @Test("the example holds its checkout's machines back with their numbers, and makes the other one smaller")
    func held() throws {
        let repository = try example()
        let path = repository.path
        let check = said(["check", "--all"], in: path)
        #expect(check.code == 0, "\(check.output)\(check.error)")
        #expect(check.output.contains("service-level") && check.output.contains("aws_instance.web[2]"))
        #expect(check.output.contains("checkout: p95 CPU 44 % → 88 % of m5.xlarge; objective: headroom 35 %"), "\(check.output)")
        #expect(check.output.contains("3 held back"))
        let json = said(["check", "--format", "json"], in: path).output
        #expect(json.contains("\"reason\": \"service-level\""))
        let plan = said(["plan", "--patch"], in: path)
        #expect(plan.output.contains("+  instance_type = \"m5.large\"") && !plan.output.contains("+  instance_type = \"m5.xlarge\""))
    }

    @Test("the example's tests pass, and one of a scenario that comes to something else fails with both amounts, as text and as JUnit")
    func tests() throws {
        let repository = try example()
        let passing = Said("test", "-C", repository.path)
        #expect(passing.code == 0 && passing.output.contains("3 passed"), "\(passing.output)\(passing.error)")
        let file = "policies/checkout_test.yaml"
        var text = try read(file, of: repository)
        text = text.replacing("560.64 USD, headroom: 25%", with: "560.00 USD, headroom: 24%, brokenObjectives: []")
        try repository.write(text, to: file)
        let failing = Said("test", "-C", repository.path)
        #expect(failing.code == 1)
        for message in [
            "scenario one-fewer: expected monthlyAfter '560.00 USD', found '560.64 USD'",
            "scenario one-fewer: expected headroom '24%', found '25%'",
            "scenario one-fewer: broken: checkout/headroom would be broken: aws_instance.web[0]: p95 CPU 50 % → 75 % (3 → 2 of them)",
            "scenario one-fewer: not known: whether checkout/latency would be broken is not known",
        ] {
            #expect(failing.output.contains(message), "\(failing.output)")
        }
        let junit = Said("test", "--format", "junit", "-C", repository.path).output
        #expect(junit.contains("<failure") && junit.contains("found &apos;560.64 USD&apos;") || junit.contains("found '560.64 USD'"))
        // What the scenario itself expects counts, too.
        try repository.write(text.replacing(", brokenObjectives: []", with: ""), to: file)
        let scenarios = "policies/scenarios.yaml"
        try repository.write(
            try read(scenarios, of: repository).replacing("monthlyAtMost: 2000 USD", with: "monthlyAtMost: 1000 USD"), to: scenarios)
        #expect(Said("test", "-C", repository.path).output.contains("scenario sale: broken: 1,681.92 USD a month, at most 1,000.00"))
    }

    @Test("simulate says which objectives would break and how often, as text, JSON and Markdown, and ends by what the scenario expects")
    func simulate() throws {
        let repository = try example()
        func run(_ spec: String, _ more: String...) throws -> Said {
            let file = "\(scratch.path)/s.yaml"
            try scratch.write("kind: Scenario\nmetadata: {name: s}\nspec: \(spec)\n", to: "s.yaml")
            return said(["simulate", file] + more, in: repository.path)
        }
        let smaller = "{changes: [{resources: ['aws_instance.web[*]'], size: m5.xlarge}]"
        let text = try run("\(smaller)}")
        #expect(text.code == 0)
        #expect(
            text.output.contains(
                "checkout/headroom met → broken: aws_instance.web[2]: p95 CPU 44 % → 88 % (m5.2xlarge → m5.xlarge); objective: headroom 35 %; beyond that in 50 % of the samples"
            ), "\(text.output)")
        #expect(try run("\(smaller)}", "--format", "json").output.contains("\"chance\": 0.5000"))
        #expect(try run("\(smaller)}", "--format", "markdown").output.contains("- `checkout/headroom` met → broken"))
        // Latency is measured, and no size computes it.
        let some = try run("\(smaller), expect: {brokenObjectives: [checkout/headroom]}}")
        #expect(some.code == 3 && some.output.contains("unknown whether checkout/latency would be broken is not known"))
        #expect(try run("\(smaller), expect: {brokenObjectives: []}}").code == 1)
        let larger = "{changes: [{resources: ['aws_instance.web[*]'], size: m5.4xlarge}]"
        #expect(try run("\(larger), expect: {brokenObjectives: []}}").code == 0)
        #expect(try run("\(larger), expect: {brokenObjectives: [checkout/headroom]}}").code == 1)
        let other = try run("\(larger), expect: {brokenObjectives: [shop/latency]}}")
        #expect(
            other.code == 1 && other.output.contains("shop/latency is no objective of a service that runs on resources of the scenario"))
        // What nobody is served by is not available; what only costs less changes nothing.
        let none = try run("{changes: [{resources: ['aws_instance.web*'], count: 0}]}")
        #expect(none.output.contains("checkout/headroom met → broken: no machine of it is left"))
        let nights = try run("{changes: [{resources: ['aws_instance.web[0]'], hours: 60}]}")
        #expect(nights.output.contains("checkout/headroom met → unknown: how much of the work of machines that do not run"))
        let price = try run("{changes: [{resources: ['aws_instance.web*'], price: 60%}], expect: {brokenObjectives: []}}")
        #expect(price.code == 0, "\(price.output)")
    }

    @Test("a broken objective stands first, is explained by its days, and holds everything back")
    func broken() throws {
        let repository = try example()
        try repository.write(try read("observed/latency.csv", of: repository).replacing(",22", with: ",42"), to: "observed/latency.csv")
        try repository.commit()
        let check = said(["check"], in: repository.path)
        #expect(
            check.output.contains(
                "checkout breaks its objective for latency: checkout-latency is above 300 on 3 of 7 days, 426 on 2026-10-28"))
        #expect(check.output.contains("before any saving: checkout breaks its objective"))
        let id = try #require(check.output.firstMatch(of: /bursar explain (f-[0-9a-f]+)/)).1
        let explained = said(["explain", String(id)], in: repository.path)
        #expect(explained.code == 0 && explained.output.contains("What was counted"))
        #expect(explained.output.contains("checkout-latency: 426"))
        // A file that is torn is no good news.
        try repository.write("day,value\n2026-10-31,1\n2026-10-30,x\n", to: "observed/latency.csv")
        let torn = said(["check", "--all"], in: repository.path)
        #expect(torn.code == 3)
        #expect(torn.output.contains("the metric 'checkout-latency' could not be read whole: observed/latency.csv:3"))
    }

    @Test("a rule's own size is held back like a proposal, and nothing is patched that an objective is against")
    func rule() throws {
        let repository = try example()
        try repository.write(
            """
            kind: Rule
            metadata: {name: no-large-ones}
            spec:
              match: {types: [aws_instance]}
              assert: 'resource.attributes["instance_type"] != "m5.2xlarge"'
              message: "{resource.address} is large"
              fix: {mode: review, set: {instance_type: m5.large}}

            """, to: "policies/rule.yaml")
        try repository.commit()
        let plan = said(["plan"], in: repository.path)
        #expect(plan.output.contains("held back: checkout: p95 CPU 44 % → 176 % of m5.large; objective: headroom 35 %"), "\(plan.output)")
        let patch = said(["plan", "--patch"], in: repository.path).output
        // One line, of the machine that no service runs on.
        let lines = patch.split(separator: "\n").filter { $0.hasPrefix("+ ") || $0.hasPrefix("- ") }
        #expect(lines == ["-  instance_type = \"m5.2xlarge\"", "+  instance_type = \"m5.large\""], "\(patch)")
    }

    @Test("a snapshot holds the metrics, and says where it does not")
    func snapshot() throws {
        let repository = try example()
        let file = "\(scratch.path)/o.json"
        #expect(said(["observe", "--out", file], in: repository.path).code == 0)
        let check = ["check", "--all", "--format", "json"]
        #expect(said(check, in: repository.path).output == said(check + ["--observations", file], in: repository.path).output)
        let policies = "policies/checkout.yaml"
        let text = try read(policies, of: repository)
        try repository.write(
            text.replacing("latency: {metric: checkout-latency", with: "latency: {metric: other")
                + "---\nkind: Metric\nmetadata: {name: other}\nspec: {paths: [observed/latency.csv]}\n", to: policies)
        let other = said(["check", "--observations", file], in: repository.path)
        #expect(other.code == 3 && other.output.contains("holds nothing of the metric 'other'"))
    }

    @Test("a change does not judge itself by numbers that it brings, nor makes a machine too small by hand")
    func change() throws {
        let repository = try example()
        try repository.git(["checkout", "-q", "-b", "change"])
        try repository.write(
            try read("observed/failed.csv", of: repository).replacing("2026-10-27,960", with: "2026-10-27,96000"), to: "observed/failed.csv"
        )
        try repository.write(
            try read("infra/main.tf", of: repository).replacing(
                "count         = 3\n  ami           = \"ami-0abcdef1234567890\"\n  instance_type = \"m5.2xlarge\"",
                with: "count         = 3\n  ami           = \"ami-0abcdef1234567890\"\n  instance_type = \"m5.xlarge\""),
            to: "infra/main.tf")
        try repository.commit()
        let check = said(["check", "--base", "main"], in: repository.path)
        #expect(!check.output.contains("objective for errors"), "\(check.output)")
        #expect(
            check.output.contains("p95 CPU 44 % → 88 % of m5.xlarge; objective: headroom 35 %, once the m5.xlarge of the code is applied"),
            "\(check.output)")
    }
}
