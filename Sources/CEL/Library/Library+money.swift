/// Exact amounts in a currency.
extension Library {
    static let monies: [Function] =
        currency("usd", CELMoney.usd) + currency("eur", CELMoney.eur) + [
            .function("money", returns: .money) { (a: String, _) in
                let parts = a.split(separator: " ", omittingEmptySubsequences: false)
                guard parts.count == 2, let units = CELMoney.units(parts[0]), let money = CELMoney(units: units, currency: String(parts[1]))
                else { return .failure("'\(a.prefix(40))' is not an amount such as '12.50 USD'") }
                return .money(money)
            },
            .function("money", returns: .money) { (a: Int64, currency: String, _) in made(whole(a), currency) },
            .function("money", returns: .money) { (a: UInt64, currency: String, _) in made(whole(a), currency) },
            .function("money", returns: .money) { (a: Double, currency: String, _) in made(CELMoney.units(a), currency) },
            .function("money", returns: .money) { (a: String, currency: String, _) in made(CELMoney.units(a), currency) },
            .method("amount", returns: .double) { (a: CELMoney, _) in .double(a.amount) },
            .method("currency", returns: .string) { (a: CELMoney, _) in .string(a.currency) },
        ] + sizes

    private static func currency(_ name: String, _ code: UInt32) -> [Function] {
        let make = { @Sendable (units: Int128?) -> CELValue in
            units.map { .money(CELMoney(units: $0, code: code)) } ?? .failure("\(name)() wants an amount such as 10.5 below 1.7e20")
        }
        return [
            .function(name, returns: .money) { (a: Int64, _) in make(whole(a)) },
            .function(name, returns: .money) { (a: UInt64, _) in make(whole(a)) },
            .function(name, returns: .money) { (a: Double, _) in make(CELMoney.units(a)) },
            .function(name, returns: .money) { (a: String, _) in make(CELMoney.units(a)) },
        ]
    }

    private static func whole(_ value: some BinaryInteger) -> Int128 { Int128(value) * CELMoney.unit }

    private static func made(_ units: Int128?, _ currency: String) -> CELValue {
        guard let units else { return .failure("money() wants an amount such as 10.5 below 1.7e20") }
        guard let money = CELMoney(units: units, currency: currency) else {
            return .failure("'\(currency.prefix(10))' is not a currency: three capital letters")
        }
        return .money(money)
    }

    static let moneyArithmetic: [Function] =
        [
            .function("-_", returns: .money) { (a: CELMoney, _) in
                let (negative, overflows) = Int128(0).subtractingReportingOverflow(a.units)
                return result(negative, overflows, a)
            },
            .function("_+_", returns: .money) { (a: CELMoney, b: CELMoney, _) in
                guard a.code == b.code else { return mixed(a, b) }
                let (sum, overflows) = a.units.addingReportingOverflow(b.units)
                return result(sum, overflows, a)
            },
            .function("_-_", returns: .money) { (a: CELMoney, b: CELMoney, _) in
                guard a.code == b.code else { return mixed(a, b) }
                let (difference, overflows) = a.units.subtractingReportingOverflow(b.units)
                return result(difference, overflows, a)
            },
            .function("_/_", returns: .double) { (a: CELMoney, b: CELMoney, _) in
                guard a.code == b.code else { return mixed(a, b) }
                return b.units == 0 ? .failure("division by zero") : .double(Double(a.units) / Double(b.units))
            },
        ] + products(Int64.self) { Int128($0) * CELMoney.unit } + products(UInt64.self) { Int128($0) * CELMoney.unit }
        + products(Double.self) { CELMoney.units($0) }

    /// An amount times and over a number.
    private static func products<Number: Argument & Sendable>(
        _: Number.Type, _ units: @escaping @Sendable (Number) -> Int128?
    ) -> [Function] {
        let scaled = { @Sendable (money: CELMoney, number: Number, isOver: Bool) -> CELValue in
            guard let factor = units(number) else { return .failure("an amount cannot be multiplied or divided by \(number)") }
            if isOver, factor == 0 { return .failure("division by zero") }
            let value =
                isOver
                ? CELMoney.scaled(money.units, by: CELMoney.unit, over: factor)
                : CELMoney.scaled(money.units, by: factor, over: CELMoney.unit)
            return result(value ?? 0, value == nil, money)
        }
        return [
            .function("_*_", returns: .money) { (a: CELMoney, b: Number, _) in scaled(a, b, false) },
            .function("_*_", returns: .money) { (a: Number, b: CELMoney, _) in scaled(b, a, false) },
            .function("_/_", returns: .money) { (a: CELMoney, b: Number, _) in scaled(a, b, true) },
        ]
    }

    private static func mixed(_ a: CELMoney, _ b: CELMoney) -> CELValue {
        .failure("\(a.currency) and \(b.currency) are different currencies")
    }

    private static func result(_ units: Int128, _ overflows: Bool, _ like: CELMoney) -> CELValue {
        overflows ? .failure("the amount is too large") : .money(CELMoney(units: units, code: like.code))
    }

    /// `gib(10)` is a number of bytes.
    private static let sizes: [Function] = [("kib", 10), ("mib", 20), ("gib", 30), ("tib", 40)].flatMap { name, shift in
        [
            .function(name, returns: .int) { (a: Int64, _) in
                let (bytes, overflows) = a.multipliedReportingOverflow(by: 1 << Int64(shift))
                return overflows ? overflow : .int(bytes)
            },
            .function(name, returns: .int) { (a: Double, _) in
                let bytes = a * Double(Int64(1) << Int64(shift))
                return abs(bytes) < 0x1p63 ? .int(Int64(bytes)) : overflow
            },
        ]
    }
}
