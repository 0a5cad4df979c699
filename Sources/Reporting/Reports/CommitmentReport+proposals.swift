import CostModel
import Diagnostics
import JSON

extension CommitmentReport {
    static func entry(_ one: CommitmentProposal) -> JSONValue {
        func amount(_ value: FixedDecimal?) -> JSONValue { JSONValue(value?.description) }
        return [
            "provider": .string(one.provider), "category": .string(one.category), "services": JSONValue(one.services),
            "from": .string(one.days.lowerBound.description), "to": .string(one.days.upperBound.advanced(by: -1).description),
            "rate": amount(one.rate), "rateFrom": .string(one.isRateStated ? "policy" : "bill"), "perHour": amount(one.perHour),
            "steps": .array(one.steps.map { ["month": JSONValue($0.month), "perHour": amount($0.perHour)] }),
            "savings28Days": amount(one.savings), "years": JSONValue(one.years), "breakEvenUse": amount(one.breakEvenUse),
            "breakEvenMonths": amount(one.breakEvenMonths),
            "spread": one.spread.map {
                [
                    "futures": 1000, "low": amount($0.low), "middle": amount($0.middle), "high": amount($0.high),
                    "lossShare": .number($0.lossShare.fourDecimals),
                ]
            } ?? .null,
            "removedPerHour": amount(one.removed), "highestPerHour": amount(one.highest),
            "highestSavings28Days": amount(one.highestSavings),
            "reason": JSONValue(one.reason),
        ]
    }

    /// A paragraph for each.
    var proposalText: String { proposals.map(text).joined() }

    private func text(_ one: CommitmentProposal) -> String {
        let name = "\(one.provider) \(one.category == "Spend" ? "plan" : "reservation") (\(one.services.joined(separator: ", ")))".printable
        func money(_ value: FixedDecimal?) -> String { value.map { Money($0, statement.currency).cents } ?? "–" }
        func hourly(_ value: FixedDecimal?) -> String { value.map { "\($0.rounded(to: 4)) \(statement.currency.code)/h" } ?? "–" }
        var lines: [String] = []
        if let perHour = one.perHour, let spread = one.spread, let step = one.steps.first {
            let loss = String(Double(Int((spread.lossShare * 1_000).rounded())) / 10)
            lines = [
                "\(name): commit to \(hourly(perHour)) more, in \(one.steps.count) steps of \(hourly(step.perHour)), one a month",
                "  saves \(money(one.savings)) in 28 days like those since \(one.days.lowerBound); a committed unit costs \(percent(one.rate)) of "
                    + "on-demand use (\(one.isRateStated ? "as the policy says" : "as the bill's own")), and pays when it is used for so much of the time",
                "  over \(one.years == 1 ? "a year" : "\(one.years) years"): \(money(spread.low)) to \(money(spread.high)), mostly "
                    + "\(money(spread.middle)); \(loss)% of 1,000 futures lose. At full use it has paid for its whole term after "
                    + "\(one.breakEvenMonths?.rounded(to: 1) ?? "–") months",
            ]
        } else if let highest = one.highest {
            lines = [
                "\(name): \(one.reason ?? "")",
                "  no commitment above \(hourly(highest)) can be worth it, and none saves more than \(money(one.highestSavings)) in 28 days",
            ]
        } else {
            lines = ["\(name): nothing to commit to: \(one.reason ?? "")"]
        }
        if !one.removed.isZero {
            lines.append("  open findings on sizes would take \(hourly(one.removed)) off the use: they are counted as done")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func percent(_ share: FixedDecimal?) -> String { share.map { $0.scaled(by: 100, over: 1).rounded(to: 1) + "%" } ?? "–" }
}
