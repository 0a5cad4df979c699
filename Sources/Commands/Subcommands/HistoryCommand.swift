import CostModel
import Diagnostics
import Game
import Reconciliation
import Reporting
import Scoring
import Store

extension Command {
    private static let findings = Option<Bool>.flag("--findings", help: "the lives of findings: when seen, opened, fixed")
    private static let finding = Option<String>("--finding", value: "ID", "one finding's life, and what happened to it")
    private static let scores = Option<Bool>.flag("--scores", help: "scores by day, and badges")
    private static let requests = Option<Bool>.flag("--requests", help: "requests, and what became of them")
    private static let estimates = Option<Bool>.flag(
        "--estimates", help: "what changes were expected to cost, and what the bill says of it")
    private static let audit = Option<Bool>.flag("--audit", help: "what was written, and who or what caused it")
    private static let campaigns = Option<Bool>.flag(
        "--campaigns", help: "how the campaigns of the policies go: what is left week by week, and what was prevented")
    private static let snoozes = Option<Bool>.flag("--snoozes", help: "requests that people put off: until when, who and why")
    private static let team = Option<String>(
        "--team", value: "TEAM", "only of this team: with --findings, --scores, --requests, --estimates, --snoozes")
    private static let limit = Option<Int>(
        "--limit", value: "N", "at most so many (default: 20)", expected: "a number from 1",
        parse: { Int($0).flatMap { $0 > 0 ? $0 : nil } })
    private static let since = Option<Instant>(
        "--since", value: "TIME", "only what happened then or later", expected: "a time such as 2026-11-01T00:00:00Z",
        parse: { Instant($0) })

    static let history = Command(
        "history", "shows runs, findings, scores, requests, snoozes, estimates, campaigns and writes so far",
        discussion: """
            Reads the workspace's ledger and changes nothing. Without another option: its runs, the newest first. A run in which nothing had \
            changed is not kept.
            """,
        options: [
            findings.description, finding.description, scores.description, requests.description, estimates.description, audit.description,
            campaigns.description, snoozes.description, team.description,
            limit.description, since.description, CommonOptions.state.description,
        ],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        conflicts: exclusive([
            findings.description, finding.description, scores.description, requests.description, estimates.description, audit.description,
            campaigns.description, snoozes.description,
        ]),
        examples: [
            .init("bursar history", "the last runs"),
            .init("bursar history --finding f-6c1d0a52e4b3", "when a finding was opened, and which commit fixed it"),
            .init("bursar history --scores --team payments", "a team's scores, day by day"),
            .init("bursar history --estimates", "how good the estimates of merged changes were"),
            .init("bursar history --campaigns", "how far each campaign is"),
            .init("bursar history --audit --since 2026-11-01", "who or what caused each write"),
        ]
    ) { invocation, console throws(CommandFailure) in
        if invocation[team] != nil, ![findings, scores, requests, estimates, snoozes].contains(where: invocation.has) {
            throw .usage("'--team' is for '--findings', '--scores', '--requests', '--estimates' and '--snoozes'", of: "history")
        }
        let session = Session(invocation, console)
        let ledger = try session.ledger(in: try session.stateFolder())
        let since = invocation[since]
        let limit = invocation[limit] ?? 20
        func isWanted(_ team: String?) -> Bool { invocation[Self.team].map { $0 == team } ?? true }
        if let name = invocation[team], let known = try session.asking({ () throws(LedgerError) in try others(than: name, in: ledger) }) {
            throw CommandFailure(
                "nothing is remembered of a team '\(name.printable)'" + DidYouMean.hint(for: name, in: known), .invalid,
                hint: "the ledger knows \(known.joined(separator: ", "))")
        }
        if invocation.has(campaigns) {
            let workspace = try session.open()
            let history = try session.asking { () throws(LedgerError) in try History(ledger, today: session.now.day) }
            try session.write(
                HistoryReport(
                    context: try session.context(of: ledger),
                    content: .campaigns(workspace.policies.progress(of: history, today: session.now.day))))
            return .clean
        }
        let content = try session.asking { () throws(LedgerError) -> HistoryReport.Content? in
            if let id = invocation[finding] {
                return try ledger.life(id).map { (life) throws(LedgerError) in .finding(life, try ledger.events(of: life.identity)) }
            }
            if invocation.has(findings) {
                let lives = try ledger.lives().filter { isWanted($0.team) && $0.lastSeen >= since ?? $0.lastSeen }
                return .findings(Array(lives.sorted(by: FindingLife.isListed).prefix(limit)))
            }
            if invocation.has(scores) {
                let days = try ledger.scores(team: invocation[team], since: since?.day)
                let newest = days.newestFirst(until: console.clock().day)
                return .scores(Array(newest.prefix(limit)), try ledger.badges(team: invocation[team]))
            }
            if invocation.has(requests) {
                return .requests(Array(try ledger.requestHistory(since: since).filter { isWanted($0.team) }.prefix(limit)))
            }
            if invocation.has(estimates) {
                let records = try ledger.estimates().filter { isWanted($0.team) && $0.merged >= since ?? $0.merged }
                return .estimates(Array(records.reversed().prefix(limit)), EstimateAccuracy(records))
            }
            if invocation.has(snoozes) {
                let records = try ledger.snoozes().filter { isWanted($0.team) && $0.since >= since ?? $0.since }
                return .snoozes(Array(records.reversed().prefix(limit)))
            }
            if invocation.has(audit) { return .audit(try ledger.audits(since: since, limit: limit)) }
            return .runs(try ledger.runs(limit: limit, since: since))
        }
        guard let content else {
            throw CommandFailure(
                "no finding '\((invocation[finding] ?? "").printable)' is remembered", .invalid,
                hint: "'bursar history --findings' lists them")
        }
        let overdue: [FindingLife] =
            switch content {
            case .findings(let lives): lives
            case .finding(let life, _): [life]
            default: []
            }
        try session.write(
            HistoryReport(
                context: try session.context(of: ledger), content: content,
                overdue: Set(overdue.lazy.filter { $0.isOverdue(at: session.now) }.map(\.identity))))
        return .clean
    }

    /// The teams that a ledger knows, where this one is none of them: those that were scored once, or that something belonged to. Nil also
    /// where it knows none yet.
    private static func others(than team: String, in ledger: Ledger) throws(LedgerError) -> [String]? {
        let known = Set(
            try ledger.scores().map(\.team) + ledger.lives().compactMap(\.team) + ledger.requestHistory().compactMap(\.team)
                + ledger.estimates().compactMap(\.team))
        return known.contains(team) || known.isEmpty ? nil : known.sorted()
    }

    /// Every two of them.
    private static func exclusive(_ options: [OptionDescription]) -> [(String, String)] {
        options.indices.flatMap { one in options[(one + 1)...].map { (options[one].name, $0.name) } }
    }
}
