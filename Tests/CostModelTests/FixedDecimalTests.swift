import CostModel
import Testing

@Suite("fixed decimals")
struct FixedDecimalTests {
    @Test(
        "are read exactly and printed without needless digits",
        arguments: [
            ("0", "0"), ("-0", "0"), ("12.50", "12.5"), ("+3", "3"), (".5", "0.5"), ("7.", "7"),
            ("-0.000000000000000001", "-0.000000000000000001"),
            ("1.5E-7", "0.00000015"), ("8e-10", "0.0000000008"), ("1e3", "1000"), ("0.1000000000000000000000000", "0.1"),
            ("123456789012345678.123456789012345678", "123456789012345678.123456789012345678"), ("00012", "12"),
            ("1.0000000000000000010", "1.000000000000000001"),
            ("100000000000000000000", "100000000000000000000"), ("0e400", "0"), ("0.00000080000", "0.0000008"), ("1200e-2", "12"),
            ("10000000000000000000000000000000000000e-37", "1"),
        ])
    func exact(text: String, expected: String) throws {
        #expect(try FixedDecimal(text).description == expected)
    }

    @Test(
        "are refused when they cannot be held",
        arguments: [
            ("", .notANumber), ("-", .notANumber), (".", .notANumber), ("1,000", .notANumber), ("1e", .notANumber), ("0x10", .notANumber),
            ("NaN", .notANumber),
            ("1.0000000000000000001", .tooManyDigits), ("1e-19", .tooManyDigits), ("1e30", .overflow), ("999999999999999999999", .overflow),
            ("1 ", .notANumber), ("1e99999", .notANumber),
        ] as [(String, FixedDecimal.ParseError)])
    func refused(text: String, expected: FixedDecimal.ParseError) {
        #expect(throws: expected) { try FixedDecimal(text) }
    }

    @Test(
        "are rounded half to even where a reader asks for it",
        arguments: [
            ("0.0000000000000000005", "0"), ("0.0000000000000000015", "0.000000000000000002"),
            ("-0.00000000000000000051", "-0.000000000000000001"),
            ("1e-19", "0"), ("6e-19", "0.000000000000000001"), ("1.3888888888888888e-05", "0.000013888888888889"),
            ("0.00000000000000000249999999999999999999999999999999999999999", "0.000000000000000002"),
            ("9.9999999999999999995", "10"), ("12345678901234567.1234567890123456785", "12345678901234567.123456789012345678"),
        ])
    func rounded(text: String, expected: String) throws {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { FixedDecimal(rounding: $0) }?.description == expected)
    }

    @Test(
        "are not rounded where they are no number or too large",
        arguments: ["", "-", "1.2.3", "1,000.0000000000000000001", "1e", "1e30", "x"])
    func notRounded(text: String) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { FixedDecimal(rounding: $0) } == nil)
    }

    @Test("scaling rounds half to even in the last digit")
    func scaling() throws {
        #expect(try FixedDecimal("1").scaled(by: 1, over: 3).description == "0.333333333333333333")
        #expect(try FixedDecimal("0.000000000000000001").scaled(by: 1, over: 2).description == "0")
        #expect(try FixedDecimal("0.000000000000000003").scaled(by: 1, over: 2).description == "0.000000000000000002")
        #expect(FixedDecimal(raw: -3).scaled(by: 1, over: 2).raw == -2)
        #expect(FixedDecimal(raw: 5).scaled(by: 1, over: -2).raw == -2)
        #expect(FixedDecimal(raw: -5).scaled(by: 3, over: -4).raw == 4)
        #expect(FixedDecimal(raw: 5).scaled(by: 7, over: -1).raw == -35)
        #expect(try FixedDecimal("-10").scaled(by: 365, over: 336).rounded(to: 4) == "-10.8631")
        #expect(try FixedDecimal("100000000000000000000").scaled(by: 7, over: 8).description == "87500000000000000000")
        #expect(try FixedDecimal("2.5").times(FixedDecimal("0.4")).description == "1")
    }

    @Test(
        "rounding for people is half to even and groups thousands",
        arguments: [
            ("1234567.885", "1,234,567.88"), ("0.005", "0.00"), ("0.015", "0.02"), ("-0.001", "0.00"), ("-1234.5", "-1,234.50"),
            ("999.995", "1,000.00"),
        ])
    func rounding(text: String, expected: String) throws {
        #expect(try FixedDecimal(text).rounded(to: 2) == expected)
    }

    @Test("a ratio is the nearest to that of the nearest doubles")
    func ratios() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let shift = Int.random(in: 0..<127, using: &random)
            let (a, b) = (Int128.random(in: .min ... .max, using: &random) >> Int128(shift), Int128.random(in: 1 ... .max, using: &random))
            #expect(FixedDecimal(raw: a).ratio(to: FixedDecimal(raw: b)) == Double(a) / Double(b))
        }
        for raw in [0, 1, -1, .max, .min, 1 << 64, (1 << 64) + 1, (1 << 117) + 1, (1 << 53) + 1] as [Int128] {
            #expect(FixedDecimal(raw: raw).ratio(to: FixedDecimal(raw: 1)) == Double(raw))
        }
        #expect(FixedDecimal(1).ratio(to: .zero) == nil)
    }
}

@Suite("an amount that is divided")
struct DividedAmountTests {
    @Test(
        "adds up again, the last units going to the largest remainders and of equal ones to the first",
        arguments: [
            (10, [1, 1, 1], [4, 3, 3]), (-10, [1, 1, 1], [-4, -3, -3]), (7, [0, 2, 1], [0, 5, 2]), (0, [1, 2], [0, 0]),
            (1, [1, 1], [1, 0]), (100, [3, 3, 1], [43, 43, 14]), (5, [1], [5]),
        ])
    func units(amount: Int, weights: [Int], parts: [Int]) {
        let divided = FixedDecimal(raw: Int128(amount)).divided(by: weights.map { FixedDecimal($0) })
        #expect(divided?.map { Int($0.raw) } == parts)
    }

    @Test("cannot be divided by nothing")
    func nothing() {
        #expect(FixedDecimal(1).divided(by: []) == nil)
        #expect(FixedDecimal(1).divided(by: [.zero, .zero]) == nil)
    }

    @Test("may be as large as amounts are")
    func large() {
        let amount = FixedDecimal(raw: Int128.max / 2)
        let parts = amount.divided(by: [FixedDecimal(raw: Int128.max / 4), FixedDecimal(raw: 1), FixedDecimal(raw: Int128.max / 4)])
        #expect(parts?.reduce(.zero, +) == amount)
    }
}
