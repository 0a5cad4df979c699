import CostModel
import Game
import Reporting

@testable import Pages

/// Sites made by hand.
enum Sites {
    static let now = Instant(seconds: 1_793_491_200)
    static var today: Day { now.day }

    static func usd(_ amount: Int) -> Money { Money(FixedDecimal(amount), .usd) }

    static func empty(_ workspace: String = "acme") -> SiteContent {
        SiteContent(
            workspace: workspace, context: ReportContext(revision: String(repeating: "a", count: 40), evaluatedAt: now), currency: .usd,
            toolVersion: "0.0.0")
    }

    static func commitments(_ name: String) -> CommitmentEntry {
        let month = today.month.advanced(by: -1)
        var found = CommitmentStatement(
            days: month.firstDay..<month.advanced(by: 1).firstDay, currency: .usd, price: .list, unusedBelongsTo: .users)
        var one = CommitmentStatement.Commitment(id: "\(name)/\(name)", provider: name, type: name, category: "Spend")
        (one.used, one.usedOnDemand, one.unused) = (FixedDecimal(600), FixedDecimal(1_000), FixedDecimal(200))
        one.end = today.advanced(by: 9)
        var other = one
        (other.id, other.end, other.unstated) = ("other", nil, FixedDecimal(3))
        found.commitments = [one, other]
        found.total.covered = FixedDecimal(600)
        found.total.coveredOnDemand = FixedDecimal(1_000)
        found.total.uncoveredOnDemand = FixedDecimal(3_000)
        found.total.uncovered = FixedDecimal(3_000)
        found.total.unused = FixedDecimal(200)
        found.teams = [.init(team: name, use: found.total), .init(team: nil, use: .init())]
        found.unstated = FixedDecimal(4)
        let days = today.advanced(by: -84)..<today
        var proposal = CommitmentProposal(
            provider: name, category: "Spend", services: [name, "Compute"], days: days, rate: FixedDecimal(1), isRateStated: true, years: 1)
        proposal.perHour = FixedDecimal(2)
        proposal.steps = [.init(month: 0, perHour: FixedDecimal(1))]
        proposal.savings = FixedDecimal(700)
        proposal.spread = .init(low: FixedDecimal(-10), middle: FixedDecimal(500), high: FixedDecimal(900), lossShare: 0.034)
        proposal.removed = FixedDecimal(1)
        var none = CommitmentProposal(
            provider: name, category: "Usage", services: [name], days: days, rate: nil, isRateStated: false, years: 3)
        none.reason = name
        return CommitmentEntry(policy: name, statement: found, proposals: [proposal, none])
    }

    /// Machines that name a network and a disk, with these words in every address, as far as an address may hold them.
    static func references(_ name: String, machines: Int = 1) -> ResourceGraph {
        let root = name
        let name = String(name.unicodeScalars.filter { !".[]\"\\".unicodeScalars.contains($0) }.map(Character.init))
        func resource(_ address: String, namedBy referrers: [String] = []) -> Resource {
            let place = Place(file: root, line: 1)
            var resource = Resource(
                identity: ResourceIdentity(root: root, address: address), type: "t", provider: "aws", location: place,
                block: FileSpan(file: root, bytes: 0..<1), tags: TagSet(supported: nil))
            resource.referencedBy = referrers.map { Resource.Referrer(type: "t", address: $0) }
            return resource
        }
        let resources = (0..<machines).flatMap { index in
            [
                resource("t.\(name)machine\(index)"), resource("t.\(name)net\(index)", namedBy: ["t.\(name)machine\(index)"]),
                resource("t.\(name)disk\(index)", namedBy: ["t.\(name)machine\(index)"]),
            ]
        }
        let amounts = Dictionary(
            resources.enumerated().filter { !$1.identity.address.contains("net") }.map { ($1.identity, usd($0 % 97)) },
            uniquingKeysWith: { first, _ in first })
        return ResourceGraph(resources, monthly: amounts, currency: .usd)
    }

