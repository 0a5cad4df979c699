import CostModel

/// Asks engines for the parts of a bill that they hold, or must read, and puts their answers in the place of files.
struct AnsweredParts {
    private let query: BillQuery
    private let usage: Bool
    private let units: Bool
    private let now: Instant
    private(set) var parts: [BillScan.Part] = []
    private(set) var problems: [ObservationProblem] = []
    /// What commands were asked.
    private(set) var commands: [CommandRecord] = []

    /// - Parameters:
    ///   - usage: whether single resources' days are asked for.
    ///   - units: whether what resources are charged by the unit is asked for.
    init(_ parts: [BillScan.Part], _ query: BillQuery, usage: Bool, units: Bool = false, now: Instant) {
        self.query = query
        self.usage = usage
        self.units = units
        self.now = now
        for part in parts {
            if let command = part.command {
                self.parts.append(printed(part, command))
            } else {
                self.parts.append(part.table == nil ? withParquet(part) : asked(part))
            }
        }
    }

    // MARK: Commands

    private mutating func printed(_ part: BillScan.Part, _ command: CommandBill) -> BillScan.Part {
        var part = part
        let (files, records) = command.ask()
        part.files = files
        commands += records
        note(part, files.compactMap(\.answer))
        return part
    }

    /// Remembers whether a bill was answered.
    private func note(_ part: BillScan.Part, _ answers: [Result<AnsweredBill, FileFault>]) {
        let faults = answers.compactMap { if case .failure(let fault) = $0 { fault } else { nil } }
        SourceMemories.note(
            "cost", part.name, now: now, faults.map { ObservationProblem(.partial, id: $0.id, file: part.name, $0.description) })
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
        let question = EngineQuestion(query, usage: usage, units: units, missing: table.missing)
        let statement = EngineStatement(
            question, of: table, partition: runner.client.partition, today: now.day, version: runner.client.version)
        if let rest = SourceMemories.rest(of: "cost", part.name, now: now) {
            part.files = [ObservedFile(table: name, answer: .failure(FileFault(resting: rest)))]
            return part
        }
        let answer = Self.answer(runner, statement)
        note(part, [answer])
        part.files = [ObservedFile(table: name, answer: answer)]
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
            if let column = runner.client.changeColumn, let cache = BillCache.current, let key = cache.contentKey {
                return .success(try KeptPeriods(runner, statement, changeColumn: column, cache, key).bill())
            }
            return .success(try EngineAnswer(try runner.ask(statement.text), to: statement.question, output: runner.output).bill)
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
            var question = EngineQuestion(query, usage: usage, units: units, missing: parquet.table.missing)
            question.saysTimes = true
            return Self.answer(
                runner, EngineStatement(question, of: parquet.table, today: now.day, relation: parquet.relation))
        } catch {
            return .failure(error)
        }
    }
}
