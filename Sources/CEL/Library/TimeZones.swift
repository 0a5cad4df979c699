/// How far local time is ahead of UTC, since 1970.
///
/// The zones are part of the program, so that an expression means the same on every machine; `.ci/time-zones` writes them. A record is
/// `names offsets changes rule`: names with commas between; offsets in seconds; changes of five letters, which are the time since the last
/// change (four letters in base 62, in units of 30 seconds, from 1970) and the index of the offset from then on; and the rule for the time
/// after the last change: one offset, or `standard/summer/start/end` with start and end as `month.week.weekday.second`.
package enum TimeZones {
    /// In seconds; nil for an unknown zone. A zone is `+hh:mm`, `-hh:mm` or a name of the IANA's database.
    package static func offset(of zone: String, at seconds: Int64) -> Int? {
        if zone.utf8.contains(UInt8(ascii: ":")) { return fixed(zone) }
        guard let record = records[zone] else { return nil }
        return Zone(record)?.offset(at: Int(seconds))
    }

    /// Those of the IANA's database.
    package static var names: Set<String> { Set(records.keys) }

    private static func fixed(_ zone: String) -> Int? {
        let isNegative = zone.hasPrefix("-")
        let parts = (isNegative || zone.hasPrefix("+") ? zone.dropFirst() : zone[...]).split(
            separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isDigit) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    static let records: [String: Substring] = {
        var records: [String: Substring] = [:]
        for region in [americas, eurasia, world] {
            for record in region.split(separator: ";") {
                for name in record.prefix(while: { $0 != " " }).split(separator: ",") { records[String(name)] = record }
            }
        }
        return records
    }()
}

/// One zone's changes and its rule.
private struct Zone {
    private let offsets: [Int]
    private let changes: [UInt8]
    private let rule: Substring

    init?(_ record: Substring) {
        let fields = record.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 4 else { return nil }
        offsets = fields[1].split(separator: ",").compactMap { Int($0) }
        changes = Array(fields[2].utf8)
        rule = fields[3]
    }

    func offset(at seconds: Int) -> Int {
        var time = 0
        var current = offsets.first
        for start in stride(from: 0, to: changes.count, by: 5) {
            time += changes[start..<start + 4].reduce(0) { $0 * 62 + Self.digit($1) } * 30
            guard time <= seconds else { return current ?? 0 }
            current = offsets[Self.digit(changes[start + 4])]
        }
        // Before any change there is the first offset; behind the last one there is the rule.
        return changes.isEmpty || seconds >= time ? offsetByRule(seconds) : current ?? 0
    }

    private static func digit(_ letter: UInt8) -> Int {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(letter - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(letter - UInt8(ascii: "A")) + 36
        default: Int(letter - UInt8(ascii: "0"))
        }
    }

    private func offsetByRule(_ seconds: Int) -> Int {
        let parts = rule.split(separator: "/")
        guard let standard = parts.first.flatMap({ Int($0) }) else { return 0 }
        guard parts.count == 4, let summer = Int(parts[1]) else { return standard }
        let local = seconds + standard
        let year = CalendarDay(daysSinceEpoch: (local >= 0 ? local : local - 86_399) / 86_400).year
        let start = Self.time(parts[2], year) - standard
        let end = Self.time(parts[3], year) - summer
        let isSummer = start < end ? (start..<end).contains(seconds) : !(end..<start).contains(seconds)
        return isSummer ? summer : standard
    }

    /// The local time of `month.week.weekday.second`; week 5 is the last.
    private static func time(_ rule: Substring, _ year: Int) -> Int {
        let numbers = rule.split(separator: ".").compactMap { Int($0) }
        let first = CalendarDay.days(year: year, month: numbers[0], day: 1)
        let weekday = ((first + 4) % 7 + 7) % 7
        var day = 1 + (numbers[2] - weekday + 7) % 7 + 7 * (numbers[1] - 1)
        while day > CalendarDay.length(ofMonth: numbers[0], year) { day -= 7 }
        return (first + day - 1) * 86_400 + numbers[3]
    }
}