    /// A finding that was caught, and changes of which nothing is known.
    static func caught(_ name: String) -> CaughtFindings {
        CaughtFindings(
            since: today.advanced(by: -90),
            entries: [
                .init(
                    id: "f-c", policy: PolicyReference(.tagging, name), rule: "missing-tag", severity: .high, team: name,
                    resource: "infra:\(name)", message: name, commit: name, merge: String(repeating: "b", count: 40),
                    merged: today.advanced(by: -3))
            ], arrivals: [.init(day: today.advanced(by: -3), judged: 1, single: 4, unjudged: 2)])
    }

    /// Campaigns of each kind of goal, a season in its second month, and a card with squares of each kind.
    static func game(_ name: String, _ teams: [String], _ site: SiteContent) -> SiteGame {
        let policy = PolicyReference(.tagging, name)
        let lives = (0..<30).map { number in
            let opened = today.advanced(by: -100).start
            let gone = number.isMultiple(of: 3) ? today.advanced(by: -20 + number % 9).start : nil
            return FindingLife(
                identity: "life-\(number)", id: "f-\(number)", policy: policy, rule: "rule-\(number % 6)", verdict: .fail,
                severity: .high, team: teams[0], resource: "infra:\(name)\(number)", subject: name, message: name,
                state: gone == nil ? .open : .fixed, firstSeen: opened, lastSeen: opened, opened: opened, fixed: gone,
                fixedBy: gone.map { _ in name }, due: today.advanced(by: -1), atStake: usd(10))
        }
        let scores = teams.enumerated().flatMap { index, team in
            (0..<130).map { back in
                var day = ScoreDay(
                    team: team, day: today.advanced(by: back - 130), score: Points(hundredths: 8_000 - index * 300 + back),
                    reachedLevel: .silver, level: .silver, cost: usd(5_000), potentialSavings: usd(4), waste: usd(4), policyDigest: "")
                day.leaderboard = day.score
                return day
            }
        }
        func campaign(_ name: String, _ goal: Campaign.Goal, _ from: Int, _ to: Int) -> Campaign {
            Campaign(
                name: name, place: Place(file: name, line: 1), policies: [policy.name], teams: teams, goal: goal,
                days: today.advanced(by: from)...today.advanced(by: to))
        }
        let half = FixedDecimal(1).scaled(by: 1, over: 2)
        let win = WinToCopy(
            policy: policy, rule: name, team: name, title: name, merged: today.advanced(by: -30), verified: usd(7),
            patches: (0..<7).map { number in .init(change: "\(name)\(number)", title: name, file: name, line: number as Int) },
            savings: usd(70))
        return SiteGame(
            campaigns: [
                campaign(name, .fixed(half), -60, 20), campaign("\(name)2", .verified(usd(100)), -60, -5),
                campaign("ahead", .fixed(half), 5, 9),
            ], players: Set(teams), wins: [teams[0]: [win]],
            history: History(
                lives: lives, scores: scores, savings: site.savings,
                badges: [Badge(team: teams[0], name: "season-2026-Q3", awarded: today, reason: name, evidence: "")], caught: caught(name)),
            today: today, currency: .usd)
    }

