internal import Diagnostics
internal import JSON
internal import Secrets
internal import WebClient

/// One code host's API: adds the token, tells its failures apart, turns pages.
struct APIClient: Sendable {
    /// What a host's headers and paging are like.
    struct Dialect: Sendable {
        /// Fields of every request, made of the token.
        var headers: @Sendable (_ token: String) -> HTTPHeaders
        var paging: Paging

        enum Paging: Sendable {
            /// RFC 8288: `Link: <…>; rel="next"`.
            case link
            /// GitLab's `x-next-page`.
            case nextPage
        }
    }

    /// Of one list: nobody has more requests than this, but a host that never ends might.
    static let pageLimit = 200

    private let base: WebAddress
    private let dialect: Dialect
    private let token: SecretFile
    private let sender: any HTTPSending

    /// - Throws: `.invalid` when the base is no address.
    init(base: String, dialect: Dialect, token: SecretFile, sender: any HTTPSending) throws(ForgeError) {
        guard let base = WebAddress(base.hasSuffix("/") ? String(base.dropLast()) : base), !base.path.contains("?") else { throw .badBase }
        self.base = base
        self.dialect = dialect
        self.token = token
        self.sender = sender
    }

    /// Asks for one thing.
    func get(_ path: String, query: [(String, String)] = []) throws(ForgeError) -> JSONValue {
        try send(.get, url(path, query), nil).value
    }

    /// Writes; an answer without a body is `null`.
    @discardableResult
    func write(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue?) throws(ForgeError) -> JSONValue {
        let answer = try send(method, url(path, []), body)
        return answer.http.body.isEmpty ? .null : try answer.value
    }

    /// Asks a host's GraphQL interface, which stands beside the one that is asked for everything else.
    ///
    /// - Returns: the answer's data.
    func ask(_ query: String, _ variables: [String: JSONValue] = [:]) throws(ForgeError) -> JSONValue {
        var root = base.absolute
        // GitHub Enterprise has both below one folder.
        if root.hasSuffix("/api/v3") { root = String(root.dropLast(3)) }
        while root.hasSuffix("/") { root.removeLast() }
        let answer = try send(.post, root + "/graphql", ["query": .string(query), "variables": JSONValue(members: variables)]).value
        guard case .object = answer.at("data"), try answer.list("errors").isEmpty else {
            let said = try answer.list("errors").first?.optionalText("message").map { ": \($0.printable.prefix(300))" } ?? ""
            throw ForgeError(.invalid, "the code host does not answer a query\(said)")
        }
        return answer.at("data")
    }

    /// Every page of a list, until `isLast` says that what follows is of no interest.
    func list(_ path: String, query: [(String, String)] = [], until isLast: (JSONValue) throws(ForgeError) -> Bool = { _ in false })
        throws(ForgeError) -> [JSONValue]
    {
        var items: [JSONValue] = []
        var next = url(path, query)
        for _ in 0..<Self.pageLimit {
            let answer = try send(.get, next, nil)
            guard case .array(let page) = try answer.value else { throw .noList(path) }
            for item in page {
                if try isLast(item) { return items }
                items.append(item)
            }
            guard let following = try nextPage(answer.http, path, query) else { return items }
            guard following != next else { throw .endless(path) }
            next = following
        }
        throw .endless(path)
    }

    private func nextPage(_ answer: HTTPResponse, _ path: String, _ query: [(String, String)]) throws(ForgeError) -> String? {
        switch dialect.paging {
        case .nextPage:
            guard let page = answer.headers["x-next-page"], !page.isEmpty else { return nil }
            guard let number = Int(page), number > 1 else { throw .badPage }
            return url(path, query.filter { $0.0 != "page" } + [("page", String(number))])
        case .link:
            guard let link = answer.headers["link"], let target = LinkHeader.next(link) else { return nil }
            guard let address = base.resolving(target), address.hasSameOrigin(as: base) else { throw .foreignLink(base) }
            return address.absolute
        }
    }

    private func url(_ path: String, _ query: [(String, String)]) -> String {
        let query = query.map { "\($0.0)=\(WebAddress.encoded($0.1))" }.joined(separator: "&")
        return base.absolute + path + (query.isEmpty ? "" : "?" + query)
    }

    /// A response, of which nothing that repeats the token gets any further: titles and addresses are kept and shown.
    private struct Answer {
        let http: HTTPResponse
        let hidden: HiddenText

        var value: JSONValue {
            get throws(ForgeError) {
                do throws(ForgeError) {
                    return try JSONValue(parsing: http.body).hiding(hidden)
                } catch { throw error.hiding(hidden) }
            }
        }
    }

    private func send(_ method: HTTPRequest.Method, _ url: String, _ body: JSONValue?) throws(ForgeError) -> Answer {
        let secret: String
        do throws(SecretFileError) { secret = try token.readToken() } catch { throw ForgeError(.unauthorized, error.message) }
        var request = HTTPRequest(method, url, headers: dialect.headers(secret))
        if let body {
            request.body = body.bytes
            request.headers["content-type"] = "application/json"
        }
        let hidden = HiddenText([secret])
        let response: HTTPResponse
        do {
            response = try sender.send(request)
        } catch {
            throw ForgeError(sending: error).hiding(hidden)
        }
        guard !response.isSuccess else { return Answer(http: response, hidden: hidden) }
        // A host says where the next page is, and where it redirects to: the address may be made of what it was told.
        let shown = "\(method.rawValue) \(WebAddress(url)?.shown ?? "")"
        throw Failure(response: response, request: shown, hidden: hidden).error.hiding(hidden)
    }
}

/// A response that is no success, read for what it means.
private struct Failure {
    let response: HTTPResponse
    let request: String
    let hidden: HiddenText

