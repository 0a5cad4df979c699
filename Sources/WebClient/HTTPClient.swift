package import Foundation
internal import Synchronization

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// Sends over the network: no cookies, no cache, nothing sent unencrypted to another machine, no redirect followed to another host, a
/// deadline, and a limit on what comes back.
///
/// ```swift
/// let client = HTTPClient(version: Version.current)
/// let response = try client.send(HTTPRequest(.get, "https://api.example/items", headers: ["accept": "application/json"]))
/// ```
package final class HTTPClient: HTTPSending {
    package struct Rules: Hashable, Sendable {
        /// Seconds for the whole exchange, redirects included.
        package var deadline: TimeInterval
        /// Seconds in which not a byte comes or goes.
        package var idle: TimeInterval
        /// Bytes of a response's body, as unpacked.
        package var responseSize: Int
        /// How many redirects on the same host are followed, where the request only reads.
        package var redirects: Int
        /// Whether `http` may leave this machine: where an operator names a server of their own network, and no secret is sent.
        package var allowsPlain: Bool

        /// - Parameter idle: the deadline unless it is given.
        package init(
            deadline: TimeInterval = 30, idle: TimeInterval? = nil, responseSize: Int = 16 << 20, redirects: Int = 3,
            allowsPlain: Bool = false
        ) {
            self.deadline = deadline
            self.idle = idle ?? deadline
            self.responseSize = responseSize
            self.redirects = redirects
            self.allowsPlain = allowsPlain
        }
    }

    private let rules: Rules
    private let userAgent: String
    private let configuration: URLSessionConfiguration
    /// Its connections are kept for the next request that only reads.
    private let reading: Channel

    /// - Parameter version: of the program, which calls itself `bursar/VERSION`.
    package init(version: String, rules: Rules = Rules()) {
        self.rules = rules
        userAgent = "bursar/\(version)"
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.urlCredentialStorage = nil
        configuration.timeoutIntervalForRequest = rules.idle
        configuration.timeoutIntervalForResource = rules.deadline
        self.configuration = configuration
        reading = Channel(configuration, limit: rules.responseSize)
    }

    package func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        guard var address = WebAddress(request.url) else { throw .malformed }
        let deadline = DispatchTime.now() + rules.deadline
        for _ in 0...rules.redirects {
            let response = try exchange(request, at: address, until: deadline)
            guard [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"] else { return response }
            guard let target = address.resolving(location), target.hasSameOrigin(as: address) else {
                throw .redirected(from: address)
            }
            // What writes is never sent a second time by itself.
            guard request.method == .get else { throw .moved(address) }
            address = target
        }
        throw .tooManyRedirects(address)
    }

    private func exchange(_ request: HTTPRequest, at address: WebAddress, until deadline: DispatchTime) throws(HTTPError) -> HTTPResponse {
        guard address.scheme == "https" || address.isLoopback || rules.allowsPlain else { throw .plain(address) }
        guard let url = URL(string: address.absolute) else { throw .malformed }
        var message = URLRequest(url: url)
        message.httpMethod = request.method.rawValue
        message.httpShouldHandleCookies = false
        message.timeoutInterval = rules.idle
        for (name, value) in request.headers.fields { message.setValue(value, forHTTPHeaderField: name) }
        message.setValue(userAgent, forHTTPHeaderField: "user-agent")
        if !request.body.isEmpty { message.httpBody = Data(request.body) }
        // What writes gets a connection of its own. A connection that was kept may be closed by the server just then: the request would be
        // sent a second time unasked, and a body that was read once cannot be read again.
        let channel = request.method == .get ? reading : Channel(configuration, limit: rules.responseSize)
        guard let exchange = channel.exchange(message, until: deadline) else { throw .late(address) }
        if exchange.isTooLarge { throw .tooLarge(address, rules.responseSize) }
        if let failure = exchange.failure {
            throw failure.isTimeout ? .late(address) : .broken(address, failure.code)
        }
        guard let response = exchange.response else { throw .broken(address, 0) }
        return HTTPResponse(status: response.status, headers: response.headers, body: exchange.body)
    }
}

/// A session and what its tasks receive.
private final class Channel: Sendable {
    private let exchanges: Exchanges
    private let session: URLSession

