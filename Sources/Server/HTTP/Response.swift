package import Charts
package import JSON
internal import Reporting

/// What is answered, as a value.
package struct Response: Hashable, Sendable {
    package var status = 200
    package var contentType: String
    /// What a browser that shows it may load and do.
    package var contentSecurityPolicy = ContentSecurityPolicy.nothing
    /// Beside the content's type and length, and those that every answer carries.
    package var headers: [Request.Field] = []
    package var body: [UInt8]

    package static func json(_ value: JSONValue, status: Int = 200) -> Response {
        Response(status: status, contentType: "application/json", body: JSONWriter.write(value))
    }

    package static func text(_ text: String, status: Int = 200) -> Response {
        Response(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    package static func html(_ page: HTML, policy: ContentSecurityPolicy, status: Int = 200) -> Response {
        Response(
            status: status, contentType: "text/html; charset=utf-8", contentSecurityPolicy: policy, body: Array(page.markup.utf8))
    }

    /// An error as RFC 9457 describes them.
    ///
    /// - Parameter detail: lower case, no full stop, without what the client may not know.
    package static func problem(_ status: Int, _ detail: String, headers: [Request.Field] = []) -> Response {
        let document: JSONValue = ["status": JSONValue(status), "title": .string(title(of: status)), "detail": .string(detail)]
        return Response(status: status, contentType: "application/problem+json", headers: headers, body: JSONWriter.write(document))
    }

    /// RFC 9110's names.
    static func title(of status: Int) -> String {
        switch status {
        case 200: "OK"
        case 202: "Accepted"
        case 303: "See Other"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }

    /// Its headers with those that every answer carries: nothing is run, framed, sniffed or kept by whoever receives it, unless its own
    /// policy allows that.
    var allHeaders: [Request.Field] {
        [.init("Content-Type", contentType)] + headers + [
            .init("Cache-Control", "no-store"), .init("Content-Security-Policy", contentSecurityPolicy.text),
            .init("Referrer-Policy", "no-referrer"), .init("X-Content-Type-Options", "nosniff"),
        ]
    }
}
