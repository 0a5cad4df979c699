/// A moment in UTC, in whole seconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var seconds: Int64

    package init(seconds: Int64) {
        self.seconds = seconds
    }

    package static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }
    package func adding(_ duration: TimeSpan) -> Instant { Instant(seconds: seconds + duration.seconds) }
    package func subtracting(_ duration: TimeSpan) -> Instant { Instant(seconds: seconds - duration.seconds) }

    /// The UTC day that holds it.
    package var day: Day { Day(Int32(seconds.flooredDivision(by: 86_400))) }

    /// `2026-11-01T00:00:00Z`
    package var description: String {
        let time = Int(seconds - Int64(day.number) * 86_400)
        return "\(day)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Instant {
    /// Reads ISO 8601 in UTC or with an offset: `2026-11-01`, `2026-11-01 00:00:00`, `2026-11-01T00:00:00.000Z`, `2026-11-01T02:00:00+02:00`;
    /// and what databases make of it: `2026-11-01 00:00:00 UTC` (BigQuery, Trino), `2026-11-01 00:00:00.000 +0000` (Snowflake).
    /// Without a zone it is UTC; fractions of a second are cut off.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let value = bytes.withUnsafeBufferPointer({ Instant(parsing: $0) }) else { return nil }
        self = value
    }

    package init?(parsing bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 10, let day = Day(parsing: UnsafeBufferPointer(rebasing: bytes[0..<10])) else { return nil }
        var total = Int64(day.number) * 86_400
        guard bytes.count > 10 else {
            self.init(seconds: total)
            return
        }
        guard bytes.count >= 16, bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            let hour = digits(bytes, 11), let minute = digits(bytes, 14), hour < 24, minute < 60
        else { return nil }
        var at = 16
        var second = 0
        if at + 2 < bytes.count, bytes[at] == UInt8(ascii: ":") {
            guard let value = digits(bytes, at + 1), value < 61 else { return nil }
            second = value
            at += 3
            if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
                at += 1
                let start = at
                while at < bytes.count, bytes[at] &- 48 < 10 { at += 1 }
                guard at > start else { return nil }
            }
        }
        total += Int64(hour * 3600 + minute * 60 + second)
        guard let offset = zone(bytes, at) else { return nil }
        self.init(seconds: total - Int64(offset))
    }
}

private func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    guard at + 1 < bytes.count else { return nil }
    let tens = bytes[at] &- 48
    let ones = bytes[at + 1] &- 48
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
}

/// The zone's offset in seconds; nothing, `Z` and `UTC` are UTC. A space may stand before it.
private func zone(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    if start == bytes.count { return 0 }
    let at = bytes[start] == UInt8(ascii: " ") ? start + 1 : start
    guard at < bytes.count else { return nil }
    if isUTC(bytes[at...]) { return 0 }
    if bytes[at] | 0x20 == UInt8(ascii: "z") { return at + 1 == bytes.count ? 0 : nil }
    guard bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-"), let hours = digits(bytes, at + 1), hours < 24 else {
        return nil
    }
    var next = at + 3
    if next < bytes.count, bytes[next] == UInt8(ascii: ":") { next += 1 }
    var minutes = 0
    if next < bytes.count {
        guard let value = digits(bytes, next), value < 60, next + 2 == bytes.count else { return nil }
        minutes = value
    }
    let seconds = hours * 3600 + minutes * 60
    return bytes[at] == UInt8(ascii: "-") ? -seconds : seconds
}

/// The names under which databases write UTC: BigQuery and Trino `UTC`, Spark `Etc/UTC` or `[UTC]`, others `GMT`.
private func isUTC(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard bytes.count >= 3 else { return false }
    return ["UTC", "GMT", "Etc/UTC", "[UTC]", "Z[UTC]", "Z[Etc/UTC]"].contains { $0.utf8.elementsEqual(bytes) }
}

extension FixedWidthInteger {
    /// Division that rounds towards negative infinity.
    func flooredDivision(by divisor: Self) -> Self {
        let quotient = self / divisor
        return (self % divisor != 0) && ((self < 0) != (divisor < 0)) ? quotient - 1 : quotient
    }
}
