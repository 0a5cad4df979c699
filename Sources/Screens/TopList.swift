import CostModel
import Pages
import Reporting

/// The lists that a person goes through.
package enum TopTab: Int, Hashable, Sendable, CaseIterable {
    case teams, findings, savings

    var title: String {
        switch self {
        case .teams: "Teams"
        case .findings: "Findings"
        case .savings: "Savings"
        }
    }
}

/// What a row is about.
enum TopSubject: Hashable, Sendable {
    case team(Scorecard)
    case finding(FindingEntry)
    case change(Plan.Change)
    case merged(SavingsRecord)

    /// What tells it from every other, also after the workspace was judged again.
    var identity: String {
        switch self {
        case .team(let card): "team " + card.team
        case .finding(let finding): "finding " + finding.id
        case .change(let change): "change " + change.id
        case .merged(let record): "merged \(record.change.plan) \(record.change.change.id) \(record.change.commit)"
        }
    }
}

/// A list's rows with their cells.
struct TopList: Sendable {
    struct Row: Sendable {
        var subject: TopSubject
        var cells: [StyledText]
    }

    let table: ScreenTable
    let rows: [Row]

    /// - Parameters:
    ///   - team: only what is this team's.
    ///   - query: only rows that have this in one of their cells, in whatever case.
    init(_ tab: TopTab, of site: SiteContent, team: String?, query: String) {
        let columns: [ScreenColumn]
        let all: [Row]
        switch tab {
        case .teams: (columns, all) = (Self.teamColumns, Self.teams(site))
        case .findings: (columns, all) = (Self.findingColumns, Self.findings(site, team))
        case .savings: (columns, all) = (Self.savingColumns, Self.savings(site, team))
        }
        let wanted = query.lowercased()
        rows = wanted.isEmpty ? all : all.filter { row in row.searched.contains { $0.lowercased().contains(wanted) } }
        table = ScreenTable(columns, rows: rows.lazy.map(\.cells))
    }

    // MARK: Teams

    private static let teamColumns: [ScreenColumn] = [
        .init(title: "#", isNumber: true, fit: .whole(leftOut: 0)), .init(title: "team", fit: .shrinks(least: 14)),
        .init(title: "score", isNumber: true, fit: .whole(leftOut: 0)), .init(title: "", fit: .whole(leftOut: 9)),
        .init(title: "week", isNumber: true, fit: .whole(leftOut: 3)), .init(title: "level", fit: .whole(leftOut: 2)),
        .init(title: "streak", isNumber: true, fit: .whole(leftOut: 6)), .init(title: "28 days", isNumber: true, fit: .whole(leftOut: 1)),
        .init(title: "could save", isNumber: true, fit: .whole(leftOut: 4)), .init(title: "open", isNumber: true, fit: .whole(leftOut: 7)),
    ]

    private static func teams(_ site: SiteContent) -> [Row] {
        let open = site.findings.reduce(into: [String: Int]()) { counts, finding in
            if finding.status == .open, let team = finding.team { counts[team, default: 0] += 1 }
        }
        return site.teams.map { card in
            let level = card.heldLevel ?? card.level
            return Row(
                subject: .team(card),
                cells: [
                    StyledText(card.rank.map(String.init) ?? "–", .dim), StyledText(card.team, .bold),
                    StyledText(card.score?.whole ?? "–", .bold),
                    card.score.map { StyledText(Bar.of(Double($0.hundredths) / 10_000, width: 10), .dim) } ?? "",
                    StyledText(card.week ?? "", .dim),
                    StyledText(level == .none ? "–" : level.rawValue),
                    StyledText(card.streakWeeks.map { "\($0) w" } ?? "–"), StyledText(card.cost?.short ?? "–"),
                    StyledText(card.potentialSavings?.short ?? "–", .green), StyledText("\(open[card.team] ?? 0)"),
                ])
        }
    }

    // MARK: Findings

