import CostModel
import Evaluation
import Testing

@Suite("ownership")
struct OwnershipTests {
    struct Case: Sendable {
        var title: String
        var resource: Resource
        var owner: String?
    }

    @Test(
        "a resource goes by its tags, then its place, then its account",
        arguments: [
            Case(
                title: "tags win over the place", resource: resource("a", tags: ["team": "search"], account: "account-payments"),
                owner: "search"),
            Case(title: "a tag of no team leaves the place", resource: resource("a", tags: ["team": "nobody"]), owner: "payments"),
            Case(title: "the place wins over the account", resource: resource("a", account: "account-search"), owner: "payments"),
            Case(title: "the account is last", resource: resource("a", root: "other", account: "account-search"), owner: "search"),
            Case(title: "else it is unowned", resource: resource("a", root: "other"), owner: nil),
            Case(
                title: "in a shared module the root's folder decides before the file",
                resource: resource("a", root: "infra/payments", file: "infra/search/module/main.tf"), owner: "payments"),
            Case(
                title: "where the root says nothing, the file does",
                resource: resource("a", root: "other", file: "infra/search/module/main.tf"), owner: "search"),
            Case(title: "the longest path wins", resource: resource("a", root: "infra/payments/lent"), owner: "search"),
            Case(
                title: "a path may name a file of the root's own folder",
                resource: resource("a", root: "infra/payments", file: "infra/payments/search.tf"), owner: "search"),
        ])
    func resources(of test: Case) {
        #expect(ownership([test.resource]).owner(of: test.resource) == test.owner)
    }

    @Test(
        "a row of the bill is its resource's, and the resource's team's, however the provider writes the name",
        arguments: [
            (
                "/subscriptions/1A2B/resourceGroups/Pay/providers/Microsoft.Compute/virtualMachines/api",
                "/subscriptions/1a2b/resourcegroups/pay/providers/microsoft.compute/virtualmachines/api"
            ),
            (
                "projects/pay/zones/europe-west1-b/instances/api",
                "//compute.googleapis.com/projects/pay/zones/europe-west1-b/instances/api"
            ),
            ("nat-0123456789abcdef0", "arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-0123456789abcdef0"),
        ])
    func billedNames(id: String, billed: String) {
        var world = World()
        var one = resource("a", root: "infra/search")
        one.deployed = .init(id: id)
        world.resources = [one]
        world.bill.daily("2026-10-04", "2026-10-31", "2", resource: billed)
        let result = world.evaluate()
        #expect(result.spend[one.identity] == dollars("56"))
        #expect(result.owners[one.identity] == "search")
        #expect(ownership([one]).owner(account: nil, tags: [:], resourceID: billed) == "search")
    }

    @Test("a tag that apply may change says nothing about the owner")
    func openTags() {
        var one = resource("a")
        one.tags.tags["team"] = Tag(value: "search", isProviderDefault: true)
        #expect(ownership([one]).owner(of: one) == "search")
        one.tags.openReason = "var.tags"
        #expect(ownership([one]).owner(of: one) == "payments")
    }

    @Test("a row of the bill goes by its own tags, then its resource's place, then its account")
    func rows() {
        var one = resource("i-1", tags: ["team": "search"])
        one.deployed?.arn = "arn:i-1"
        let ownership = ownership([one])
        #expect(ownership.owner(account: "account-payments", tags: ["team": "search"], resourceID: nil) == "search")
        // The resource's tags in the code say nothing about a row that was billed without them.
        #expect(ownership.owner(account: "account-search", tags: [:], resourceID: "arn:i-1") == "payments")
        #expect(ownership.owner(account: "account-search", tags: [:], resourceID: "i-1") == "payments")
        #expect(ownership.owner(account: "account-search", tags: [:], resourceID: "i-2") == "search")
        #expect(ownership.owner(account: "another", tags: [:], resourceID: "") == nil)
        #expect(ownership.owner(account: "", tags: [:], resourceID: nil) == nil)
    }

    private func ownership(_ resources: [Resource]) -> Ownership {
        var search = team("search")
        search.claims.append(.paths([path("infra/payments/lent"), path("infra/payments/search.tf")]))
        return Ownership(teams: [team("payments"), search], resources: resources)
    }

    @Test("spend that nobody owns is the workspace's finding; without teams there is none")
    func unowned() throws {
        var world = World()
        world.bill.charge("2026-10-15", "77.7", account: "999")
        world.bill.charge("2026-10-15", "10", account: "account-search")
        let result = world.evaluate()
        let finding = try #require(result.findings.first { $0.rule == "unowned-spend" })
        #expect(finding.verdict == .fail)
        #expect(finding.atStake == dollars("77.7"))
        #expect(finding.message == "77.70 USD of the last 28 days belong to no team")
        #expect(result.spendByScope.unowned.current == share("77.7"))
        #expect(result.spendByScope.teams["search"]?.current == share("10"))
        world.teams = []
        #expect(world.evaluate().findings.isEmpty)
    }
}
