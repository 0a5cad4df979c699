/// What is sent to a server.
package struct HTTPRequest: Hashable, Sendable {
    package enum Method: String, Hashable, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

    package var method: Method
    /// Absolute.
    package var url: String
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(_ method: Method, _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension HTTPResponse {
    package var isSuccess: Bool { (200..<300).contains(status) }

    /// Seconds after which to ask again, as `Retry-After` says. A time counts by the server's own clock, so that ours need not be right.
    package var retryAfter: Int? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Int(text) { return max(0, seconds) }
        guard let date, let time = WebTime.seconds(http: text) else { return nil }
        return Int(clamping: max(0, time - date))
    }

    /// The server's own time, in seconds since 1970.
    package var date: Int64? { headers["date"].flatMap(WebTime.seconds(http:)) }
}

/// Header fields; their names are told apart without regard to case.
package struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private var values: [String: String] = [:]

    package init() {}
    package init(dictionaryLiteral fields: (String, String)...) {
        for (name, value) in fields { self[name] = value }
    }

    package subscript(name: String) -> String? {
        get { values[name.lowercased()] }
        set { values[name.lowercased()] = newValue }
    }

    /// By name, in lower case.
    package var fields: [(name: String, value: String)] { values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
}

/// A request got no usable response. The message names no header and no query, where secrets could stand.
package struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The deadline has passed: what was asked for may have happened nevertheless.
        case timedOut
        /// No connection, or it broke.
        case connection
        case tooLarge
        /// Against our own rules: plain HTTP, or a redirect to another host.
        case refused
        /// What writes is asked for at another address, which is not followed.
        case moved
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

/// The way to a server: `HTTPClient`, or what stands in for it in tests. Calls block: they are made off Swift's cooperative threads.
package protocol HTTPSending: Sendable {
    /// Any status is a response, redirects too; only what never became a response is an error.
    func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse
}
