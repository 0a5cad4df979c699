import CostModel

/// The options of the commands that run the loop.
enum LoopOptions {
    static let apply = Option<Bool>.flag("--apply", help: "write branches and requests; without it only say what would be written")
    static let dryRun = Option<Bool>.flag("--dry-run", help: "only say what would be written outside of the ledger (the default)")
    static let every = Option<TimeSpan>(
        "--every", value: "TIME", "go on, and look again after this time, such as 10m; a workspace of --config may say its own",
        expected: "a time span from 10s to 7d, such as 10m", parse: parseTimeSpan)
    static let config = Option<String>(
        "--config", value: "FILE", "the workspaces to watch and how to reach them: a document of kind Reconciler")
    static let traces = Option<String>(
        "--otlp-endpoint", value: "URL", "send a trace of each run there by OTLP over HTTP (default $OTEL_EXPORTER_OTLP_ENDPOINT)")
    static let tracesVariable = "OTEL_EXPORTER_OTLP_ENDPOINT"
    static let log = Option<LogFormat>("--log", choice: "FORMAT", "how the log on stderr is written")

    enum LogFormat: String, CaseIterable, Sendable { case text, json }

    static func parseTimeSpan(_ text: String) -> TimeSpan? { parseTimeSpan(text, in: 10...7 * 86_400) }

    static func parseTimeSpan(_ text: String, in range: ClosedRange<Int64>) -> TimeSpan? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0, count <= 1_000_000 else {
            return nil
        }
        let seconds = count * unit
        return range.contains(seconds) ? TimeSpan(seconds: seconds) : nil
    }
}
