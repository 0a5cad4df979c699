import CostModel
import Dispatch
import Glibc
import JSON
import Secrets
import WebClient

/// Reads the samples of one source from a server of the operator's.
///
/// All of it or nothing: where one question has no whole answer, none of the source's samples count. Half of what was measured would look
/// like machines that do less.
struct PrometheusReader {
    let source: UtilizationSource
    let server: MetricServer
    let send: PrometheusClient.Send
    var pause: (Double) -> Void = { usleep(UInt32($0 * 1_000_000)) }
    var clock: () -> Double = { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    /// How many points of a series an answer may have: Prometheus gives no more than 11,000.
    static let pointLimit: Int64 = 10_000
    /// What one question covers at first, a day at steps of five minutes; halved where the answer is too large.
    static let firstPoints: Int64 = 288
    static let firstLength: Int64 = 86_400

    init(_ source: UtilizationSource, _ server: MetricServer, send: @escaping PrometheusClient.Send) {
        self.source = source
        self.server = server
        self.send = send
    }

    init(_ source: UtilizationSource, _ server: MetricServer, toolVersion: String) {
        self.init(source, server) { (request, seconds) throws(HTTPError) in
            // A token must not leave this machine in the open.
            let rules = HTTPClient.Rules(
                deadline: min(seconds, 180), responseSize: server.answerLimit, allowsPlain: server.tokenFile == nil)
            return try HTTPClient(version: toolVersion, rules: rules).send(request)
        }
    }

    /// - Parameter window: start inclusive, end exclusive.
    func read(_ window: Range<Instant>, into collector: SampleCollector) -> [ObservationProblem] {
        var problems: [ObservationProblem] = []
        do throws(FileFault) {
            var read: [(Metric, PrometheusSeries)] = []
            let client = try client()
            let queries = PrometheusQueries(server: server)
            for metric in queries.missing {
                problems.append(problem(.warning, "the shape '\(server.shape?.rawValue ?? "")' has no '\(metric.rawValue)'"))
            }
            for (metric, query) in queries.all {
                let series = try series(query, metric, window, client)
                problems += try self.problems(of: series, metric, client)
                read.append((metric, series))
            }
            for (metric, series) in read {
                for (name, samples) in zip(series.names, series.samples) { collector.add(samples, of: name, metric) }
            }
        } catch {
            problems.append(problem(.partial, error.description))
        }
        return problems
    }

    private func client() throws(FileFault) -> PrometheusClient {
        var token: String?
        if let file = server.tokenFile {
            do throws(SecretFileError) { token = try SecretFile(file, name: "token file").readToken() } catch {
                throw FileFault(id: "prometheus", description: error.description)
            }
        }
        let end = clock() + Double(server.deadline.seconds)
        return PrometheusClient(server: server, token: token, send: send, pause: pause, remaining: { end - clock() })
    }

    // MARK: Pieces

    /// Times are multiples of the step, so that the same samples are asked for whenever it is.
    private func series(
        _ query: String, _ metric: Metric, _ window: Range<Instant>, _ client: PrometheusClient
    ) throws(FileFault) -> PrometheusSeries {
        let step = server.step.seconds
        let series = PrometheusSeries()
        var points = min(Self.pointLimit, max(Self.firstPoints, Self.firstLength / step))
        var start = (window.lowerBound.seconds + step - 1) / step * step
        while start < window.upperBound.seconds {
            let last = (window.upperBound.seconds - 1) / step * step
            let range = PrometheusClient.Range(start: start, end: min(last, start + (points - 1) * step))
            do throws(PrometheusClient.Failure) {
                try client.ask(query, over: range) { (reading) throws(PrometheusClient.Failure) in
                    try self.take(reading, into: series, metric, range)
                }
                start = range.end + step
            } catch {
                guard case .tooMuch = error, points > 1 else { throw error.fault }
                points = (points + 1) / 2
            }
        }
        return series
    }

    private func take(
        _ reading: PrometheusAnswer.Reading, into series: PrometheusSeries, _ metric: Metric, _ range: PrometheusClient.Range
    ) throws(PrometheusClient.Failure) {
        let isWhole: Bool
        do throws(JSONError) {
            isWhole = try reading.read(into: series, label: server.resourceLabel, metric: metric, range: range)
        } catch {
            let what = PrometheusAnswer.isHTML(reading.body) ? "it answered HTML, not Prometheus' JSON" : "its answer: \(error)"
            throw .fault(FileFault(id: "prometheus", description: what))
        }
        guard isWhole else {
            throw .fault(FileFault(id: "prometheus", description: "it answered something else than the matrix of a query over time"))
        }
    }

    // MARK: Problems

    private func problems(
        of series: PrometheusSeries, _ metric: Metric, _ client: PrometheusClient
    ) throws(FileFault) -> [ObservationProblem] {
        let what = "'\(metric.rawValue)'"
        let label = server.resourceLabel
        if let name = series.repeated.min() {
            throw FileFault(
                id: "prometheus",
                description: "of \(what) more than one series is of '\(client.excerpt(name))': the query must add them up by \(label)")
        }
        if series.names.isEmpty, series.nameless > 0 {
            throw FileFault(
                id: "prometheus",
                description: "of \(what) no series has the label '\(label)': 'resourceLabel' says which names the resource")
        }
        var problems: [ObservationProblem] = []
        for warning in series.warnings.sorted() { problems.append(problem(.partial, "of \(what) it warns: \(client.excerpt(warning))")) }
        for info in series.infos.sorted() { problems.append(problem(.note, "of \(what) it says: \(client.excerpt(info))")) }
        func count(_ number: Int, _ severity: ObservationProblem.Severity, _ text: String, _ things: String) {
            guard number > 0 else { return }
            problems.append(problem(severity, "of \(what) \(number) \(things)\(number == 1 ? "" : "s") \(text)"))
        }
        count(series.nameless, .note, "without the label '\(label)' passed over", "series' piece")
        count(series.withoutNumber, .note, "passed over that \(series.withoutNumber == 1 ? "is" : "are") no number", "sample")
        count(
            series.impossible, .partial, "below 0 or above \(Int(metric.upperBound)) left out: the unit is another one", "sample")
        if series.names.isEmpty { problems.append(problem(.warning, "of \(what) there is no series at all")) }
        return problems
    }

    private func problem(_ severity: ObservationProblem.Severity, _ message: String) -> ObservationProblem {
        ObservationProblem(
            severity, id: "prometheus", file: source.place.file, line: source.place.line, column: source.place.column,
            "of the utilization '\(source.name)' \(message)")
    }
}
