internal import CostModel
internal import Game
internal import JSON
internal import Reporting

/// How campaigns, seasons and what was prevented are shown: members of the documents that the commands write.
enum GameShapes {
    static let campaign = RecordShape<JSONValue>(
        "Campaign",
        [
            ("name", .text), ("from", .day), ("to", .day), ("phase", .word(["ahead", "running", "over"])),
            ("goal", .object([("fixed", .optional(.text)), ("verified", .optional(.reference("Money")))])),
            ("share", .described(.optional(.number), "how much of the goal's measure is reached, in percent; null: not known")),
            ("reached", .flag), ("unknown", .described(.optional(.text), "why it is not known")), ("countedFrom", .optional(.day)),
            ("base", .described(.optional(.reference("Money")), "what the goal is held against, in 28 days")),
            ("verifiedSavings", .reference("Money")), ("verifiedChanges", .integer),
            ("prevented", .described(.optional(.integer), "findings that did not open; null: not known")),
            ("caught", .described(.optional(.integer), "findings that branches had on their way and did not bring; null: not known")),
            ("burnDown", .list(step.reference)),
        ])

    static let step = RecordShape<JSONValue>(
        "CampaignStep", [("day", .day), ("open", .integer), ("atStake", .reference("Money"))])

    static let season = RecordShape<JSONValue>(
        "Season",
        [
            ("season", .text), ("from", .day), ("to", .day), ("over", .flag), ("judgedDays", .integer), ("mostImproved", .optional(.text)),
            ("teams", .described(.list(row.reference), "the best three, and the team that was asked about")),
            ("bingo", .optional(card.reference)), ("wins", .list(win.reference)), ("hallOfFame", .list(Shapes.badge.reference)),
            ("notes", .list(.text)),
        ])

    static let row = RecordShape<JSONValue>(
        "SeasonTeam",
        [("team", .text), ("rank", .optional(.integer)), ("points", .number), ("gain", .optional(.number)), ("note", .optional(.text))])

    static let card = RecordShape<JSONValue>(
        "BingoCard", [("marked", .integer), ("lines", .integer), ("squares", .list(square.reference))])

    static let square = RecordShape<JSONValue>(
        "BingoSquare",
        [
            ("kind", .word(BingoCard.Kind.allCases.map(\.rawValue))), ("text", .text),
            ("mark", .word(["open", "marked", "lost", "empty"])),
            ("command", .optional(.text)),
        ])

    static let win = RecordShape<JSONValue>(
        "WinToCopy",
        [
            ("team", .text), ("policy", .reference("Policy")), ("rule", .text), ("merged", .day),
            ("verified", .described(.optional(.reference("Money")), "what it saves there in a month")),
            ("savings", .described(.optional(.reference("Money")), "what the patches would save here in a month")),
            ("changes", .list(.text)),
        ])

    static let prevented = RecordShape<(span: Range<Day>, prevented: PreventedFindings, caught: CaughtFindings.Count?)>(
        name: "Prevented",
        fields: [
            .field("from", .day) { .string($0.span.lowerBound.description) },
            .field("to", .day) { .string($0.span.upperBound.advanced(by: -1).description) },
            .field("prevented", .described(.optional(.integer), "fewer than in the quietest span before; null: not known")) {
                JSONValue($0.prevented.count)
            },
            .text("sentence") { $0.prevented.sentence },
            .field("caught", .described(.optional(.integer), "findings that branches had on their way and did not bring; null: not known"))
            {
                JSONValue($0.caught?.findings)
            },
            .field("caughtSince", .described(.optional(.day), "from when on merges are looked at; null: they are not yet")) {
                JSONValue($0.caught?.since?.description)
            },
            .field("mergesJudged", .optional(.integer)) { JSONValue($0.caught?.arrivals.judged) },
            .field("singleCommits", .described(.optional(.integer), "changes that came as one commit: of them nothing is known")) {
                JSONValue($0.caught?.arrivals.single)
            },
            .field("mergesUnjudged", .described(.optional(.integer), "merges of which not all is known")) {
                JSONValue($0.caught?.arrivals.unjudged)
            },
        ])

    static let caught = RecordShape<CaughtFindings.Entry>(
        name: "CaughtFinding",
        fields: [
            .text("id") { $0.id }, .field("policy", .reference("Policy")) { JSONValue($0.policy) }, .text("rule") { $0.rule },
            .word("severity") { $0.severity }, .text(orNull: "team") { $0.team }, .text(orNull: "resource") { $0.resource },
            .text("message") { $0.message }, .text("commit") { $0.commit }, .text("merge") { $0.merge },
            .field("merged", .day) { .string($0.merged.description) },
        ])

    static var schemas: [(String, Schema)] {
        let lists = [(campaign.name, campaign.schema), campaign.page, (caught.name, caught.schema), caught.page]
        let others = [step, season, row, card, square, win].map { ($0.name, $0.schema) }
        return lists + others + [(prevented.name, prevented.schema)]
    }
}

extension RecordShape where Value == JSONValue {
    /// A document as somebody wrote it, of which these members are shown.
    init(_ name: String, _ members: [(key: String, schema: Schema)]) {
        self.init(name: name, fields: members.map { member in .field(member.key, member.schema) { $0[member.key] ?? .null } })
    }
}

extension JSONValue {
    /// Empty for a member that is no text.
    func text(at key: String) -> String {
        if case .string(let text)? = self[key] { text } else { "" }
    }
}
