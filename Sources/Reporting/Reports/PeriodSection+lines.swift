package import CostModel
import Game

extension PeriodSection {
    /// What happened, a line each: what a message says, and what reports begin with.
    package var lines: [String] {
        var lines = [spendLine] + budgets.prefix(3).map(Self.line)
        if budgets.isEmpty, let month { lines.append(Self.forecast(month)) }
        if let card { lines.append(Self.line(card)) }
        lines.append(
            findings.map { "findings: \($0.opened) opened, \($0.fixed) fixed" } ?? "findings: what opened and was fixed is not known")
        if let prevented { lines.append(prevented.sentence) }
        if let caught { lines.append(caught.sentence) }
        lines.append(savingsLine)
        if !best.isEmpty { lines.append("best: " + best.prefix(3).map { "\($0.rank ?? 0). \($0.team)" }.joined(separator: ", ")) }
        if let mostImproved { lines.append("most improved: \(mostImproved.team), by \(mostImproved.points) points") }
        if !endings.isEmpty {
            lines.append("ends soon: " + endings.prefix(5).map { "exemption '\($0.exemption)' on \($0.day)" }.joined(separator: ", "))
        }
        return lines + campaigns.prefix(3).map(\.line) + [season].compactMap(\.self)
    }

    /// Unknown where the bill has not all days: what is there would look like all of it.
    private var spendLine: String {
        switch spend {
        case .unknown(let reason): return "spend is not known: \(reason)"
        case .known(let now, let before):
            guard let before, !before.amount.isZero else { return "spent \(now.exactCents)" }
            // A share for people, and no amount.
            let share = (now.amount - before.amount).ratio(to: before.amount).map { Int(($0 * 100).rounded()) }
            return "spent \(now.exactCents)" + (share.map { ", \($0 < 0 ? "" : "+")\($0) % on \(before.exactCents) before" } ?? "")
        }
    }

    private static func line(_ status: BudgetStatus) -> String {
        let actual = status.known.map(\.exactCents) ?? "unknown"
        let forecast = status.forecast.map { ", forecast \($0.exactCents)" } ?? ""
        return "budget '\(status.name)' in \(status.period): \(actual) of \(status.amount.exactCents)\(part(status))\(forecast)"
    }

    /// Of the whole bill, where no budget is about it.
    private static func forecast(_ month: BudgetStatus) -> String {
        let actual = month.known.map { "\($0.exactCents) so far\(part(month))" } ?? "what was spent is not known"
        guard let forecast = month.forecast else {
            return "\(month.period): \(actual)" + (month.closed ? "" : "; no forecast: \(month.forecastMethod ?? "there is none")")
        }
        let interval = month.forecastLow.flatMap { low in month.forecastHigh.map { " (\(low.exactCents) to \($0.exactCents))" } } ?? ""
        return "\(month.period): \(actual), forecast \(forecast.exactCents)\(interval)"
    }

    /// ` (a part: the bill has 28 of 31 days)`; nothing where all days are there that are over.
    private static func part(_ status: BudgetStatus) -> String {
        guard status.known != nil, status.lacksDays, let gap = status.coverage.gap else { return "" }
        return " (a part: \(gap))"
    }

    private static func line(_ card: Scorecard) -> String {
        guard let score = card.score else { return "no score" + (card.note.map { ": \($0)" } ?? "") }
        let change = card.previousScore.map { Points(hundredths: score.hundredths - $0.hundredths) }
        let moved = change.map { " (\($0.hundredths < 0 ? "" : "+")\($0) in seven days)" } ?? ""
        let rank = card.rank.map { ", rank \($0)" } ?? ""
        return "score \(score)\(moved), \((card.heldLevel ?? card.level).rawValue)\(rank)"
    }

    /// What later bills have shown, and no promise.
    private var savingsLine: String {
        guard hasHistory else { return "verified savings: not known" }
        guard let verified else { return "verified savings: none yet" }
        return
            "verified savings: \(verified.exactCents) a month by \(verifiedChanges) merged \(verifiedChanges == 1 ? "change" : "changes")"
    }
}

extension PeriodSection.Mover {
    /// `+3.20: fixed: m5.4xlarge has room to spare`
    package var sentence: String {
        let shown = points.hundredths < 0 ? "−\(Points(hundredths: -points.hundredths))" : "+\(points)"
        return shown + (why.map { ", most by \($0.shownPoints): \($0.sentence)" } ?? "")
    }
}

extension Money {
    /// `1,234.50 USD`
    package var exactCents: String { "\(amount.rounded(to: 2)) \(currency)" }
}
