import Conditions
import CostModel

/// Which lines of the bill a budget counts, or an allocation divides, compiled to look-ups.
///
/// Every stated part of the scope must hold. A team's budget covers the teams below it too. Taxes and credits count as the budget
/// says; what it leaves out is not in its scope, for scores neither.
struct BudgetScope: Sendable {
    private let teams: [Bool]?
    private let accounts: [Bool]?
    private let services: [Bool]?
    private let regions: [Bool]?
    private let tagSets: [Bool]?
    private let includeTax: Bool
    private let includeCredits: Bool
    private var condition: CompiledCostCondition?
    private let table: CostTable
    private let teamNames: [String]

    init(_ budget: Budget, _ context: BillContext) {
        self.init(budget.scope, context, includeTax: budget.includeTax, includeCredits: budget.includeCredits)
    }

    init(_ scope: Budget.Scope, _ context: BillContext, includeTax: Bool = true, includeCredits: Bool = true) {
        let (table, attribution, lineage) = (context.judging.state.cost, context.attribution, context.lineage)
        func among(_ names: [String]?) -> [Bool]? {
            names.map { names in
                let wanted = Set(names)
                return table.names.map { wanted.contains($0) }
            }
        }
        teams = scope.team.map { team in
            let wanted = lineage.descendants(of: team).union([team])
            return attribution.teams.map { wanted.contains($0) }
        }
        accounts = among(scope.accounts)
        services = among(scope.services)
        regions = among(scope.regions)
        tagSets = scope.tags.map { tags in
            table.tagSets.map { set in tags.allSatisfy { set[$0.key] == $0.value } }
        }
        condition = scope.condition.map { CompiledCostCondition($0, teams: context.judging.teams, now: context.judging.now) }
        self.table = table
        teamNames = attribution.teams
        self.includeTax = includeTax
        self.includeCredits = includeCredits
    }

    /// - Parameter team: the number of the team that owns the line.
    mutating func holds(_ key: CostTable.Key, team: Int?) -> Bool {
        if let teams, !(team.map { teams[$0] } ?? false) { return false }
        switch key.category {
        case .tax where !includeTax, .credit where !includeCredits: return false
        default: break
        }
        if let accounts, !accounts[Int(key.account)] { return false }
        if let services, !services[Int(key.service)] { return false }
        if let regions, !regions[Int(key.region)] { return false }
        if let tagSets, !tagSets[Int(key.tagSet)] { return false }
        return condition?.holds(key, in: table, team: team.map { teamNames[$0] }) ?? true
    }
}
