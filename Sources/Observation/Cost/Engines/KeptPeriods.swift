import CostModel
import Diagnostics

/// Asks a table for the billing periods that changed since they were asked for last, and takes the others from the cache.
///
/// A cheap question comes first: how many rows each period has, what they cost, and the greatest value of the column that whoever runs Bursar says
/// grows with every change. A period is kept under exactly that, and under the statement that would ask for it alone. It is asked *before* the rows
/// are: they are at least as new as what they are kept under, and a change that comes in between is found the next time.
struct KeptPeriods {
    private let runner: EngineRunner
    private let statement: EngineStatement
    private let changeColumn: String
    private let cache: BillCache
    private let key: ContentHash.Key

    init(
        _ runner: EngineRunner, _ statement: EngineStatement, changeColumn: String, _ cache: BillCache, _ key: ContentHash.Key
    ) {
        self.runner = runner
        self.statement = statement
        self.changeColumn = changeColumn
        self.cache = cache
        self.key = key
    }

    /// One period as the table has it now.
    private struct Period {
        var day: Day
        var charges: Int
        /// Its count, its sums and its greatest value, as the engine prints them.
        var fingerprint: [String]
    }

    func bill() throws(FileFault) -> AnsweredBill {
        guard let periods = try periods() else { return try ask(statement).bill }
        var rows = AnswerRows(width: statement.question.fields.count)
        var changed: [Period] = []
        for period in periods {
            if let kept = known(period) { rows.append(allOf: kept) } else { changed.append(period) }
        }
        if !changed.isEmpty {
            var rest = statement
            if changed.count < periods.count { rest.periods = changed.map(\.day) }
            let answer = try ask(rest)
            rows.append(allOf: answer.rows)
            if !WorkLimit.isReached { try keep(answer, changed) }
        }
        return try EngineAnswer(rows, to: statement.question).bill
    }

    private func ask(_ statement: EngineStatement) throws(FileFault) -> EngineAnswer {
        try EngineAnswer(try runner.ask(statement.text), to: statement.question, output: runner.output)
    }

    /// Nil where periods cannot be told apart, or some rows do not say how new they are.
    private func periods() throws(FileFault) -> [Period]? {
        let question = statement.question.fingerprints(by: changeColumn)
        let answer = try ask(statement.asking(question, version: runner.client.version))
        var periods: [Period] = []
        for row in answer.rows.indices {
            let fingerprint = answer.sums(of: row)
            guard let day = answer.period(of: row), let newest = fingerprint.last, !newest.isEmpty, fingerprint.dropLast().last == "0"
            else {
                return nil
            }
            periods.append(Period(day: day, charges: try answer.count(of: row), fingerprint: fingerprint))
        }
        return Set(periods.map(\.day)).count == periods.count ? periods.sorted { $0.day < $1.day } : nil
    }

    // MARK: What is kept

    /// The rows of a period that did not change. What is torn, or does not add up to the period's count, is as if it were not there.
    private func known(_ period: Period) -> AnswerRows? {
        let rows = cache.load(name(of: period)) { (unpacker) throws(ByteUnpacker.Torn) in try AnswerRows(&unpacker) }
        guard let rows, rows.width == statement.question.fields.count else { return nil }
        // What is no answer is as if it were not there.
        let answer = try? EngineAnswer(rows, to: statement.question)
        return answer?.charges == period.charges ? rows : nil
    }

    /// Keeps the periods of an answer that have as many rows as were counted before.
    private func keep(_ answer: EngineAnswer, _ periods: [Period]) throws(FileFault) {
        let indices = Dictionary(grouping: answer.rows.indices) { answer.period(of: $0) }
        for period in periods {
            var rows = AnswerRows(width: answer.rows.width)
            for index in indices[period.day] ?? [] { rows.append(index, of: answer.rows) }
            guard try EngineAnswer(rows, to: statement.question).charges == period.charges else { continue }
            var packer = BytePacker()
            rows.pack(into: &packer)
            cache.keep(packer, as: name(of: period))
        }
    }

    private func name(of period: Period) -> String {
        var alone = statement
        // How far back is asked changes with the month, and no period with it.
        alone.table.months = nil
        alone.periods = [period.day]
        var hash = ContentHash(key)
        hash.update(field: BillCache.program)
        hash.update(field: alone.text)
        hash.update(field: changeColumn)
        runner.update(&hash)
        for part in period.fingerprint { hash.update(field: part) }
        return "period-\(BillCache.version)-\(hash.digest().hexText)"
    }
}