    /// A site in which everything has a part, and every text that a repository, a bill or a code host may choose is this one.
    static func full(_ name: String, teams: Int = 2, findings: Int = 3) -> SiteContent {
        var site = empty(name)
        site.hasHistory = true
        let names = (0..<teams).map { $0 == 0 ? name : "\(name)\($0)" }
        site.findings = (0..<findings).map { index in
            var finding = FindingEntry(
                id: "f-\(index)", policy: name, rule: "missing-tag",
                status: FindingEntry.Status.allCases[index % 7], severity: Severity.allCases[index % 4], team: names[index % names.count],
                resource: "infra:\(name)", place: Place(file: name, line: index + 1), message: name, atStake: usd(index),
                monthlySavings: usd(1))
            finding.firstSeen = today.advanced(by: -index % 20)
            finding.due = today.advanced(by: 3 - index % 9)
            finding.isFixable = index.isMultiple(of: 2)
            return finding
        }
        site.fixed = site.findings.prefix(20).map { finding in
            var fixed = finding
            fixed.status = .fixed
            fixed.fixed = today.advanced(by: -2)
            fixed.fixedBy = name
            return fixed
        }
        site.teams = names.enumerated().map { index, team in
            Scorecard(
                team: team, parent: name, rank: index + 1, league: 1, score: Points(hundredths: 8_712), level: .silver, cost: usd(1_200),
                potentialSavings: usd(40),
                penalties: [
                    .init(finding: "f-0", points: Points(hundredths: 1_200), atStake: usd(90)),
                    .init(finding: name, points: Points(hundredths: 88), atStake: usd(3)),
                ],
                note: name, streakWeeks: 4, badges: [Badge(team: team, name: name, awarded: today, reason: name, evidence: "")],
                improvement: 2_500, timeliness: 9_000, heldLevel: .gold, previousScore: Points(hundredths: 8_000))
        }
        site.scores = names.flatMap { team in
            (0..<30).map { back in
                ScoreDay(
                    team: team, day: today.advanced(by: back - 30), score: Points(hundredths: 8_000 + back * 20), reachedLevel: .silver,
                    level: .silver, cost: usd(100), potentialSavings: usd(4), waste: usd(4), policyDigest: "")
            }
        }
        site.costs = (0..<90).flatMap { back in
            (0..<8).map { service in
                DailyCost(
                    day: today.advanced(by: back - 90), team: names[0], service: "\(name)\(service)", amount: usd(10 + service * back % 7))
            }
        }
        let period = BudgetPeriod(.monthly, holding: today)
        var status = BudgetStatus(
            name: name, period: period, closed: false, cost: .effective, amount: usd(900), actual: usd(450), forecast: usd(950),
            forecastMethod: name, judged: true)
        status.coverage = .whole(20)
        status.forecastLow = usd(900)
        status.forecastHigh = usd(1_000)
        site.budgets = [BudgetEntry(status: status, team: names[0], isWhole: true, message: name, severity: .high)]
        let rows = (0..<12).map { SpendOverview.Row(name: "\(name)\($0)", current: usd(100 - $0), previous: usd(80 + $0 * $0)) }
        site.overview = SpendOverview(
            month: status, days: today.advanced(by: -28)..<today, total: .init(name: nil, current: usd(1_134), previous: usd(1_466)),
            parts: [.team, .service, .tag(name)].map { .init(dimension: $0, rows: rows) }, unknownDays: [today.advanced(by: -9)])
        site.exemptions = [
            ExemptionEntry(
                name: name, standing: .expiring, reason: name, approvedBy: name, expires: today.advanced(by: 4),
                place: Place(file: name, line: 1), covered: 2, returning: 2, returningStake: usd(9))
        ]
        site.changes = names.map { team in
            Plan.Change(
                id: "c-1", title: name, findings: ["f-0"], team: team, file: name, line: 3, applicability: .review, monthlySavings: usd(12),
                patch: "--- a/\(name)\n+++ b/\(name)\n@@ -1 +1 @@\n-\(name)\n+x\n")
        }
        let plan = PlanRecord(
            digest: name, baseCommit: name, policyDigest: "", observedDigest: "", made: now,
            changes: [
                .init(id: "c-1", title: name, file: name, team: names[0], findings: ["f-0"], resources: [], monthlySavings: usd(3))
            ])
        site.requests = [name, "https://forge.example/acme/infra/pulls/1"].map { url in
            RequestRecord(
                group: name, team: names[0], state: .open, branch: name, title: name, number: 7, url: url, plan: plan, commit: name,
                opened: now, updated: now)
        }
        site.savings = [Int32(-90), -20].map { back in
            SavingsRecord(
                change: MergedChange(
                    plan: name, change: plan.changes[0], commit: name, merged: Instant(seconds: now.seconds + Int64(back) * 86_400)),
                standing: .vested, estimated: usd(8), realised: usd(9), verified: usd(8), measured: now, method: name)
        }
        site.badges = site.teams.flatMap { $0.badges ?? [] }
        site.commitments = [commitments(name)]
        site.references = references(name)
        site.game = game(name, names, site)
        site.prevented = .known(opened: 2, before: 5)
        site.caught = caught(name)
        site.problems = [Problem(.partial, id: "x", file: name, line: 2, column: 1, name)]
        site.code = CodeLinks(base: "https://forge.example/acme/infra", commit: String(repeating: "a", count: 40), prefix: "x")
        return site
    }
}
