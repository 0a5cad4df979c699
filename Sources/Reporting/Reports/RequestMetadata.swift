package import CostModel
import JSON

/// What a request's body says to us: hidden behind the text, and read back when the ledger is lost.
package struct RequestMetadata: Hashable, Sendable {
    package var group: String
    /// Which one of those that push to the repository; nil: it does not say.
    package var workspace: String?
    /// Whose findings it fixes; nil: nobody's, or it does not say.
    package var team: String?
    /// The plan document's digest.
    package var plan: String
    /// Ids, sorted.
    package var findings: [String]
    /// In a month.
    package var savings: Money?
    /// Nothing is left to do in it: we close it, and no person turned it down.
    package var isDone: Bool

    private static let opening = "<!-- bursar: "
    private static let closing = " -->"

    package init(
        group: String, workspace: String?, team: String? = nil, plan: String, findings: [String], savings: Money?, isDone: Bool = false
    ) {
        self.group = group
        self.workspace = workspace
        // In a body stands nothing that somebody else could have written.
        self.team = team.flatMap { Self.isName($0) ? $0 : nil }
        self.plan = plan
        self.findings = findings
        self.savings = savings
        self.isDone = isDone
    }

    /// `<!-- bursar: {"group": …} -->`. Inside stand neither `--` nor angle brackets, so nothing ends it early.
    package var comment: String {
        var document: JSONValue = [
            "group": .string(group), "plan": .string(plan), "findings": JSONValue(findings), "savings": JSONValue(savings),
        ]
        if let workspace { document = document.appending(["workspace": .string(workspace)]) }
        if let team { document = document.appending(["team": .string(team)]) }
        if isDone { document = document.appending(["done": true]) }
        let text = String(decoding: JSONWriter.write(document).dropLast(), as: UTF8.self)
        // Such letters stand inside texts only, where JSON takes them by number.
        var safe = ""
        for character in text.unicodeScalars {
            switch character {
            case "<": safe += "\\u003c"
            case ">": safe += "\\u003e"
            case "-" where safe.unicodeScalars.last == "-": safe += "\\u002d"
            default: safe.unicodeScalars.append(character)
            }
        }
        return "\(Self.opening)\(safe)\(Self.closing)\n"
    }

    /// The first one in a body.
    ///
    /// - Returns: nil where there is none that we would write: people may have changed it.
    package init?(parsing body: String) {
        guard let (_, inside) = Self.place(in: body),
            // Whatever is no JSON is not ours.
            let document = try? JSONReader.read(Array(body[inside].utf8)),
            case .string(let group)? = document["group"], case .string(let plan)? = document["plan"],
            case .array(let items)? = document["findings"], Self.isID(group, prefix: "g-"), plan.utf8.count <= 128, plan.isASCII
        else { return nil }
        var findings: [String] = []
        for item in items {
            guard case .string(let id) = item, Self.isID(id, prefix: "f-") else { return nil }
            findings.append(id)
        }
        var savings: Money?
        switch document["savings"] {
        case .null?, nil: break
        case let value?:
            guard case .string(let amount)? = value["amount"], case .string(let code)? = value["currency"], let currency = Currency(code),
                // An amount that is none is not ours.
                let number = try? FixedDecimal(amount)
            else { return nil }
            savings = Money(number, currency)
        }
        var workspace: String?
        if case .string(let name)? = document["workspace"] { workspace = name }
        var team: String?
        if case .string(let name)? = document["team"] { team = name }
        self.init(
            group: group, workspace: workspace, team: team, plan: plan, findings: findings.sorted(), savings: savings,
            isDone: document["done"] == true)
    }

    /// A body that says that nothing is left to do, and the same otherwise; nil where it holds no comment of ours.
    package static func done(_ body: String) -> String? {
        guard var metadata = RequestMetadata(parsing: body), let (whole, _) = place(in: body) else { return nil }
        metadata.isDone = true
        return String(body[..<whole.lowerBound]) + String(metadata.comment.dropLast()) + String(body[whole.upperBound...])
    }

    /// Where the comment stands, and what is inside of it.
    private static func place(in body: String) -> (whole: Range<String.Index>, inside: Range<String.Index>)? {
        guard body.utf8.count <= 2 << 20, let start = body.firstRange(of: opening),
            let end = body[start.upperBound...].firstRange(of: closing)
        else { return nil }
        return (start.lowerBound..<end.upperBound, start.upperBound..<end.lowerBound)
    }

    /// As teams are called.
    private static func isName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            }
    }

    private static func isID(_ text: String, prefix: String) -> Bool {
        // A hyphen stands between the digits of a group; two of them would end the comment.
        text.hasPrefix(prefix) && text.utf8.count <= 64 && !text.contains("--")
            && text.utf8.dropFirst(prefix.utf8.count).allSatisfy { byte in
                byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}

extension String {
    fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

extension StringProtocol {
    /// Where a text stands first.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
            formIndex(after: &at)
        }
        return nil
    }
}
