package import CostModel
import Diagnostics
import JSON

/// A file that is no plan of ours, or one that was changed since it was written.
package struct PlanDocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        case notAPlan
        /// It was one when it was written.
        case changed
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind = .notAPlan, message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}

extension PlanDocument {
    /// A plan as it was read, with the name it carries.
    package struct Stored: Hashable, Sendable {
        package var plan: Plan
        package var toolVersion: String
        package var digest: String
    }

    /// Reads `plan.json` strictly: every key known and present, every value of its type, the digest right.
    ///
    /// The digest shows accidents and careless edits, not malice: whoever can write the file can write a digest. What a plan may touch is
    /// therefore checked again when it is applied.
    package static func read(_ bytes: [UInt8]) throws(PlanDocumentError) -> Stored {
        let json: JSONValue
        do throws(JSONError) { json = try JSONReader.read(bytes) } catch { throw PlanDocumentError(message: "no plan: \(error)") }
        guard json["tool"] == .string(ReportContext.tool), json["changes"] != nil else {
            throw PlanDocumentError(message: "no plan: not a document of bursar")
        }
        guard json["schemaVersion"] == .number(String(ReportContext.schemaVersion)) else {
            throw PlanDocumentError(message: "the plan's schemaVersion is not \(ReportContext.schemaVersion): plan again with this version")
        }
        guard case .object(var members) = json, let last = members.popLast(), last.key == "digest", case .string(let digest) = last.value,
            digest == self.digest(of: .object(members))
        else { throw PlanDocumentError(.changed, message: "the plan was changed since it was written: its digest does not hold") }
        var fields = Fields(json, "the plan")
        let stored = Stored(plan: try plan(&fields), toolVersion: try fields.text("version"), digest: digest)
        for key in ["schemaVersion", "tool", "digest"] { fields.know(key) }
        try fields.finish()
        return stored
    }

    private static func plan(_ fields: inout Fields) throws(PlanDocumentError) -> Plan {
        let revision = try fields.text("revision")
        let baseCommit = try fields.text("baseCommit")
        guard revision == baseCommit else { throw PlanDocumentError(message: "the plan's revision is not its baseCommit") }
        let workspace = try fields.text("workspace")
        guard workspace.isEmpty || Fields.isInside(workspace) else { throw PlanDocumentError(message: "the plan's workspace is no folder") }
        let changes = try fields.objects("changes", change)
        try checkSum(of: changes.compactMap(\.monthlySavings))
        return Plan(
            baseCommit: baseCommit, workspace: workspace, policyDigest: try fields.text("policyDigest"),
            observedDigest: try fields.text("observedDigest"),
            evaluatedAt: try fields.instant("evaluatedAt"), expires: try fields.instant("expires"),
            changes: changes, files: try fields.objects("files", file), patch: try fields.text("patch"))
    }

    /// Amounts are added up without asking further on; those of a plan of ours can be.
    private static func checkSum(of savings: [Money]) throws(PlanDocumentError) {
        guard Set(savings.map(\.currency)).count <= 1 else {
            throw PlanDocumentError(message: "the plan's savings are in several currencies")
        }
        var sum: UInt128 = 0
        for money in savings {
            // No overflow: each is below half of the range, and the sum so far is too.
            sum += money.amount.raw.magnitude
            guard sum < UInt128(Int128.max) else { throw PlanDocumentError(message: "the plan's savings are more than can be added up") }
        }
    }

    private static func change(_ fields: inout Fields) throws(PlanDocumentError) -> Plan.Change {
        guard let applicability = Applicability(rawValue: try fields.text("applicability")) else {
            throw PlanDocumentError(message: "\(fields.name) has an unknown applicability")
        }
        return Plan.Change(
            id: try fields.text("id"), title: try fields.text("title"), findings: try fields.texts("findings"),
            team: try fields.textOrNull("team"), file: try fields.path("file"), line: try fields.integerOrNull("line"),
            baseBlob: try fields.textOrNull("baseBlob"), newBlob: try fields.textOrNull("newBlob"), applicability: applicability,
            reason: try fields.textOrNull("reason"), monthlySavings: try fields.moneyOrNull("monthlySavings"),
            patch: try fields.textOrNull("patch"), edits: try fields.objects("edits", edit))
    }

