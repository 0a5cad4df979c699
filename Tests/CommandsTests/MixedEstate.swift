import CostModel
import Foundation
import TestSupport

/// A random estate in which findings are of every kind: policies that block, warn or are in shadow; exemptions, expired ones too; a baseline
/// that holds some of what fails; fixes that are automatic, reviewed or advice only; code that can be fixed, and code that cannot; tags that
/// are known only after apply; a rule that cannot be evaluated for some resources.
struct MixedEstate {
    let repository: TemporaryRepository
    static let now = "2026-11-01T00:00:00Z"
    static let teams = ["data", "payments", "web"]
    static let policies = ["cost-center", "environment", "small", "readable", "data-monthly", "web-monthly"]
    private static let roots = ["infra/data", "infra/other", "infra/payments", "infra/web"]

    init(seed: UInt64) throws {
        repository = try TemporaryRepository()
        var random = SeededGenerator(seed: seed)
        try repository.write("observed/\nstate/\n", to: ".gitignore")
        try repository.write(Self.workspace(&random), to: "bursar.yaml")
        try repository.write(Self.objects(&random), to: "policies/all.yaml")
        var billed: [String] = []
        for root in Self.roots {
            let (code, resources) = Self.code(&random)
            try repository.write(code, to: "\(root)/main.tf")
            try repository.write(Self.state(of: resources, in: root), to: "observed/\(root)/terraform.tfstate")
            billed += resources.map { Self.identifier($0.name, root) }
        }
        try repository.write(Self.exemptions(&random), to: "policies/exemptions.yaml")
        try repository.write(Self.bill(of: billed), to: "observed/bill.csv")
        try repository.commit("the estate")
        if random.chance(2) { try recordBaseline(&random) }
    }

    /// Some of what fails, by the command that records it.
    private func recordBaseline(_ random: inout SeededGenerator) throws {
        let said = Said("baseline", "-C", repository.path, "--now", Self.now)
        guard said.code == 0 else { throw TemporaryRepository.Failure(description: said.error) }
        let recorded = try String(contentsOfFile: repository.path + "/policies/baseline.yaml", encoding: .utf8)
        let lines = recorded.split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { line in !line.contains("id: f-") || random.chance(2) }
        guard kept.contains(where: { $0.contains("id: f-") }) else {
            // A file without a baseline in it would be somebody else's to 'bursar baseline'.
            return try FileManager.default.removeItem(atPath: repository.path + "/policies/baseline.yaml")
        }
        try repository.write(kept.joined(separator: "\n"), to: "policies/baseline.yaml")
        try repository.commit("the baseline")
    }

    private static func workspace(_ random: inout SeededGenerator) -> String {
        """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: mixed}
        spec:
          currency: USD
          policies: [policies]
          remediation: {maxChangesPerPlan: \(random.chance(3) ? 3 : 200)}
          observe:
            cost: [{name: billing, format: focus, paths: ["observed/bill.csv"]}]
            inventory: [{name: infra, format: terraform, path: infra, state: ["observed/{root}/terraform.tfstate"]}]

        """
    }

    private static func objects(_ random: inout SeededGenerator) -> String {
        func header(_ random: inout SeededGenerator, fix: Bool = true) -> String {
            let words = [
                "severity: \(random.pick(["low", "medium", "high", "critical"]))",
                "enforcement: \(random.pick(["block", "warn", "shadow"]))", "exemptible: \(!random.chance(5))",
            ]
            return (words + (fix ? ["fix: \(random.pick(["automatic", "review", "advisory"]))"] : [])).joined(separator: "\n  ")
        }
        let teams = Self.teams.map { team in
            """
            kind: Team
            metadata: {name: \(team)}
            spec: {costCenter: CC-\(team.count), owns: [{paths: ["infra/\(team)/**"]}]}

            """
        }
        let tagging = ["cost-center", "environment"].map { key in
            """
            kind: TaggingPolicy
            metadata: {name: \(key)}
            spec:
              \(header(&random))
              require: [{key: \(key), values: [prod, dev, CC-4, CC-8]\(random.chance(3) ? "" : ", default: dev"), aliases: [env]}]

            """
        }
        let mode = random.pick(["automatic", "review", "advisory"])
        let fix = random.chance(3) ? mode : "{mode: \(mode), set: {type: gp3}}"
        let rules = [
            """
            kind: Rule
            metadata: {name: small}
            spec:
              \(header(&random, fix: false))
              match: {types: [aws_ebs_volume]}
              assert: 'resource.attributes.?type.orValue("gp2") != "gp2"'
              message: "{resource.address} is gp2"
              saves: "resource.monthlyCost * 0.2"
              fix: \(fix)

            """,
            """
            kind: Rule
            metadata: {name: readable}
            spec:
              \(header(&random))
              match: {types: [aws_sqs_queue]}
              assert: 'int(resource.attributes.?name.orValue("1")) > 0'
              message: "{resource.address} has no number"

            """,
        ]
        let budgets = ["data", "web"].map { team in
            """
            kind: Budget
            metadata: {name: \(team)-monthly}
            spec:
              enforcement: \(random.pick(["block", "warn", "shadow"]))
              scope: {team: \(team)}
              amount: \(random.pick(["1", "100000"])) USD

            """
        }
        return (teams + tagging + rules + budgets).joined(separator: "---\n")
    }

