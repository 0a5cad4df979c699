/// The proleptic Gregorian calendar, in days since 1970.
struct CalendarDay {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int

    /// After Howard Hinnant's `civil_from_days`: years start in March, so that the leap day is the last.
    init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func length(ofMonth month: Int, _ year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

extension CELTimestamp {
    /// An error outside of the years 1 to 9999.
    static func checked(_ seconds: Int128, _ nanoseconds: Int64) -> CELValue {
        let carry = Int128(nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000)
        let whole = seconds + carry
        guard let seconds = Int64(exactly: whole), range.contains(seconds) else {
            return .failure("range error: the timestamp is outside of the years 1 to 9999")
        }
        return .timestamp(CELTimestamp(seconds: seconds, nanoseconds: Int32(nanoseconds - Int64(carry) * 1_000_000_000)))
    }

    /// As in RFC 3339, in UTC.
    package var text: String {
        let days = Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400)
        let second = Int(seconds) - days * 86_400
        let date = CalendarDay(daysSinceEpoch: days)
        let clock = "\(pad(second / 3600, 2)):\(pad(second / 60 % 60, 2)):\(pad(second % 60, 2))"
        return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T\(clock)\(fractionText(Int(nanoseconds)))Z"
    }

    /// Reads RFC 3339.
    static func parse(_ text: String) -> CELValue {
        let bytes = Array(text.utf8)
        let wrong = CELValue.failure("'\(text.prefix(40))' is not a timestamp as in RFC 3339")
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] | 0x20 == UInt8(ascii: "t"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19])
        else {
            // A year of five digits is well written, and out of range.
            let year = bytes.prefix { $0.isDigit }
            return year.count > 4 && bytes.count > year.count && bytes[year.count] == UInt8(ascii: "-")
                ? .failure("range error: the timestamp is outside of the years 1 to 9999") : wrong
        }
        guard (1...12).contains(month), day >= 1, day <= CalendarDay.length(ofMonth: month, year), hour < 24, minute < 60, second < 60
        else {
            return wrong
        }
        var at = 19
        var nanoseconds = 0
        if bytes[at] == UInt8(ascii: ".") {
            let digits = bytes[(at + 1)...].prefix { $0.isDigit }
            guard !digits.isEmpty else { return wrong }
            for index in 0..<9 {
                nanoseconds = nanoseconds * 10 + (index < digits.count ? Int(digits[at + 1 + index] - UInt8(ascii: "0")) : 0)
            }
            at += 1 + digits.count
        }
        guard let offset = zoneOffset(bytes[at...]) else { return wrong }
        let seconds = CalendarDay.days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        return checked(Int128(seconds), Int64(nanoseconds))
    }

    /// `Z` or `+hh:mm`, in seconds.
    private static func zoneOffset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        if first | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
        let start = bytes.startIndex
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), bytes.count == 6, bytes[start + 3] == UInt8(ascii: ":"),
            let hours = number(bytes[(start + 1)..<(start + 3)]), let minutes = number(bytes[(start + 4)..<(start + 6)]), hours < 24,
            minutes < 60
        else { return nil }
        return (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

private func pad(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}

/// `.5` for half a second, nothing for none.
private func fractionText(_ nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var text = pad(nanoseconds, 9)
    while text.hasSuffix("0") { text.removeLast() }
    return "." + text
}

extension CELDuration {
    /// Seconds: `3600s`, `1.5s`.
    package var text: String {
        let magnitude = nanoseconds.magnitude
        return "\(nanoseconds < 0 ? "-" : "")\(magnitude / 1_000_000_000)\(fractionText(Int(magnitude % 1_000_000_000)))s"
    }

    private static let units: [(String, Int128)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]

    /// Reads numbers with units: `1h30m`, `-1.5s`, `0`.
    static func parse(_ text: String) -> CELValue {
        let wrong = CELValue.failure("'\(text.prefix(40))' is not a duration such as '1h30m' or '-1.5s'")
        let tooLong = CELValue.failure("range error: the duration is longer than 292 years")
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        if rest == "0" { return .duration(CELDuration(nanoseconds: 0)) }
        guard !rest.isEmpty else { return wrong }
        var total: Int128 = 0
        while !rest.isEmpty {
            let whole = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[whole.endIndex...]
            var fraction = Substring()
            if rest.hasPrefix(".") {
                fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
                rest = rest[fraction.endIndex...]
            }
            let name = rest.prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
            rest = rest[name.endIndex...]
            guard !whole.isEmpty || !fraction.isEmpty, let unit = units.first(where: { $0.0 == name })?.1 else { return wrong }
            guard whole.count <= 19 else { return tooLong }
            total += (Int128(whole.isEmpty ? "0" : String(whole)) ?? 0) * unit
            if !fraction.isEmpty {
                let digits = fraction.prefix(18)
                var scale: Int128 = 1
                for _ in digits { scale *= 10 }
                total += (Int128(String(digits)) ?? 0) * unit / scale
            }
            guard total <= Int128(Int64.max) + 1 else { return tooLong }
        }
        guard let nanoseconds = Int64(exactly: isNegative ? -total : total) else { return tooLong }
        return .duration(CELDuration(nanoseconds: nanoseconds))
    }
}
