import CostModel
import Diagnostics
import YAML

extension Shape where Value == Money {
    /// No policy needs more, and sums of such amounts stay far from what `Money` can hold.
    private static var largest: FixedDecimal { FixedDecimal(1_000_000_000_000) }

    /// An exact amount in the workspace's currency, not below zero.
    static var money: Shape {
        let description = ValueDescription.form(
            name: "an amount with its currency", examples: ["12000 USD"], pattern: #"^([0-9]+(\.[0-9]*)?|\.[0-9]+) [A-Z]{3}$"#)
        return Shape(description) { node, context in
            guard let scalar = node.scalar, scalar.kind != .null, scalar.kind != .bool else {
                context.reportWrongType(description, node)
                return nil
            }
            let reading = MoneyReading(scalar.text, currency: context.decoder.currency)
            guard let money = reading.money else {
                context.reportWrongValue(
                    description, scalar.text, at: node.range, suggestion: reading.suggestion,
                    edit: reading.suggestion.map { context.replacing(node, by: $0) })
                return nil
            }
            if let expected = context.decoder.currency, money.currency != expected {
                context.report(
                    "wrong-currency", "\(context.subject) is in \(money.currency); the workspace's currency is \(expected)", at: node.range)
                return nil
            }
            guard !money.amount.isNegative else {
                context.report("wrong-value", "\(context.subject) must not be negative", at: node.range)
                return nil
            }
            guard money.amount <= largest else {
                context.report("wrong-value", "\(context.subject) must be at most \(largest.rounded(to: 0))", at: node.range)
                return nil
            }
            return money
        }
    }
}

extension Shape where Value == Money {
    /// `+400 USD/day`: a change of what a day costs, below zero with a minus.
    static var moneyPerDay: Shape {
        let description = ValueDescription.form(
            name: "a change per day", examples: ["+400 USD/day", "-25.50 USD/day"],
            pattern: #"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+) [A-Z]{3}/day$"#)
        return Shape(description) { node, context in
            guard let scalar = node.scalar, scalar.kind != .null, scalar.kind != .bool else {
                context.reportWrongType(description, node)
                return nil
            }
            let isLess = scalar.text.hasPrefix("-")
            let unsigned = isLess || scalar.text.hasPrefix("+") ? scalar.text.dropFirst() : Substring(scalar.text)
            guard unsigned.hasSuffix("/day"), let money = MoneyReading(String(unsigned.dropLast(4)), currency: nil).money,
                !money.amount.isNegative, money.amount <= largest
            else {
                context.reportWrongValue(description, scalar.text, at: node.range)
                return nil
            }
            if let expected = context.decoder.currency, money.currency != expected {
                context.report(
                    "wrong-currency", "\(context.subject) is in \(money.currency); the workspace's currency is \(expected)", at: node.range)
                return nil
            }
            return isLess ? Money(.zero - money.amount, money.currency) : money
        }
    }
}

/// `12000 USD`, or what was probably meant by `$12,000`, `12000` and `12000usd`.
private struct MoneyReading {
    private(set) var money: Money?
    private(set) var suggestion: String?

    init(_ text: String, currency: Currency?) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        if parts.count == 2, let amount = Self.amount(parts[0]), let currency = Currency(String(parts[1])) {
            money = Money(amount, currency)
            return
        }
        let letters = text.filter { $0.isASCII && $0.isLetter }.uppercased()
        let digits = text.filter { !" $€£".contains($0) && !($0.isASCII && $0.isLetter) }
        guard let plain = Self.withoutGrouping(digits), let amount = Self.amount(plain),
            let code = Currency(letters) ?? (letters.isEmpty ? currency : nil)
        else { return }
        suggestion = Money(amount, code).exact
    }

    /// `12,000.50` becomes `12000.50`. Nil for `12,50`, where the comma may be a decimal point: no guess is better than a wrong one.
    private static func withoutGrouping(_ text: String) -> Substring? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = parts[0].split(omittingEmptySubsequences: false) { ",_'".contains($0) }
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return Substring(([groups.joined()] + parts.dropFirst().map(String.init)).joined(separator: "."))
    }

