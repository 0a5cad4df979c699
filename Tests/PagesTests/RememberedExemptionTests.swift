import Charts
import CostModel
import Testing

@testable import Pages

@Suite("exemptions that a ledger remembers")
struct RememberedExemptionTests {
    private static func life(_ id: String, isExempt: Bool = true, isFixed: Bool = false) -> FindingLife {
        var life = FindingLife(
            id: id, policy: PolicyReference(.tagging, "tags"), rule: "missing-tag", verdict: .fail, severity: .low, team: nil,
            resource: "infra:\(id)", subject: "team", message: id, state: isFixed ? .fixed : .open, firstSeen: Sites.now,
            lastSeen: Sites.now, atStake: Sites.usd(28))
        life.isExempt = isExempt
        return life
    }

    private static func use(_ name: String, _ life: FindingLife, _ days: Int) -> ExemptionUse {
        ExemptionUse(
            exemption: name, identity: life.identity, finding: life.id, firstUsed: Sites.now, lastUsed: Sites.now,
            expires: Sites.today.advanced(by: days))
    }

    @Test("are those that cover what is open, with what counts again when each ends, the next to end first")
    func inForce() throws {
        let (one, two, three) = (Self.life("f-1"), Self.life("f-2"), Self.life("f-3", isFixed: true))
        let four = Self.life("f-4", isExempt: false)
        var site = Sites.empty()
        site.addExemptions(
            [
                Self.use("later", one, 40), Self.use("soon", one, 5), Self.use("soon", two, 5), Self.use("gone", three, 9),
                Self.use("ended", four, -3),
            ], of: [one, two, three, four])
        #expect(site.exemptions.map(\.name) == ["soon", "later"])
        #expect(site.exemptions.map(\.standing) == [.expiring, .active])
        #expect(site.exemptions.map(\.covered) == [2, 1])
        // One of the two is covered by the other for longer.
        #expect(site.exemptions.map(\.returning) == [1, 1])
        #expect(site.exemptions[0].returningStake == Sites.usd(28).monthly)
        let page = try #require(SitePages(site).page("exemptions.html")).markup
        #expect(page.contains("soon") && !page.contains("approved by"))
    }
}
