import CostModel
import Diagnostics
import Evaluation
import Observation
import Patterns
import Remediation
import TestSupport
import Testing

/// Code, a state and a cloud that say different things, judged and written back as in earnest.
private struct DriftFixture {
    static let place = Place(file: "p.yaml", line: 1)

    let files: [String: SourceFile]
    let estate: WorkspaceEstate
    /// By address.
    let deployed: [String: Resource.Deployed]
    let cloud: CloudInventory
    let policy: DriftPolicy
    let findings: [Finding]
    let resources: [Resource]

    init(
        _ code: String, deployed: [String: Resource.Deployed], cloud: CloudInventory, comparison: DriftPolicy.Comparison = .cloud,
        ignoring ignored: [String] = []
    ) throws {
        let header = PolicyHeader(reference: PolicyReference(.drift, "d"), place: Self.place, level: 1, fix: .review)
        let policy = DriftPolicy(
            header: header, match: ResourceMatch(), comparison: comparison, ignoredTags: ignored.map { Glob($0) })
        let file = SourceFile(path: "app/main.tf", text: code)
        let estate = Inventories([InventorySource(name: "i", place: Self.place, format: .terraform, path: ".")])
            .estate(of: [file], readsAttributes: true) { sources, roots in StateFiles(sources: sources, directory: "", roots: roots) }
        self.init([file.path: file], estate, deployed, cloud, policy)
    }

    private init(
        _ files: [String: SourceFile], _ estate: WorkspaceEstate, _ deployed: [String: Resource.Deployed], _ cloud: CloudInventory,
        _ policy: DriftPolicy
    ) {
        self.files = files
        self.estate = estate
        self.deployed = deployed
        self.cloud = cloud
        self.policy = policy
        resources = estate.resources.map { resource in
            var resource = resource
            if let deployed = deployed[resource.identity.address] { resource.deploy(deployed) }
            return resource
        }
        var state = ObservedState(
            resources: resources, cost: CostTable(currency: .usd), utilization: UtilizationTable(), catalog: .builtIn)
        state.cloud = cloud
        findings = PolicyEvaluator.evaluate(policies: Self.policies(policy), state: state, now: Instant(seconds: 1_793_491_200)).findings
            .filter { $0.rule == "drift" }
    }

    private static func policies(_ policy: DriftPolicy) -> PolicySet {
        PolicySet(
            workspace: Workspace(
                name: "w", place: place, currency: .usd, policyPaths: [], scoring: ScoringSettings(materiality: .zero(.usd))),
            policies: [policy])
    }

    private func replacing(_ edited: [String: [UInt8]]) -> DriftFixture {
        let new = edited.map { ($0.key, SourceFile(path: $0.key, bytes: $0.value)) }
        return DriftFixture(files.merging(new, uniquingKeysWith: { $1 }), estate.replacing(edited), deployed, cloud, policy)
    }

    private var judged: JudgedTree { JudgedTree(resources: resources, findings: findings, readers: estate.readers) }

    func propose() -> [Proposal] {
        Remediator(
            before: judged, policies: Self.policies(policy), sources: SourceLibrary { estate.file($0).flatMap(Editors.open) },
            judge: { replacing($0).judged }
        ).propose()
    }

    /// The same with everything made that is offered.
    func fixed() throws -> DriftFixture {
        var edits = TreeEdits()
        for proposal in propose() where proposal.applicability != .advisory {
            if let file = proposal.file { edits.add(proposal.edits, to: file) }
        }
        let made = try edits.made { files[$0]?.bytes }
        return replacing(Dictionary(uniqueKeysWithValues: made.map { ($0.path, $0.new) }))
    }

    var text: String { files["app/main.tf"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "" }

    /// `aws_instance.a team`, of the findings of a verdict.
    func subjects(_ verdict: Verdict) -> [String] {
        findings.filter { $0.verdict == verdict }.map { "\($0.resource?.identity.address ?? "") \($0.subject ?? "–")" }.sorted()
    }
}

@Suite("drift")
struct DriftTests {
    private static let code = """
        resource "aws_instance" "web" {
          instance_type = "m5.large"
          tags = {
            team = "payments"
          }
        }

        """
    private static let asWritten = Resource.Deployed(id: "i-1", size: "m5.large", tags: ["team": "payments"])

    private func fixture(
        _ code: String = code, state: Resource.Deployed = asWritten, cloud: CloudInventory.Entry?,
        comparison: DriftPolicy.Comparison = .cloud
    ) throws -> DriftFixture {
        try DriftFixture(
            code, deployed: ["aws_instance.web": state], cloud: CloudInventory(entries: cloud.map { ["i-1": $0] } ?? [:]),
            comparison: comparison, ignoring: ["backup:*"])
    }

