import CostModel

/// Values as most bills in CSV spell them, and the faults of fields that do not.
extension CSVRecord {
    /// A decimal number, exactly; spaces around it are passed over.
    @inline(__always)
    func amount(_ index: Int) throws(FieldFault) -> FixedDecimal {
        let field = self[index]
        do throws(FixedDecimal.ParseError) {
            return try FixedDecimal(parsing: field.bytes)
        } catch {
            return try Self.amountAmongSpaces(field, index)
        }
    }

    private static func amountAmongSpaces(_ field: CSVField, _ index: Int) throws(FieldFault) -> FixedDecimal {
        var isRounded = false
        return try roundedAmount(field, index, &isRounded)
    }

    /// A decimal number among spaces, rounded half to even where it has more digits than can be held: exports write what their doubles
    /// print, `1.3888888888888888e-05`.
    static func roundedAmount(_ field: CSVField, _ index: Int, _ isRounded: inout Bool) throws(FieldFault) -> FixedDecimal {
        guard !field.isNull else { throw FieldFault(field: index, message: "expected a decimal number, found nothing") }
        do throws(FixedDecimal.ParseError) {
            return try FixedDecimal(parsing: field.trimmed)
        } catch {
            if error == .tooManyDigits, let amount = FixedDecimal(rounding: field.trimmed) {
                isRounded = true
                return amount
            }
            throw FieldFault(field: index, message: "\(error), found \(field.excerpt)")
        }
    }

    /// The day of a date, or of a date and time.
    func day(_ index: Int) throws(FieldFault) -> Day {
        if let instant = Instant(parsing: self[index].trimmed), instant.day.mayBeBilled { return instant.day }
        throw fault(index, expected: "a date and time such as 2026-10-31T00:00:00Z")
    }

    func currency(_ index: Int) throws(FieldFault) -> Currency {
        if let currency = Currency(self[index].text) { return currency }
        throw fault(index, expected: "a currency's code such as USD")
    }

    /// What is wrong with a field that holds something else.
    func fault(_ index: Int, expected: String) -> FieldFault {
        FieldFault(field: index, message: "expected \(expected), found \(self[index].isNull ? "nothing" : self[index].excerpt)")
    }
}

extension Day {
    private static let billed = Day(year: 2000, month: 1, day: 1)..<Day(year: 2100, month: 1, day: 1)

    /// Whether it is no day that stands for none: 0001-01-01, 1899-12-30, 1970-01-01, 9999-12-31.
    var mayBeBilled: Bool { Self.billed.contains(self) }
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

/// Hands out the texts of fields as bytes; those with doubled quotes from a copy of its own, which the next such text replaces.
final class CSVTexts {
    private var copy: UnsafeMutableBufferPointer<UInt8> = .allocate(capacity: 256)

    deinit { copy.deallocate() }

    /// The value of a field, empty for none.
    @inline(__always)
    func text(of field: CSVField) -> UnsafeBufferPointer<UInt8> {
        if field.isNull { return UnsafeBufferPointer(start: nil, count: 0) }
        return field.hasDoubledQuotes ? unquoted(field) : field.bytes
    }

    private func unquoted(_ field: CSVField) -> UnsafeBufferPointer<UInt8> {
        let bytes = field.unquoted
        if bytes.count > copy.count {
            copy.deallocate()
            copy = .allocate(capacity: bytes.count)
        }
        _ = copy.update(from: bytes)
        return UnsafeBufferPointer(rebasing: copy[..<bytes.count])
    }
}
