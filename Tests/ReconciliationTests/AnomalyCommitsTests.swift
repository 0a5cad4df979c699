import CostModel
import TestSupport
import Testing

@testable import Reconciliation

/// A machine that grows, and one that is new: the bill shows it, and the code who did it.
@Suite("commits behind unusual cost")
struct AnomalyCommitsTests {
    private let repository: TemporaryRepository
    private static let now = Instant("2026-11-01T00:00:00Z")!

    init() throws {
        repository = try TemporaryRepository()
        try repository.write(SmallEstate.workspace(), to: "bursar.yaml")
        try repository.write(SmallEstate.team, to: "policies/teams.yaml")
        try repository.write(
            "kind: AnomalyPolicy\nmetadata: {name: unusual-cost}\nspec: {minimumImpact: 20 USD, severity: high}\n",
            to: "policies/unusual.yaml")
        try repository.write("observed/\n", to: ".gitignore")
        try repository.write(Self.state, to: "observed/state/infra/app/terraform.tfstate")
        try write(["web": "m5.large"])
        try commit("the estate", "2026-06-01T12:00:00Z")
    }

    private static func instance(_ name: String, _ size: String) -> String {
        "resource \"aws_instance\" \"\(name)\" {\n  ami           = \"ami-1\"\n  instance_type = \"\(size)\"\n}\n"
    }

    private func write(_ machines: [String: String]) throws {
        let text = machines.sorted { $0.key < $1.key }.map { Self.instance($0.key, $0.value) }.joined(separator: "\n")
        try repository.write(text, to: "infra/app/main.tf")
    }

    private static let state: String = {
        let resources = ["web", "gpu"].map { name in
            "{\"mode\": \"managed\", \"type\": \"aws_instance\", \"name\": \"\(name)\", \"provider\": "
                + "\"provider[\\\"providers.example.com/hashicorp/aws\\\"]\", \"instances\": [{\"schema_version\": 0, \"attributes\": "
                + "{\"id\": \"i-\(name)\", \"arn\": \"arn:aws:ec2:us-east-1:111122223333:instance/i-\(name)\", \"instance_type\": \"m5.large\"}}]}"
        }
        return "{\"version\": 4, \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": [\(resources.joined(separator: ","))]}"
    }()

    @discardableResult
    private func commit(_ message: String, _ time: String) throws -> String {
        let dates = ["GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": time]
        for words in [["add", "--all"], ["commit", "--quiet", "--allow-empty", "--message", message]] {
            let result = try repository.attempt(words, environment: dates)
            guard result.code == 0 else { throw TemporaryRepository.Failure(description: result.error) }
        }
        return try repository.git(["rev-parse", "HEAD"])
    }

    /// 40 days and more, with the machines' costs on each.
    private func bill(_ cost: (String, Int) -> Double) throws {
        var text =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
            + "ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,SubAccountId,Tags,"
            + "BillingAccountId,SkuId,ConsumedQuantity,ConsumedUnit\n"
        for offset in (1...80).reversed() {
            let day = Self.now.day.advanced(by: -offset)
            for name in ["web", "gpu"] {
                let cost = cost(name, offset)
                guard cost > 0 else { continue }
                text +=
                    "\(cost),\(cost),\(cost),\(cost),USD,\(day.month.firstDay)T00:00:00Z,\(day.month.advanced(by: 1).firstDay)T00:00:00Z,"
                    + "\(day)T00:00:00Z,\(day.advanced(by: 1))T00:00:00Z,Usage,,a machine,AWS,us-east-1,i-\(name),instance,Compute,"
                    + "111122223333,\"{\"\"team\"\": \"\"payments\"\"}\",999900001111,\(name),24,Hours\n"
            }
        }
        try repository.write(text, to: "observed/bill.csv")
    }

    private func anomalies(_ source: OpenedWorkspace.Source = .revision("HEAD")) throws -> (EvaluatedWorkspace, [Anomaly]) {
        let evaluated = try EvaluatedWorkspace(try OpenedWorkspace(repository.path, source, now: Self.now), now: Self.now)
        return (evaluated, evaluated.evaluation.anomalies)
    }

    @Test("a resized machine is named with its commit and request, in the event, its finding and its explanation")
    func resized() throws {
        try bill { name, offset in name == "web" ? (offset > 10 ? 10 : 40) : 0 }
        try commit("notes", "2026-10-19T12:00:00Z")
        try write(["web": "m5.4xlarge"])
        let id = try commit("Scale the shop (#12)", "2026-10-21T12:00:00Z")
        try repository.write("x", to: "README")
        try commit("and more notes", "2026-10-25T12:00:00Z")
        let (evaluated, found) = try anomalies()
        let anomaly = try #require(found.first)
        let web = ResourceIdentity(root: "infra/app", address: "aws_instance.web")
        let commit = Anomaly.Commit(id: id, day: Day("2026-10-21")!, resource: web, change: .resized, request: "#12")
        #expect(anomaly.commits == [commit])
        let finding = try #require(evaluated.evaluation.findings.first { $0.policy.kind == .anomaly })
        #expect(finding.message.hasSuffix("; \(id.prefix(12)) (#12) resized aws_instance.web"), "\(finding.message)")
        #expect(evaluated.evidence(for: finding).anomaly == anomaly)
        // The same where the working tree is judged, whatever is edited there.
        try write(["web": "m5.8xlarge"])
        #expect(try anomalies(.workTree).1.first?.commits == [commit])
    }

    @Test("a new machine is named with the commit that added it; one of long ago is not")
    func added() throws {
        try bill { name, offset in name == "web" ? 10 : offset > 10 ? 0 : 30 }
        try write(["web": "m5.large", "gpu": "p3.2xlarge"])
        let id = try commit("a machine for training", "2026-10-20T12:00:00Z")
        let commits = try anomalies().1.first?.commits ?? []
        #expect(commits.map(\.id) == [id] && commits.map(\.change) == [.added])
        #expect(commits.map(\.request) == [nil])
        try bill { name, offset in name == "web" ? (offset > 3 ? 10 : 60) : offset > 40 ? 0 : 30 }
        #expect(try anomalies().1.first?.commits.isEmpty == true)
    }

    @Test("cost of which no state knows a resource has no commit, and neither has a history that only begins")
    func unknown() throws {
        try bill { name, offset in name == "web" ? (offset > 10 ? 10 : 40) : 0 }
        try repository.write(
            "{\"version\": 4, \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": []}",
            to: "observed/state/infra/app/terraform.tfstate")
        #expect(try anomalies().1.map(\.commits) == [[]])
    }
}