    @Test("of a tag and a size is found, says who says what and how to undo it, and is written back")
    func found() throws {
        let fixture = try fixture(
            cloud: .init(
                tags: ["team": "search", "owner": "ops", "aws:x": "1", "backup:plan": "p"], arguments: ["instance_type": "m5.4xlarge"]))
        #expect(
            fixture.findings.map(\.message).sorted() == [
                "instance_type is 'm5.4xlarge' in the cloud, 'm5.large' in the code; 'terraform apply' in app undoes it",
                "tag 'owner' is 'ops' in the cloud, not in the code; 'terraform apply' in app undoes it",
                "tag 'team' is 'search' in the cloud, 'payments' in the code; 'terraform apply' in app undoes it",
            ])
        let fixed = try fixture.fixed()
        #expect(
            fixed.text == """
                resource "aws_instance" "web" {
                  instance_type = "m5.4xlarge"
                  tags = {
                    team  = "search"
                    owner = "ops"
                  }
                }

                """)
        #expect(fixed.subjects(.fail) == [] && fixed.propose().isEmpty)
    }

    @Test("is not what the code says already, what waits for an apply, or what Terraform ignores")
    func none() throws {
        let same = CloudInventory.Entry(tags: ["team": "payments"], arguments: ["instance_type": "m5.large"])
        #expect(try fixture(cloud: same).subjects(.pass) == ["aws_instance.web –"])
        // State and cloud agree: the code is ahead of both.
        let ahead = Resource.Deployed(id: "i-1", size: "m5.xlarge", tags: ["team": "search"])
        let there = CloudInventory.Entry(tags: ["team": "search"], arguments: ["instance_type": "m5.xlarge"])
        #expect(try fixture(state: ahead, cloud: there).subjects(.pass) == ["aws_instance.web –"])
        // The state is what is old.
        #expect(try fixture(state: ahead, cloud: same).subjects(.fail) == [])
        let ignoring = Self.code.replacing(
            "  tags = {", with: "  lifecycle {\n    ignore_changes = [tags, instance_type]\n  }\n  tags = {")
        let other = CloudInventory.Entry(tags: ["team": "search"], arguments: ["instance_type": "m5.4xlarge"])
        #expect(try fixture(ignoring, cloud: other).subjects(.fail) == [])
    }

    @Test("is unknown where nobody asked the cloud, or nobody knows what the code says; what is in no state is no drift")
    func unknown() throws {
        let unobserved = try fixture(cloud: nil)
        #expect(unobserved.subjects(.unknown) == ["aws_instance.web –"] && unobserved.subjects(.fail) == [])
        #expect(unobserved.findings.first?.reason == "the cloud was not asked about it")
        let open = "variable \"size\" {}\n" + Self.code.replacing("\"m5.large\"", with: "var.size")
        let found = try fixture(
            open, state: .init(id: "i-1"), cloud: .init(tags: ["team": "payments"], arguments: ["instance_type": "m5.4xlarge"]))
        #expect(found.subjects(.unknown) == ["aws_instance.web argument instance_type"] && found.subjects(.fail) == [])
        let nowhere = try DriftFixture(Self.code, deployed: [:], cloud: CloudInventory())
        #expect(nowhere.findings.isEmpty)
    }

    @Test("of a tag that somebody removed is told, and not taken out of the code")
    func removed() throws {
        let fixture = try fixture(cloud: .init(tags: [:], arguments: ["instance_type": "m5.large"]))
        #expect(fixture.subjects(.fail) == ["aws_instance.web team"])
        #expect(fixture.findings.first?.fix == .advisory && fixture.propose().allSatisfy { $0.applicability == .advisory })
    }

    @Test("within a block is found, written back where it stands, and is none where the block does not say it or stands twice")
    func nested() throws {
        let code = Self.code.replacing("  tags = {", with: "  root_block_device {\n    volume_size = 20\n  }\n  tags = {")
        let cloud = CloudInventory.Entry(
            tags: ["team": "payments"],
            arguments: [
                "instance_type": "m5.large", "root_block_device.volume_size": "80", "root_block_device.volume_type": "gp3",
            ])
        let found = try fixture(code, cloud: cloud)
        #expect(found.subjects(.fail) == ["aws_instance.web argument root_block_device.volume_size"])
        #expect(
            found.findings.map(\.message) == [
                "root_block_device.volume_size is '80' in the cloud, '20' in the code; 'terraform apply' in app undoes it"
            ])
        let fixed = try found.fixed()
        #expect(fixed.text == code.replacing("volume_size = 20", with: "volume_size = 80") && fixed.subjects(.fail) == [])
        #expect(try fixture(cloud: cloud).subjects(.fail) == [])
        let unknown = "variable \"size\" {}\n" + code.replacing("= 20", with: "= var.size")
        #expect(try fixture(unknown, cloud: cloud).subjects(.unknown) == ["aws_instance.web argument root_block_device.volume_size"])
        let ignoring = code.replacing("  tags = {", with: "  lifecycle {\n    ignore_changes = [root_block_device]\n  }\n  tags = {")
        #expect(try fixture(ignoring, cloud: cloud).subjects(.fail) == [])
    }

    @Test("from the state is found where a policy compares with it")
    func state() throws {
        let other = Resource.Deployed(id: "i-1", size: "m5.4xlarge", tags: ["team": "search"])
        let fixture = try fixture(state: other, cloud: nil, comparison: .state)
        #expect(fixture.subjects(.fail) == ["aws_instance.web argument instance_type", "aws_instance.web team"])
        #expect(fixture.findings.contains { $0.message.contains("is 'm5.4xlarge' in the state") })
        #expect(try fixture.fixed().text.contains("instance_type = \"m5.4xlarge\""))
    }

    @Test("of fifty random differences each is found once, and nothing else; what is written back is what is there", arguments: 1...6)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var estate = RandomDrift()
        while estate.expected.count < 50 { estate.differ(&random) }
        let fixture = try DriftFixture(estate.code, deployed: estate.deployed, cloud: estate.cloud)
        #expect(fixture.subjects(.fail) == estate.expected.sorted())
        #expect(fixture.subjects(.unknown) == estate.unobserved.map { "\($0) –" }.sorted())
        let fixed = try fixture.fixed()
        #expect(fixed.subjects(.fail) == estate.removed.sorted())
        #expect(fixed.propose().allSatisfy { $0.applicability == .advisory })
        for (address, entry) in estate.cloud.entries where !estate.unobserved.contains(address) {
            let resource = try #require(fixed.resources.first { $0.identity.address == address })
            for (key, value) in entry.tags ?? [:] where !estate.pending.contains("\(address) \(key)") {
                #expect(resource.tags.tags[key]?.value == value, "\(address) \(key)")
            }
        }
    }
}

