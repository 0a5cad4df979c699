internal import Charts

/// A page that people open in a browser: where, who may see it, what it may load, and what it shows.
///
/// One file makes one, and `WebPage.all` has a line for it:
///
/// ```swift
/// extension WebPage {
///     static let teams = WebPage("/teams") { context, call throws(Refusal) in "<h1>Teams</h1>…" }
/// }
/// ```
package struct WebPage: Sendable {
    /// `/teams/{team}`
    let template: String
    /// Who may see it. How a request shows who asks is for `Gatekeeper` to know: a page never looks at credentials.
    let need: Gatekeeper.Need
    let policy: ContentSecurityPolicy
    let content: @Sendable (ServerContext, Call) throws(Refusal) -> HTML

    init(
        _ template: String, needs need: Gatekeeper.Need = .role(.read), policy: ContentSecurityPolicy = .page(),
        content: @escaping @Sendable (ServerContext, Call) throws(Refusal) -> HTML
    ) {
        self.template = template
        self.need = need
        self.policy = policy
        self.content = content
    }

    /// Every page that is served.
    static let all: [WebPage] = [workspaceList, workspacePages]

    func route(_ context: ServerContext) -> Route {
        Route("GET", template, needs: need) { call throws(Refusal) in .html(try content(context, call), policy: policy) }
    }
}
