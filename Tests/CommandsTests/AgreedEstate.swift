import CostModel
import JSON
import Reporting
import TestSupport

@testable import Commands

/// A repository with a blocking policy that allows comments, two instances without their tag, and a bill for them.
struct AgreedEstate {
    let repository: TemporaryRepository
    static let now = "2026-11-01T00:00:00Z"

    init(policy: String = "inlineExemptions: true", code: String = AgreedEstate.code()) throws {
        repository = try TemporaryRepository()
        try repository.write(Self.workspace, to: "bursar.yaml")
        try repository.write(Self.policies(policy), to: "policies/tags.yaml")
        try repository.write(code, to: "infra/app/main.tf")
        try repository.write("observed/\n", to: ".gitignore")
        try repository.write(Self.bill(), to: "observed/bill.csv")
        try repository.write(Self.state, to: "observed/state/infra/app/terraform.tfstate")
        try repository.commit("the estate")
    }

    @discardableResult
    func run(_ words: String...) -> Said {
        Said(words + ["-C", repository.path] + (words.contains("--now") ? [] : ["--now", Self.now]))
    }

    /// A command's document.
    func document(_ words: String...) throws -> JSONValue {
        let said = Said(words + ["-C", repository.path, "--format", "json"] + (words.contains("--now") ? [] : ["--now", Self.now]))
        return try JSONReader.read(Array(said.output.utf8))
    }

    static let workspace = """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: small}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost:
              - {name: billing, format: focus, paths: ["observed/bill.csv"]}
            inventory:
              - {name: infra, format: terraform, path: infra, state: ["observed/state/{root}/terraform.tfstate"]}

        """

    static func policies(_ more: String) -> String {
        """
        kind: Team
        metadata: {name: payments}
        spec:
          costCenter: CC-1010
          owns: [{paths: ["infra/app/**"]}]
        ---
        kind: TaggingPolicy
        metadata: {name: tags}
        spec:
          severity: high
          enforcement: block
          \(more)
          require: [{key: cost-center, default: {from: team.costCenter}}]
          fix: automatic

        """
    }

    /// - Parameters:
    ///   - above: a line above the first instance.
    ///   - fixed: whether the second has its tag.
    static func code(above: String = "", fixed: Bool = false) -> String {
        """
        \(above)
        resource "aws_instance" "old" {
          instance_type = "m5.large"
        }

        resource "aws_instance" "web" {
          instance_type = "m5.large"
        \(fixed ? "  tags = {\n    cost-center = \"CC-1010\"\n  }\n" : "")}

        """
    }

    static func comment(_ policies: String = "tags", until: String = "2027-01-31") -> String {
        "# bursar:ignore \(policies) until=\(until) reason=\"leaves in spring\""
    }

    static func exemption(_ expires: String, resource: String = "aws_instance.old", name: String = "old") -> String {
        """
        kind: Exemption
        metadata: {name: \(name)}
        spec:
          policies: [tags]
          resources: ["\(resource)"]
          reason: "leaves in spring"
          approvedBy: finops
          expires: \(expires)

        """
    }

    static let state = """
        {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
          \(["old", "web"].map(instance).joined(separator: ",\n  "))]}
        """

    private static func instance(_ name: String) -> String {
        "{\"mode\": \"managed\", \"type\": \"aws_instance\", \"name\": \"\(name)\", "
            + "\"provider\": \"provider[\\\"registry.terraform.io/hashicorp/aws\\\"]\", \"instances\": "
            + "[{\"schema_version\": 1, \"attributes\": {\"id\": \"i-\(name)\", \"instance_type\": \"m5.large\"}}]}"
    }

    /// A row a day for each instance, 120 days until the day before now.
    static func bill() -> String {
        let today = Instant(now)!.day
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,SubAccountId,Tags,BillingAccountId\n"
        for offset in (1...120).reversed() {
            let day = today.advanced(by: -offset)
            for name in ["old", "web"] {
                text +=
                    "30,30,30,30,USD,\(day.month.firstDay)T00:00:00Z,\(day.month.advanced(by: 1).firstDay)T00:00:00Z,\(day)T00:00:00Z,"
                    + "\(day.advanced(by: 1))T00:00:00Z,Usage,,hours,AWS,us-east-1,i-\(name),instance,Amazon EC2,111122223333,{},999900001111\n"
            }
        }
        return text
    }
}

extension JSONValue {
    subscript(key: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.key == key }?.value ?? .null
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