/// Thirty resources whose code, state and cloud say the same, until they differ.
private struct RandomDrift {
    private static let count = 30
    private static let keys = ["team", "env", "owner"]

    var deployed: [String: Resource.Deployed] = [:]
    var cloud = CloudInventory()
    /// `aws_instance.r1 team`
    var expected: Set<String> = []
    var removed: Set<String> = []
    var pending: Set<String> = []
    var unobserved: Set<String> = []

    init() {
        for number in 0..<Self.count {
            let address = Self.address(number)
            let tags = ["team": "t\(number)", "env": "prod"]
            let isVolume = number % 3 == 0
            // The address is the id.
            deployed[address] = .init(id: address, size: isVolume ? nil : "m5.large", tags: tags)
            cloud.entries[address] = .init(
                tags: tags,
                arguments: isVolume
                    ? ["type": "gp2", "size": "100"]
                    : ["instance_type": "m5.large", "root_block_device.volume_size": "20", "root_block_device.volume_type": "gp2"])
        }
        for number in [7, 8] {
            unobserved.insert(Self.address(number))
            cloud.entries[Self.address(number)] = nil
        }
    }

    private static func address(_ number: Int) -> String {
        "\(number % 3 == 0 ? "aws_ebs_volume" : "aws_instance").r\(number)"
    }

    var code: String {
        (0..<Self.count).map { number in
            let arguments =
                number % 3 == 0
                ? "availability_zone = \"a\"\n  type = \"gp2\"\n  size = 100"
                : "instance_type = \"m5.large\"\n  root_block_device {\n    volume_size = 20\n  }"
            let parts = Self.address(number).split(separator: ".")
            return
                "resource \"\(parts[0])\" \"\(parts[1])\" {\n  \(arguments)\n  tags = {\n    team = \"t\(number)\"\n    env  = \"prod\"\n  }\n}\n"
        }.joined(separator: "\n")
    }

    /// One more difference at a place that has none, or one that is no drift.
    mutating func differ(_ random: inout SeededGenerator) {
        let number = Int.random(in: 0..<Self.count, using: &random)
        let address = Self.address(number)
        guard !unobserved.contains(address) else { return }
        let key = Self.keys[Int.random(in: 0..<Self.keys.count, using: &random)]
        let subject = "\(address) \(key)"
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            guard !expected.contains(subject), !pending.contains(subject) else { return }
            cloud.entries[address]?.tags?[key] = "new-\(Int.random(in: 0...99, using: &random))"
            expected.insert(subject)
        case 2 where key != "owner":
            guard !expected.contains(subject), !pending.contains(subject) else { return }
            cloud.entries[address]?.tags?[key] = nil
            expected.insert(subject)
            removed.insert(subject)
        case 3 where key != "owner":
            // Applied by another branch: state and cloud say the same.
            guard !expected.contains(subject) else { return }
            cloud.entries[address]?.tags?[key] = "applied"
            deployed[address]?.tags?[key] = "applied"
            pending.insert(subject)
        default:
            let (name, value) =
                number % 3 == 0
                ? [("type", "gp3"), ("size", "250")][Int.random(in: 0...1, using: &random)]
                : [("instance_type", "m5.4xlarge"), ("root_block_device.volume_size", "80")][Int.random(in: 0...1, using: &random)]
            cloud.entries[address]?.arguments[name] = value
            expected.insert("\(address) argument \(name)")
        }
    }
}