    /// Terraform, and which resources stand in it.
    private static func code(_ random: inout SeededGenerator) -> (code: String, resources: [(type: String, name: String)]) {
        var resources: [(type: String, name: String)] = []
        var text = "variable \"open\" {\n  type = map(string)\n}\n\nlocals {\n  shared = { cost-center = \"none\" }\n}\n"
        for index in 0..<Int.random(in: 1...4, using: &random) {
            let type = random.pick(["aws_ebs_volume", "aws_instance", "aws_sqs_queue"])
            var lines: [String] = []
            if type == "aws_instance" { lines.append("instance_type = \"m5.large\"") }
            if type == "aws_sqs_queue" { lines.append("name = \"\(random.pick(["1", "one"]))\"") }
            if type == "aws_ebs_volume", random.chance(2) {
                lines.append("type = \(random.pick(["\"gp2\"", "lower(\"GP2\")", "\"gp3\""]))")
            }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: break
            case 1: lines.append("tags = var.open")
            case 2: lines.append("tags = local.shared")
            case 3: lines.append("tags = { cost-center = upper(\"x\") }")
            case 4: lines.append("tags = {\n    env = \"dev\"\n  }")
            default: lines.append("tags = {\n    cost-center = \"CC-4\"\n    environment = \"\(random.pick(["prod", "old"]))\"\n  }")
            }
            text += "\nresource \"\(type)\" \"r\(index)\" {\n\(lines.map { "  \($0)\n" }.joined())}\n"
            resources.append((type, "r\(index)"))
        }
        return (text, resources)
    }

    private static func identifier(_ name: String, _ root: String) -> String {
        "i-\(root.split(separator: "/").joined(separator: "-"))-\(name)"
    }

    private static func state(of resources: [(type: String, name: String)], in root: String) -> String {
        let instances = resources.map { resource in
            "{\"mode\": \"managed\", \"type\": \"\(resource.type)\", \"name\": \"\(resource.name)\", "
                + "\"provider\": \"provider[\\\"providers.example.com/hashicorp/aws\\\"]\", \"instances\": "
                + "[{\"schema_version\": 1, \"attributes\": {\"id\": \"\(identifier(resource.name, root))\"}}]}"
        }
        return "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, "
            + "\"resources\": [\(instances.joined(separator: ", "))]}"
    }

    private static func exemptions(_ random: inout SeededGenerator) -> String {
        (0..<2).map { index in
            """
            kind: Exemption
            metadata: {name: agreed-\(index)}
            spec:
              resources: ["\(random.pick(Self.roots)):*r\(index)"]
              reason: "leaves in spring"
              approvedBy: finops
              expires: \(random.pick(["2026-10-01", "2026-11-03", "2027-01-31"]))

            """
        }.joined(separator: "---\n")
    }

    /// A row a day for each of these, and one for nobody.
    static func bill(of resources: [String]) -> String {
        let today = Instant(now)!.day
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,SubAccountId,Tags,BillingAccountId\n"
        for offset in (1...40).reversed() {
            let day = today.advanced(by: -offset)
            for (index, resource) in (resources + ["elsewhere"]).enumerated() {
                let amount = 20 + index
                text +=
                    "\(amount),\(amount),\(amount),\(amount),USD,\(day.month.firstDay)T00:00:00Z,\(day.month.advanced(by: 1).firstDay)T00:00:00Z,"
                    + "\(day)T00:00:00Z,\(day.advanced(by: 1))T00:00:00Z,Usage,,hours,AWS,us-east-1,\(resource),instance,Amazon EC2,"
                    + "111122223333,{},999900001111\n"
            }
        }
        return text
    }
}

extension SeededGenerator {
    /// One in so many.
    mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int.random(in: elements.indices, using: &self)] }
}
