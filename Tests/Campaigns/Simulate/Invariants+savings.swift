import CostModel
import Reconciliation

extension Invariants {
    /// Machines that ran as they were before a merge and as the plan wanted them after it, and nothing else in between: what is realised is
    /// what the bills say, within five per cent.
    mutating func checkSavings(_ savings: [SavingsRecord], until today: Day) throws {
        for record in savings where record.standing == .measured || record.standing == .vested {
            guard let since = record.since, let realised = record.realised?.amount else { continue }
            let names = record.change.change.resources.flatMap(\.billedAs)
            for (index, team) in company.teams.enumerated() where names.contains(Sensors.arn(machineOf: team)) {
                let merged = record.change.merged.day
                let before = Set((1...28).map { company.size(of: team, on: merged.advanced(by: -$0)) })
                let end = min(today, since.advanced(by: 27))
                let after = Set((0...max(0, since.distance(to: end))).map { company.size(of: team, on: since.advanced(by: $0)) })
                guard let old = before.first, let new = after.first, before.count == 1, after.count == 1 else { continue }
                let hours = (0..<30).reduce(0) { $0 + Sensors.hours(index, since.advanced(by: $1)) }
                // Thousandths of a dollar in thirty days, and from there dollars in a twelfth of a year.
                let truth = FixedDecimal((old.price - new.price) * hours * 365).scaled(by: 1, over: 30 * 12 * 1_000)
                let error = (realised - truth).magnitude
                try require(
                    error * 20 <= truth.magnitude, "\(realised) is realised on \(team) by the merge of \(merged), the bills say \(truth)")
                measured += 1
            }
        }
    }
}

extension FixedDecimal {
    fileprivate static func * (a: FixedDecimal, b: Int) -> FixedDecimal { a.scaled(by: Int128(b), over: 1) }
}
