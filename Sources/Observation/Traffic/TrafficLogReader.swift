package import CostModel

/// Reads logs of who sent how many bytes to whom, as streams: they are larger than memory.
package enum TrafficLogReader {
    /// In bytes, of one file as unpacked.
    static let sizeLimit = 16 << 30
    /// A file whose first rows are all no rows is none of its format.
    private static let patience = 100

    /// - Parameters:
    ///   - days: those that count; a judgement looks at the 28 newest and the 28 before.
    ///   - sizeLimit: in bytes of one file, unpacked.
    package static func read(
        _ sources: [LogSource], directory: String, replaced: ReplacedFiles? = nil, days: Range<Day>
    ) -> (table: TrafficTable, problems: [ObservationProblem]) {
        read(sources, directory: directory, replaced: replaced, days: days, sizeLimit: sizeLimit)
    }

    static func read(
        _ sources: [LogSource], directory: String, replaced: ReplacedFiles? = nil, days: Range<Day>, sizeLimit: Int,
        pairLimit: Int = TrafficCollector.pairLimit
    ) -> (table: TrafficTable, problems: [ObservationProblem]) {
        var collector = TrafficCollector(limit: pairLimit)
        var problems: [ObservationProblem] = []
        for source in sources {
            let files = ObservedFile.matching(
                source.paths, in: ObservedFolder(directory, replaced: replaced), statedAt: source.place, problems: &problems)
            for file in files {
                let found = RowProblems(file: file.name)
                switch source.format {
                case .vpcFlow: readFlows(file, days, sizeLimit, into: &collector, found)
                case .s3Access: read(file, S3AccessLog(days: days), sizeLimit, into: &collector, found)
                case .cloudFront: read(file, CloudFrontLog(days: days), sizeLimit, into: &collector, found)
                }
                problems += found.all
            }
        }
        return (collector.finished(), problems.sorted())
    }

    private static func readFlows(
        _ file: ObservedFile, _ days: Range<Day>, _ sizeLimit: Int, into collector: inout TrafficCollector, _ problems: RowProblems
    ) {
        do throws(FileFault) {
            try FlowLogReader(days: days, sizeLimit: sizeLimit).read(try open(file), into: &collector, problems)
        } catch {
            problems.add(error)
        }
    }

    private static func open(_ file: ObservedFile) throws(FileFault) -> any ByteSource {
        if try file.firstBytes(4) == Array("PAR1".utf8) {
            throw FileFault(
                id: "parquet-log", description: "is Parquet: have the log delivered in text, or write it with DuckDB as CSV with spaces")
        }
        let source = try file.open()
        return source is RegularFile ? source : ReadAhead(source)
    }

    private static func read<Format: TrafficLogFormat>(
        _ file: ObservedFile, _ format: Format, _ sizeLimit: Int, into collector: inout TrafficCollector, _ problems: RowProblems
    ) {
        var format = format
        var sums = TrafficSums()
        do throws(FileFault) {
            var lines = LogLines(try open(file), sizeLimit: sizeLimit)
            var (rows, bad) = (0, 0)
            while let line = try lines.next() {
                if sums.isFull { sums.empty { format.report($0, $1, to: &collector) } }
                rows += 1
                guard let fault = format.read(line, into: &sums) else { continue }
                bad += 1
                let number = lines.count
                switch fault {
                case .file(let id, let message): throw FileFault(id: id, description: message)
                case .row(let message): problems.addRow(id: "bad-row", at: (number, 1), message)
                }
                if bad == rows, bad > patience {
                    throw .unreadable("none of its first \(patience) lines is a record: what it holds is no such log")
                }
            }
            format.finish(problems)
        } catch {
            problems.add(error)
        }
        // What stands before the fault was sent all the same; the fault says that it is not all.
        sums.empty { format.report($0, $1, to: &collector) }
    }
}
