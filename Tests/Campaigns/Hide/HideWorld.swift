import CostModel
import TestSupport

/// What the changes of a campaign are made to: a workspace with a policy that blocks, code that keeps it, and every way to be agreed with it.
struct HideWorld {
    static let now = Instant(seconds: 1_793_491_200)  // 2026-11-01T00:00:00Z
    /// Complies in the base; a change may take its tags away.
    static let tagged = "ok"
    /// Fails in the base, and is no change's doing.
    static let failing = "bad"
    /// Fails in the base, and is exempt.
    static let exempt = "old"
    /// The change's branch, and the branch that it goes to.
    static let change = "change"
    static let target = "base"

    let repository: TemporaryRepository
    private static let right = "tags = { team = \"payments\", cost-center = \"CC-1010\" }"

    init() throws {
        repository = try TemporaryRepository()
        for (path, text) in Self.files { try repository.write(text, to: path) }
        try repository.commit("the base")
        try repository.git(["tag", "start"])
        // What no commit has.
        try repository.write(Self.state("jobs"), to: "observed/state/infra/app/terraform.tfstate")
        try repository.write(Self.state(Self.exempt, Self.failing), to: "observed/state/infra/net/terraform.tfstate")
    }

    static let files: [String: String] = [
        ".gitignore": "observed/\n",
        "bursar.yaml": workspace,
        "policies/teams.yaml": team("payments") + "---\n" + team("web"),
        "policies/tags.yaml": tagging,
        "policies/agreed.yaml": exemption("agreed", resources: "infra/net:aws_sqs_queue.old", until: "2026-12-01"),
        "data/types.csv": "instance_type,vcpu,memory_mib,on_demand_usd_hour\nown.large,2,8192,0.5\n",
        "infra/app/main.tf": app,
        "infra/app/variables.tf": "variable \"env\" {\n  default = \"prod\"\n}\nlocals {\n  names = [\"a\", \"b\"]\n  tags = {\n"
            + "    team        = \"payments\"\n    cost-center = \"CC-1010\"\n  }\n}\n",
        "infra/app/shared.tf": "locals {\n  shared = {\n    team        = \"payments\"\n    cost-center = \"CC-1010\"\n  }\n}\n",
        "infra/net/main.tf": "resource \"aws_sqs_queue\" \"\(exempt)\" {\n  name = \"\(exempt)\"\n}\n"
            + "resource \"aws_sqs_queue\" \"\(failing)\" {\n  name = \"\(failing)\"\n}\n",
        "infra/lib/queue/main.tf":
            "variable \"tags\" {\n  type = map(string)\n}\nresource \"aws_sqs_queue\" \"this\" {\n  name = \"this\"\n"
            + "  tags = var.tags\n}\n",
        "docs/readme.md": "# The estate\n",
    ]

    static let app =
        "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n  \(right)\n}\n\n"
        + "resource \"aws_sqs_queue\" \"\(tagged)\" {\n  name = \"\(tagged)\"\n  tags = local.tags\n}\n\n"
        + "module \"queue\" {\n  source = \"../lib/queue\"\n  tags   = local.tags\n}\n"

    static let workspace = """
        apiVersion: bursar/v1
        kind: Workspace
        metadata: {name: acme}
        spec:
          currency: USD
          policies: [policies]
          observe:
            cost: none
            instanceCatalog: data/types.csv
            inventory:
              - {name: infra, format: terraform, path: infra, state: ["observed/state/{root}/terraform.tfstate"]}

        """

    static let tagging = """
        kind: TaggingPolicy
        metadata: {name: cost-allocation}
        spec:
          severity: high
          enforcement: block
          blockUnknown: true
          inlineExemptions: true
          match: {types: ["aws_*"]}
          require:
            - {key: team, values: {of: teams}}
            - {key: cost-center, pattern: "CC-[0-9]{4}"}

        """

    static func team(_ name: String, more: String = "") -> String {
        "kind: Team\nmetadata: {name: \(name)}\nspec:\n  costCenter: CC-1010\n  owns:\n    - tags: {team: \(name)}\n\(more)"
    }

    static func exemption(_ name: String, resources: String, until: String) -> String {
        "kind: Exemption\nmetadata: {name: \(name)}\nspec:\n  policies: [cost-allocation]\n  resources: [\"\(resources)\"]\n"
            + "  reason: agreed with everybody\n  approvedBy: Ada\n  expires: \(until)\n"
    }

    static func state(_ names: String...) -> String {
        let resources = names.map { name in
            "{\"mode\": \"managed\", \"type\": \"aws_sqs_queue\", \"name\": \"\(name)\", "
                + "\"provider\": \"provider[\\\"providers.example.com/hashicorp/aws\\\"]\", \"instances\": [{\"schema_version\": 0, "
                + "\"attributes\": {\"id\": \"\(name)\", \"arn\": \"arn:aws:sqs:us-east-1:111122223333:\(name)\"}}]}"
        }
        return "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, "
            + "\"resources\": [\(resources.joined(separator: ", "))]}"
    }

    /// Puts the work tree back to the base and begins a change.
    func begin() throws {
        try repository.git(["checkout", "--quiet", "--force", "-B", Self.change, "refs/tags/start"])
        try repository.git(["clean", "-ffdxq", "-e", "observed"])
        try repository.git(["branch", "--force", Self.target, "refs/tags/start"])
    }
}
