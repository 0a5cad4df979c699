package import CostModel
import JSON

/// Reads what providers advise, as their own clients print it.
package enum AdviceReader {
    /// In bytes, of one file as unpacked.
    static let sizeLimit = 64 << 20
    static let depth = 64

    /// - Parameters:
    ///   - currency: the workspace's; savings in others are not known.
    ///   - clients: say which commands are asked.
    package static func read(
        _ sources: [AdviceSource], directory: String, replaced: ReplacedFiles? = nil, currency: Currency, now: Instant,
        clients: EngineClients = .none
    ) -> (book: AdviceBook, records: [CommandRecord], problems: [ObservationProblem]) {
        var book = AdviceBook()
        var problems: [ObservationProblem] = []
        var answers = CommandAnswers(clients, now: now)
        for source in sources {
            if let command = source.command {
                let (file, depth) = answers.ask(command, for: "recommendations", source.name, CommandOutput(source.format))
                let found = read(file, source, depth: depth, currency, now, into: &book)
                SourceMemories.note("recommendations", source.name, now: now, found)
                problems += found
                continue
            }
            let files = ObservedFile.matching(
                source.paths, in: ObservedFolder(directory, replaced: replaced), statedAt: source.place, problems: &problems)
            for file in files { problems += read(file, source, depth: Self.depth, currency, now, into: &book) }
        }
        return (book, answers.records, problems.sorted())
    }

    private static func read(
        _ file: ObservedFile, _ source: AdviceSource, depth: Int, _ currency: Currency, _ now: Instant, into book: inout AdviceBook
    ) -> [ObservationProblem] {
        let problems = RowProblems(file: file.name)
        let sink = AdviceSink(source, currency: currency, now: now, problems)
        do throws(FileFault) {
            let bytes = try file.contents(limit: sizeLimit)
            do throws(JSONError) {
                let limits = JSONLimits(size: sizeLimit, depth: depth)
                try AdviceFiles.format(of: source.format).read(bytes, limits: limits, into: sink)
            } catch {
                problems.add(.partial, id: "bad-json", line: error.line, column: error.column, error.message)
            }
        } catch {
            problems.add(error)
        }
        // Of a file that is torn or of another shape nothing counts: what is missing may be the better half.
        if problems.all.contains(where: { $0.severity == .partial }) { return problems.all }
        sink.finish()
        for (name, advice) in sink.advice { book.add(advice, of: name) }
        return problems.all
    }
}

/// How a provider writes what it advises.
protocol AdviceFileFormat {
    static func read(_ bytes: [UInt8], limits: JSONLimits, into sink: AdviceSink) throws(JSONError)
}

/// Every format of recommendations.
enum AdviceFiles {
    static func format(of format: AdviceFormat) -> any AdviceFileFormat.Type {
        switch format {
        case .computeOptimizer: ComputeOptimizerAdvice.self
        case .costOptimizationHub: CostOptimizationHubAdvice.self
        case .azureAdvisor: AzureAdvisorAdvice.self
        case .googleRecommender: GoogleRecommenderAdvice.self
        }
    }
}
