package import CostModel

extension BillReader {
    /// The charges of one line of a file, each with how its values came about; none: no charge starts there.
    ///
    /// - Parameters:
    ///   - line: of a Parquet file the number of the row, from 1.
    ///   - tagRules: what tags mean: of those that rules make it is said by which one.
    ///   - clients: who reads Parquet files.
    package static func rows(
        at line: Int, of path: String, directory: String, now: Instant, tagRules: TagRules = .none,
        clients: EngineClients = .none
    ) -> (rows: [BilledRow], problems: [ObservationProblem]) {
        var observed = ObservedFile(name: path, in: directory)
        var line = line
        var delivered = DeliverySets.delivered(path, directory)
        if let bytes = try? observed.firstBytes(ParquetFile.signature.count), bytes == ParquetFile.signature,
            let client = clients.client(of: "bill", .duckdb)
        {
            observed = observed.answered(row(line, of: observed, EngineRunner(client: client, environment: clients.environment)))
            // Behind the header, and alone.
            line = 2
            delivered.rows = nil
        }
        let file = BillFile(observed, superseded: nil, today: now.day, delivered: delivered)
        let numbers = BillNumbers(tagKeys: tagRules.allKeys.sorted(), seeingAllTags: true)
        let inspector = RowInspector(line: line, numbers: numbers, tagRules: tagRules)
        var format: any BillFormat = FOCUSFormat()
        do throws(FileFault) {
            format = try BillFormats.recognised(file) ?? format
            try format.decoder(for: file, requiring: [], numbers: numbers)?.read(file, into: .inspector(inspector))
        } catch {
            file.problems.add(error)
        }
        // What is wrong with other lines explains nothing here.
        let problems = file.problems.all.filter { $0.line == nil || $0.line == line || $0.line == 1 }
        return (inspector.rows.map { BilledRow(format: format.title, values: $0) }, problems)
    }

    private static func row(_ number: Int, of file: ObservedFile, _ runner: EngineRunner) -> Result<AnsweredBill, FileFault> {
        do throws(FileFault) {
            return .success(try ParquetFile(file, asking: runner).row(number, asking: runner))
        } catch { return .failure(error) }
    }
}
