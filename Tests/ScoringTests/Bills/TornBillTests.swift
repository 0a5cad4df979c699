import CostModel
import Evaluation
import Foundation
import Observation
import TestSupport
import Testing

@testable import Scoring

/// Whatever happens to a bill on its way: compared with the whole bill no budget is closed, no score rises and no finding vanishes without
/// being said. In the loop nothing closes while days are lost that were there.
///
/// `BURSAR_BILLS=1000 swift test --filter TornBillTests` tries more bills, `BURSAR_SEED=7` others; `BURSAR_BILL=93` judges only that one of
/// each part.
@Suite("bills that are torn")
struct TornBillTests {
    private static let bills = ProcessInfo.processInfo.environment["BURSAR_BILLS"].flatMap { Int($0) } ?? 40
    private static let seed = ProcessInfo.processInfo.environment["BURSAR_SEED"].flatMap { UInt64($0) } ?? 1
    private static let only = ProcessInfo.processInfo.environment["BURSAR_BILL"].flatMap { Int($0) }
    private static let parts = 2

    @Test("make nothing better than it is", arguments: 0..<parts)
    func torn(part: Int) throws {
        var random = SeededGenerator(seed: Self.seed &* 1_000_003 &+ UInt64(part))
        var broken: [String: [String]] = [:]
        for number in 0..<(Self.bills + Self.parts - 1) / Self.parts {
            let bill = RandomBill(using: &random)
            let policies = TornBillPolicies(bill, using: &random)
            var torn = bill
            let what = (0..<random.element([1, 1, 2, 3])).map { _ in
                torn.tear(random.element(RandomBill.Tear.allCases), using: &random)
            }
            if let only = Self.only, only != number { continue }
            let comparison = try TornBillComparison(
                bill, policies, whole: try TornBillJudgement(bill, policies), torn: try TornBillJudgement(torn, policies))
            let loop = TornBillLoop(bill, policies, whole: comparison.whole, torn: comparison.torn)
            for (kind, message) in comparison.broken + loop.broken {
                broken[kind, default: []].append("bill \(number) of part \(part), \(what.joined(separator: "; ")): \(message)")
            }
        }
        for (kind, messages) in broken.sorted(by: { $0.key < $1.key }) {
            Issue.record("\(kind), \(messages.count) times:\n\(messages.prefix(4).joined(separator: "\n"))")
        }
    }
}

/// Budgets near what is spent, and tags that are missing.
struct TornBillPolicies {
    let set: PolicySet
    let resources: [Resource]

    init(_ bill: RandomBill, using random: inout SeededGenerator) {
        let place = Place(file: "p.yaml", line: 1)
        func header(_ kind: PolicyKind, _ name: String) -> PolicyHeader {
            PolicyHeader(reference: PolicyReference(kind, name), place: place, severity: .medium, level: 1)
        }
        let accounts = bill.sources.flatMap(\.accounts)
        let teams = accounts.enumerated().map { Team(name: "t\($0)", place: place, claims: [.accounts([$1])]) }
        let budgets = (0..<Int.random(in: 2...5, using: &random)).map { number -> Budget in
            let scope = random.element([
                Budget.Scope(), .init(accounts: [random.element(accounts)]), .init(team: random.element(teams).name),
            ])
            let length = random.element(PeriodLength.allCases)
            let whole = TornBillTruth(bill, teams).cost(scope, BudgetPeriod(length, holding: bill.today.advanced(by: -3)).days)
            let amount = max(100, whole * Int.random(in: 85...115, using: &random) / 100)
            let triggers = random.element([[Budget.Alert.Trigger.actual], [.forecast], [.actual, .forecast]])
            return Budget(
                header: header(.budget, "b\(number)"), amountPlace: place, scope: scope, period: length,
                amount: TornBillTruth.money(amount), includeTax: true, alerts: triggers.map { .init($0, above: FixedDecimal(1), .high) })
        }
        let resources = Set(bill.rows.filter { $0.category == .usage }.map { [$0.account, $0.resource] }).sorted { $0[1] < $1[1] }
        self.resources = resources.map { names in
            Resource(
                identity: ResourceIdentity(root: "infra", address: "aws_instance.\(names[1])"), type: "aws_instance", provider: "aws",
                location: place, block: FileSpan(file: "infra/main.tf", bytes: 0..<1),
                tags: TagSet(supported: true, tags: random.chance(1, of: 2) ? ["k": Tag(value: "x")] : [:]),
                deployed: .init(id: names[1], account: names[0]))
        }
        set = PolicySet(
            workspace: Workspace(
                name: "w", place: place, currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(1_000), .usd))),
            teams: teams,
            policies: budgets as [any PolicyBody] + [
                TaggingPolicy(header: header(.tagging, "tags"), match: .init(), requires: [RequiredTag(key: "k", place: place)])
            ])
    }
}

/// What was spent, from the rows themselves.
struct TornBillTruth {
    private let bill: RandomBill
    private let accountOf: [String: String]

    init(_ bill: RandomBill, _ teams: [Team]) {
        self.bill = bill
        accountOf = Dictionary(
            teams.compactMap { team in
                if case .accounts(let accounts) = team.claims[0] { (team.name, accounts[0]) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Cents of the days that are over.
    func cost(_ scope: Budget.Scope, _ days: Range<Day>) -> Int {
        let accounts = scope.accounts ?? scope.team.map { [accountOf[$0] ?? ""] }
        return bill.rows.filter { row in
            days.contains(row.day) && row.day < bill.today && accounts?.contains(row.account) ?? true
        }.reduce(0) { $0 + $1.cents }
    }

    static func money(_ cents: Int) -> Money { Money(FixedDecimal(cents).scaled(by: 1, over: 100), .usd) }
}