    private static func edit(_ fields: inout Fields) throws(PlanDocumentError) -> TextEdit {
        let (offset, length) = (try fields.integer("offset"), try fields.integer("length"))
        guard offset >= 0, length >= 0, offset <= Int.max - length else {
            throw PlanDocumentError(message: "\(fields.name) is no range of bytes")
        }
        return TextEdit(offset..<offset + length, try fields.text("text"))
    }

    private static func file(_ fields: inout Fields) throws(PlanDocumentError) -> Plan.FileResult {
        guard let path = try fields.path("path") else { throw PlanDocumentError(message: "\(fields.name) has no path") }
        return Plan.FileResult(path: path, baseBlob: try fields.text("baseBlob"), newBlob: try fields.text("newBlob"))
    }
}

/// The members of one object, each asked for once; what was never asked for is unknown.
private struct Fields {
    /// What the object is called in errors.
    let name: String
    private let object: JSONValue
    private var known: Set<String> = []

    init(_ object: JSONValue, _ name: String) {
        self.object = object
        self.name = name
    }

    mutating func know(_ key: String) { known.insert(key) }

    func finish() throws(PlanDocumentError) {
        guard case .object(let members) = object else { throw PlanDocumentError(message: "\(name) is not an object") }
        for member in members where !known.contains(member.key) {
            throw PlanDocumentError(message: "\(name) has an unknown key '\(member.key)'")
        }
    }

    private mutating func value(_ key: String) throws(PlanDocumentError) -> JSONValue {
        known.insert(key)
        guard let value = object[key] else { throw PlanDocumentError(message: "\(name) has no '\(key)'") }
        return value
    }

    private func wrong(_ key: String, _ expected: String) -> PlanDocumentError {
        PlanDocumentError(message: "\(name): '\(key)' is not \(expected)")
    }

    mutating func text(_ key: String) throws(PlanDocumentError) -> String {
        guard case .string(let text) = try value(key) else { throw wrong(key, "a text") }
        return text
    }

    mutating func textOrNull(_ key: String) throws(PlanDocumentError) -> String? {
        switch try value(key) {
        case .null: return nil
        case .string(let text): return text
        default: throw wrong(key, "a text or null")
        }
    }

    mutating func integerOrNull(_ key: String) throws(PlanDocumentError) -> Int? {
        switch try value(key) {
        case .null: return nil
        case .number(let text):
            guard let number = Int(text) else { throw wrong(key, "a whole number") }
            return number
        default: throw wrong(key, "a number or null")
        }
    }

    mutating func integer(_ key: String) throws(PlanDocumentError) -> Int {
        guard let number = try integerOrNull(key) else { throw wrong(key, "a whole number") }
        return number
    }

    /// A path inside the repository: relative, without `.`, `..` and empty parts.
    mutating func path(_ key: String) throws(PlanDocumentError) -> String? {
        guard let path = try textOrNull(key) else { return nil }
        guard Self.isInside(path) else { throw wrong(key, "a path inside the repository") }
        return path
    }

    static func isInside(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.lowercased() != ".git"
        }
    }

    mutating func instant(_ key: String) throws(PlanDocumentError) -> Instant {
        guard let instant = Instant(try text(key)) else { throw wrong(key, "a time") }
        return instant
    }

    mutating func texts(_ key: String) throws(PlanDocumentError) -> [String] {
        guard case .array(let values) = try value(key) else { throw wrong(key, "a list") }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { throw wrong(key, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    mutating func moneyOrNull(_ key: String) throws(PlanDocumentError) -> Money? {
        let value = try value(key)
        if value == .null { return nil }
        guard case .string(let amount)? = value["amount"], case .string(let code)? = value["currency"], let currency = Currency(code) else {
            throw wrong(key, "an amount of money")
        }
        do throws(FixedDecimal.ParseError) { return Money(try FixedDecimal(amount), currency) } catch {
            throw wrong(key, "an exact amount")
        }
    }

    mutating func objects<Element>(
        _ key: String, _ read: (inout Fields) throws(PlanDocumentError) -> Element
    ) throws(PlanDocumentError) -> [Element] {
        guard case .array(let values) = try value(key) else { throw wrong(key, "a list") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            var fields = Fields(value, "\(key)[\(index)]")
            elements.append(try read(&fields))
            try fields.finish()
        }
        return elements
    }
}
