import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("guardrails")
struct GuardrailTests {
    /// 4.608 dollars an hour by the built-in list: 3,363.84 a month.
    static let machine = "resource \"aws_instance\" \"big\" {\n  instance_type = \"m5.24xlarge\"\n}\n"
    static let provider = "provider \"aws\" {\n  region = \"us-east-1\"\n}\n"

    static func guardrail(_ spec: String, name: String = "new-cost") -> String {
        "kind: Guardrail\nmetadata: {name: \(name)}\nspec:\n  \(spec.replacing("\n", with: "\n  "))\n"
    }

    static func exemption(_ upTo: String, policy: String = "new-cost") -> String {
        "kind: Exemption\nmetadata: {name: agreed}\nspec: {policies: [\(policy)], reason: r, approvedBy: a, expires: 2026-12-31, upTo: \(upTo)}\n"
    }

    /// An estate whose base has one policy about changes and nothing else to say.
    static func estate(_ policies: String, code: String = provider + SmallEstate.queue) throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(policies, to: "policies/guard.yaml")
        try estate.repository.git(["rm", "--quiet", "policies/tags.yaml"])
        try estate.repository.write(code, to: "infra/app/main.tf")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    static func check(_ estate: SmallEstate, trustsHead: Bool = false) throws -> ChangeCheck.Outcome {
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now, trustsHead: trustsHead).compare(try estate.open(), with: "base")
    }

    static func blocks(_ outcome: ChangeCheck.Outcome) -> Bool { outcome.deciding.contains(where: \.blocks) }

    // MARK: The increase

    @Test("fail a change that adds more, at the line that adds it, with its dollars")
    func beyond() throws {
        let estate = try Self.estate(Self.guardrail("increase: {above: 500 USD}\nenforcement: block\nowners: [finops]"))
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        #expect(Self.blocks(outcome))
        let finding = try #require(outcome.comparison.findings.first?.after)
        #expect(finding.rule == "cost-increase")
        #expect(finding.message == "new-cost: the change adds 3,363.84 USD a month, more than 500.00 USD; ask finops")
        #expect(finding.estimatedMonthly == Money(try FixedDecimal("3363.84"), .usd))
        #expect(finding.team == "payments")
        #expect(finding.location?.file == "infra/app/main.tf")
        #expect(finding.location?.line == 11)
        #expect(outcome.head.evaluation.findings.contains { $0.id == finding.id })
        // A tree alone has nothing that a guardrail is about.
        #expect(try estate.evaluate().evaluation.findings.allSatisfy { $0.policy.kind != .guardrail })
    }

    @Test(
        "let pass what is within every bound, and hold each bound by itself",
        arguments: [
            ("increase: {above: 3363.84 USD}", false), ("increase: {above: 3363.83 USD}", true),
            ("increase: {above: 4000 USD, or: 10%}", true),
            // The queue costs 1.50 a day: 45.625 in a twelfth of a year.
            ("increase: {or: 7373%}", false), ("increase: {or: 7372%}", true), ("increase: {above: 1 USD}\nscope: {team: payments}", true),
            ("increase: {above: 1 USD}\nscope: {regions: [eu-west-1]}", false),
            ("increase: {above: 1 USD}\nscope: {accounts: [\"1\"]}", false),
            ("increase: {above: 1 USD}\nscope: {accounts: [\"111122223333\"]}", true),
        ])
    func bounds(spec: String, fails: Bool) throws {
        let state = SmallEstate.state().replacing("\"id\": \"jobs\",", with: "\"id\": \"jobs\", \"owner_id\": \"111122223333\",")
        let estate = try Self.estate(Self.guardrail(spec + "\nenforcement: block"))
        try estate.repository.write(state, to: "observed/state/infra/app/terraform.tfstate")
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        #expect(Self.blocks(outcome) == fails, "\(spec): \(outcome.deciding.map(\.message))")
    }

    @Test("do not know what has no price, no size or no count; that blocks only where it is asked for", arguments: [false, true])
    func unknown(blockUnknown: Bool) throws {
        for code in [
            "resource \"aws_instance\" \"big\" {\n  instance_type = \"m99.huge\"\n}\n", "resource \"aws_nobody_knows\" \"x\" {\n}\n",
            "variable \"n\" {\n  type = number\n}\nresource \"aws_instance\" \"big\" {\n  count = var.n\n  instance_type = \"m5.large\"\n}\n",
        ] {
            let estate = try Self.estate(
                Self.guardrail("increase: {above: 500 USD}\nenforcement: block\nblockUnknown: \(blockUnknown)") + "---\n"
                    + Self.exemption("9000 USD"))
            try estate.repository.write(Self.provider + SmallEstate.queue + code, to: "infra/app/main.tf")
            let outcome = try Self.check(estate)
            let change = try #require(outcome.comparison.findings.first { $0.finding.policy.kind == .guardrail })
            #expect(change.finding.verdict == .unknown)
            #expect(change.finding.reason?.isEmpty == false)
            // An agreement up to an amount says nothing of one that nobody knows.
            #expect(change.finding.exemption == nil)
            #expect(Self.blocks(outcome) == blockUnknown)
            #expect(change.details.contains { $0.contains("observe.prices") } == blockUnknown)
        }
    }

    @Test("are not made harmless by what is taken away and may not count")
    func removed() throws {
        let estate = try Self.estate(Self.guardrail("increase: {above: 500 USD}\nscope: {services: [Machines]}\nenforcement: block"))
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let finding = try #require(Self.check(estate).comparison.findings.first?.after)
        #expect(finding.verdict == .unknown)
        #expect(finding.reason?.contains("its service on the bill is not known") == true)
    }

    // MARK: Agreeing

    @Test(
        "are settled by an exemption in the base whose cap holds the increase, and by no other",
        arguments: [("3363.84 USD", true), ("3363.83 USD", false)])
    func cap(upTo: String, settles: Bool) throws {
        let policy = Self.guardrail("increase: {above: 500 USD}\nenforcement: block")
        let agreed = try Self.estate(policy + "---\n" + Self.exemption(upTo))
        try agreed.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(agreed)
        #expect(Self.blocks(outcome) != settles)
        #expect(outcome.comparison.findings.first?.after?.exemption == (settles ? "agreed" : nil))
        // It waits for changes: without one it is not unused.
        #expect(try agreed.evaluate().evaluation.exemptions.map(\.standing) == [.active])
    }

    @Test("are not settled by what the change brings itself, unless it is trusted")
    func ownExemption() throws {
        let policy = Self.guardrail("increase: {above: 500 USD}\nenforcement: block")
        let estate = try Self.estate(policy)
        try estate.repository.write(policy + "---\n" + Self.exemption("9000 USD"), to: "policies/guard.yaml")
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        #expect(Self.blocks(outcome))
        #expect(outcome.comparison.pending.contains { $0.what == "Exemption agreed" })
        #expect(try !Self.blocks(Self.check(estate, trustsHead: true)))
    }

    @Test("judge the change that takes them away or loosens them", arguments: ["", guardrail("increase: {above: 9000 USD}")])
    func loosened(policies: String) throws {
        let estate = try Self.estate(Self.guardrail("increase: {above: 500 USD}\nenforcement: block"))
        try estate.repository.write(policies.isEmpty ? "# nothing\n" : policies, to: "policies/guard.yaml")
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        #expect(Self.blocks(outcome))
        #expect(outcome.comparison.pending.contains { $0.what.hasPrefix("Guardrail/new-cost") })
    }

    @Test("that a change brings wait, and say what they would say")
    func brought() throws {
        let estate = try Self.estate("# nothing\n")
        try estate.repository.write(Self.guardrail("increase: {above: 500 USD}\nenforcement: block"), to: "policies/guard.yaml")
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        #expect(!Self.blocks(outcome))
        let pending = try #require(outcome.comparison.pending.first { $0.what == "Guardrail/new-cost" })
        #expect(
            pending.effect.hasPrefix("it judges changes once it is merged; would fail this one: new-cost: the change adds 3,363.84 USD"))
    }

    @Test("judge in the base's currency a change that says it in another")
    func otherCurrency() throws {
        let estate = try Self.estate(Self.guardrail("increase: {above: 500 USD}\nenforcement: block\nblockUnknown: true"))
        try estate.repository.write(SmallEstate.workspace().replacing("currency: USD", with: "currency: EUR"), to: "bursar.yaml")
        try estate.repository.write("# nothing\n", to: "policies/guard.yaml")
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        #expect(outcome.deciding.contains { $0.policy.kind == .guardrail && $0.message.contains("3,363.84 USD") && $0.blocks })
    }

    // MARK: What is new

    @Test(
        "find what the scope has not used before",
        arguments: [
            ("type", ["type aws_instance"]), ("service", ["service aws_instance"]), ("region", []), ("family", ["family m5"]),
        ])
    func novelty(what: String, expected: [String]) throws {
        let estate = try Self.estate(Self.guardrail("newIn: [\(what)]\nenforcement: block"))
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        let found = outcome.comparison.findings.compactMap(\.after).filter { $0.rule == "first-use" }
        #expect(found.compactMap(\.subject) == expected)
        #expect(Self.blocks(outcome) == !expected.isEmpty)
    }

    @Test("find a new region, and pass a further machine of a family that is there")
    func region() throws {
        let small = "resource \"aws_instance\" \"small\" {\n  instance_type = \"m5.large\"\n}\n"
        let estate = try Self.estate(
            Self.guardrail("newIn: [region, family, type]\nenforcement: block"), code: Self.provider + SmallEstate.queue + small)
        let other = "provider \"aws\" {\n  alias  = \"eu\"\n  region = \"eu-west-1\"\n}\n"
        try estate.repository.write(Self.provider + SmallEstate.queue + small + Self.machine, to: "infra/app/main.tf")
        #expect(try !Self.blocks(Self.check(estate)))
        let elsewhere = Self.machine.replacing("{\n", with: "{\n  provider = aws.eu\n")
        try estate.repository.write(Self.provider + other + SmallEstate.queue + small + elsewhere, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        let found = outcome.comparison.findings.compactMap(\.after)
        #expect(found.map(\.message) == ["new-cost: region eu-west-1 is new here: aws_instance.big"])
    }

    // MARK: Budgets

    @Test(
        "are joined by budgets' alerts on the estimate: the forecast and what the change adds",
        arguments: [("400 USD", true), ("9000 USD", false)])
    func budget(amount: String, fails: Bool) throws {
        let estate = try Self.estate(
            "kind: Budget\nmetadata: {name: payments}\nspec:\n  scope: {team: payments}\n  period: quarterly\n  amount: \(amount)\n  enforcement: block\n"
                + "  alerts: [{when: estimate, above: 100%, severity: high}]\n")
        #expect(try estate.evaluate().evaluation.findings.filter { $0.policy.kind == .budget }.map(\.verdict) == [.pass])
        try estate.repository.write(Self.provider + SmallEstate.queue + Self.machine, to: "infra/app/main.tf")
        let outcome = try Self.check(estate)
        let effect = try #require(outcome.estimate?.budgets.first)
        // 61 days are left of the quarter: 3,363.84 · 61 · 12 / 365.
        #expect((effect.after.amount - effect.before.amount).rounded(to: 2) == "6,746.11")
        #expect(Self.blocks(outcome) == fails)
        let finding = outcome.deciding.first { $0.rule == "estimate-over-budget" }
        #expect((finding?.severity == .high) == fails)
    }
}
