internal import Forge
internal import JSON
internal import WebClient

/// What a code host answers; thrown where it refuses.
struct Answer: Error {
    var status: Int
    var body: JSONValue
    var headers: HTTPHeaders

    init(_ status: Int, _ body: JSONValue, _ headers: HTTPHeaders = HTTPHeaders()) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    static var notFound: Answer { Answer(404, ["message": "Not Found"]) }
    static func invalid(_ message: String) -> Answer { Answer(422, ["message": .string(message)]) }

    var response: HTTPResponse { HTTPResponse(status: status, headers: headers, body: status == 204 ? [] : body.bytes) }
}

/// A vendor's routes over the shared state.
protocol HostAPI {
    func isAuthorized(_ headers: HTTPHeaders) -> Bool
    func respond(_ call: Call, _ state: inout DoubleState) throws -> Answer
}

/// A request, taken apart. Whatever a route does not name is refused.
struct Call {
    let method: HTTPRequest.Method
    /// Decoded segments below the API's root.
    let path: [String]
    let url: String
    private let query: [String: String]
    private let body: [UInt8]

    private let pageLimit: Int

    init?(_ request: HTTPRequest, below root: String, pageLimit: Int) {
        self.pageLimit = pageLimit
        let rest = request.url.dropFirst(root.count + 1)
        let parts = rest.split(separator: "?", maxSplits: 1)
        method = request.method
        body = request.body
        url = String(request.url.prefix { $0 != "?" })
        var segments: [String] = []
        for segment in parts[0].split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = Self.decoded(segment) else { return nil }
            segments.append(decoded)
        }
        path = segments
        var query: [String: String] = [:]
        for pair in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let key = Self.decoded(sides[0]), let value = Self.decoded(sides[1]) else { return nil }
            query[key] = value
        }
        self.query = query
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The parameters, of which no other may be there.
    func parameters(_ names: Set<String>) throws -> [String: String] {
        if let unknown = query.keys.sorted().first(where: { !names.contains($0) }) { throw Answer.invalid("unknown parameter \(unknown)") }
        return query
    }

    /// The body's members, held against a description of every one that may be there.
    func body(_ fields: [String: Field], required: Set<String> = []) throws -> JSONValue {
        guard case .object(let members)? = try? JSONValue(parsing: body) else { throw Answer(400, ["message": "Problems parsing JSON"]) }
        for member in members.sorted(by: { $0.key < $1.key }) {
            guard let field = fields[member.key] else { throw Answer.invalid("unknown field \(member.key)") }
            guard field.takes(member.value) else { throw Answer.invalid("\(member.key) is of the wrong type") }
        }
        for key in required.sorted() where !members.contains(where: { $0.key == key }) { throw Answer.invalid("\(key) is missing") }
        return .object(members)
    }

    enum Field {
        case text, flag, number, texts, numbers, members
        case oneOf([String])

        func takes(_ value: JSONValue) -> Bool {
            switch (self, value) {
            case (.text, .string), (.flag, .bool), (.number, .number), (.members, .object): true
            case (.texts, .array(let items)): items.allSatisfy { if case .string = $0 { true } else { false } }
            case (.numbers, .array(let items)): items.allSatisfy { if case .number = $0 { true } else { false } }
            case (.oneOf(let choices), .string(let text)): choices.contains(text)
            default: false
            }
        }
    }

    /// A page of a list, and the header fields that lead on.
    func page(_ items: [JSONValue], size name: String = "per_page", standard: Int = 30, most: Int = 100, style: PageStyle = .link) throws
        -> Answer
    {
        let size = min(most, pageLimit, query[name].flatMap(Int.init) ?? standard)
        let page = query["page"].flatMap(Int.init) ?? 1
        guard size > 0, page > 0 else { throw Answer.invalid("a page begins at 1") }
        let pages = max(1, (items.count + size - 1) / size)
        let shown = Array(items.dropFirst((page - 1) * size).prefix(size))
        var headers = HTTPHeaders()
        switch style {
        case .link:
            var links: [String] = []
            if page < pages { links += [link(page + 1, "next"), link(pages, "last")] }
            if page > 1 { links += [link(1, "first"), link(page - 1, "prev")] }
            if !links.isEmpty { headers["link"] = links.joined(separator: ", ") }
        case .fields:
            headers["x-page"] = String(page)
            headers["x-per-page"] = String(size)
            headers["x-total-pages"] = String(pages)
            headers["x-next-page"] = page < pages ? String(page + 1) : ""
        }
        return Answer(200, .array(shown), headers)
    }

    enum PageStyle { case link, fields }

    private func link(_ page: Int, _ relation: String) -> String {
        var query = query
        query["page"] = String(page)
        let text = query.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return "<\(url)?\(text)>; rel=\"\(relation)\""
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || "-._~".unicodeScalars.contains(scalar)
            return isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
