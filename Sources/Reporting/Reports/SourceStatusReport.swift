package import CostModel
package import JSON

/// What `observe --status` says: every source of a workspace, who is asked for it, and how that went last.
package struct SourceStatusReport: Report {
    /// Where a source's data come from.
    package enum Origin: Hashable, Sendable {
        /// How many there are (nil: too many to tell), and when the newest was written.
        case files(count: Int?, newest: Instant?)
        case command(String)
        case engine(String)
        case server

        var word: String {
            switch self {
            case .files: "files"
            case .command: "command"
            case .engine: "engine"
            case .server: "server"
            }
        }
    }

    package enum State: String, Hashable, Sendable, CaseIterable {
        /// It answered when it was asked last; of files: there are some.
        case ok
        /// It failed when it was asked last, and is asked again.
        case failing
        /// It failed so often that the loop leaves it alone for a while.
        case resting
        /// Only a person can mend it.
        case stalled
        /// Nobody asked it yet.
        case unasked
        /// There is no file.
        case missing
    }

    package struct Source: Hashable, Sendable {
        package var kind: String
        package var name: String
        package var format: String
        package var origin: Origin
        package var status: SourceStatus?

        package init(kind: String, name: String, format: String, origin: Origin, status: SourceStatus? = nil) {
            self.kind = kind
            self.name = name
            self.format = format
            self.origin = origin
            self.status = status
        }

        package func state(at now: Instant) -> State {
            if case .files(let count, _) = origin { return count == 0 ? .missing : .ok }
            guard let status else { return .unasked }
            if status.isStalled { return .stalled }
            if status.breaker(at: now) == .open { return .resting }
            return status.failures > 0 ? .failing : .ok
        }

        /// When it last had something whole, as far as somebody knows.
        package var lastSuccess: Instant? {
            if case .files(_, let newest) = origin { newest } else { status?.lastSuccess }
        }
    }

    package var context: ReportContext
    package var sources: [Source]

    package init(context: ReportContext, sources: [Source]) {
        self.context = context
        self.sources = sources
    }

    /// Whether something has to be looked at.
    package var isTroubled: Bool { sources.contains { ![.ok, .unasked].contains($0.state(at: context.evaluatedAt)) } }

    package func json() -> JSONValue {
        let now = context.evaluatedAt
        return context.header.appending([
            "sources": .array(
                sources.map { source in
                    var (asked, files): (String?, Int?) = (nil, nil)
                    switch source.origin {
                    case .files(let count, _): files = count
                    case .command(let name), .engine(let name): asked = name
                    case .server: break
                    }
                    return [
                        "kind": .string(source.kind), "name": .string(source.name), "format": .string(source.format),
                        "origin": .string(source.origin.word), "asked": JSONValue(asked), "files": JSONValue(files),
                        "state": .string(source.state(at: now).rawValue), "lastSuccess": JSONValue(source.lastSuccess?.description),
                        "ageSeconds": JSONValue(source.lastSuccess.map { Int(now.seconds - $0.seconds) }),
                        "lastAttempt": JSONValue(source.status?.lastAttempt?.description),
                        "failures": JSONValue(source.status?.failures ?? 0),
                        "breaker": JSONValue(source.status?.breaker(at: now).rawValue),
                        "retryAt": JSONValue(source.status?.restsUntil?.description), "problem": JSONValue(source.status?.problem),
                    ]
                })
        ])
    }

    package func text(_ style: TextStyle) -> String {
        guard !sources.isEmpty else { return "the workspace names no source\n" }
        let now = context.evaluatedAt
        var table = TextTable([.init(), .init(), .init(), .init("", .trailing), .init("", .leading, .wraps)])
        for source in sources {
            let state = source.state(at: now)
            let look: StyledText.Look = [.ok, .unasked].contains(state) ? .green : state == .failing ? .yellow : .red
            table.append([
                StyledText(state.rawValue, look), StyledText("\(source.kind) \(source.name)"), StyledText(Self.origin(source), .dim),
                StyledText(source.lastSuccess.map { "\(Self.age($0, now)) ago" } ?? "never"), StyledText(Self.remark(source, state)),
            ])
        }
        return table.render(style)
    }

    private static func origin(_ source: Source) -> String {
        switch source.origin {
        case .files(let count, _): count.map { counted($0, "file") } ?? "more files than are counted"
        case .command(let name): "command \(name)"
        case .engine(let name): name
        case .server: "server"
        }
    }

    private static func remark(_ source: Source, _ state: State) -> String {
        guard let status = source.status, status.failures > 0 else { return "" }
        let until = state == .resting ? status.restsUntil.map { ", not asked by the loop before \($0)" } ?? "" : ""
        return "\(counted(status.failures, "failure")) in a row\(until): \(status.problem ?? "")"
    }

    /// The largest unit of which there are two: `3d`, `26h`, `40m`.
    private static func age(_ time: Instant, _ now: Instant) -> String {
        let seconds = max(0, now.seconds - time.seconds)
        for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "m")] as [(Int64, String)] where seconds >= 2 * unit {
            return "\(seconds / unit)\(name)"
        }
        return "\(seconds)s"
    }
}
