import CostModel
import Reporting
import TestSupport

/// Numbers that are the same in every run.
struct Random {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func next(below bound: Int) -> Int { Int(generator.next() % UInt64(max(1, bound))) }

    /// True once in so many times.
    mutating func chance(_ of: Int) -> Bool { next(below: of) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }
}

/// Comparisons of every size and mixture; not every one could come from an estate.
enum RandomComparison {
    /// What a pull request could hold: mark-up, mentions, links, escapes, letters that pile up, and length.
    static let hostile = [
        "\u{1B}]0;owned\u{7}\u{9B}31m", "@torvalds", "#1", "<img src=x onerror=alert(1)>", "</details>", "<!-- bursar:check other -->",
        "a|b",
        "`x` ``` ``", "**bold** __x__ ~~y~~", "[click](https://evil.example)", "![i](//evil)", "https://evil.example www.evil.example",
        "\u{202E}gnp.exe\u{2066}", "\n\n# heading\n- item\r\n```\n", "$\\color{red}{x}$", "&lt;script&gt;",
        "e" + String(repeating: "\u{301}", count: 400),
        String(repeating: "long ", count: 300), "\u{0}\u{FFFE}\u{E000}", "::error::x%0A", "]]>", "\u{1F4B0}",
    ]

    static func make(
        _ random: inout Random, largest: Int = 9, exactly: Int? = nil, hostile isHostile: Bool = true
    ) -> Comparison {
        func count() -> Int { exactly ?? (random.chance(3) ? 0 : random.next(below: largest)) }
        func text() -> String {
            isHostile && random.chance(2) ? random.pick(hostile) + " " + random.pick(hostile) : "name-\(random.next(below: 1_000))"
        }
        func place() -> Place { Place(file: "infra/\(text())/main.tf", line: random.next(below: 900) + 1) }
        func money() -> Money { Fixtures.usd(random.next(below: 3_000), hundredths: random.next(below: 100)) }
        func points() -> Points? { random.chance(5) ? nil : Points(hundredths: random.next(below: 10_001)) }

        let policies = [Fixtures.tagging, Fixtures.rightsizing, Fixtures.budget]
        func finding() -> Finding {
            Finding(
                policy: random.pick(policies), rule: random.pick(["missing-tag", "oversized-instance", "over-budget"]),
                verdict: random.pick([.fail, .fail, .fail, .unknown, .error]), severity: random.pick(Severity.allCases),
                team: random.chance(4) ? nil : text(), message: text(), subject: random.chance(2) ? text() : nil,
                proposal: random.chance(2) ? [text(): text()] : [:], reason: random.chance(3) ? text() : nil,
                resource: random.chance(5)
                    ? nil : .init(identity: .init(root: text(), address: text()), id: nil, type: "aws_instance", provider: "aws"),
                location: random.chance(8) ? nil : place(), monthlySavings: random.chance(2) ? money() : nil, atStake: money(),
                exemption: random.chance(9) ? text() : nil)
        }
        var findings: [Comparison.FindingChange] = []
        for change in [Comparison.Change.new, .changed, .fixed, .unchanged] {
            for _ in 0..<count() {
                let causes = random.chance(3) ? [PolicyReference(.budget, text())] : []
                findings.append(
                    .init(
                        change: change, before: change == .new ? nil : finding(), after: change == .fixed ? nil : finding(), causes: causes,
                        details: change == .changed ? [text()] : []))
            }
        }
        var comparison = Comparison(
            base: String(repeating: "a", count: 40), baseName: text(), findings: findings,
            policies: (0..<count()).map { _ in
                .init(
                    policy: .init(.budget, text()), kind: random.pick([.added, .removed, .changed]), place: place(),
                    fields: (0..<random.next(below: 4)).map { _ in
                        .init(
                            path: text(), before: random.chance(3) ? nil : text(), after: random.chance(3) ? nil : text(), place: place())
                    })
            },
            teams: (0..<count()).map { _ in
                .init(
                    team: random.chance(9) ? nil : text(), scoreBefore: points(), scoreAfter: points(), atStakeBefore: money(),
                    atStakeAfter: money(), savingsBefore: money(), savingsAfter: money(), new: random.next(below: 3),
                    fixed: random.next(below: 3), changed: random.next(below: 3))
            },
            pending: (0..<count()).map { _ in .init(what: text(), place: place(), effect: text()) })
        if random.chance(2) {
            comparison.rollout = .init(
                days: 14, policies: [], teams: (0..<count()).map { _ in .init(team: text(), before: points(), after: points()) })
        }
        return comparison
    }
}
