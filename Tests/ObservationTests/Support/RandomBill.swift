import TestSupport

/// Bills as they come: many rows alike, and some that are odd, broken, late, in another currency, or tagged in a way that cannot be read.
struct RandomBill {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    static let header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
        + "ChargePeriodEnd,ChargeCategory,ServiceName,RegionId,SubAccountId,ResourceId,SkuId,ConsumedQuantity,ConsumedUnit,Tags\n"

    mutating func text(rows count: Int) -> String {
        var text = Self.header
        for _ in 0..<count { text += row() }
        return text
    }

    private mutating func row() -> String {
        let day = Int.random(in: 1...28, using: &random)
        let start = "2026-10-\(day < 10 ? "0" : "")\(day)T0\(Int.random(in: 0...9, using: &random)):00:00Z"
        let end = one(of: 40) ? "2026-11-01T00:00:00Z" : start
        let resource = Int.random(in: 0..<60, using: &random)
        let cost = one(of: 200) ? "x" : "\(Int.random(in: -5...900, using: &random)).\(Int.random(in: 0...999_999, using: &random))"
        let tags = one(of: 90) ? "{torn" : "{\"team\": \"t\(resource % 7)\", \"name\": \"caf\u{E9} \(resource)\"}"
        var fields = [
            cost, one(of: 300) ? "1.0000000000000000001" : cost, one(of: 50) ? "" : cost, one(of: 150) ? "?" : cost,
            one(of: 30) ? "EUR" : "USD", one(of: 60) ? "2026-09-15T00:00:00Z" : "2026-10-01T00:00:00Z",
            one(of: 2) ? "2026-11-01T00:00:00Z" : "2026-10-15T00:00:00Z", start, end, one(of: 25) ? "Tax" : "Usage",
            "service \(resource % 5)", "region-\(resource % 3)", "00000000000\(resource % 4)", "i-\(resource)", "sku-\(resource % 9)",
            one(of: 70) ? "" : "\(Int.random(in: 1...24, using: &random))", one(of: 500) ? "GB" : "Hours",
            "\"" + tags.replacing("\"", with: "\"\"") + "\"",
        ]
        if one(of: 250) { fields.removeLast() }
        if one(of: 250) { fields[10] = "\"a \(resource)\nservice, on two lines\"" }
        if one(of: 900) { fields[11] = "a\"b" }
        return fields.joined(separator: ",") + "\n"
    }

    private mutating func one(of count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
}
