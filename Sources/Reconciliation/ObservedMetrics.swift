import CostModel
import Observation

/// What was counted of metrics, read once for all who ask.
struct ObservedMetrics: Sendable {
    private struct Entry: Sendable {
        var metric: ObservedMetric
        var problems: [ObservationProblem]
    }

    /// By the paths that a metric names: two revisions may mean different files by one name.
    private var read: [[String]: Entry] = [:]
    /// By name, as a snapshot has them.
    private var recorded: [String: ObservedMetric] = [:]
    private var recordedProblems: [ObservationProblem] = []

    init(_ metrics: Set<UnitMetric>, directory: String, replaced: ReplacedFiles?) {
        // Of those with the same files, the first says where they are named.
        for metric in metrics.sorted(by: { ($0.name, $0.place) < ($1.name, $1.place) }) where read[metric.paths] == nil {
            let (counts, problems) = UnitMetricReader.read(metric, directory: directory, replaced: replaced)
            let gap = problems.first { $0.severity == .partial }.map { "\($0.place): \($0.message)" }
            read[metric.paths] = Entry(metric: ObservedMetric(counts: counts, gap: gap), problems: problems)
        }
    }

    init(_ recorded: [String: ObservedMetric], problems: [ObservationProblem]) {
        self.recorded = recorded
        recordedProblems = problems
    }

    /// By name; one that nobody read is missing.
    func counted(_ metrics: [UnitMetric]) -> [String: ObservedMetric] {
        metrics.reduce(into: [:]) { $0[$1.name] = read[$1.paths]?.metric ?? recorded[$1.name] }
    }

    func problems(of metrics: [UnitMetric]) -> [ObservationProblem] {
        guard !metrics.isEmpty else { return [] }
        return Set(metrics.flatMap { read[$0.paths]?.problems ?? [] } + recordedProblems).sorted()
    }
}
