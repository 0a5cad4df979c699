internal import Charts
internal import CostModel
internal import Pages
internal import Reporting

extension WebPage {
    /// The pages of `bursar report`, of what the ledger remembers now.
    static let workspacePages = WebPage("/ui/{workspace}/{page}", policy: .live) { context, call throws(Refusal) in
        try WorkspacePages(context: context).page(call)
    }
}

extension ServedWorkspace {
    /// Nil for a repository that no browser can open.
    fileprivate func links(to commit: String?) -> CodeLinks? {
        CodeLinks(base: repository, host: host, commit: commit, prefix: folder)
    }
}

/// A workspace's pages, made of its ledger when they are asked for.
struct WorkspacePages {
    let context: ServerContext

    func page(_ call: Call) throws(Refusal) -> HTML {
        let name = call.parameter("workspace")
        guard context.names.contains(name) else { throw Refusal(404, "there is no such workspace") }
        let (site, live): (SiteContent, LivePage)
        do throws(ServerError) { (site, live) = try self.site(of: name, page: call.parameter("page")) } catch { throw Refusal(error) }
        let pages = SitePages(site, corner: Self.signOut(call), live: live, days: try Self.days(call))
        guard let page = pages.page(call.parameter("page")) else {
            throw Refusal(404, "there is no such page")
        }
        return page
    }

    /// - Parameter page: the one that is asked for: what only another one shows is not read. Nil: none.
    func site(of workspace: String, page: String? = nil) throws(ServerError) -> (site: SiteContent, live: LivePage) {
        let (archive, now) = (context.archive, context.clock())
        let status = try archive.status(of: workspace)
        let kept = try archive.document(KeptEvaluation.self, of: workspace)
        let history = try archive.history(of: workspace, since: now.day.advanced(by: -Self.days))
        let scores = history.scores
        let costs = try archive.costs(of: workspace, days: now.day.advanced(by: -Self.days)...now.day)
        // What the newest day was scored in is the workspace's own.
        let currency = kept?.currency ?? scores.last?.cost.currency ?? costs.last?.amount.currency ?? .usd
        var site = SiteContent(
            workspace: workspace,
            context: ReportContext(revision: status?.observedRevision ?? "none", evaluatedAt: status?.lastSuccess ?? now),
            currency: currency, toolVersion: context.version)
        site.isServed = true
        site.add(history, requests: try archive.requests(of: workspace), isWhole: true)
        site.addTeams(scoredBy: scores)
        site.addExemptions(try archive.exemptionUses(of: workspace), of: history.lives)
        site.costs = costs
        if let kept { site.add(kept, history) }
        if let details = try archive.document(KeptDetails.self, of: workspace) {
            site.add(details)
            site.code = context.workspaces.first { $0.name == workspace }?.links(to: details.commit)
        }
        if let offers = try archive.document(RequestOffers.self, of: workspace) { site.add(offers) }
        if page == SitePages.references { site.references = try archive.document(ResourceGraph.self, of: workspace) }
        return (site, LivePage(version: LiveEvents.version(of: status)))
    }

    /// Of scores and costs.
    static let days = 400

    /// The days that a page of changes was asked for; nil: it was not.
    private static func days(_ call: Call) throws(Refusal) -> ClosedRange<Day>? {
        let fields = call.request.query.filter { ["from", "to"].contains($0.name) }
        guard !fields.isEmpty else { return nil }
        guard let from = fields.first(where: { $0.name == "from" }).flatMap({ Day($0.value) }),
            let to = fields.first(where: { $0.name == "to" }).flatMap({ Day($0.value) }), fields.count == 2, from < to
        else { throw Refusal(400, "'from' and 'to' are two days such as 2026-11-01, the earlier first") }
        return from...to
    }

    /// A way to end the session, for who signed in.
    static func signOut(_ call: Call) -> HTML {
        guard call.request.header("cookie").flatMap({ Sessions.value(in: $0) }) != nil else { return "" }
        return "<form class=\"out\" method=\"post\" action=\"/sign-out\"><button type=\"submit\">Sign out</button></form>"
    }

    /// A segment of a path (RFC 3986).
    static func escaped(_ segment: String) -> String {
        segment.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-._~".unicodeScalars.contains(scalar)
            {
                return String(scalar)
            }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
