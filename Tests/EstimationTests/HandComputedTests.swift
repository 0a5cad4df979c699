import CostModel
import Testing

@testable import Estimation

/// One piece of code and what it costs in a month, worked out by hand from the list's prices.
struct HandComputed: Sendable, CustomTestStringConvertible {
    var name: String
    /// Whose sum is worked out.
    var address: String
    var code: String
    /// `730*0.096`: hours times price, gigabytes times price.
    var arithmetic: String
    var region: String?

    init(_ name: String, _ address: String, _ arithmetic: String, region: String? = "us-east-1", _ code: String) {
        self.name = name
        self.address = address
        self.code = code
        self.arithmetic = arithmetic
        self.region = region
    }

    var testDescription: String { name }

    static let all = aws + azure + google + systems + surprises
}

@Suite("estimates that were worked out by hand")
struct HandComputedTests {
    @Test("are the program's, to the last digit", arguments: HandComputed.all)
    func amount(_ known: HandComputed) throws {
        let estimate = try Estimated.estimate(known.code, region: known.region)
        let resource = try #require(Estimated.resource(known.address, in: estimate))
        #expect(resource.status == .priced, "\(resource.reason ?? "")")
        let expected = Arithmetic.value(known.arithmetic)
        let monthly = try #require(resource.monthly, "\(resource)")
        // Published estimates have the price of a month where the list has none of an hour; that of an hour is then rounded.
        #expect(
            (monthly - expected).magnitude < FixedDecimal(exactly: "0.000001") ?? .zero,
            "\(monthly) is not \(known.arithmetic) = \(expected)")
    }
}
