/// A repository whose files were written to stall or fill the machine of whoever checks them, and what must become of it.
///
/// Git finds nothing wrong with it: what is hostile is what it says. Either it is read whole, within a second
/// and 200 MB, or the run says which limit it met.
package struct HostileWorkspace: Sendable, CustomStringConvertible {
    package enum Outcome: Hashable, Sendable {
        /// It is read whole: the run ends with this code.
        case read(Int32)
        /// It is refused, or said to be read in part, with these words.
        case said(Int32, String)

        package func holds(_ code: Int32, _ output: String) -> Bool {
            switch self {
            case .read(let expected): code == expected
            case .said(let expected, let words): code == expected && (words.isEmpty || output.contains(words))
            }
        }
    }

    package let name: String
    package let outcome: Outcome
    /// Whether nothing of it was left out.
    package var isRead: Bool { if case .read = outcome { true } else { false } }
    /// By path; they come in addition to the workspace's own files, or in their place.
    package let files: @Sendable () -> [String: [UInt8]]

    package var description: String { name }

    /// A repository whose working tree has the files.
    package func repository() throws -> TemporaryRepository {
        let repository = try TemporaryRepository()
        for (path, text) in Self.usual { try repository.write(text, to: path) }
        for (path, bytes) in files() { try repository.directory.write(bytes, to: path) }
        return repository
    }

    private init(
        _ name: String, _ outcome: Outcome, _ files: @escaping @Sendable () -> [String: [UInt8]]
    ) {
        self.name = name
        self.outcome = outcome
        self.files = files
    }

    static func file(
        _ path: String, _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        HostileWorkspace(name, outcome) { [path: Array(text().utf8)] }
    }

    static func bytes(
        _ path: String, _ name: String, _ outcome: Outcome, _ bytes: @escaping @Sendable () -> [UInt8]
    ) -> HostileWorkspace {
        HostileWorkspace(name, outcome) { [path: bytes()] }
    }

    static func files(
        _ name: String, _ outcome: Outcome, _ files: @escaping @Sendable () -> [String: String]
    ) -> HostileWorkspace {
        HostileWorkspace(name, outcome) { files().mapValues { Array($0.utf8) } }
    }

    static func times(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    package static let all = code + documents + data

    /// What each of them changes: a workspace with code, a state, a bill, samples, and policies of the usual kinds.
    package static let usual: [String: String] = [
        "bursar.yaml": """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: hostile}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost:
              - {name: billing, format: auto, paths: ["data/bill*"], maxAge: none}
            inventory:
              - {name: infra, format: terraform, path: infra, state: ["data/{root}.tfstate"]}
            utilization:
              - {name: metrics, format: csv, paths: ["data/metrics.csv"]}
            instanceCatalog: data/types.csv

        """,
        "policies/all.yaml": """
        kind: Team
        metadata: {name: payments}
        spec:
          owns:
            - paths: ["infra/**"]
        ---
        kind: TaggingPolicy
        metadata: {name: tags}
        spec:
          match: {types: ["aws_*"]}
          require:
            - {key: team, default: {from: team.name}}
          fix: automatic
        ---
        kind: Budget
        metadata: {name: all}
        spec: {scope: {}, amount: 1000 USD}
        ---
        kind: RightsizingPolicy
        metadata: {name: size}
        spec: {cpu: {percentile: 95, target: 60%}, memory: {percentile: 99, target: 80%}}

        """,
        "infra/main.tf":
            "resource \"aws_instance\" \"web\" {\n  instance_type = \"m5.large\"\n  tags          = local.tags\n}\n\nlocals {\n  tags = { team = \"payments\" }\n}\n",
        "data/infra.tfstate": stateFile("[]"),
        "data/bill.csv": header + row("2026-10-30", "10") + row("2026-10-31", "10"),
        "data/metrics.csv": "timestamp,resource_id,metric,value\n2026-10-31T00:00:00Z,i-1,cpu,20\n",
        "data/types.csv": "instance_type,vcpu,memory_mib,on_demand_usd_hour\nown.large,2,8192,0.5\n",
    ]

    static let header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,"
        + "ProviderName,RegionId,ServiceName,SubAccountId,ResourceId,Tags\n"

    static func row(_ day: String, _ cost: String, resource: String = "i-1", tags: String = "")
        -> String
    {
        "\(cost),\(cost),\(cost),\(cost),USD,2026-10-01T00:00:00Z,\(day)T00:00:00Z,\(day)T00:00:00Z,Usage,aws,us-east-1,ec2,1,\(resource),\(tags)\n"
    }

    static func stateFile(_ resources: String) -> String {
        "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": \(resources)}"
    }
}