    init(_ configuration: URLSessionConfiguration, limit: Int) {
        exchanges = Exchanges(limit: limit)
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit {
        // The session's own queue may be what lets go of us, and cannot wait for itself.
        DispatchQueue.global().async { [session] in session.invalidateAndCancel() }
    }

    /// - Returns: nil: it did not end in time.
    func exchange(_ message: URLRequest, until deadline: DispatchTime) -> Exchanges.Exchange? {
        let task = session.dataTask(with: message)
        let done = exchanges.begin(task.taskIdentifier)
        task.resume()
        let isInTime = done.wait(timeout: deadline) == .success
        if !isInTime { task.cancel() }
        let exchange = exchanges.end(task.taskIdentifier)
        return isInTime ? exchange : nil
    }
}

/// What the session's tasks have received so far. It outlives no session: its tasks are entered before they are started and taken out by
/// whoever waits for them.
private final class Exchanges: NSObject, URLSessionDataDelegate, Sendable {
    struct Exchange {
        var done = DispatchSemaphore(value: 0)
        var response: (status: Int, headers: HTTPHeaders)?
        var body: [UInt8] = []
        var isTooLarge = false
        var failure: (isTimeout: Bool, code: Int)?
    }

    private let limit: Int
    private let exchanges = Mutex<[Int: Exchange]>([:])

    init(limit: Int) { self.limit = limit }

    func begin(_ task: Int) -> DispatchSemaphore {
        let exchange = Exchange()
        exchanges.withLock { $0[task] = exchange }
        return exchange.done
    }

    func end(_ task: Int) -> Exchange? {
        exchanges.withLock { $0.removeValue(forKey: task) }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        note(response, of: dataTask.taskIdentifier)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = exchanges.withLock { exchanges in
            guard let received = exchanges[dataTask.taskIdentifier]?.body.count else { return true }
            guard received + data.count <= limit else {
                exchanges[dataTask.taskIdentifier]?.isTooLarge = true
                return true
            }
            exchanges[dataTask.taskIdentifier]?.body.append(contentsOf: data)
            return false
        }
        if isTooLarge { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let response = task.response { note(response, of: task.taskIdentifier) }
        let done = exchanges.withLock { exchanges in
            if let error {
                let error = error as NSError
                exchanges[task.taskIdentifier]?.failure = (error.code == URLError.timedOut.rawValue, error.code)
            }
            return exchanges[task.taskIdentifier]?.done
        }
        done?.signal()
    }

    private func note(_ response: URLResponse, of task: Int) {
        guard let response = response as? HTTPURLResponse else { return }
        var headers = HTTPHeaders()
        for case (let name as String, let value as String) in response.allHeaderFields { headers[name] = value }
        exchanges.withLock { $0[task]?.response = (response.statusCode, headers) }
    }
}

extension HTTPError {
    fileprivate static var malformed: HTTPError {
        HTTPError(.refused, "an address must begin with https:// or http:// and hold no user name")
    }

    fileprivate static func plain(_ address: WebAddress) -> HTTPError {
        HTTPError(.refused, "\(address.shown) is not encrypted: use https")
    }

    fileprivate static func redirected(from address: WebAddress) -> HTTPError {
        HTTPError(.refused, "\(address.shown) redirects to another host, which is not followed")
    }

    fileprivate static func moved(_ address: WebAddress) -> HTTPError {
        HTTPError(.moved, "\(address.shown) redirects what writes, which is not followed")
    }

    fileprivate static func tooManyRedirects(_ address: WebAddress) -> HTTPError {
        HTTPError(.refused, "\(address.shown) redirects too often")
    }

    fileprivate static func late(_ address: WebAddress) -> HTTPError {
        HTTPError(.timedOut, "no answer from \(address.shown) in time")
    }

    fileprivate static func broken(_ address: WebAddress, _ code: Int) -> HTTPError {
        HTTPError(.connection, "no answer from \(address.shown): the connection failed\(code == 0 ? "" : " (code \(code))")")
    }

    fileprivate static func tooLarge(_ address: WebAddress, _ limit: Int) -> HTTPError {
        HTTPError(.tooLarge, "the answer of \(address.shown) is larger than \(limit) bytes")
    }
}
