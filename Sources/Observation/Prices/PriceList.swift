package import CostModel

/// The prices that a workspace's changes are estimated by: its own lists first, then the built-in one.
package struct PriceList: PriceSource {
    private let own: [PriceKey: [PriceRow]]
    private let ownRegions: Set<String>

    /// The built-in list alone.
    package static let builtIn = PriceList(own: [:])

    init(own: [PriceKey: [PriceRow]]) {
        self.own = own
        ownRegions = Set(own.keys.map { "\($0.provider) \($0.region)" })
    }

    package func rows(of key: PriceKey) -> (own: [PriceRow], builtIn: [PriceRow]) {
        (own.isEmpty ? [] : own[key] ?? [], BuiltInPrices.shared.rows(of: key))
    }

    package func knowsRegion(_ region: String, provider: String) -> Bool {
        ownRegions.contains("\(provider) \(region)") || BuiltInPrices.shared.knowsRegion(region, provider: provider)
    }
}

/// Reads a workspace's own lists of prices: CSV with a header and the columns of the built-in list, in any order. `attributes`, `source`, `date` and
/// `licence` may be left out, `currency` is then USD.
package enum PriceListReader {
    /// More would be no list of prices but an attack on memory.
    private static let mostRows = 2_000_000
    /// Of one unit of anything: what is dearer is a mistake.
    private static let highestPrice = FixedDecimal(1_000_000_000)

    package static func read(
        _ paths: [String], statedAt place: Place, directory: String, replaced: ReplacedFiles? = nil
    ) -> (prices: PriceList, problems: [ObservationProblem]) {
        let folder = ObservedFolder(directory, replaced: replaced)
        var problems: [ObservationProblem] = []
        var rows: [PriceKey: [PriceRow]] = [:]
        var count = 0
        for file in ObservedFile.matching(paths, in: folder, statedAt: place, problems: &problems) {
            let found = RowProblems(file: file.name)
            do throws(FileFault) {
                if let table = try file.table(problems: found), let columns = Columns(table.columns, found, file: file.name) {
                    try table.forEachRow(problems: found) { record throws(FieldFault) in
                        count += 1
                        guard count <= mostRows else {
                            throw FieldFault(field: 0, message: "more than \(mostRows) prices are not read")
                        }
                        let (key, row) = try columns.row(of: record)
                        if let other = rows[key]?.first(where: { $0.isFor(row) && $0.price != row.price }) {
                            throw FieldFault(
                                field: columns.price,
                                message:
                                    "\(key.product) in \(key.region) has two prices, \(other.price) and \(row.price): the first one counts")
                        }
                        rows[key, default: []].append(row)
                    }
                }
            } catch {
                found.add(error)
            }
            problems += found.all
        }
        return (PriceList(own: rows), problems.sorted())
    }

    private struct Columns {
        let provider: Int
        let service: Int
        let region: Int
        let product: Int
        let unit: Int
        let price: Int
        let attributes: Int?
        let currency: Int?
        let date: Int?
        let file: String

        init?(_ columns: [String], _ problems: RowProblems, file: String) {
            func find(_ name: String) -> Int? { columns.firstIndex(of: name) }
            let needed = ["provider", "service", "region", "product", "unit", "price"]
            for name in needed where find(name) == nil {
                problems.add(.partial, id: "missing-column", line: 1, "the column '\(name)' is missing")
            }
            guard let provider = find("provider"), let service = find("service"), let region = find("region"),
                let product = find("product"),
                let unit = find("unit"), let price = find("price")
            else { return nil }
            (self.provider, self.service, self.region, self.product) = (provider, service, region, product)
            (self.unit, self.price) = (unit, price)
            attributes = find("attributes")
            currency = find("currency")
            date = find("date")
            self.file = file
        }

        func row(of record: CSVRecord) throws(FieldFault) -> (PriceKey, PriceRow) {
            guard let price = FixedDecimal(exactly: record[self.price].text), price >= .zero, price <= highestPrice else {
                throw FieldFault(
                    field: self.price, message: "expected a price from 0 to \(highestPrice), found \(record[self.price].excerpt)")
            }
            var money = Currency.usd
            if let currency, !record[currency].isNull {
                guard let stated = Currency(record[currency].text) else {
                    throw FieldFault(field: currency, message: "expected a currency such as USD, found \(record[currency].excerpt)")
                }
                money = stated
            }
            var day: Day?
            if let date, !record[date].isNull {
                guard let stated = Day(record[date].text) else {
                    throw FieldFault(field: date, message: "expected a day such as 2026-11-01, found \(record[date].excerpt)")
                }
                day = stated
            }
            let stated = attributes.map { record[$0].isNull ? "" : record[$0].text } ?? ""
            var row = PriceRow(
                attributes: PriceRow.attributes(of: stated), unit: record[unit].text, price: price, currency: money, source: file,
                date: day)
            row.isOwn = true
            let key = PriceKey(
                provider: record[provider].text, service: record[service].text, product: record[product].text, region: record[region].text)
            return (key, row)
        }
    }
}

extension PriceRow {
    /// Whether two rows of one key are prices of the same thing on the same day.
    fileprivate func isFor(_ other: PriceRow) -> Bool {
        attributes == other.attributes && unit == other.unit && date == other.date
    }
}
