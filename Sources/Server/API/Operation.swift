internal import JSON
internal import Reporting

/// What the API's description says about a route.
struct Operation: Sendable {
    let id: String
    /// One sentence without its full stop.
    let summary: String
    var query: [QueryParameter] = []
    /// The status of success and the name of its schema; nil: any object.
    var status = 200
    var schema: String?
    /// Nil: it takes none, and no key either.
    var body: RequestBody?
    /// What can go wrong besides what always can.
    var errors: [Int] = []
}

/// What may be sent along, by the name of its schema. Who sends one may name a key with it, by which the same is not asked for twice.
struct RequestBody: Sendable {
    let schema: String
    var isRequired = false
}

/// Something that may stand behind the `?`.
struct QueryParameter: Sendable {
    let name: String
    let summary: String
    let schema: JSONValue
    let isValid: @Sendable (String) -> Bool

    /// Without control characters: a path or query that holds one is no path or query of ours.
    static let printable = #"^[^\u0000-\u001F\u007F]*$"#

    static let pageLimit = 200
    static let standardPage = 50

    static let limit = QueryParameter(
        name: "limit", summary: "How many items a page holds at most",
        schema: [
            "type": "integer", "minimum": 1, "maximum": JSONValue(pageLimit), "default": JSONValue(standardPage),
        ]
    ) { text in
        // Only digits: `+5` and `٥` are numbers to Swift.
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && (1...pageLimit).contains(Int(text) ?? 0)
    }

    static let cursor = QueryParameter(
        name: "cursor", summary: "Where the page begins: `next` of the page before",
        schema: ["type": "string", "maxLength": 200, "pattern": .string(printable)]
    ) { $0.unicodeScalars.count <= 200 }

    static let team = QueryParameter(
        name: "team", summary: "Only those of this team", schema: ["type": "string", "pattern": .string(printable)]
    ) { _ in true }

    static func word(_ name: String, _ summary: String, _ words: [String]) -> QueryParameter {
        QueryParameter(name: name, summary: summary, schema: ["type": "string", "enum": JSONValue(words)]) { words.contains($0) }
    }
}

extension Call {
    /// The values behind the `?`; each is known, stands there once and is valid.
    func query(_ known: [QueryParameter]) throws(Refusal) -> [String: String] {
        var values: [String: String] = [:]
        for field in request.query {
            guard let parameter = known.first(where: { $0.name == field.name }) else { throw Refusal(400, "unknown query parameter") }
            guard values[field.name] == nil else { throw Refusal(400, "the query parameter '\(field.name)' stands there twice") }
            guard parameter.isValid(field.value) else { throw Refusal(400, "the value of '\(field.name)' is not valid") }
            values[field.name] = field.value
        }
        return values
    }
}
