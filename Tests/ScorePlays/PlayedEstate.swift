package import CostModel
import Patterns

/// A small estate that is played with: what runs and what it costs is the truth, and what code, state, bill and metrics say of it is what
/// players change.
package struct PlayedEstate: Sendable {
    package struct Machine: Sendable {
        package var address: String
        /// The folder of its root, which says whose it is where tags do not.
        package var root: String
        /// What is deployed.
        package var id: String
        package var size: String
        package var isBusy: Bool
        /// What it has, and so what the bill says.
        package var tags: [String: String]
        /// From when to when it is charged.
        package var since: Day
        package var until: Day?
        /// Cents a day, by the day from which on: the last one that began counts.
        package var rates: [(from: Day, cents: Int)]
        /// What the code says, where that is something else.
        package var codeTags: [String: String]?
        package var codeSize: String?
        package var isInCode = true
        /// Why nobody knows its tags.
        package var openReason: String?
        package var isExempt = false
        package var hasMemory = true
        package var samples = 84
        package var ignoresTags = false

        package func cents(on day: Day) -> Int {
            guard since <= day, until.map({ day < $0 }) ?? true else { return 0 }
            return rates.last { $0.from <= day }?.cents ?? 0
        }
    }

    package var today: Day
    package var teams: [String]
    package var parents: [String: String] = [:]
    package var machines: [Machine]
    /// Dollars a month, by the name of a budget: of which team, from which share on it alerts.
    package var budgets: [String: (team: String, dollars: Int, share: FixedDecimal, severity: Severity)]
    package var keys = ["team", "environment", "cost-center"]
    package var fixWithin: TimeSpan? = .days(14)
    package var materiality = 1_000
    package var freeze: [ClosedRange<Day>] = []
    package var minimumSavings = 10
    package var extraTagging: [TaggingPolicy] = []
    package var rules: [Rule] = []
    package var shadowsTags = false
    /// Something could not be observed, which may be of these teams; nil: all is there.
    package var gap: Set<String>?
    package var merged: [MergedChange] = []
    /// By what the code says was moved.
    package var moves: [ResourceIdentity: ResourceIdentity] = [:]
    /// How often it is evaluated in a day.
    package var evaluations = 1

    package static let start = Day("2026-06-01")!
    package static let first = start.advanced(by: -200)

    /// Cents a day of each size.
    package static let prices = [("m5.large", 230), ("m5.xlarge", 460), ("m5.2xlarge", 920), ("m5.4xlarge", 1_840)]
    package static func price(_ size: String) -> Int { prices.first { $0.0 == size }?.1 ?? 230 }

    package func owner(of machine: Machine) -> String {
        teams.first { $0 == machine.tags["team"] } ?? String(machine.root.split(separator: "/").first ?? "")
    }

    /// The numbers of a team's machines that run.
    package func running(of team: String) -> [Int] {
        machines.indices.filter { machines[$0].until == nil && owner(of: machines[$0]) == team }
    }

    package func isOversized(_ machine: Machine) -> Bool { !machine.isBusy && machine.size != "m5.large" }
    package func lacksTag(_ machine: Machine) -> Bool { keys.prefix(3).contains { machine.tags[$0] == nil } }

    /// What is wrong, measured independently of any score: dollars a day of machines that lack a tag, and of waste.
    package func trouble(of team: String) -> (untagged: Int, waste: Int) {
        let own = running(of: team).map { machines[$0] }
        return (
            own.filter(lacksTag).reduce(0) { $0 + $1.cents(on: today) },
            own.filter(isOversized).reduce(0) { $0 + $1.cents(on: today) / 2 }
        )
    }
}

extension PlayedEstate {
    /// An estate of a few teams in which there is something to mend.
    ///
    /// - Parameter isVaried: whether some teams have only tags to mend, only sizes, or nothing.
    package init(using random: inout some RandomNumberGenerator, teams count: Int = 4, isVaried: Bool = false) {
        today = Self.start
        teams = (0..<count).map { ["payments", "search", "platform", "mobile", "data"][$0 % 5] }
        machines = []
        budgets = [:]
        for team in teams {
            for number in 0..<Int.random(in: 4...6, using: &random) {
                let size = Self.prices[Int.random(in: 1...3, using: &random)].0
                let isFirst = number == 0
                var tags = ["team": team, "environment": "prod", "cost-center": "CC-1000"]
                if isFirst || Int.random(in: 0..<4, using: &random) == 0 { tags["cost-center"] = nil }
                machines.append(
                    Machine(
                        address: "aws_instance.\(team)\(number)", root: "\(team)/prod", id: "i-\(team)\(number)", size: size,
                        isBusy: number != 1 && Int.random(in: 0..<5, using: &random) > 0, tags: tags, since: Self.first,
                        rates: [(Self.first, Self.price(size))]))
            }
            let month = running(of: team).reduce(0) { $0 + machines[$1].cents(on: today) } * 30 / 100
            budgets["\(team)-monthly"] = (team, month * Int.random(in: 95...120, using: &random) / 100, FixedDecimal(1), .high)
        }
        guard isVaried else { return }
        minimumSavings = Bool.random(using: &random) ? 10 : 50
        for team in teams {
            let trouble = Int.random(in: 0..<5, using: &random)
            for number in running(of: team) {
                if trouble == 1 || trouble == 3 { machines[number].isBusy = true }
                if trouble == 2 || trouble == 3 { machines[number].tags["cost-center"] = "CC-1000" }
            }
        }
    }
}
