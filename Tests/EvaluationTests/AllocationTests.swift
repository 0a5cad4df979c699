import CostModel
import Evaluation
import TestSupport
import Testing

@Suite("allocations")
struct AllocationTests {
    private static let teams = [team("data"), team("payments"), team("platform"), team("search")]

    private static func allocation(
        _ name: String, _ scope: Allocation.Scope, _ split: Allocation.Split, to recipients: [String]? = nil
    ) -> Allocation {
        Allocation(
            name: name, place: Place(file: "policies/\(name).yaml", line: 1), scope: scope, split: split, recipients: recipients)
    }

    private static func whole(_ team: String) -> Allocation.Scope { .init(.init(team: team)) }

    private static func showback(
        _ bill: BillMaker, _ allocations: [Allocation], teams: [Team] = teams, metrics: [String: UnitCounts] = [:], days: Range<Day>? = nil,
        by unit: Showback.Unit? = nil
    ) -> Showback {
        PolicyEvaluator.showback(
            policies: PolicySet(
                workspace: Workspace(
                    name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                    scoring: ScoringSettings(materiality: Money(FixedDecimal(1000), .usd))),
                teams: teams, allocations: allocations),
            state: ObservedState(
                resources: [], cost: bill.table, utilization: UtilizationTable(), catalog: InstanceCatalog(source: "none", entries: [])),
            metrics: metrics, now: Instant("2026-11-01T00:00:00Z")!, days: days, unit: unit)
    }

    /// `payments: 10 - 0 + 2.5`
    private static func rows(_ showback: Showback) -> [String] {
        showback.rows.map { row in
            (row.time.map { "\($0) " } ?? "") + "\(row.team ?? "nobody"): \(row.direct) - \(row.given) + \(row.received)"
        }
    }

    /// 10 of payments, 30 of search, and 8 of nobody.
    private static let october = {
        var bill = BillMaker()
        bill.charge("2026-10-05", "10", account: "account-payments")
        bill.charge("2026-10-06", "30", account: "account-search")
        bill.charge("2026-10-07", "8", account: "shared")
        return bill
    }()

