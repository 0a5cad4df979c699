internal import Foundation

/// Times as they stand in answers and headers; seconds since 1970.
package enum WebTime {
    /// `2026-11-26T20:31:38Z`, with a fraction or another offset too.
    package static func seconds(iso text: String) -> Int64? {
        guard text.utf8.count <= 40 else { return nil }
        for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
            // Which of the two it is shows only by trying.
            if let date = try? style.parse(text) { return Int64(date.timeIntervalSince1970.rounded(.down)) }
        }
        return nil
    }

    package static func iso(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(Date.ISO8601FormatStyle())
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// `Wed, 21 Oct 2026 07:28:00 GMT`, the form that HTTP asks for.
    package static func seconds(http text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].utf8.count == 2, parts[3].utf8.count == 4,
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        return seconds(iso: "\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z")
    }

    package static func http(_ seconds: Int64) -> String {
        let text = iso(seconds)
        let date = text.prefix(10).split(separator: "-")
        let day = ((seconds >= 0 ? seconds : seconds - 86_399) / 86_400 % 7 + 7) % 7
        return "\(days[Int(day)]), \(date[2]) \(months[(Int(date[1]) ?? 1) - 1]) \(date[0]) \(text.dropFirst(11).prefix(8)) GMT"
    }
}
