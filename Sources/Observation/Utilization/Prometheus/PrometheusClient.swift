import CostModel
import Diagnostics
import Glibc
import JSON
import Secrets
import WebClient

/// Asks a server for one query over one range, again where it may pass.
///
/// A question only reads: asking twice does no harm, although it is sent by POST, because a query may be longer than an address.
struct PrometheusClient {
    typealias Send = (_ request: HTTPRequest, _ seconds: Double) throws(HTTPError) -> HTTPResponse

    /// Times in whole steps, start and end inclusive.
    struct Range: Hashable {
        var start: Int64
        var end: Int64
    }

    /// Why there is no answer.
    enum Failure: Error {
        /// Fewer points may be answered.
        case tooMuch(String)
        case fault(FileFault)

        var fault: FileFault {
            switch self {
            case .tooMuch(let message): FileFault(id: "prometheus", description: message)
            case .fault(let fault): fault
            }
        }
    }

    let server: MetricServer
    let token: String?
    let send: Send
    /// Waits some seconds before a question is asked again.
    let pause: (Double) -> Void
    /// Seconds that are left for everything.
    let remaining: () -> Double
    /// The token, and the fields that the operator adds to requests: some servers take a key there.
    let hidden: HiddenText

    /// A field's shorter value may be a word of a message.
    private static let leastField = 8

    /// How often a question is asked at most.
    static let attempts = 4

    init(
        server: MetricServer, token: String?, send: @escaping Send, pause: @escaping (Double) -> Void, remaining: @escaping () -> Double
    ) {
        self.server = server
        self.token = token
        self.send = send
        self.pause = pause
        self.remaining = remaining
        hidden = HiddenText([token].compactMap(\.self) + server.headers.map(\.value).filter { $0.utf8.count >= Self.leastField })
    }

    func ask<Result>(
        _ query: String, over range: Range, _ read: (PrometheusAnswer.Reading) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let response = try response(request(query, range))
        guard response.status == 200 else { throw failure(response) }
        return try read(PrometheusAnswer.Reading(body: response.body, limit: server.answerLimit, hidden: hidden))
    }

    private func request(_ query: String, _ range: Range) -> HTTPRequest {
        let seconds = max(1, Int(remaining()))
        let fields = [
            ("query", query), ("start", "\(range.start)"), ("end", "\(range.end)"), ("step", "\(server.step.seconds)"),
            ("timeout", "\(min(seconds, 120))s"),
        ]
        let body = fields.map { "\($0)=\(WebAddress.encoded($1))" }.joined(separator: "&")
        var headers: HTTPHeaders = ["content-type": "application/x-www-form-urlencoded", "accept": "application/json"]
        for (name, value) in server.headers { headers[name] = value }
        if let token { headers["authorization"] = "Bearer \(token)" }
        var address = server.address
        while address.hasSuffix("/") { address.removeLast() }
        return HTTPRequest(.post, address + "/api/v1/query_range", headers: headers, body: Array(body.utf8))
    }

    // MARK: Again

    private func response(_ request: HTTPRequest) throws(Failure) -> HTTPResponse {
        var wait = 1.0
        for attempt in 1... {
            if WorkLimit.isReached { throw .fault(FileFault(id: "prometheus", description: "asking was stopped")) }
            let outcome = exchange(request)
            let seconds = remaining()
            guard attempt < Self.attempts, seconds > 0, let pause = outcome.pause(wait), pause < seconds else { return try outcome.get() }
            self.pause(pause)
            wait *= 2
        }
        preconditionFailure("a question is asked a limited number of times")
    }

    private func exchange(_ request: HTTPRequest) -> Outcome {
        let seconds = remaining()
        guard seconds > 0 else {
            return .failed(
                HTTPError(.timedOut, "the questions took longer than \(server.deadline): 'deadline' says how long they may"), isFinal: true)
        }
        do throws(HTTPError) { return .answered(try send(request, seconds)) } catch {
            return .failed(error, isFinal: [.refused, .moved, .tooLarge].contains(error.code))
        }
    }

    private enum Outcome {
        case answered(HTTPResponse)
        case failed(HTTPError, isFinal: Bool)

        /// How long to wait before the question is asked again; nil: it would not help.
        func pause(_ usual: Double) -> Double? {
            switch self {
            case .answered(let response):
                // Prometheus says 503 also where a query ran too long or was cancelled.
                guard [429, 502, 503, 504].contains(response.status) else { return nil }
                return max(usual, response.retryAfter.map(Double.init) ?? 0)
            case .failed(_, let isFinal): return isFinal ? nil : usual
            }
        }

        func get() throws(Failure) -> HTTPResponse {
            switch self {
            case .answered(let response): return response
            case .failed(let error, _):
                if error.code == .tooLarge { throw .tooMuch("\(error)") }
                throw .fault(FileFault(id: "prometheus", description: "\(error)"))
            }
        }
    }

    // MARK: What is no answer

    private func failure(_ response: HTTPResponse) -> Failure {
        let said = PrometheusAnswer.complaint(response.body)
        let shown = said.map { ": \(excerpt($0.message))" } ?? ""
        if response.status == 422, let said, Self.isTooMuch(said.message) { return .tooMuch("it answered 422\(shown)") }
        let hint =
            switch response.status {
            case 401, 403: "; 'tokenFile' and 'headers' in the document of '--clients' say as whom it is asked"
            case 404: "; 'address' is that of the server, without /api/v1"
            case 300..<400: "; it redirects, which is not followed"
            default: said == nil && PrometheusAnswer.isHTML(response.body) ? "; it answered HTML, not Prometheus' JSON" : ""
            }
        return .fault(FileFault(id: "prometheus", description: "it answered \(response.status)\(shown)\(hint)"))
    }

    /// `query.max-samples` of Prometheus, and what its kin say in its place.
    private static func isTooMuch(_ message: String) -> Bool {
        let message = message.lowercased()
        return ["too many samples", "exceeded maximum resolution", "limit", "too large"].contains { message.contains($0) }
    }

    /// On one line, short, and without what it was told in confidence: see `hidden`.
    func excerpt(_ message: String) -> String {
        var text = hidden.hide(beginningOf: message.utf8, length: 4_096)
        if let kind = SecretScan.kind(in: text) { return "(not shown: it holds \(kind))" }
        text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return text.count > 300 ? "\(text.prefix(300))…".printable : text.printable
    }
}
