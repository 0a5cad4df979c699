import CostModel
import Diagnostics

extension CheckReport {
    /// GitHub's limit of a comment, in characters; counted here in bytes, of which there are never fewer.
    static var commentLimit: Int { 65_536 }
    /// How many lines of a comment are seen before anything is opened.
    static var visibleLines: Int { 15 }

    /// Whether no comment need be written; an earlier one shrinks to what `markdown()` says.
    package var isCommentOmittable: Bool { comparison?.isEmpty == true && !isPartial && !hasCosts }

    /// Whether the change costs or saves anything, or nobody knows.
    var hasCosts: Bool { estimate.map { !$0.entries.isEmpty } ?? false }

    /// By what an earlier comment is found again, to be updated in place.
    package var commentMarker: String {
        "<!-- bursar:check \(String(String.UnicodeScalarView(workspace.unicodeScalars.filter(Self.isNameLetter)))) -->"
    }

    private static func isNameLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == ".")
    }

    /// THE COMMENT on a pull request: why, what, where, how much and what to press, in at most fifteen lines; everything else is folded.
    func comment(on comparison: Comparison, limit: Int) -> String {
        let footer =
            "<sub>\(Markdown.text(context.shortRevision)) against \(Markdown.code(cut(comparison.shownBase, 100))), "
            + "as of \(context.evaluatedAt)</sub>\n"
        let partial = isPartial ? "**Partial:** not everything could be observed, so this is not the whole truth.\n" : nil
        guard !comparison.isEmpty || hasCosts else {
            let nothing = "**Nothing changes**: no finding, no score, no policy.\n"
            let hint =
                partial == nil
                ? footer.replacingSuffix("</sub>\n", "; an earlier comment shrinks to this, a new one can be omitted</sub>\n") : footer
            return [commentMarker + "\n" + nothing, partial, hint].compactMap(\.self).joined(separator: "\n")
        }
        var page = MarkdownPage(limit: limit, reserve: footer.utf8.count + 1_000)
        let costs = costLines
        page.add(commentMarker + "\n" + costs.joined() + (costs.isEmpty ? "" : "\n") + headline(comparison))
        if let partial { page.add(partial) }
        if let backtest { page.add("Changed policies, \(Markdown.text(backtest.line)).\n") }
        if let rollout = comparison.rollout { page.add("Changed policies: \(Markdown.text(cut(rollout.line, 400))).\n") }
        let lines = CommentLines(comparison)
        // Beside these: headline, summary of what is folded, footer.
        let taken = [partial != nil, backtest != nil, comparison.rollout != nil].count(where: \.self)
        let shown = lines.chosen(Self.visibleLines - 3 - costs.count - taken)
        page.add(shown) { "- \($0)\n" }
        page.add("<details><summary>\(foldedTitle(comparison))</summary>\n")
        addDetails(to: &page, comparison)
        page.add("</details>\n")
        page.add(footer)
        return page.text
    }

    /// What the change costs, what makes it up, and what it does to budgets: `**+$9,412/month (estimate: 83 % from your own prices, 17 % list)**`
    private var costLines: [String] {
        guard let estimate, hasCosts else { return [] }
        let makers = estimate.makers.map { "\(Markdown.code(cut($0.address, 60))) \($0.amount)" }
        let parts =
            ["**\(estimate.headline)**"] + (makers.isEmpty ? [] : [makers.joined(separator: ", ")])
            + (estimate.openText.isEmpty ? [] : [estimate.openText])
            + estimate.unreliable.prefix(2).map { "estimates of " + Markdown.text(cut($0.reminder, 100)) }
        let budgets = estimate.budgets.prefix(3).map { "\(Markdown.text(cut($0.text, 120)))  \n" }
        return [parts.joined(separator: " · ") + (budgets.isEmpty ? "\n" : "  \n")] + budgets
    }

    /// `**+$412/month at stake · payments 82 → 79** · 1 new, 2 fixed`
    private func headline(_ comparison: Comparison) -> String {
        let touched = comparison.touched
        let scored = touched.filter { $0.scoreBefore != nil || $0.scoreAfter != nil }
        let named = scored.prefix(3).map { "\(Markdown.text(cut($0.team ?? "unowned", 40))) \($0.scoreText)" }
        let others = scored.count > 3 ? ["\(counted(scored.count - 3, "more team"))"] : []
        let stake = comparison.stakeChange(in: currency).map { "\($0.signed)/month at stake" } ?? "no bill, so no dollars"
        let parts = [stake] + named + others
        let counts = comparison.counts.isEmpty ? "no finding changes" : comparison.counts
        return "**\(parts.joined(separator: " · "))** · \(counts)\n"
    }

    private func foldedTitle(_ comparison: Comparison) -> String {
        let unchanged = comparison.count(.unchanged)
        let counts = [comparison.counts, unchanged > 0 ? "\(unchanged) unchanged" : ""].filter { !$0.isEmpty }
        return "all of it" + (counts.isEmpty ? "" : ": \(counts.joined(separator: ", "))") + ", by team and policy, and what to press"
    }

    private func addDetails(to page: inout MarkdownPage, _ comparison: Comparison) {
        page.add(Self.whatToPress)
        page.add(table: ["team", "score:", "at stake:", "could save:", "findings"], comparison.touched, cells: row)
        page.add(table: ["place", "policy", "what", "causes"], comparison.policies.flatMap { rows($0, in: comparison) }) { $0 }
        page.add(table: ["place", "counts once it is merged", "what it would do"], comparison.pending, cells: row)
        for kind in [Comparison.Change.new, .gone, .changed, .fixed] {
            let groups = FindingGroup.groups(of: comparison.changes(kind), joinsInstances: false)
            page.add(table: Self.titles + ["finding"], groups, title: "**\(kind.title)**", cells: rowWithIDs)
        }
        page.add(problems.markdownRows, under: "**Problems**\n\n") { $0 }
    }

    private static var whatToPress: String {
        """
        - a patch: `bursar plan --out plan`, then `git apply plan/all.patch`
        - why: `bursar explain FINDING` goes down to samples, rows and lines
        - not now: an `Exemption` beside the policies, with `policies`, `resources`, `reason`, `approvedBy` and `expires`

        """
    }

    private func row(_ team: Comparison.TeamChange) -> [String] {
        [
            team.team.map(Markdown.text) ?? "unowned", team.scoreText, team.stakeChange.map { "\($0.signed)/month" } ?? "–",
            team.savingsText ?? "–",
            team.counts.isEmpty ? "–" : team.counts,
        ]
    }

    private func rows(_ policy: Comparison.PolicyChange, in comparison: Comparison) -> [[String]] {
        let effects = comparison.effects(of: policy.policy)
        let places = policy.kind == .changed && !policy.fields.isEmpty ? policy.fields.map(\.place) : [policy.place]
        return zip(policy.sentences, places).enumerated().map { index, line in
            [
                Markdown.code(line.1.description), Markdown.text(policy.policy.description), Markdown.text(line.0),
                index == 0 && !effects.isEmpty ? effects : "–",
            ]
        }
    }

    private func row(_ pending: Comparison.Pending) -> [String] {
        [Markdown.code(pending.place.description), Markdown.text(pending.what), Markdown.text(pending.effect)]
    }

    private func rowWithIDs(_ group: FindingGroup) -> [String] {
        var what = Markdown.text(group.message)
        if !group.remarks.details.isEmpty { what += " · " + Markdown.text(group.remarks.details.joined(separator: ", ")) }
        if let cause = group.remarks.cause { what += " · " + Markdown.text(cause) }
        if let exemption = group.first.exemption { what += " · exempt by \(Markdown.code(exemption))" }
        return row(group, what) + [group.findings.map { Markdown.code($0.id) }.joined(separator: " ")]
    }
}

/// A text of at most so many scalars, with an ellipsis where something was lost. (One `Character` may be of any length.)
func cut(_ text: String, _ limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
}

/// The same, losing the beginning: the end of a path says most.
func cutStart(_ text: String, _ limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    return "…" + String(String.UnicodeScalarView(text.unicodeScalars.suffix(limit - 1)))
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String, _ other: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + other : self
    }
}
