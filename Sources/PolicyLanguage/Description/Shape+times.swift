import CostModel
import Diagnostics
import YAML

extension Shape where Value == TimeSpan {
    private static var longest: TimeSpan { .days(3_660) }

    /// `14d`, `72h`, `90m`: above zero, at most ten years.
    static var timeSpan: Shape { timeSpan(described: .form(name: "a duration", examples: ["30d", "72h"], pattern: "^[0-9]{1,9}[dhm]$")) }

    fileprivate static func timeSpan(described description: ValueDescription) -> Shape {
        return Shape(description) { node, context in
            guard let scalar = node.scalar, scalar.kind != .null, scalar.kind != .bool else {
                context.reportWrongType(description, node)
                return nil
            }
            guard let span = parse(scalar.text) else {
                let suggestion = meant(by: scalar.text)
                context.reportWrongValue(
                    description, scalar.text, at: node.range, suggestion: suggestion,
                    edit: suggestion.map { context.replacing(node, by: $0) })
                return nil
            }
            guard span.seconds > 0, span <= longest else {
                context.report(
                    "wrong-value", "\(context.subject) must be above 0 and at most \(longest), found '\(scalar.text)'", at: node.range)
                return nil
            }
            return span
        }
    }

    /// `30d` for 30, `14d` for `2w`, `1 week` and `2weeks`; nil for what nobody can tell.
    private static func meant(by text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let count = Int(digits) else { return nil }
        let unit = text.dropFirst(digits.count).lowercased().filter { $0 != " " }
        let word =
            switch unit {
            case "", "day", "days": "\(digits)d"
            case "w", "wk", "week", "weeks": "\(count.multipliedReportingOverflow(by: 7).partialValue)d"
            case "hr", "hrs", "hour", "hours": "\(digits)h"
            case "min", "mins", "minute", "minutes": "\(digits)m"
            default: ""
            }
        return parse(word).flatMap { $0.seconds > 0 && $0 <= longest ? word : nil }
    }

    private static func parse(_ text: String) -> TimeSpan? {
        let digits = text.utf8.dropLast()
        guard (1...9).contains(digits.count), digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let count = Int64(text.dropLast())
        else { return nil }
        switch text.utf8.last {
        case UInt8(ascii: "d"): return TimeSpan(seconds: count * 86_400)
        case UInt8(ascii: "h"): return TimeSpan(seconds: count * 3_600)
        case UInt8(ascii: "m"): return TimeSpan(seconds: count * 60)
        default: return nil
        }
    }
}

extension Shape where Value == TimeSpan? {
    /// A duration, or `none` for no limit.
    static var timeSpanOrNone: Shape {
        let description = ValueDescription.either([Shape<TimeSpan>.timeSpan.description, .choice(["none"])])
        return Shape(description) { node, context in
            if node.scalar?.text == "none" { return .some(nil) }
            return Shape<TimeSpan>.timeSpan(described: description).read(node, context).map { .some($0) }
        }
    }
}

extension Shape where Value == Day {
    static var day: Shape {
        let description = ValueDescription.form(
            name: "a date", examples: ["2027-01-31"], pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let day = Day(text) else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return day
        }
    }
}

extension Shape where Value == Instant {
    static var instant: Shape {
        let description = ValueDescription.form(name: "a time", examples: ["2026-11-01T00:00:00Z"])
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let time = Instant(text) else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return time
        }
    }
}