    private static func amount(_ text: Substring) -> FixedDecimal? {
        guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return nil }
        // Too many digits or no number: either way no amount.
        return try? FixedDecimal(String(text))
    }
}

extension Shape where Value == FixedDecimal {
    /// A percentage in percent: 60 for `60%`.
    ///
    /// - Parameter limit: The largest value; all must be above 0.
    static func percent(through limit: Int) -> Shape {
        let description = ValueDescription.form(
            name: "a percentage above 0% and at most \(limit)%", examples: ["60%"], pattern: percentPattern(through: limit))
        return Shape(description) { node, context in
            guard let scalar = node.scalar, scalar.kind != .null, scalar.kind != .bool else {
                context.reportWrongType(description, node)
                return nil
            }
            guard scalar.text.hasSuffix("%"), let value = decimal(scalar.text.dropLast()) else {
                let suggestion = decimal(Substring(scalar.text)).flatMap { meant(by: $0, through: limit) }
                context.reportWrongValue(
                    description, scalar.text, at: node.range, suggestion: suggestion,
                    edit: suggestion.map { context.replacing(node, by: $0) })
                return nil
            }
            guard value > .zero, value <= FixedDecimal(limit) else {
                context.reportWrongValue(description, scalar.text, at: node.range)
                return nil
            }
            return value
        }
    }

    /// `60%` for 60, and for 0.6: whoever writes a number below one means a share. Nobody wants half a per cent of a machine's capacity.
    private static func meant(by number: FixedDecimal, through limit: Int) -> String? {
        let percent = number < FixedDecimal(1) ? number.scaled(by: 100, over: 1) : number
        return percent > .zero && percent <= FixedDecimal(limit) ? "\(percent)%" : nil
    }

    /// `60%`, `2.5%`; for limits that are a 1 and zeros nothing above them.
    private static func percentPattern(through limit: Int) -> String {
        let digits = "\(limit)"
        guard digits.dropFirst().allSatisfy({ $0 == "0" }), digits.hasPrefix("1") else { return #"^[0-9]+(\.[0-9]+)?%$"# }
        return #"^([0-9]{1,\#(digits.count - 1)}(\.[0-9]+)?|\#(limit)(\.0+)?)%$"#
    }

    /// A plain number such as a percentile.
    static func number(above: Int, through: Int) -> Shape {
        let description = ValueDescription.number(above: above, through: through)
        return Shape(description) { node, context in
            guard let scalar = node.scalar, scalar.kind == .int || scalar.kind == .float else {
                context.reportWrongType(description, node)
                return nil
            }
            guard let value = decimal(Substring(scalar.text)), value > FixedDecimal(above), value <= FixedDecimal(through) else {
                context.reportWrongValue(description, scalar.text, at: node.range)
                return nil
            }
            return value
        }
    }

    private static func decimal(_ text: Substring) -> FixedDecimal? {
        guard let last = text.utf8.last, UInt8(ascii: "0")...UInt8(ascii: "9") ~= last else { return nil }
        // Too many digits or no number: either way it is reported as a wrong value.
        return try? FixedDecimal(String(text))
    }
}

extension Shape where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Shape {
        let description = ValueDescription.integer(range)
        return Shape(description) { node, context in
            guard let scalar = node.scalar, scalar.kind == .int else {
                context.reportWrongType(description, node)
                return nil
            }
            guard let value = scalar.int, range.contains(value) else {
                context.reportWrongValue(description, scalar.text, at: node.range)
                return nil
            }
            return value
        }
    }
}

extension Shape where Value == Bool {
    static var bool: Shape {
        Shape(.bool) { node, context in
            if let value = node.scalar?.bool { return value }
            let meant = node.scalar.flatMap {
                ["yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"][$0.text.lowercased()]
            }
            context.reportWrongType(.bool, node, suggestion: meant, edit: meant.map { context.replacing(node, by: $0) })
            return nil
        }
    }
}
