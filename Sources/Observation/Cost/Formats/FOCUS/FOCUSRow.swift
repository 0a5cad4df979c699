import CostModel

/// Decodes what every reading needs of a row: when, of what kind, in which currency, how much.
final class FOCUSDecoder {
    struct Row {
        var billingMonth: Month
        var day: Day
        var category: ChargeCategory
        /// An index into `currencies`; nil when the bill has no such column.
        var currency: Int?
        /// List and contracted cost are zero where the row states none.
        var amounts = CostAmounts()
        var statesList = false
        var statesContracted = false
    }

    /// In the order of first sight.
    private(set) var currencies: [Currency] = []
    @exclusivity(unchecked) private var months = FieldMemo()
    @exclusivity(unchecked) private var days = FieldMemo()
    @exclusivity(unchecked) private var categories = FieldMemo()
    @exclusivity(unchecked) private var currencyMemo = FieldMemo()

    func billingMonth(of record: CSVRecord, _ layout: FOCUSLayout) throws(FieldFault) -> Month {
        let index = layout.billingPeriodStart
        return Month(try months.value(of: record[index].bytes) { () throws(FieldFault) in try Self.day(record, index).month.number })
    }

    func decode(_ record: CSVRecord, _ layout: FOCUSLayout) throws(FieldFault) -> Row {
        let month = try billingMonth(of: record, layout)
        let start = layout.chargePeriodStart
        let day = Day(try days.value(of: record[start].bytes) { () throws(FieldFault) in try Self.day(record, start).number })
        let kind = layout.chargeCategory
        let category = try categories.value(of: record[kind].bytes) { () throws(FieldFault) in try Self.category(record, kind) }
        var row = Row(
            billingMonth: month, day: day, category: ChargeCategory(rawValue: UInt8(category)) ?? .usage, currency: nil)
        if let index = layout.billingCurrency {
            let known = try currencyMemo.value(of: record[index].bytes) { () throws(FieldFault) in
                let currency = try Self.currency(record, index)
                if let known = currencies.firstIndex(of: currency) { return Int32(known) }
                currencies.append(currency)
                return Int32(currencies.count - 1)
            }
            row.currency = Int(known)
        }
        row.amounts.billed = try Self.amount(record, layout.billedCost)
        row.amounts.effective = try Self.amount(record, layout.effectiveCost)
        if let index = layout.listCost, !record[index].isNull {
            row.amounts.list = try Self.amount(record, index)
            row.statesList = true
        }
        if let index = layout.contractedCost, !record[index].isNull {
            row.amounts.contracted = try Self.amount(record, index)
            row.statesContracted = true
        }
        return row
    }

    @inline(__always)
    private static func amount(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> FixedDecimal {
        let field = record[index]
        do throws(FixedDecimal.ParseError) {
            return try FixedDecimal(parsing: field.bytes)
        } catch {
            return try amountAmongSpaces(field, index)
        }
    }

    private static func amountAmongSpaces(_ field: CSVField, _ index: Int) throws(FieldFault) -> FixedDecimal {
        guard !field.isNull else { throw FieldFault(field: index, message: "expected a decimal number, found nothing") }
        do throws(FixedDecimal.ParseError) {
            return try FixedDecimal(parsing: field.trimmed)
        } catch {
            throw FieldFault(field: index, message: "\(error), found \(field.excerpt)")
        }
    }

    private static func day(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> Day {
        let field = record[index]
        if let instant = Instant(parsing: field.trimmed) { return instant.day }
        throw FieldFault(
            field: index,
            message: "expected a date and time such as 2026-10-31T00:00:00Z, found \(field.isNull ? "nothing" : field.excerpt)")
    }

    private static func category(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> Int32 {
        let field = record[index]
        let text = field.text
        if let category = ChargeCategory.allCases.first(where: { $0.name == text }) { return Int32(category.rawValue) }
        throw FieldFault(
            field: index,
            message: "expected Usage, Purchase, Tax, Credit or Adjustment, found \(field.isNull ? "nothing" : field.excerpt)")
    }

    private static func currency(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> Currency {
        let field = record[index]
        if let currency = Currency(field.text) { return currency }
        throw FieldFault(
            field: index, message: "expected a currency's code such as USD, found \(field.isNull ? "nothing" : field.excerpt)")
    }
}

extension CSVField {
    /// Without spaces around it.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var range = bytes.indices
        while let first = range.first, bytes[first] == UInt8(ascii: " ") { range.removeFirst() }
        while let last = range.last, bytes[last] == UInt8(ascii: " ") { range.removeLast() }
        return UnsafeBufferPointer(rebasing: bytes[range])
    }
}
