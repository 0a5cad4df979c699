import CostModel
import Reconciliation
import TestSupport

/// A repository with one team, one tagging policy, one queue that lacks a tag, its state and its bill.
struct SmallEstate {
    let repository: TemporaryRepository
    static let now = Instant(seconds: 1_793_491_200)  // 2026-11-01T00:00:00Z
    static let queue = "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n\n  tags = {\n    team = \"payments\"\n  }\n}\n"

    init(bare: Bool = false, committing: Bool = true) throws {
        repository = try TemporaryRepository(bare: bare)
        guard !bare else { return }
        try repository.write(Self.workspace(), to: "bursar.yaml")
        try repository.write(Self.team, to: "policies/teams.yaml")
        try repository.write(Self.tagging, to: "policies/tags.yaml")
        try repository.write(Self.queue, to: "infra/app/main.tf")
        try repository.write("observed/\n", to: ".gitignore")
        try repository.write(Self.state(), to: "observed/state/infra/app/terraform.tfstate")
        try repository.write(Self.bill(), to: "observed/bill.csv")
        if committing { try repository.commit("the estate") }
    }

    var path: String { repository.path }

    func open(_ source: OpenedWorkspace.Source = .workTree) throws -> OpenedWorkspace {
        try OpenedWorkspace(path, source, now: Self.now)
    }

    func evaluate(_ source: OpenedWorkspace.Source = .workTree) throws -> EvaluatedWorkspace {
        try EvaluatedWorkspace(try open(source), now: Self.now)
    }

    func plan() throws -> Plan { try evaluate(.revision("HEAD")).plan() }

    func apply(_ plan: Plan, to target: Applier.Target = .branch("bursar/fix"), digest: String = "d1") throws -> Applier.Outcome {
        try Applier(path, plan: plan, digest: digest, settings: RemediationSettings()).apply(to: target)
    }

    static func workspace(bill: String = "observed/bill.csv", more: String = "") -> String {
        """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: small}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost:
              - {name: billing, format: focus, paths: ["\(bill)"]}
            inventory:
              - {name: infra, format: terraform, path: infra, state: ["observed/state/{root}/terraform.tfstate"]}
        \(more)
        """
    }

    static let team = """
        kind: Team
        metadata: {name: payments}
        spec:
          costCenter: CC-1010
          owns:
            - tags: {team: payments}
            - paths: ["infra/app/**"]

        """

    static let tagging = """
        kind: TaggingPolicy
        metadata: {name: cost-allocation}
        spec:
          severity: high
          enforcement: block
          match: {types: ["aws_*"]}
          require:
            - {key: team, values: {of: teams}, default: {from: team.name}}
            - {key: cost-center, pattern: "CC-[0-9]{4}", default: {from: team.costCenter}}
          fix: automatic

        """

    static func state(version: Int = 4, name: String = "jobs") -> String {
        """
        {"version": \(version), "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
          {"mode": "managed", "type": "aws_sqs_queue", "name": "\(name)", "provider": "provider[\\"providers.example.com/hashicorp/aws\\"]",
           "instances": [{"schema_version": 0, "attributes": {"id": "jobs", "arn": "arn:aws:sqs:us-east-1:111122223333:jobs"}}]}]}
        """
    }

    /// A row a day until the day before now.
    static func bill(days: Int = 40, header: Bool = true) -> String {
        var text =
            header
            ? "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
                + "ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,SubAccountId,Tags,BillingAccountId\n"
            : ""
        for offset in (1...max(days, 1)).reversed() where days > 0 {
            let day = now.day.advanced(by: -offset)
            let month = day.month
            text +=
                "1.5,1.5,2,1.5,USD,\(month.firstDay)T00:00:00Z,\(month.advanced(by: 1).firstDay)T00:00:00Z,\(day)T00:00:00Z,"
                + "\(day.advanced(by: 1))T00:00:00Z,Usage,,messages,AWS,us-east-1,arn:aws:sqs:us-east-1:111122223333:jobs,queue,"
                + "Amazon Simple Queue Service,111122223333,\"{\"\"team\"\": \"\"payments\"\"}\",999900001111\n"
        }
        return text
    }
}