    /// Seconds to wait where the host does not say how long.
    private static let unsaidWait = 60

    var error: ForgeError {
        let status = response.status
        let wait = retryAfter
        if status == 429 || (status == 403 && (response.headers["x-ratelimit-remaining"] == "0" || response.headers["retry-after"] != nil))
        {
            return ForgeError(.rateLimited, message, retryAfter: wait ?? Self.unsaidWait)
        }
        // GitHub's second kind of limit may come without a field that says how long it lasts.
        if status == 403, let reason, ["secondary rate limit", "abuse detection"].contains(where: reason.lowercased().contains) {
            return ForgeError(.rateLimited, message, retryAfter: wait ?? Self.unsaidWait)
        }
        // GitLab reads a project under its old name, and writes to it under its new one only.
        if status == 405, let reason, reason.lowercased().contains("moved project") { return .moved(message) }
        let code: ForgeError.Code =
            switch status {
            case 300..<400: .refused
            case 401: .unauthorized
            case 403: .forbidden
            case 404, 410: .notFound
            case 409: .conflict
            case 408, 500...: .unavailable
            default: .invalid
            }
        return ForgeError(code, message, retryAfter: code == .unavailable ? wait : nil)
    }

    /// By the host's own clock, so that ours need not be right.
    private var retryAfter: Int? {
        if let seconds = response.retryAfter { return seconds }
        guard let now = response.date, response.headers["x-ratelimit-remaining"] == "0" || response.status == 429,
            let reset = (response.headers["x-ratelimit-reset"] ?? response.headers["ratelimit-reset"]).flatMap(Int64.init)
        else { return nil }
        return Int(clamping: max(0, reset &- now))
    }

    private var message: String {
        let said = reason.map { ": \($0)" } ?? ""
        return "\(request) was answered with \(response.status)\(said)"
    }

    /// What the host says itself. It may repeat what was sent, so the token is taken out.
    private var reason: String? {
        // Whatever is no JSON says nothing that helps.
        guard let answer = try? JSONValue(parsing: response.body) else { return nil }
        var parts: [String] = []
        for value in [answer.at("message"), answer.at("error"), answer.at("errors"), answer.at("error_description")] {
            collect(value, &parts)
        }
        let text = parts.joined(separator: "; ")
        guard !text.isEmpty else { return nil }
        return String(hidden.hide(beginningOf: text.utf8, length: 4_096).printable.prefix(300))
    }

    private func collect(_ value: JSONValue, _ parts: inout [String]) {
        guard parts.count < 5 else { return }
        switch value {
        case .string(let text): parts.append(text)
        case .array(let items): for item in items { collect(item, &parts) }
        case .object(let members):
            if case .string(let text) = value.at("message") {
                parts.append(text)
            } else {
                // GitLab: {"base": ["…"]}; GitHub: {"resource", "field", "code"}.
                for member in members.sorted(by: { $0.key < $1.key }) {
                    var inner: [String] = []
                    collect(member.value, &inner)
                    parts += inner.map { "\(member.key) \($0)" }
                }
            }
        default: break
        }
    }
}

extension JSONValue {
    fileprivate func hiding(_ hidden: HiddenText) -> JSONValue {
        switch self {
        case .string(let text): .string(hidden.hide(text))
        case .array(let items): .array(items.map { $0.hiding(hidden) })
        case .object(let members): .object(members.map { Member(hidden.hide($0.key), $0.value.hiding(hidden)) })
        default: self
        }
    }
}

/// RFC 8288, as far as paging needs it.
enum LinkHeader {
    /// The address of the next page.
    static func next(_ header: String) -> String? {
        guard header.utf8.count <= 16_384 else { return nil }
        for part in header.split(separator: "<").dropFirst(header.hasPrefix("<") ? 0 : 1) {
            guard let end = part.firstIndex(of: ">") else { continue }
            let parameters = part[part.index(after: end)...].split(whereSeparator: { $0 == ";" || $0 == "," })
            let isNext = parameters.contains { parameter in
                let words = parameter.split(separator: "=", maxSplits: 1).map { $0.split(separator: " ").joined(separator: " ") }
                guard words.count == 2, words[0].lowercased() == "rel" else { return false }
                return words[1].lowercased().split(whereSeparator: { $0 == "\"" || $0 == " " }).contains("next")
            }
            if isNext { return String(part[..<end]) }
        }
        return nil
    }
}

extension ForgeError {
    fileprivate func hiding(_ hidden: HiddenText) -> ForgeError {
        ForgeError(code, hidden.hide(message), retryAfter: retryAfter)
    }

    fileprivate init(sending error: HTTPError) {
        switch error.code {
        case .refused: self.init(.refused, error.message)
        case .moved: self = .moved(error.message)
        case .tooLarge: self.init(.invalid, error.message)
        case .timedOut, .connection: self.init(.unavailable, error.message)
        }
    }

    fileprivate static func moved(_ message: String) -> ForgeError {
        ForgeError(.moved, "\(message): was the project renamed? Set 'forge.project' to the name that it has now")
    }

    fileprivate static var badBase: ForgeError {
        ForgeError(.invalid, "the code host's address must begin with https:// and hold no user name and no query")
    }
    fileprivate static var badPage: ForgeError { ForgeError(.invalid, "the code host's answer names no page") }
    fileprivate static func noList(_ path: String) -> ForgeError { ForgeError(.invalid, "the code host's answer to \(path) is no list") }
    fileprivate static func endless(_ path: String) -> ForgeError { ForgeError(.invalid, "the list \(path) does not end") }
    fileprivate static func foreignLink(_ base: WebAddress) -> ForgeError {
        ForgeError(.refused, "\(base.shown) links to the next page on another host, which is not followed")
    }
}
