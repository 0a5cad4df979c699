/// A day of the Gregorian calendar in UTC, counted from 1970-01-01.
package struct Day: Hashable, Sendable, Comparable, Strideable, CustomStringConvertible {
    package var number: Int32

    package init(_ number: Int32) {
        self.number = number
    }

    /// - Precondition: the date exists; check user input with `init?(_:)`.
    package init(year: Int, month: Int, day: Int) {
        // Days from civil: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2014.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.flooredDivision(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    package var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    package var month: Month {
        let (year, month, _) = components
        return Month(year: year, month: month)
    }

    /// 0 is Monday, 6 is Sunday.
    package var weekday: Int { Int((number + 3) - (number + 3).flooredDivision(by: 7) * 7) }
    package var start: Instant { Instant(seconds: Int64(number) * 86_400) }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    package func advanced(by days: Int) -> Day { Day(number + Int32(days)) }
    /// The first day of its ISO week.
    package var monday: Day { advanced(by: -weekday) }
    package func distance(to other: Day) -> Int { Int(other.number - number) }

    /// `2026-11-01`
    package var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `2026-11-01`; nil for a day that does not exist.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let value = bytes.withUnsafeBufferPointer({ Day(parsing: $0) }) else { return nil }
        self = value
    }

    package init?(parsing bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        var number: (Int, Int, Int) = (0, 0, 0)
        for at in 0..<10 where at != 4 && at != 7 {
            let digit = Int(bytes[at] &- 48)
            guard digit < 10 else { return nil }
            if at < 4 {
                number.0 = number.0 * 10 + digit
            } else if at < 7 {
                number.1 = number.1 * 10 + digit
            } else {
                number.2 = number.2 * 10 + digit
            }
        }
        guard (1...12).contains(number.1), number.2 >= 1, number.2 <= Month(year: number.0, month: number.1).dayCount else { return nil }
        self.init(year: number.0, month: number.1, day: number.2)
    }
}

/// A calendar month, counted from January of year 0.
package struct Month: Hashable, Sendable, Comparable, Strideable, CustomStringConvertible {
    package var number: Int32

    package init(_ number: Int32) {
        self.number = number
    }

    package init(year: Int, month: Int) {
        number = Int32(year * 12 + month - 1)
    }

    /// Reads `2026-10`.
    package init?(_ text: String) {
        guard text.utf8.count == 7, let day = Day(text + "-01") else { return nil }
        self = day.month
    }

    package var year: Int { Int(number.flooredDivision(by: 12)) }
    /// 1 to 12.
    package var month: Int { Int(number) - year * 12 + 1 }
    package var firstDay: Day { Day(year: year, month: month, day: 1) }
    package var dayCount: Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
    /// A day by its number, at most the last one.
    package func day(_ number: Int) -> Day { firstDay.advanced(by: min(number, dayCount) - 1) }
    /// Its days, end exclusive.
    package var days: Range<Day> { firstDay..<firstDay.advanced(by: dayCount) }

    package static func < (a: Month, b: Month) -> Bool { a.number < b.number }
    package func advanced(by months: Int) -> Month { Month(number + Int32(months)) }
    package func distance(to other: Month) -> Int { Int(other.number - number) }
    package var description: String { "\(padded(year, 4))-\(padded(month, 2))" }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
