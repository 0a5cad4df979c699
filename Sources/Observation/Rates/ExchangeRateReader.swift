import CostModel

/// Reads reference rates as the European Central Bank publishes them, CSV: a column `Date`, and one for each currency with how much of it one
/// euro buys, `N/A` where there was none. Both of its files are read, the whole history and the newest day, plain or packed with gzip or zstd.
package enum ExchangeRateReader {
    static func read(_ sources: [RateSource], in folder: ObservedFolder) -> (rates: ExchangeRates, problems: [ObservationProblem]) {
        var problems: [ObservationProblem] = []
        var rates = ExchangeRates()
        for source in sources {
            for file in ObservedFile.matching(source.paths, in: folder, statedAt: source.place, problems: &problems) {
                let found = RowProblems(file: file.name)
                do throws(FileFault) {
                    if let table = try file.table(problems: found), let columns = Columns(table.header, found) {
                        try table.forEachRow(problems: found) { record throws(FieldFault) in try columns.add(record, to: &rates) }
                    }
                } catch {
                    found.add(error)
                }
                problems += found.all
            }
        }
        return (rates, problems.sorted())
    }

    private struct Columns {
        private let day: Int
        private let currencies: [(index: Int, currency: Currency)]

        init?(_ header: CSVRecord, _ problems: RowProblems) {
            let names = (0..<header.count).map { header[$0].trimmedText }
            let currencies = names.enumerated().compactMap { index, name in Currency(name).map { (index, $0) } }
            guard let day = names.firstIndex(of: "Date"), !currencies.isEmpty else {
                problems.add(
                    .partial, id: "missing-column", line: 1,
                    "expected the columns 'Date' and one for each currency, as the European Central Bank writes its reference rates")
                return nil
            }
            self.day = day
            self.currencies = currencies
        }

        /// Takes the rates of a day, all or none.
        func add(_ record: CSVRecord, to rates: inout ExchangeRates) throws(FieldFault) {
            let text = record[self.day].trimmedText
            guard let day = Day(text) ?? Day(spelledOut: text) else {
                throw FieldFault(field: self.day, message: "expected a day such as 2026-11-27, found \(record[self.day].excerpt)")
            }
            var stated: [(Currency, FixedDecimal)] = []
            for (index, currency) in currencies {
                let text = record[index].trimmedText
                if text.isEmpty || text == "N/A" { continue }
                guard let rate = FixedDecimal(exactly: text), rate > .zero else {
                    throw FieldFault(field: index, message: "expected a rate above zero or N/A, found \(record[index].excerpt)")
                }
                if let other = rates.stated(currency, on: day), other != rate {
                    throw FieldFault(field: index, message: "\(currency) is stated twice for \(day), as \(other) and as \(rate)")
                }
                stated.append((currency, rate))
            }
            for (currency, rate) in stated { rates.set(currency, on: day, to: rate) }
        }
    }
}

extension Day {
    /// As the file of the newest day has it: `27 November 2026`.
    fileprivate init?(spelledOut text: String) {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ]
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 3, let month = months.firstIndex(of: parts[1]), let day = Int(parts[0]), let year = Int(parts[2]),
            (1900...9999).contains(year), (1...Month(year: year, month: month + 1).dayCount).contains(day)
        else { return nil }
        self.init(year: year, month: month + 1, day: day)
    }
}

extension CSVField {
    /// The file of the newest day has a blank behind each comma.
    fileprivate var trimmedText: String { String(decoding: trimmed, as: UTF8.self) }
}
