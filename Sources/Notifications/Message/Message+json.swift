internal import CostModel
package import JSON

extension Message {
    static let schemaVersion = 1

    /// As the outbox keeps it, and as webhooks are told.
    package func json() -> JSONValue {
        [
            "schemaVersion": JSONValue(Self.schemaVersion), "event": .string(event.rawValue), "resolved": JSONValue(isResolution),
            "workspace": .string(workspace), "team": JSONValue(team), "contact": JSONValue(contact),
            "severity": JSONValue(severity?.rawValue), "title": .string(title),
            "amount": amount.map { ["amount": .string($0.amount.description), "currency": .string($0.currency.code)] } ?? .null,
            "amountIs": amount == nil ? .null : .string(amountMeaning), "since": JSONValue(since?.description),
            "items": .array(
                items.map { ["text": .string($0.text), "finding": JSONValue($0.finding), "place": JSONValue($0.place)] }),
            "more": JSONValue(more), "next": JSONValue(next), "url": JSONValue(url),
        ]
    }

    package var document: String { String(decoding: JSONWriter.bytes(of: json(), .compact, escaping: .standard), as: UTF8.self) }

    /// - Returns: nil for what is no such document.
    package init?(document: String) {
        let read: JSONValue
        // What is unreadable here was written by nobody, and why is of no use.
        do throws(JSONError) { read = try JSONReader.read(Array(document.utf8)) } catch { return nil }
        guard let event = read["event"]?.text.flatMap(NotificationPolicy.Event.init(rawValue:)), let title = read["title"]?.text,
            let workspace = read["workspace"]?.text
        else { return nil }
        var items: [Item] = []
        if case .array(let values)? = read["items"] {
            items = values.compactMap { value in
                value["text"]?.text.map { Item($0, finding: value["finding"]?.text, place: value["place"]?.text) }
            }
        }
        var next: [String] = []
        if case .array(let values)? = read["next"] { next = values.compactMap(\.text) }
        var more = 0
        if case .number(let number)? = read["more"] { more = Int(number) ?? 0 }
        self.init(
            event: event, isResolution: read["resolved"] == .bool(true), workspace: workspace, team: read["team"]?.text,
            contact: read["contact"]?.text, severity: read["severity"]?.text.flatMap(Severity.init(rawValue:)), title: title,
            amount: read["amount"]?.money, amountMeaning: read["amountIs"]?.text ?? "", since: read["since"]?.text.flatMap { Instant($0) },
            items: items, more: more, next: next, url: read["url"]?.text)
    }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }

    fileprivate var money: Money? {
        guard let currency = self["currency"]?.text.flatMap({ Currency($0) }), let amount = self["amount"]?.text,
            let number = FixedDecimal(exactly: amount)
        else { return nil }
        return Money(number, currency)
    }
}
