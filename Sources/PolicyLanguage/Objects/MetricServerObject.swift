import CostModel
import Diagnostics
import YAML

/// One entry of `metrics` in the operator's document.
enum MetricServerObject: NestedObject {
    static let doc = "A server that speaks Prometheus' HTTP API."
    static let address = Field("address", .serverAddress, .required, "Its address, with the path below which the API lies, if any.")
    static let sources = Field("sources", .list(of: .text), "The sources that it is for; without it all of format 'prometheus'.")
    static let headers = Field(
        "headers", .map(key: .form(name: "a header's name", examples: ["X-Scope-OrgID"]), of: .headerValue),
        "What is sent with each request, such as a tenant's name; no secrets.")
    static let tokenFile = Field("tokenFile", .text, "A file with a bearer token, which nobody else may read.")
    static let resourceLabel = Field(
        "resourceLabel", .labelName, .required, "The label whose value is the resource's id or arn, as the state has it.")
    static let shape = Field("shape", .choice(MetricServer.Shape.self), "Whose series are there: their queries are known.")
    static let selector = Field("selector", .text, "Matchers of labels by which the shape's queries are narrowed: job=\"node\".")
    static let metrics = Field("metrics", .list(of: .choice(Metric.self)), "What the shape is asked for; 'cpu' and 'memory' by default.")
    static let queries = Field(
        "queries", .map(key: .choice(Metric.allCases.map(\.rawValue)), of: .text),
        "Whole queries by metric, in the place of the shape's; each gives one series for a resource.")
    static let step = Field("step", .timeSpan, default: "5m", "The time from one sample to the next.")
    static let deadline = Field("deadline", .timeSpan, default: "10m", "How long all questions of one source may take together.")
    static let maxMegabytes = Field(
        "maxMegabytes", .integer(1...1_024), default: "64", "The most of one answer, in MiB; more is asked for in smaller pieces.")
    static let fields = [
        address.description, sources.description, headers.description, tokenFile.description, resourceLabel.description,
        shape.description, selector.description, metrics.description, queries.description, step.description, deadline.description,
        maxMegabytes.description,
    ]
    static let choice: KeyChoice? = .atLeastOne(of: [shape.key, queries.key])

    static func build(_ record: Record) -> MetricServer? {
        let address = record.value(of: address)
        let label = record.value(of: resourceLabel)
        let step = record.value(of: step)
        let deadline = record.value(of: deadline)
        let megabytes = record.value(of: maxMegabytes)
        guard let queries = queries(record), let address, let label, let step, let deadline, let megabytes else { return nil }
        let shape = record.value(of: shape)
        guard shape != nil || !queries.isEmpty else {
            if !record.has(Self.shape), record.hasKnownKeysOnly {
                record.report(
                    "missing-key", "missing 'shape' or 'queries' in \(record.context.subject): what is asked", at: record.node.range)
            }
            return nil
        }
        if shape == nil {
            for key in [selector.key, metrics.key] where record.node[key] != nil {
                record.report(
                    "wrong-value", "'\(key)' is of a 'shape': own 'queries' say all of it themselves",
                    at: record.node[key]?.range ?? record.node.range)
                return nil
            }
        }
        let entries = record.value(of: headers) ?? []
        let isName = { (text: String) in !text.isEmpty && text.utf8.allSatisfy { BillTable.isIdentifier("_\(UnicodeScalar($0))") } }
        for entry in entries where !isName(entry.key.value) {
            record.report("wrong-value", "'\(entry.key.value)' is no header's name: letters, digits and '-'", at: entry.key.range)
            return nil
        }
        return MetricServer(
            sources: Set(record.value(of: sources) ?? []), address: address,
            headers: Dictionary(entries.map { ($0.key.value, $0.value) }, uniquingKeysWith: { $1 }), tokenFile: record.value(of: tokenFile),
            resourceLabel: label,
            shape: shape, selector: record.value(of: selector) ?? "", metrics: record.value(of: metrics) ?? [.cpu, .memory],
            queries: queries, step: step, deadline: deadline, answerLimit: megabytes << 20)
    }

    private static func queries(_ record: Record) -> [Metric: String]? {
        guard record.has(queries) else { return [:] }
        guard let entries = record.value(of: queries) else { return nil }
        var found: [Metric: String] = [:]
        for entry in entries {
            guard let metric = Metric(rawValue: entry.key.value) else {
                let known = Metric.allCases.map(\.rawValue)
                let hint = DidYouMean.nearest(to: entry.key.value, in: known).map { "; did you mean '\($0)'?" } ?? ""
                record.report(
                    "unknown-key", "'\(entry.key.value)' is no metric: \(known.joined(separator: ", "))\(hint)", at: entry.key.range)
                return nil
            }
            found[metric] = entry.value
        }
        return found
    }
}

extension Shape where Value == String {
    /// Where a server is. A name or a password in it would be shown wherever the address is.
    fileprivate static var serverAddress: Shape {
        form("an address without a name, a password or a query", "https://prometheus.example.com", pattern: "^https?://[^@?#]+$") { text in
            let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://") ? text.dropFirst(7) : ""
            return !rest.isEmpty && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@?#".utf8.contains($0) }
        }
    }

    fileprivate static var headerValue: Shape {
        form("a header's value", "tenant-1") { text in
            !text.isEmpty && text.utf8.count <= 4_096 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        }
    }

    /// A label as Prometheus spells it, which stands in queries.
    fileprivate static var labelName: Shape {
        form("a label's name", "instance_id", pattern: "^[A-Za-z_][A-Za-z0-9_]*$") { text in
            BillTable.isIdentifier(text) && !text.utf8.contains(UInt8(ascii: "-"))
        }
    }
}
