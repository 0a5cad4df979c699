/// Where whoever runs Bursar has its samples: a server that speaks Prometheus' HTTP API, and what it is asked.
///
/// It never stands in a repository: a repository names a source, and whom to ask, with which token and which query, is not its to say.
package struct MetricServer: Hashable, Sendable {
    /// Whose series are known, so that no query needs to be written.
    package enum Shape: String, Hashable, Sendable, CaseIterable {
        case nodeExporter = "node-exporter"
        /// Of the root group of each machine: what all of its containers and everything else use together.
        case cAdvisor = "cadvisor"
    }

    /// The names of the sources that it is for; empty: for all.
    package var sources: Set<String>
    /// Such as `https://prometheus.example.com`; with a path where the API lies below one.
    package var address: String
    /// Sent with each request, such as a tenant's name.
    package var headers: [String: String]
    /// A file with the bearer token.
    package var tokenFile: String?
    /// The label whose value is the resource's id or arn, as the state has it.
    package var resourceLabel: String
    /// Nil: only what `queries` say is asked.
    package var shape: Shape?
    /// Matchers of labels, `job="node"`, that the shape's queries are narrowed by.
    package var selector: String
    /// What the shape is asked for.
    package var metrics: [Metric]
    /// Of each metric the whole query, in the place of the shape's.
    package var queries: [Metric: String]
    /// The time from one sample to the next.
    package var step: TimeSpan
    /// For everything that is asked of one source together.
    package var deadline: TimeSpan
    /// The most bytes of one answer; more is asked for in smaller pieces.
    package var answerLimit: Int

    package static let standardStep = TimeSpan(seconds: 300)
    package static let standardDeadline = TimeSpan(seconds: 600)
    package static let standardAnswerLimit = 64 << 20

    package init(
        sources: Set<String> = [], address: String, headers: [String: String] = [:], tokenFile: String? = nil, resourceLabel: String,
        shape: Shape? = nil, selector: String = "", metrics: [Metric] = [.cpu, .memory], queries: [Metric: String] = [:],
        step: TimeSpan = Self.standardStep, deadline: TimeSpan = Self.standardDeadline, answerLimit: Int = Self.standardAnswerLimit
    ) {
        self.sources = sources
        self.address = address
        self.headers = headers
        self.tokenFile = tokenFile
        self.resourceLabel = resourceLabel
        self.shape = shape
        self.selector = selector
        self.metrics = metrics
        self.queries = queries
        self.step = step
        self.deadline = deadline
        self.answerLimit = answerLimit
    }
}
