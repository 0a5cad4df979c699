extension Library {
    static let clocks: [Function] =
        [
            .function("_+_", returns: .timestamp) { (a: CELTimestamp, b: CELDuration, _) in moved(a, b.nanoseconds) },
            .function("_+_", returns: .timestamp) { (a: CELDuration, b: CELTimestamp, _) in moved(b, a.nanoseconds) },
            .function("_+_", returns: .duration) { (a: CELDuration, b: CELDuration, _) in
                duration(a.nanoseconds.addingReportingOverflow(b.nanoseconds))
            },
            .function("_-_", returns: .timestamp) { (a: CELTimestamp, b: CELDuration, _) in moved(a, b.nanoseconds, back: true) },
            .function("_-_", returns: .duration) { (a: CELDuration, b: CELDuration, _) in
                duration(a.nanoseconds.subtractingReportingOverflow(b.nanoseconds))
            },
            .function("_-_", returns: .duration) { (a: CELTimestamp, b: CELTimestamp, _) in
                let (seconds, overflows) = (a.seconds - b.seconds).multipliedReportingOverflow(by: 1_000_000_000)
                guard !overflows else { return duration((0, true)) }
                return duration(seconds.addingReportingOverflow(Int64(a.nanoseconds - b.nanoseconds)))
            },
            .method("getHours", returns: .int) { (a: CELDuration, _) in .int(a.nanoseconds / 3_600_000_000_000) },
            .method("getMinutes", returns: .int) { (a: CELDuration, _) in .int(a.nanoseconds / 60_000_000_000) },
            .method("getSeconds", returns: .int) { (a: CELDuration, _) in .int(a.nanoseconds / 1_000_000_000) },
            .method("getMilliseconds", returns: .int) { (a: CELDuration, _) in .int(a.nanoseconds / 1_000_000 % 1000) },
        ]
        + parts.flatMap { part in
            [
                .method(part.name, returns: .int) { (a: CELTimestamp, _) in .int(Int64(part.read(LocalTime(a, offset: 0)))) },
                .method(part.name, returns: .int) { (a: CELTimestamp, zone: String, _) in
                    guard let offset = TimeZones.offset(of: zone, at: a.seconds) else {
                        return .failure("unknown time zone '\(zone.prefix(40))'")
                    }
                    return .int(Int64(part.read(LocalTime(a, offset: offset))))
                },
            ]
        }

    private static func moved(_ time: CELTimestamp, _ nanoseconds: Int64, back: Bool = false) -> CELValue {
        let total = Int128(time.seconds) * 1_000_000_000 + Int128(time.nanoseconds) + (back ? -Int128(nanoseconds) : Int128(nanoseconds))
        let seconds = total >= 0 ? total / 1_000_000_000 : (total - 999_999_999) / 1_000_000_000
        return CELTimestamp.checked(seconds, Int64(total - seconds * 1_000_000_000))
    }

    private static func duration(_ result: (Int64, overflow: Bool)) -> CELValue {
        result.overflow ? .failure("range error: the duration is longer than 292 years") : .duration(CELDuration(nanoseconds: result.0))
    }

    private static let parts: [(name: String, read: @Sendable (LocalTime) -> Int)] = [
        ("getFullYear", { $0.date.year }), ("getMonth", { $0.date.month - 1 }), ("getDayOfMonth", { $0.date.day - 1 }),
        ("getDate", { $0.date.day }), ("getDayOfYear", { $0.days - CalendarDay.days(year: $0.date.year, month: 1, day: 1) }),
        // 1970 began on a Thursday.
        ("getDayOfWeek", { (($0.days + 4) % 7 + 7) % 7 }), ("getHours", { $0.second / 3600 }), ("getMinutes", { $0.second / 60 % 60 }),
        ("getSeconds", { $0.second % 60 }), ("getMilliseconds", { $0.nanoseconds / 1_000_000 }),
    ]
}

/// A timestamp as a clock shows it somewhere.
private struct LocalTime {
    let days: Int
    let second: Int
    let nanoseconds: Int
    var date: CalendarDay { CalendarDay(daysSinceEpoch: days) }

    init(_ time: CELTimestamp, offset: Int) {
        let seconds = Int(time.seconds) + offset
        days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        second = seconds - days * 86_400
        nanoseconds = Int(time.nanoseconds)
    }
}