    @Test("divide what nobody owns by what each team spends itself in the month")
    func proportional() {
        let showback = Self.showback(Self.october, [Self.allocation("rest", .init(isUnowned: true), .byCost)])
        // 8 · 10/40 and 8 · 30/40
        #expect(
            Self.rows(showback) == ["payments: 10 - 0 + 2", "search: 30 - 0 + 6", "nobody: 8 - 8 + 0"])
        #expect(showback.shares.map { "\($0.allocation) \($0.receiver) \($0.amount)" } == ["rest payments 2", "rest search 6"])
    }

    @Test("go by each month's own spend, and days that are asked for change no share")
    func months() {
        var bill = Self.october
        bill.charge("2026-09-01", "5", account: "account-payments")
        bill.charge("2026-09-02", "15", account: "account-data")
        bill.charge("2026-09-03", "4", account: "shared")
        let rest = [Self.allocation("rest", .init(isUnowned: true), .byCost)]
        #expect(
            Self.rows(Self.showback(bill, rest, by: .month)) == [
                "2026-09 data: 15 - 0 + 3", "2026-09 payments: 5 - 0 + 1", "2026-09 nobody: 4 - 4 + 0",
                "2026-10 payments: 10 - 0 + 2", "2026-10 search: 30 - 0 + 6", "2026-10 nobody: 8 - 8 + 0",
            ])
        let day = Self.showback(bill, rest, days: Day("2026-10-07")!..<Day("2026-10-08")!, by: .day)
        #expect(
            Self.rows(day) == [
                "2026-10-07 payments: 0 - 0 + 2", "2026-10-07 search: 0 - 0 + 6", "2026-10-07 nobody: 8 - 8 + 0",
            ])
    }

    @Test("divide evenly to the last digit")
    func even() {
        var bill = BillMaker()
        bill.charge("2026-10-05", "0.000000000000000010", account: "shared")
        let showback = Self.showback(bill, [Self.allocation("rest", .init(isUnowned: true), .even, to: ["data", "payments", "search"])])
        #expect(showback.rows.compactMap { $0.team == nil ? nil : $0.received.raw } == [4, 3, 3])
        #expect(showback.rows.last?.total == .zero)
    }

    @Test("follow what a metric counts of each team in the month, and stay where it counted nothing")
    func metric() {
        var bill = Self.october
        bill.charge("2026-09-03", "4", account: "shared")
        bill.charge("2026-08-03", "2", account: "shared")
        var orders = UnitCounts()
        let counts = [
            ("2026-10-01", "payments", 1), ("2026-10-02", "search", 2), ("2026-10-02", "payments", 1), ("2026-09-01", "x", 5),
        ]
        for (day, key, value) in counts {
            let isNew = orders.add(FixedDecimal(value), key, on: Day(day)!)
            #expect(isNew)
        }
        let rule = Self.allocation("rest", .init(isUnowned: true), .byMetric("orders"))
        let showback = Self.showback(bill, [rule], metrics: ["orders": orders])
        #expect(Self.rows(showback) == ["payments: 10 - 0 + 4", "search: 30 - 0 + 4", "nobody: 14 - 8 + 0"])
        #expect(showback.gaps.map { "\($0.month): \($0.days) of \($0.daysInAll)" } == ["2026-09: 1 of 30", "2026-10: 2 of 31"])
        #expect(
            showback.undivided.map { "\($0.month): \($0.reason)" } == [
                "2026-08: the metric 'orders' has no day of that month",
                "2026-09: the metric 'orders' counted nothing of its teams in that month",
            ])
    }

    @Test("leave what fixed shares leave where it was, and credits are divided like costs")
    func fixed() {
        var bill = Self.october
        bill.charge("2026-10-08", "-2", account: "shared", category: .credit)
        let shares = Allocation.Split.fixed(["payments": share("0.25"), "data": share("0.5")])
        #expect(
            Self.rows(Self.showback(bill, [Self.allocation("agreed", .init(.init(accounts: ["shared"])), shares)])) == [
                "data: 0 - 0 + 3", "payments: 10 - 0 + 1.5", "search: 30 - 0 + 0", "nobody: 6 - 4.5 + 0",
            ])
    }

    @Test("pass on what a team was given with what it has, whatever their names and order")
    func chain() {
        var bill = Self.october
        bill.charge("2026-10-05", "4", account: "account-platform")
        let shares = Allocation.Split.fixed(["payments": share("0.75"), "search": share("0.25")])
        for names in [["a", "b"], ["b", "a"]] {
            let rules = [
                Self.allocation(names[0], Self.whole("platform"), shares),
                Self.allocation(names[1], .init(isUnowned: true), .even, to: ["platform"]),
            ]
            for rules in [rules, rules.reversed()] {
                #expect(
                    Self.rows(Self.showback(bill, rules)) == [
                        "payments: 10 - 0 + 9", "platform: 4 - 12 + 8", "search: 30 - 0 + 3", "nobody: 8 - 8 + 0",
                    ])
            }
        }
    }

    @Test("give a team's spend to nobody under it, and nothing to who got more back than it spent")
    func families() {
        var bill = BillMaker()
        bill.charge("2026-10-05", "9", account: "account-platform")
        bill.charge("2026-10-05", "1", account: "account-core")
        bill.charge("2026-10-05", "-5", account: "account-data")
        bill.charge("2026-10-06", "5", account: "account-payments")
        let teams = Self.teams + [team("core", parent: "platform")]
        #expect(
            Self.rows(Self.showback(bill, [Self.allocation("p", Self.whole("platform"), .byCost)], teams: teams)) == [
                "core: 1 - 1 + 0", "data: -5 - 0 + 0", "payments: 5 - 0 + 10", "platform: 9 - 9 + 0",
            ])
    }

    @Test("of two that hold a line the one that says more has it; of tags an empty one is none")
    func precedence() {
        var bill = BillMaker()
        bill.charge("2026-10-05", "1", account: "shared", tags: ["env": ""])
        bill.charge("2026-10-05", "2", account: "shared", tags: ["env": "prod"])
        bill.charge("2026-10-05", "4", account: "else", tags: ["env": "prod"])
        let rules = [
            Self.allocation("all", .init(isUnowned: true), .even, to: ["search"]),
            Self.allocation("untagged", .init(isUnowned: true, untagged: ["env"]), .even, to: ["data"]),
            Self.allocation("shared", .init(.init(accounts: ["shared"], tags: ["env": "prod"])), .even, to: ["payments"]),
        ]
        let showback = Self.showback(bill, rules)
        #expect(
            showback.shares.map { "\($0.allocation) \($0.receiver) \($0.amount)" } == [
                "all search 4", "shared payments 2", "untagged data 1",
            ])
    }

    @Test("what cannot be divided stays, and says why")
    func undivided() {
        var bill = BillMaker()
        bill.charge("2026-09-30", "1", account: "account-payments")
        bill.charge("2026-10-07", "8", account: "shared")
        let showback = Self.showback(bill, [Self.allocation("rest", .init(isUnowned: true), .byCost)])
        #expect(Self.rows(showback) == ["payments: 1 - 0 + 0", "nobody: 8 - 0 + 0"])
        #expect(showback.undivided.map { "\($0.month) \($0.amount)" } == ["2026-10 8"])
        #expect(showback.undivided.first?.reason == "none of its teams spent anything of its own in that month")
        let alone = Self.showback(bill, [Self.allocation("rest", Self.whole("payments"), .even)], teams: [team("payments")])
        #expect(alone.undivided.first?.reason == "there is no team to give it to")
    }

    @Test("add up to the bill to the last digit in whatever order they and its lines stand: 1,000 random sets of rules")
    func random() {
        var random = SeededGenerator(seed: 14)
        for number in 0..<1_000 {
            let teams = (0..<Int.random(in: 1...6, using: &random)).map { at in
                team("t\(at)", parent: at > 1 && random.chance(1, of: 4) ? "t0" : nil)
            }
            var bill = BillMaker()
            for _ in 0..<Int.random(in: 1...25, using: &random) {
                let owner = Int.random(in: 0...teams.count, using: &random)
                bill.charge(
                    random.element(["2026-09-29", "2026-09-30", "2026-10-01", "2026-10-17", "2026-10-31"]),
                    (random.chance(1, of: 6) ? "-" : "")
                        + "\(Int.random(in: 0...999, using: &random)).\(Int.random(in: 100_000_000...999_999_999, using: &random))",
                    account: owner == teams.count ? "shared" : "account-t\(owner)", service: random.element(["s3", "ec2"]),
                    tags: random.element([[:], ["env": "prod"], ["env": ""]]))
            }
            let rules = Self.rules(teams, using: &random)
            let showback = Self.showback(bill, rules, teams: teams, by: random.element([Showback.Unit?.none, .day, .month]))
            let direct = bill.table.lines.reduce(FixedDecimal.zero) { $0 + $1.amounts.effective }
            #expect(showback.rows.reduce(.zero) { $0 + $1.direct } == direct, "set \(number)")
            #expect(showback.rows.reduce(.zero) { $0 + $1.total } == direct, "set \(number)")
            let shares = showback.shares.reduce(FixedDecimal.zero) { $0 + $1.amount }
            #expect(showback.rows.reduce(.zero) { $0 + $1.given } == shares, "set \(number)")
            #expect(showback.rows.reduce(.zero) { $0 + $1.received } == shares, "set \(number)")
            #expect(showback.shares.allSatisfy { $0.giver != $0.receiver }, "set \(number)")
            bill.table.lines.shuffle(using: &random)
            #expect(
                Self.showback(bill, rules.shuffled(using: &random), teams: teams.shuffled(using: &random), by: showback.unit) == showback,
                "set \(number)")
        }
    }

    /// Some that hand nothing round.
    private static func rules(_ teams: [Team], using random: inout SeededGenerator) -> [Allocation] {
        let names = teams.map(\.name)
        var rules: [Allocation] = []
        for number in 0..<Int.random(in: 1...5, using: &random) {
            let scope = random.element([
                Allocation.Scope(isUnowned: true), .init(isUnowned: true, untagged: ["env"]), .init(.init(accounts: ["shared"])),
                .init(.init(services: ["s3"])), .init(.init(tags: ["env": "prod"])), whole(random.element(names)),
                .init(.init(team: random.element(names), services: ["ec2"])),
            ])
            let to = names.filter { _ in random.chance(1, of: 2) }
            let recipients = to.isEmpty ? nil : to
            let part = FixedDecimal(1).scaled(by: 1, over: Int128(max(3, to.count)))
            let fixed = Allocation.Split.fixed(Dictionary(uniqueKeysWithValues: (to.isEmpty ? [names[0]] : to).map { ($0, part) }))
            let split = random.element([Allocation.Split.even, .byCost, fixed])
            let isFixed = if case .fixed = split { true } else { false }
            let rule = allocation("r\(number)", scope, split, to: isFixed ? nil : recipients)
            guard !rules.contains(where: { $0.scope == scope }), AllocationOrder(rules + [rule], teams: teams).circle == nil else {
                continue
            }
            rules.append(rule)
        }
        return rules
    }

    @Test("that hand money round are named, from the first of them by name")
    func circles() {
        let ring = [
            Self.allocation("c", Self.whole("data"), .even, to: ["platform"]),
            Self.allocation("b", Self.whole("search"), .even, to: ["data"]),
            Self.allocation("a", Self.whole("platform"), .even, to: ["search"]),
        ]
        #expect(AllocationOrder(ring, teams: Self.teams).circle?.sorted() == ["a", "b", "c"])
        #expect(AllocationOrder(ring, teams: Self.teams).circle?.first == "a")
        #expect(AllocationOrder(Array(ring.dropLast()), teams: Self.teams).circle == nil)
        let own = Self.allocation("own", Self.whole("platform"), .even, to: ["core"])
        #expect(AllocationOrder([own], teams: Self.teams + [team("core", parent: "platform")]).circle == ["own"])
    }
}

extension SeededGenerator {
    fileprivate mutating func chance(_ part: Int, of whole: Int) -> Bool { Int.random(in: 0..<whole, using: &self) < part }
    fileprivate mutating func element<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &self)]
    }
}
