import CostModel

/// Reads one file of a bill for a question, and says what is wrong with it.
struct BillFileReader {
    let query: BillQuery
    let numbers: BillNumbers

    /// - Parameter receive: hands the rows to whoever adds them up.
    func read(
        _ file: BillFile, of part: BillScan.Part, _ receive: (any BillDecoder) throws(FileFault) -> Void
    ) -> FileReading {
        let found = file.problems
        var reading = FileReading()
        do throws(FileFault) {
            if let decoder = try decoder(for: file, of: part) {
                noteMissing(decoder, found)
                (reading.costs, reading.advice) = (decoder.costs, decoder.advice)
                reading.format = try format(of: file, part)?.title
                file.isAside = decoder.costs.isDisjoint(with: askedCosts)
                reading.isAside = file.isAside
                file.identifiesRows = decoder.identifiesRows
                defer {
                    noteForeign(file, found)
                    reading.unstated = noteUnstated(file, decoder, found).union(noteOdd(file, decoder, found))
                    decoder.remark(found)
                    reading.billingPeriods = decoder.billingPeriods
                    reading.months = file.keptMonths
                    reading.statedMonths = file.months
                    reading.days = file.days
                    reading.rowCount = file.rowCount
                }
                try receive(decoder)
                noteRowCount(file, found)
                noteRepeated(file, found)
                reading.distinctRows = file.distinctRows
                reading.distinctRows.shrink(to: DistinctRows.usualLimit)
            }
        } catch {
            found.add(error)
        }
        reading.problems = found.all
        return reading
    }

    /// The format that is named, else the one that a file looks like.
    private func format(of file: BillFile, _ part: BillScan.Part) throws(FileFault) -> (any BillFormat)? {
        if let format = part.format(of: file.file) { return format }
        return try BillFormats.recognised(file)
    }

    func decoder(for file: BillFile, of part: BillScan.Part) throws(FileFault) -> (any BillDecoder)? {
        let format = try format(of: file, part) ?? FOCUSFormat()
        if let decoder = try format.decoder(for: file, requiring: query.requiredBases, numbers: numbers) { return decoder }
        if let other = try BillFormats.recognised(file), other.title != format.title {
            file.problems.add(.note, id: "other-format", line: 1, "this looks like a bill in \(other.title), not in \(format.title)")
        }
        return nil
    }

    /// The costs that are added up, or that a row must state to be looked at.
    private var askedCosts: StatedCosts {
        StatedCosts((query.bases.isEmpty ? Array(query.requiredBases) : query.bases).map { StatedCosts($0) })
    }

    /// A manifest that counts other rows than the file has is of another file, or the file is not whole.
    private func noteRowCount(_ file: BillFile, _ problems: RowProblems) {
        guard let stated = file.delivered.rows, let found = file.recordCount, stated != found else { return }
        problems.add(
            .partial, id: "row-count", "the manifest counts \(stated) \(stated == 1 ? "row" : "rows"), and there are \(found)")
    }

    /// Rows that stand in the file more than once: nobody can tell which ones a person meant, so that none is left out.
    private func noteRepeated(_ file: BillFile, _ problems: RowProblems) {
        guard let found = RepeatedRows(file.distinctRows).finding else { return }
        problems.add(found.isSure ? .partial : .note, id: "repeated-rows", line: found.line, found.message)
    }

    /// Columns that a bill can do without, but not without saying so.
    private func noteMissing(_ decoder: any BillDecoder, _ problems: RowProblems) {
        if let column = decoder.missingColumn(of: .currency) {
            // Where a currency is asked for, taking the amounts for it is a guess, and says so.
            let meaning = query.currency.map { "its amounts are taken as \($0)" } ?? "its amounts have no known currency"
            problems.add(
                query.currency == nil ? .note : .partial, id: "missing-column", line: 1, "the column '\(column)' is missing: \(meaning)")
        }
        let missing = query.attributes.compactMap { decoder.missingColumn(of: $0) }
        guard !missing.isEmpty else { return }
        let names = Set(missing).sorted().map { "'\($0)'" }.joined(separator: ", ")
        problems.add(
            .note, id: "missing-column", line: 1,
            "\(missing.count == 1 ? "the column" : "the columns") \(names) \(missing.count == 1 ? "is" : "are") missing: all charges are without"
        )
    }

    private func noteForeign(_ file: BillFile, _ problems: RowProblems) {
        guard let target = query.currency else { return }
        file.foreign.note(problems, in: target, currencies: numbers.currencies, hasRates: !query.rates.isEmpty, ownRates: file.usesOwnRates)
    }

    private func noteUnstated(_ file: BillFile, _ decoder: any BillDecoder, _ problems: RowProblems) -> Set<CostBasis> {
        var unstated: Set<CostBasis> = []
        for basis in CostBasis.allCases {
            guard let count = file.unstated[basis] else { continue }
            unstated.insert(basis)
            guard query.requiredBases.contains(basis) else { continue }
            problems.add(
                .note, id: "unstated-cost",
                "\(count) \(count == 1 ? "row states" : "rows state") no \(decoder.title(of: basis)) and \(count == 1 ? "counts" : "count") zero"
            )
        }
        return unstated
    }

    private func noteOdd(_ file: BillFile, _ decoder: any BillDecoder, _ problems: RowProblems) -> [CostBasis] {
        guard !file.oddRows.isEmpty else { return [] }
        file.oddRows.note(problems, query: query, currencies: numbers.currencies) { decoder.example(of: $0) }
        return file.oddRows.unknownCosts
    }
}
