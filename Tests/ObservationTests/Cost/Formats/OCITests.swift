import CostModel
import Testing

@testable import Observation

@Suite("Oracle's cost reports")
struct OCITests {
    @Test("charge what is charged, overage included, with tags in columns of their own; list cost is not in them")
    func report() throws {
        let bill = try FormatFolder()
        let columns = [
            "lineItem/tenantId", "lineItem/intervalUsageStart", "lineItem/intervalUsageEnd", "product/service", "product/region",
            "product/resourceId", "cost/productSku", "cost/myCost", "cost/myCostOverage", "cost/currencyCode", "lineItem/isCorrection",
            "tags/Oracle-Tags.CreatedBy", "tags/team",
        ]
        func row(_ cost: String, _ correction: String = "false") -> [String: String] {
            [
                "lineItem/tenantId": "t", "lineItem/intervalUsageStart": "2026-10-31T10:00Z", "product/service": "COMPUTE",
                "product/region": "eu-frankfurt-1", "cost/myCost": cost, "cost/myCostOverage": "1", "cost/currencyCode": "EUR",
                "lineItem/isCorrection": correction, "tags/team": "web", "tags/Oracle-Tags.CreatedBy": "me",
            ]
        }
        try bill.write("o.csv", columns, [row("0.012264277499950943"), row("-1E-18", "true")])
        #expect(bill.lines("o.csv", by: [.provider, .service, .tag("team")]) == ["Oracle COMPUTE web 0.012264277499950942"])
        #expect(bill.lines("o.csv", by: [.tag("Oracle-Tags.CreatedBy"), .month], cost: .billed) == ["me 2026-10 0.012264277499950942"])
        #expect(bill.lines("o.csv", cost: .list).first?.hasPrefix("o.csv: partial unstated-cost: ") == true)
    }
}
