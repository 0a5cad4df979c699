import CostModel
import Pages
import Reporting

/// All there is to say about one row, in lines that are not yet broken.
struct TopDetails: Sendable {
    let title: StyledText
    let lines: [StyledText]

    private init(_ title: String, _ lines: [StyledText?]) {
        self.title = StyledText(title, .bold)
        self.lines = lines.compactMap(\.self)
    }

    init(of subject: TopSubject, in site: SiteContent) {
        switch subject {
        case .team(let card): self = Self.team(card, site)
        case .finding(let finding): self = Self.finding(finding, site)
        case .change(let change): self = Self.change(change, site)
        case .merged(let record): self = Self.merged(record)
        }
    }

    /// The changed lines, with what they are for; nil where no plan fixes it.
    init(patchOf subject: TopSubject, in site: SiteContent) {
        guard let change = Self.change(for: subject, in: site) else {
            self.init("No patch", [StyledText(Self.reason(noPatchOf: subject))])
            return
        }
        let lines = (change.patch ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let look: StyledText.Look =
                switch line.first {
                case "+": .green
                case "-": .red
                case "@": .cyan
                default: .plain
                }
            return StyledText(String(line), look)
        }
        self.init(change.title, [Self.command(change), ""] + lines)
    }

    init(problems: [Problem]) {
        let lines = problems.map { problem in
            StyledText("\(problem.severity.rawValue): ", problem.severity >= .partial ? .red : .yellow) + StyledText(problem.message)
        }
        self.init("Problems", lines.isEmpty ? ["Everything could be observed."] : lines)
    }

    static let help = TopDetails(
        "Keys",
        [
            field("↑ ↓, k j", "the row above or below; Page Up, Page Down, Home, End"),
            field("1 2 3, Tab, ← →", "teams, findings, savings"),
            field("Enter", "of a team its findings, else all there is to say"), field("p", "the patch that fixes it"),
            field("d", "details, also of a team"), field("/", "search; Enter ends it, Escape takes it back"),
            field("Escape", "back; then all teams again"), field("w", "what could not be observed"), field("r", "judge again"),
            field("q, Ctrl-C", "end"), field("Ctrl-Z", "back to the shell; 'fg' goes on"),
        ])

    // MARK: Each kind of row

    private static func team(_ card: Scorecard, _ site: SiteContent) -> TopDetails {
        let messages = Dictionary(site.findings.map { ($0.id, $0.message) }, uniquingKeysWith: { first, _ in first })
        let level = card.heldLevel ?? card.level
        var lines: [StyledText?] = [
            field("score", card.score.map(\.description) ?? "–"), card.note.map { field("note", $0) },
            field("level", level == .none ? "none yet" : level.rawValue), card.lacks.map { field("next", $0) },
            card.course.isEmpty ? nil : field("course", card.course.joined(separator: "; ")),
            field("28 days", (card.cost?.short ?? "–") + (site.context.gap == nil ? "" : " (a part)")),
            field("could save", card.potentialSavings.map { "\($0.short)/month" } ?? "–"),
            card.improvement.map { field("improved", "\($0 / 100) % of waste, verified on the bill") },
            card.timeliness.map { field("in time", "\($0 / 100) % of what was due") },
        ]
        if !card.penalties.isEmpty {
            lines += ["", StyledText("Points that it lost", .bold)]
            lines += card.penalties.prefix(20).map { field("−\($0.points)", messages[$0.finding] ?? $0.finding) }
        }
        let changes = site.changes.filter { $0.team == card.team }.prefix(3)
        if !changes.isEmpty {
            lines += ["", StyledText("What to do next", .bold)]
            lines += changes.flatMap { [StyledText($0.title), command($0)] }
        }
        return TopDetails(card.team, lines)
    }

    private static func finding(_ finding: FindingEntry, _ site: SiteContent) -> TopDetails {
        TopDetails(
            finding.id,
            [
                StyledText(finding.message), "", field("status", "\(finding.status.rawValue), \(finding.severity.rawValue)"),
                field("policy", "\(finding.policy), rule \(finding.rule)"), field("team", finding.team ?? "nobody"),
                finding.resource.map { field("resource", $0) }, finding.place.map { field("place", $0.description) },
                field("at stake", finding.atStake.map { "\($0.short)/month" } ?? "not known"),
                finding.monthlySavings.map { field("saves", "\($0.short)/month") },
                finding.firstSeen.map { field("since", $0.description) },
                finding.due.map { field("due", $0.description + (finding.isOverdue(on: site.today) ? ", overdue" : "")) },
                field("fix", finding.isFixable ? "a patch is ready: p" : "by hand"), "", StyledText("bursar explain \(finding.id)", .cyan),
            ])
    }

    private static func change(_ change: Plan.Change, _ site: SiteContent) -> TopDetails {
        let wanted = Set(change.findings)
        let findings = site.findings.filter { wanted.contains($0.id) }
        return TopDetails(
            change.title,
            [
                field("saves", change.monthlySavings.map { "\($0.short)/month" } ?? "not known"), field("team", change.team ?? "nobody"),
                change.place.map { field("place", $0) }, field("fixes", counted(change.findings.count, "finding")),
            ] + findings.prefix(20).map { field("", $0.message) } + ["", command(change)])
    }

    private static func merged(_ record: SavingsRecord) -> TopDetails {
        TopDetails(
            record.change.change.title,
            [
                field("standing", record.standing.rawValue), field("team", record.change.change.team ?? "nobody"),
                field("place", record.change.change.file),
                field("merged", "\(record.change.merged.day), commit \(record.change.commit.prefix(12))"),
                record.since.map { field("since", "\($0) on the bill") },
                field("estimated", record.estimated.map { "\($0.short)/month" } ?? "not known"),
                field("realised", record.realised.map { "\($0.short)/month" } ?? "not measured"),
                field("verified", record.verified.map { "\($0.short)/month" } ?? "nothing yet"), field("method", record.method),
            ])
    }

    // MARK: Parts

    private static func field(_ name: String, _ value: String) -> StyledText {
        StyledText(name + String(repeating: " ", count: max(2, 16 - name.count)), .dim) + StyledText(value)
    }

    private static func command(_ change: Plan.Change) -> StyledText {
        StyledText("bursar plan --out plan && git apply plan/\(change.id).patch", .cyan)
    }

    private static func change(for subject: TopSubject, in site: SiteContent) -> Plan.Change? {
        switch subject {
        case .team(let card): site.changes.first { $0.team == card.team }
        case .finding(let finding): site.changes.first { $0.findings.contains(finding.id) }
        case .change(let change): change
        case .merged: nil
        }
    }

    private static func reason(noPatchOf subject: TopSubject) -> String {
        switch subject {
        case .team: "No patch fixes anything of this team."
        case .finding: "No patch fixes this: 'bursar explain' says what is needed."
        case .change: "This change has no patch."
        case .merged: "This change is merged: 'bursar revert' takes it back."
        }
    }
}
