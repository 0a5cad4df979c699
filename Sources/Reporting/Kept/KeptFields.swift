import CostModel
package import JSON

/// A document that the ledger keeps is not as we write it: it is taken for none.
struct DamagedDocument: Error {}

/// An object of a document that one process keeps in the ledger for others, read back: every member is there, and of its type.
struct KeptFields {
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    func value(_ key: String) throws(DamagedDocument) -> JSONValue {
        guard let value = json[key] else { throw DamagedDocument() }
        return value
    }

    func text(_ key: String) throws(DamagedDocument) -> String {
        guard let text = try textOrNull(key) else { throw DamagedDocument() }
        return text
    }

    func textOrNull(_ key: String) throws(DamagedDocument) -> String? {
        switch try value(key) {
        case .null: return nil
        case .string(let text): return text
        default: throw DamagedDocument()
        }
    }

    func integer(_ key: String) throws(DamagedDocument) -> Int {
        guard case .number(let text) = try value(key), let number = Int(text) else { throw DamagedDocument() }
        return number
    }

    func share(_ key: String) throws(DamagedDocument) -> Double {
        guard case .number(let text) = try value(key), let number = Double(text) else { throw DamagedDocument() }
        return number
    }

    func flag(_ key: String) throws(DamagedDocument) -> Bool {
        guard case .bool(let flag) = try value(key) else { throw DamagedDocument() }
        return flag
    }

    func word<Word: RawRepresentable<String>>(_ key: String) throws(DamagedDocument) -> Word {
        guard let word = Word(rawValue: try text(key)) else { throw DamagedDocument() }
        return word
    }

    func day(_ key: String) throws(DamagedDocument) -> Day {
        guard let day = Day(try text(key)) else { throw DamagedDocument() }
        return day
    }

    func instant(_ key: String) throws(DamagedDocument) -> Instant {
        guard let time = Instant(try text(key)) else { throw DamagedDocument() }
        return time
    }

    func money(_ key: String) throws(DamagedDocument) -> Money {
        guard let money = try moneyOrNull(key) else { throw DamagedDocument() }
        return money
    }

    func moneyOrNull(_ key: String) throws(DamagedDocument) -> Money? {
        let value = try value(key)
        if value == .null { return nil }
        guard case .string(let amount)? = value["amount"], let exact = FixedDecimal(exactly: amount),
            case .string(let code)? = value["currency"], let currency = Currency(code)
        else { throw DamagedDocument() }
        return Money(exact, currency)
    }

    func policy(_ key: String) throws(DamagedDocument) -> PolicyReference { try KeptFields(try value(key)).policy() }

    func policies(_ key: String) throws(DamagedDocument) -> [PolicyReference] {
        try list(key) { (fields) throws(DamagedDocument) in try fields.policy() }
    }

    private func policy() throws(DamagedDocument) -> PolicyReference { PolicyReference(try word("kind"), try text("name")) }

    func values(_ key: String) throws(DamagedDocument) -> [JSONValue] {
        guard case .array(let values) = try value(key) else { throw DamagedDocument() }
        return values
    }

    func list<Element>(
        _ key: String, _ read: (KeptFields) throws(DamagedDocument) -> Element
    ) throws(DamagedDocument) -> [Element] {
        var elements: [Element] = []
        for value in try values(key) { elements.append(try read(KeptFields(value))) }
        return elements
    }

    func texts(_ key: String) throws(DamagedDocument) -> [String] {
        var texts: [String] = []
        for value in try values(key) {
            guard case .string(let text) = value else { throw DamagedDocument() }
            texts.append(text)
        }
        return texts
    }

    func days(_ key: String) throws(DamagedDocument) -> [Day] {
        var days: [Day] = []
        for text in try texts(key) {
            guard let day = Day(text) else { throw DamagedDocument() }
            days.append(day)
        }
        return days
    }

    /// Nil where the member is null.
    func object<Value>(_ key: String, _ read: (KeptFields) throws(DamagedDocument) -> Value) throws(DamagedDocument) -> Value? {
        let value = try value(key)
        return value == .null ? nil : try read(KeptFields(value))
    }
}

/// What one process keeps in the ledger for others, under a name of its own.
package protocol KeptDocument {
    /// Its name in the ledger.
    static var key: String { get }
    /// Of how it is written: another version is taken for none.
    static var version: Int { get }
    var json: JSONValue { get }
    init(json: JSONValue) throws
}

extension KeptDocument {
    package var text: String {
        String(decoding: JSONWriter.line(["version": JSONValue(Self.version), "document": json]), as: UTF8.self)
    }

    /// Nil for what is no document of this version: then nothing is known.
    package init?(text: String) {
        do {
            let json = try JSONReader.read(Array(text.utf8))
            guard json["version"] == JSONValue(Self.version), let document = json["document"] else { return nil }
            try self.init(json: document)
        } catch { return nil }
    }
}
