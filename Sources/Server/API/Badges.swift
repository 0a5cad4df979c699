internal import Charts
internal import CostModel
internal import Pages
internal import Reporting

/// Badges of teams as pictures, without any dollars.
struct Badges: Sendable {
    let context: ServerContext
    /// Whether a README may show them to everybody.
    let areOpen: Bool

    var routes: [Route] {
        [
            Route("GET", "/badges/{workspace}/{team}/{badge}", needs: areOpen ? .anybody : .role(.read)) { call throws(Refusal) in
                try badge(call)
            }
        ]
    }

    private func badge(_ call: Call) throws(Refusal) -> Response {
        let (workspace, team) = (call.parameter("workspace"), call.parameter("team"))
        let file = call.parameter("badge")
        guard context.names.contains(workspace), file.hasSuffix(".svg") else { throw Refusal(404, "there is no such badge") }
        let word = String(file.dropLast(4))
        var site: [Scorecard]
        do throws(ServerError) { site = try WorkspacePages(context: context).site(of: workspace).site.teams } catch { throw Refusal(error) }
        site = site.filter { $0.team == team }
        guard let card = site.first else { throw Refusal(404, "there is no such badge") }
        let picture: HTML
        if let badge = TeamBadge(rawValue: word) {
            picture = card.picture(of: badge).file
        } else {
            guard word == "card" else { throw Refusal(404, "there is no such badge") }
            let report = ScorecardReport(
                context: ReportContext(revision: "none", evaluatedAt: context.clock()),
                leaderboard: Leaderboard(teams: [card], unowned: nil), findings: [])
            picture = report.svg()
        }
        // Its style stands inside of it, by an element whose text never changes.
        return Response(contentType: "image/svg+xml", contentSecurityPolicy: .picture, body: Array(picture.markup.utf8))
    }
}

extension ContentSecurityPolicy {
    static let picture = ContentSecurityPolicy.page([.style: [.inline(digest: PictureStyle.digest)]])
}
