package import CostModel

/// Reads utilisation samples: CSV with the columns `timestamp,resource_id,metric,value` in any order, what providers answer as JSON, also
/// packed with gzip or zstd, and what servers of the operator's say.
package struct UtilizationReader {
    /// The samples of a window, of all sources.
    ///
    /// - Parameters:
    ///   - directory: the workspace's folder, to which relative paths refer.
    ///   - replaced: files that do not count as they lie there.
    ///   - window: the longest look-back that someone asks for; samples outside are checked and passed over.
    ///   - clients: say which servers are asked.
    package static func read(
        _ sources: [UtilizationSource], directory: String, replaced: ReplacedFiles? = nil, window: Range<Instant>,
        clients: EngineClients = .none
    ) -> (table: UtilizationTable, problems: [ObservationProblem]) {
        var problems: [ObservationProblem] = []
        var files: [ObservedFile] = []
        var formats: [UtilizationFormat] = []
        for source in sources {
            let found = ObservedFile.matching(
                source.paths, in: ObservedFolder(directory, replaced: replaced), statedAt: source.place, problems: &problems)
            files += found
            formats += found.map { _ in source.format }
        }
        let collector = SampleCollector(window: window)
        for (index, original) in DistinctFiles.originals(of: files).enumerated() {
            guard original == index else {
                if files[index].name != files[original].name {
                    let message = "holds the same as \(files[original].name): it counts once"
                    problems.append(ObservationProblem(.note, id: "repeated-file", file: files[index].name, message))
                }
                continue
            }
            problems += read(files[index], formats[index], into: collector)
        }
        for source in sources where source.format.isAsked { problems += ask(source, clients, window, into: collector) }
        let table = collector.table
        problems += stale(sources, table, now: window.upperBound)
        return (table, problems.sorted())
    }

    /// Samples that do not come any more say nothing of what they would be.
    private static func stale(_ sources: [UtilizationSource], _ table: UtilizationTable, now: Instant) -> [ObservationProblem] {
        let newest = table.series.values.lazy.flatMap(\.values).compactMap(\.samples.last?.time).max()
        return sources.compactMap { source in
            guard let maxAge = source.maxAge, newest.map({ $0.adding(maxAge) < now }) ?? true else { return nil }
            let message = newest.map { "the newest sample is of \($0): older than \(maxAge)" } ?? "there is no sample that is read"
            return ObservationProblem(
                .partial, id: "stale-utilization", file: source.place.file, line: source.place.line, column: source.place.column,
                "of the utilization '\(source.name)' \(message)")
        }
    }

    private static func ask(
        _ source: UtilizationSource, _ clients: EngineClients, _ window: Range<Instant>, into collector: SampleCollector
    ) -> [ObservationProblem] {
        guard let server = clients.metricServer(of: source.name) else {
            let message = "no server is configured for the utilization '\(source.name)': 'metrics' in the document of '--clients' names it"
            return [
                ObservationProblem(
                    .partial, id: "prometheus", file: source.place.file, line: source.place.line, column: source.place.column, message)
            ]
        }
        if let rest = SourceMemories.rest(of: "utilization", source.name, now: window.upperBound) {
            let fault = FileFault(resting: rest)
            return [
                ObservationProblem(
                    .partial, id: fault.id, file: source.place.file, line: source.place.line, column: source.place.column,
                    "of the utilization '\(source.name)' \(fault.description)")
            ]
        }
        let problems = PrometheusReader(source, server, toolVersion: clients.toolVersion).read(window, into: collector)
        SourceMemories.note("utilization", source.name, now: window.upperBound, problems)
        return problems
    }

    private static func read(
        _ file: ObservedFile, _ format: UtilizationFormat, into collector: SampleCollector
    ) -> [ObservationProblem] {
        let problems = RowProblems(file: file.name)
        do throws(FileFault) {
            if let format = SampleFiles.format(of: format) {
                SampleFiles.read(try file.contents(limit: SampleFiles.sizeLimit), format, SampleSink(collector, problems))
            } else if let table = try file.table(problems: problems), let columns = SampleColumns(table.columns, problems) {
                try table.forEachRow(problems: problems) { record throws(FieldFault) in try collector.add(record, columns) }
            }
        } catch {
            problems.add(error)
        }
        for (name, count) in collector.takeUnknownMetrics() {
            let known = Metric.allCases.map(\.rawValue).joined(separator: ", ")
            problems.add(
                .note, id: "unknown-metric",
                "\(count) \(count == 1 ? "sample" : "samples") of '\(name)' passed over: known metrics are \(known)")
        }
        return problems.all
    }
}
