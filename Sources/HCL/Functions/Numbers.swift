import Diagnostics

extension Function {
    static let numbers: [Function] = [
        Function("abs", 1) { call throws(EvaluationError) in
            let number = try call.number(0)
            return .number(number.isNegative ? number.negated : number)
        },
        Function("ceil", 1) { call throws(EvaluationError) in try whole(call.number(0)) { $0.ceiling } },
        Function("floor", 1) { call throws(EvaluationError) in try whole(call.number(0)) { $0.floor } },
        Function("signum", 1) { call throws(EvaluationError) in
            let number = try call.integer(0)
            return .number(number.signum())
        },
        Function("max", 1...Int.max) { call throws(EvaluationError) in
            .number(try all(call).reduce(try call.number(0)) { $0 < $1 ? $1 : $0 })
        },
        Function("min", 1...Int.max) { call throws(EvaluationError) in
            .number(try all(call).reduce(try call.number(0)) { $1 < $0 ? $1 : $0 })
        },
        Function("sum", 1) { call throws(EvaluationError) in
            let elements = try call.elements(0)
            guard !elements.isEmpty else { throw EvaluationError("sum() needs a number") }
            var total = Number(0)
            for element in elements {
                guard let next = total.adding(try element.requireNumber()) else { return .unknown("the number is out of range") }
                total = next
            }
            return .number(total)
        },
        Function("pow", 2) { call throws(EvaluationError) in
            guard let exponent = try call.number(1).integer, let power = try call.number(0).raised(to: exponent) else {
                return .unknown("the number is out of range")
            }
            // Terraform computes it in 64 bits.
            let isExact = max(power.numerator.magnitude, power.denominator.magnitude) <= 1 << 53
            return .number(isExact ? power : power.rounded)
        },
        Function("log", 2) { call throws(EvaluationError) in try logarithm(of: call.number(0), base: call.number(1)) },
        Function("parseint", 2) { call throws(EvaluationError) in
            guard let text = call.arguments[0].string else {
                throw EvaluationError("parseint() needs a string, but this is \(call.arguments[0].typeName)")
            }
            let base = try call.integer(1)
            guard (2...62).contains(base) else { throw EvaluationError("parseint() needs a base from 2 to 62") }
            guard base <= 36 else { return .unknown("parseint() with a base over 36 is not evaluated") }
            guard let value = Int128(text, radix: base), let number = Number(value, over: 1) else {
                let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
                if digits.count > 24, text.utf8.count <= digits.count + 1 { return .unknown("the number is out of range") }
                throw EvaluationError("parseint() cannot read \"\(text)\" in base \(base)")
            }
            return .number(number)
        },
    ]

    /// Of a whole number that was rounded it is not known on which side of it Terraform is.
    private static func whole(_ number: Number, _ rounding: (Number) -> Number) -> Value {
        guard !number.isRounded || number.denominator != 1 else { return .unknown(Number.rounding) }
        let whole = rounding(number)
        return .number(whole.isZero && number.isNegative ? whole.rounded : whole)
    }

    /// The quotient of two logarithms in 64 bits; of what is no whole number, the digits that Terraform writes.
    private static func logarithm(of number: Number, base: Number) throws(EvaluationError) -> Value {
        let quotient = NaturalLogarithm.of(number.approximate) / NaturalLogarithm.of(base.approximate)
        guard !quotient.isNaN else { throw EvaluationError("log() of \(number) to the base \(base) is no number") }
        guard quotient.isFinite, let value = Number("\(quotient)") else { return .unknown("the number is out of range") }
        return .number(value.denominator == 1 && !number.isRounded && !base.isRounded ? value : value.rounded)
    }

    private static func all(_ call: borrowing Call) throws(EvaluationError) -> [Number] {
        var numbers: [Number] = []
        for index in call.arguments.indices { numbers.append(try call.number(index)) }
        return numbers
    }
}
