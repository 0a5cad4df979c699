package import Charts
package import CostModel

/// A report that is also a picture, for READMEs and pages.
package protocol PictureReport: Report {
    func svg() -> HTML
}

extension ReportFormat {
    static let svg = ReportFormat(
        "svg", is: "a picture: `scorecard` only", readBy: "READMEs, wikis", accepts: { $0 is any PictureReport.Type },
        write: { report, _ in (report as? any PictureReport).map { Array($0.svg().markup.utf8) } })
}

/// What a badge tells. None of them has dollars: a README may be read by everybody.
package enum TeamBadge: String, Hashable, Sendable, CaseIterable {
    case score, level, streak, saved
}

extension ScorecardReport: PictureReport {
    /// The badge that was asked for, else the card of the only team, else the board of all.
    package func svg() -> HTML {
        guard let card = leaderboard.teams.first, leaderboard.teams.count == 1 else { return BoardCard(leaderboard.teams).picture.file() }
        return badge.map { card.picture(of: $0).file } ?? TeamCard(card).picture.file()
    }
}

extension Scorecard {
    /// A badge of a team. What is not known says so.
    ///
    /// - Parameter amounts: nil: none are shown, because everybody may see the picture.
    package func picture(of badge: TeamBadge, amounts: TeamAmounts? = nil) -> BadgePicture {
        switch badge {
        case .score: return BadgePicture("score", score?.whole ?? "unscored", tone)
        case .level:
            let level = heldLevel ?? level
            let tone: BadgePicture.Tone =
                switch level {
                case .none: .plain
                case .bronze: .bronze
                case .silver: .silver
                case .gold: .gold
                }
            return BadgePicture("level", score == nil ? "unscored" : level.rawValue, tone)
        case .streak:
            return BadgePicture("streak", streakWeeks.map { counted($0, "week") } ?? "unknown", streakWeeks ?? 0 > 0 ? .good : .plain)
        case .saved:
            if let verified = amounts?.verified {
                return BadgePicture("saved", "\(verified.short)/month", verified.amount.isZero ? .plain : .good)
            }
            // Of the waste that was there: an amount would tell what a team spends.
            return BadgePicture("waste saved", improvement.map { "\($0 / 100) %" } ?? "unknown", improvement ?? 0 > 0 ? .good : .plain)
        }
    }

    private var tone: BadgePicture.Tone {
        guard let score else { return .plain }
        return score.hundredths >= 9_000 ? .good : score.hundredths >= 6_000 ? .fair : .poor
    }
}

/// A team's standing in one picture.
struct TeamCard {
    private static let (width, height) = (440.0, 158.0)

    let card: Scorecard
    /// Nil: none are shown.
    let amounts: TeamAmounts?

    init(_ card: Scorecard, _ amounts: TeamAmounts? = nil) {
        self.card = card
        self.amounts = amounts
    }

    var picture: Picture {
        let level = card.heldLevel ?? card.level
        let facts = [
            level == .none ? nil : "\(stars(level)) \(level.rawValue)",
            card.streakWeeks.map { "\(counted($0, "week")) without overdue" },
            amounts.map { "\($0.verified.short)/month saved, verified" }
                ?? card.improvement.map { "\($0 / 100) % of waste saved, verified" },
            amounts?.potential.map { "\($0.short)/month can be saved" },
            card.badges.flatMap { $0.isEmpty ? nil : counted($0.count, "badge") }, card.note,
        ].compactMap(\.self)
        let lines = facts.prefix(amounts == nil ? 4 : 5).enumerated().map { index, fact -> HTML in
            "<text class=\"m\" x=\"172\" y=\"\(54 + Double(index) * 20)\">\(fact.clipped(to: 38))</text>"
        }
        let share = Double(card.score?.hundredths ?? 0) / 10_000
        let course = card.course.first { $0.hasSuffix("since last week") } ?? ""
        return Picture(
            title: "\(card.team.clipped(to: 60)): \(card.score.map { "score \($0.whole) of 100" } ?? "unscored")",
            summary: facts.joined(separator: "; ").clipped(to: 300), width: Self.width, height: Self.height,
            drawing: """
                <rect class="z g" x=".5" y=".5" width="\(Self.width - 1)" height="\(Self.height - 1)" rx="10"/>\
                <g><text x="20" y="34" class="w">\(card.team.clipped(to: 44))</text></g>\
                <text x="20" y="88" class="w h">\(card.score?.whole ?? "–")</text><text class="m" x="20" y="106">of 100</text><text class="m" x="20" y="122">\(course)</text>\
                <rect class="k" x="20" y="134" width="\(Self.width - 40)" height="10" rx="5"/>\
                <rect class="s1" x="20" y="134" width="\((Self.width - 40) * share)" height="10" rx="5"/>\(lines)
                """)
    }

    private func stars(_ level: Level) -> String {
        switch level {
        case .none: ""
        case .bronze: "★"
        case .silver: "★★"
        case .gold: "★★★"
        }
    }
}

/// The first teams of the leaderboard. Who comes last is nobody else's to see.
struct BoardCard {
    private static let most = 10

    let teams: [Scorecard]

    init(_ teams: [Scorecard]) { self.teams = teams }

    var picture: Picture {
        let scored = teams.filter { $0.score != nil }
        let shown = scored.prefix(min(Self.most, max(3, scored.count / 2)))
        let rows = shown.enumerated().map { index, card -> HTML in
            let y = 20 + Double(index) * 28
            let share = Double(card.score?.hundredths ?? 0) / 10_000
            return """
                <text x="16" y="\(y + 14)">\(card.team.clipped(to: 24))</text><rect class="k" x="200" y="\(y + 4)" width="180" height="12" rx="6"/>\
                <rect class="s1" x="200" y="\(y + 4)" width="\(180 * share)" height="12" rx="6"/>\
                <text class="e w" x="424" y="\(y + 14)">\(card.score?.whole ?? "–")</text>
                """
        }
        let height = Double(max(1, shown.count)) * 28 + 32
        let none: HTML = shown.isEmpty ? "<text class=\"m\" x=\"16\" y=\"34\">no team is scored</text>" : ""
        return Picture(
            title: "Leaderboard", summary: shown.map { "\($0.team.clipped(to: 40)): \($0.score?.whole ?? "–")" }.joined(separator: ", "),
            width: 440, height: height,
            drawing: "<rect class=\"z g\" x=\".5\" y=\".5\" width=\"439\" height=\"\(height - 1)\" rx=\"10\"/>\(rows)\(none)")
    }
}
