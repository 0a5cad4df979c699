internal import CostModel
internal import Diagnostics

/// Everything the server answers: a function from request to response. It knows nothing of sockets.
package struct Application: Sendable {
    package struct Settings: Sendable {
        /// nil: no tokens are configured; the server is read-only and loopback-only.
        package var tokens: BearerTokens?
        /// nil: no proxy says who asks.
        package var proxy: TrustedProxy?
        /// nil: no webhooks are served.
        package var webhookSecrets: WebhookSecrets?
        /// Whether without tokens everybody who reaches it may read.
        package var allowsAnonymous = false
        /// Whether metrics can be read without a token.
        package var hasOpenMetrics = false
        /// Whether badges can be read without a token.
        package var hasOpenBadges = false
        /// Whether it speaks TLS itself: cookies are then for encrypted connections only.
        package var isEncrypted = false
        /// Of one client, in a second; five times as many at once.
        package var requestsPerSecond = 20

        package init() {}
    }

    private let router: Router
    private let gatekeeper: Gatekeeper
    private let meter = RequestMeter()
    private let settings: Settings
    private let context: ServerContext
    private let log: any LogSink

    /// - Parameter runs: also told of runs by the loop.
    package init(_ context: ServerContext, _ settings: Settings, runs: RunMeter, log: any LogSink, version: String) {
        self.init(context, settings, runs: runs, log: log, version: version, pages: WebPage.all)
    }

    init(_ context: ServerContext, _ settings: Settings, runs: RunMeter, log: any LogSink, version: String, pages: [WebPage]) {
        let limiter = RateLimiter(perSecond: settings.requestsPerSecond, burst: settings.requestsPerSecond * 5, uptime: context.uptime)
        var context = context
        context.version = version
        let sessions = Sessions()
        gatekeeper = Gatekeeper(
            tokens: settings.tokens, proxy: settings.proxy, allowsAnonymous: settings.allowsAnonymous, limiter: limiter, sessions: sessions,
            clock: context.clock)
        self.settings = settings
        self.context = context
        self.log = log
        let metrics = Metrics(context: context, runs: runs, requests: meter, version: version)
        var routes = Health(context: context).routes + API(context: context, version: version).routes
        routes.append(
            Route("GET", "/metrics", needs: settings.hasOpenMetrics ? .anybody : .role(.read)) { _ in metrics.page() })
        routes.append(Route("GET", "/", needs: .anybody) { _ in .text(Self.index) })
        routes.append(Icon.route)
        routes +=
            SignIn(
                tokens: settings.tokens, hasProxy: settings.proxy != nil, sessions: sessions, isEncrypted: settings.isEncrypted,
                clock: context.clock, version: version
            ).routes
        routes += Badges(context: context, areOpen: settings.hasOpenBadges).routes
        let shown = context
        routes.append(LiveEvents(context: context).route)
        routes += pages.map { $0.route(shown) }
        if let secrets = settings.webhookSecrets { routes += Webhooks(context: context, secrets: secrets, log: log).routes }
        router = Router(routes: routes)
    }

    private static let index = """
        bursar

        /ui                   pages for people
        /api/v1/openapi.json  what can be asked
        /metrics              for Prometheus
        /healthz /readyz      for supervisors

        """

    package func answer(_ request: Request) -> Response {
        let begun = context.uptime()
        let (response, route) = answered(request)
        meter.count(route: route, method: request.method, status: response.status, milliseconds: Int(context.uptime() - begun))
        if response.status == 401, let fault = settings.tokens?.fault {
            log.write(LogEntry(.error, "nobody is let in: \(fault.message)", time: context.clock()))
        }
        return response
    }

    private func answered(_ request: Request) -> (Response, route: String?) {
        let match = router.match(request)
        let need: Gatekeeper.Need = if case .route(let route, _) = match { route.need } else { .anybody }
        switch gatekeeper.judge(request, needs: need) {
        case .refuse(let response):
            // A person who opens a page without having signed in is shown where to.
            let isPage = request.method == "GET" && request.path.first == "ui" && request.header("accept")?.contains("text/html") == true
            return (response.status == 401 && isPage ? SignIn.redirect(to: SignIn.path) : response, match.template)
        case .pass(let bearer): return (response(to: request, match, bearer), match.template)
        }
    }

    private func response(to request: Request, _ match: Router.Match, _ bearer: String?) -> Response {
        switch match {
        case .nothing: return .problem(404, "there is nothing here")
        case .methods(let methods):
            return .problem(405, "the method is not one of this path", headers: [.init("Allow", methods.joined(separator: ", "))])
        case .route(let route, let parameters):
            do throws(Refusal) {
                return try route.answer(Call(request: request, parameters: parameters, bearer: bearer))
            } catch { return error.response }
        }
    }
}

extension Router.Match {
    fileprivate var template: String? { if case .route(let route, _) = self { route.template } else { nil } }
}

extension Application {
    /// Begins to listen and to answer.
    ///
    /// - Throws: `unsafe` where others than this machine would be let in without a token.
    package func listen(
        on address: ListenAddress, certificate: HTTPListener.Certificate? = nil, limits: HTTPListener.Limits = .init()
    ) throws(ServerError) -> HTTPListener {
        guard address.isLoopback || settings.tokens != nil || settings.proxy != nil || settings.allowsAnonymous else {
            throw .open(address)
        }
        return try HTTPListener(address, certificate: certificate, limits: limits, uptime: context.uptime) { answer($0) }
    }
}

extension ServerError {
    fileprivate static func open(_ address: ListenAddress) -> ServerError {
        ServerError(
            code: .unsafe,
            message:
                "refusing to listen on \(address) without tokens: name a file with --tokens, or let everybody read with --allow-anonymous")
    }
}