    private static let findingColumns: [ScreenColumn] = [
        .init(title: "", fit: .whole(leftOut: 0)), .init(title: "a month", isNumber: true, fit: .whole(leftOut: 1)),
        .init(title: "team", fit: .whole(leftOut: 3)), .init(title: "policy", fit: .whole(leftOut: 7)),
        .init(title: "resource", fit: .shrinks(least: 20)), .init(title: "due", fit: .whole(leftOut: 2)),
        .init(title: "", fit: .whole(leftOut: 0)), .init(title: "message", fit: .fills(least: 20)),
    ]

    private static func findings(_ site: SiteContent, _ team: String?) -> [Row] {
        let all = site.findings.filter { team == nil || $0.team == team }
        // What there is to do comes before what is known, waived or not judged.
        return (all.filter { $0.status == .open } + all.filter { $0.status != .open }).map { finding in
            let isOverdue = finding.isOverdue(on: site.today)
            return Row(
                subject: .finding(finding),
                cells: [
                    finding.mark, StyledText(finding.atStake?.short ?? "–"),
                    StyledText(finding.team ?? "nobody", finding.team == nil ? .dim : .plain),
                    StyledText(finding.policy), StyledText(finding.resource ?? "–"),
                    StyledText(finding.due?.description ?? "", isOverdue ? .alarm : .dim),
                    StyledText(finding.isFixable ? "p" : "", .green),
                    StyledText(finding.message),
                ])
        }
    }

    // MARK: Savings

    private static let savingColumns: [ScreenColumn] = [
        .init(title: "", fit: .whole(leftOut: 0)), .init(title: "a month", isNumber: true, fit: .whole(leftOut: 0)),
        .init(title: "verified", isNumber: true, fit: .whole(leftOut: 1)), .init(title: "team", fit: .whole(leftOut: 2)),
        .init(title: "change", fit: .fills(least: 20)), .init(title: "place", fit: .shrinks(least: 12)),
    ]

    /// What a plan offers, then what was merged.
    private static func savings(_ site: SiteContent, _ team: String?) -> [Row] {
        let offered = site.changes.filter { team == nil || $0.team == team }.map { change in
            Row(
                subject: .change(change),
                cells: [
                    StyledText("offered", .green), StyledText(change.monthlySavings?.short ?? "–"), "–",
                    StyledText(change.team ?? "nobody"),
                    StyledText(change.title), StyledText(change.place ?? ""),
                ])
        }
        let merged = site.savings.filter { team == nil || $0.change.change.team == team }.map { record in
            Row(
                subject: .merged(record),
                cells: [
                    StyledText(record.standing.rawValue, record.standing == .clawedBack ? .red : .dim),
                    StyledText(record.estimated?.short ?? "–"), StyledText(record.verified?.short ?? "–"),
                    StyledText(record.change.change.team ?? "nobody"), StyledText(record.change.change.title),
                    StyledText(record.change.change.file),
                ])
        }
        return offered + merged
    }
}

extension TopList.Row {
    /// What a search looks into: what is shown, and the identity that other commands print.
    fileprivate var searched: [String] {
        let shown = cells.map { $0.rendered(.plain) }
        return switch subject {
        case .finding(let finding): shown + [finding.id, finding.rule]
        case .change(let change): shown + [change.id] + change.findings
        case .team, .merged: shown
        }
    }
}

extension FindingEntry {
    /// Its status, or how severe it is while it is open.
    fileprivate var mark: StyledText {
        guard status == .open else { return StyledText(status.rawValue, status == .unknown || status == .error ? .yellow : .dim) }
        return switch severity {
        case .critical: StyledText("critical", .alarm)
        case .high: StyledText("high", .red)
        case .medium: StyledText("medium", .yellow)
        case .low: StyledText("low", .dim)
        }
    }
}

extension Plan.Change {
    /// `main.tf:12`
    var place: String? { file.map { file in file + (line.map { ":\($0)" } ?? "") } }
}
