import CostModel

/// Asks engines for the parts of a bill that they hold, or must read, and puts their answers in the place of files.
struct AnsweredParts {
    private let query: BillQuery
    private let usage: Bool
    private let now: Instant
    private(set) var parts: [BillScan.Part] = []
    private(set) var problems: [ObservationProblem] = []

    /// - Parameter usage: whether single resources' days are asked for.
    init(_ parts: [BillScan.Part], _ query: BillQuery, usage: Bool, now: Instant) {
        self.query = query
        self.usage = usage
        self.now = now
        for part in parts { self.parts.append(part.table == nil ? withParquet(part) : asked(part)) }
    }

    // MARK: Tables

    private mutating func asked(_ part: BillScan.Part) -> BillScan.Part {
        var part = part
        guard let table = part.table else { return part }
        let name = "\(table.name.joined(separator: ".")) (\(EngineDialects.dialect(of: table.engine).title))"
        guard let runner = part.runner else {
            add(
                part, "no-client",
                "no client is configured for \(table.engine.rawValue): '--clients FILE' names the program that asks the bill '\(part.name)'"
            )
            return part
        }
        guard runner.client.tables.isEmpty || runner.client.tables.contains(table.name.joined(separator: ".")) else {
            add(part, "no-client", "the clients' 'tables' do not name '\(table.name.joined(separator: "."))', so that nobody asks for it")
            return part
        }
        let question = EngineQuestion(query, usage: usage, missing: table.missing)
        let statement = EngineStatement(question, of: table, partition: runner.client.partition, today: now.day)
        part.files = [ObservedFile(table: name, answer: Self.answer(runner, statement))]
        return part
    }

    private mutating func add(_ part: BillScan.Part, _ id: String, _ message: String) {
        problems.append(
            ObservationProblem(.partial, id: id, file: part.place?.file ?? "", line: part.place?.line, column: part.place?.column, message))
    }

    private static func answer(_ runner: EngineRunner, _ statement: EngineStatement) -> Result<AnsweredBill, FileFault> {
        do throws(FileFault) {
            if let key = statement.question.unaskableTagKey {
                throw FileFault(id: "engine-question", description: EngineQuestion.refusal(of: key))
            }
            let output = runner.client.output ?? statement.dialect.output
            return .success(try EngineAnswer(try runner.ask(statement.text), to: statement.question, output: output).bill)
        } catch {
            return .failure(error)
        }
    }

    // MARK: Parquet

    private func withParquet(_ part: BillScan.Part) -> BillScan.Part {
        guard let runner = part.runner else { return part }
        var part = part
        part.files = part.files.map { file in
            guard let bytes = try? file.firstBytes(ParquetFile.signature.count), bytes == ParquetFile.signature else { return file }
            return file.answered(answer(file, runner))
        }
        return part
    }

    private func answer(_ file: ObservedFile, _ runner: EngineRunner) -> Result<AnsweredBill, FileFault> {
        do throws(FileFault) {
            let parquet = try ParquetFile(file, asking: runner)
            var question = EngineQuestion(query, usage: usage, missing: parquet.table.missing)
            question.saysTimes = true
            return Self.answer(
                runner, EngineStatement(question, of: parquet.table, today: now.day, relation: parquet.relation))
        } catch {
            return .failure(error)
        }
    }
}
