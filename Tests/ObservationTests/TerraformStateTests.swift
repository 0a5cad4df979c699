import CostModel
import Observation
import TestSupport
import Testing

@Suite("Terraform state")
struct TerraformStateTests {
    private let text = #"""
        {
          "version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "x", "outputs": {"o": {"value": [1, {"a": null}]}},
          "resources": [
            {"mode": "managed", "type": "aws_instance", "name": "web", "provider": "p",
             "instances": [
               {"index_key": 0, "attributes": {"id": "i-1", "arn": "arn:aws:ec2:us-east-1:111122223333:instance/i-1", "instance_type": "m5.large", "tags": {"a": "\u00e9\"}"}}},
               {"index_key": 1, "deposed": "00000001", "attributes": {"id": "i-old"}},
               {"index_key": 1, "attributes": {"id": "i-2", "availability_zone": "eu-west-1b"}}
             ]},
            {"module": "module.m[\"a b\"]", "mode": "managed", "type": "aws_s3_bucket", "name": "b",
             "instances": [{"index_key": "k\"q", "attributes": {"id": "bucket", "arn": "arn:aws:s3:::bucket", "region": "eu-west-1"}}]},
            {"mode": "data", "type": "aws_ami", "name": "d", "instances": [{"attributes": {"id": "ami"}}]}
          ]
        }
        """#

    @Test("managed instances are read with their address, account, region and tags")
    func reading() throws {
        let state = try TerraformState.read(Array(text.utf8), file: "terraform.tfstate")
        func deployed(_ deployed: Resource.Deployed, zone: String? = nil) -> Resource.Deployed {
            var deployed = deployed
            deployed.addresses = [deployed.id].compactMap { $0 }
            deployed.zone = zone
            return deployed
        }
        #expect(
            state.resources == [
                "aws_instance.web[0]": .init(
                    type: "aws_instance",
                    deployed: deployed(
                        .init(
                            id: "i-1", arn: "arn:aws:ec2:us-east-1:111122223333:instance/i-1", account: "111122223333", region: "us-east-1",
                            size: "m5.large", tags: ["a": "é\"}"]))),
                "aws_instance.web[1]": .init(
                    type: "aws_instance", deployed: deployed(.init(id: "i-2", region: "eu-west-1"), zone: "eu-west-1b")),
                #"module.m["a b"].aws_s3_bucket.b["k\"q"]"#: .init(
                    type: "aws_s3_bucket", deployed: deployed(.init(id: "bucket", arn: "arn:aws:s3:::bucket", region: "eu-west-1"))),
            ])
    }

    @Test("the names by which Azure's and Google's bills know a resource are read, and its account and region")
    func clouds() throws {
        let azure = "/subscriptions/1A2B/resourceGroups/Pay/providers/Microsoft.Compute/virtualMachines/api"
        let text = """
            {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
              {"mode": "managed", "type": "azurerm_linux_virtual_machine", "name": "api", "provider": "p",
               "instances": [{"attributes": {"id": "\(azure)", "location": "westeurope", "size": "Standard_D4s_v5"}}]},
              {"mode": "managed", "type": "google_compute_disk", "name": "data", "provider": "p",
               "instances": [{"attributes": {"id": "projects/pay/zones/europe-west1-b/disks/data", "disk_id": "5731447681477044785",
                 "project": "pay", "zone": "europe-west1-b", "size": 10,
                 "self_link": "https://www.googleapis.com/compute/v1/projects/pay/zones/europe-west1-b/disks/data"}}]},
              {"mode": "managed", "type": "google_sql_database_instance", "name": "db", "provider": "p",
               "instances": [{"attributes": {"id": "ledger", "project": "pay", "region": "europe-west1",
                 "self_link": "https://sqladmin.googleapis.com/sql/v1beta4/projects/pay/instances/ledger"}}]}
            ]}
            """
        let resources = try TerraformState.read(Array(text.utf8), file: "s").resources.mapValues(\.deployed)
        let machine = try #require(resources["azurerm_linux_virtual_machine.api"])
        #expect(machine.account == "/subscriptions/1a2b" && machine.region == "westeurope")
        #expect(machine.comparableNames == [azure.lowercased()])
        let disk = try #require(resources["google_compute_disk.data"])
        #expect(disk.account == "pay" && disk.region == "europe-west1")
        #expect(
            disk.comparableNames.contains(
                BilledName.comparable("//compute.googleapis.com/projects/441570621172/zones/europe-west1-b/disk/5731447681477044785")))
        let database = try #require(resources["google_sql_database_instance.db"])
        #expect(database.comparableNames.contains(BilledName.comparable("//cloudsql.googleapis.com/projects/pay/instances/ledger")))
    }

    /// - Parameter secret: paths of `sensitive_attributes`.
    private func marked(_ secret: String) throws -> Resource.Deployed? {
        let text = """
            {"version": 4, "resources": [{"mode": "managed", "type": "aws_instance", "name": "w", "instances": [
              {"sensitive_attributes": \(secret), "attributes": {"id": "MARK-id", "arn": "arn:aws:ec2:MARK-region:MARK-account:x",
               "instance_type": "MARK-type", "availability_zone": "MARK-zonea", "tags": {"key": "MARK-tag"}, "tags_all": {"key": "MARK-tag"}}}]}]}
            """
        return try TerraformState.read(Array(text.utf8), file: "s").resources["aws_instance.w"]?.deployed
    }

    @Test("what a state marks as sensitive is not read, whichever attribute it is, of which only a part, or all")
    func sensitive() throws {
        func path(_ name: String) -> String { #"{"type": "get_attr", "value": "\#(name)"}"# }
        let index = #"{"type": "index", "value": {"value": "key", "type": "string"}}"#
        let all = try #require(try marked("[]"))
        #expect(all.size == "MARK-type" && all.tags == ["key": "MARK-tag"] && all.id == "MARK-id" && all.region == "MARK-region")
        #expect(try marked("[[\(path("instance_type"))]]")?.size == nil)
        #expect(try marked("[[\(path("instance_type"))]]")?.tags == all.tags)
        #expect(try marked("[[\(path("password"))], [\(path("id"))]]")?.id == nil)
        #expect(try marked("[[\(path("arn"))]]")?.region == "MARK-zone" && marked("[[\(path("arn"))]]")?.account == nil)
        #expect(try marked("[[\(path("tags_all")), \(index)]]")?.tags == nil)
        #expect(try marked("[[\(path("ebs")), \(path("instance_type"))]]") == all, "a part of another attribute")
        for whole in ["[[]]", "[[\(index)]]", "[[7]]"] { #expect(try marked(whole) == Resource.Deployed(), "\(whole)") }
    }

    /// Terraform marks no tag that the provider adds by itself, and versions before 0.15 mark nothing.
    @Test(
        "what the code makes of secrets is taken from the state neither into a resource nor into what is recorded",
        arguments: [
            ("provider \"aws\" {\n  default_tags {\n    tags = { owner = var.s }\n  }\n}", "", ["team"], true),
            ("", "tags = { team = \"core\", owner = \"x-${var.s}\" }", ["team"], true),
            ("", "tags = merge({ team = \"core\" }, var.m)", nil, true), ("", "tags = { owner = sensitive(\"MARK\") }", ["team"], true),
            ("", "tags = { (var.s) = \"core\" }", nil, true),
            ("", "tags = { team = \"core\" }\n  lifecycle {\n    ignore_changes = [tags]\n  }", ["owner", "team"], true),
            ("", "tags = { owner = var.s }\n  lifecycle {\n    ignore_changes = all\n  }", ["team"], true),
            ("", "instance_type = var.s", ["owner", "team"], false), ("", "instance_type = lower(var.s)", ["owner", "team"], false),
        ])
    func secretsOfCode(provider: String, arguments: String, keys: [String]?, keepsSize: Bool) throws {
        let variables = ["s", "m"].map { "variable \"\($0)\" {\n  sensitive = true\n}\n" }.joined()
        let resources = TerraformFixture("\(variables)\(provider)\nresource \"aws_instance\" \"w\" {\n  \(arguments)\n}\n").inventory
            .resources
        let state = TerraformState(
            file: "s",
            resources: [
                "aws_instance.w": .init(
                    type: "aws_instance", deployed: .init(id: "i-1", size: "SIZE", tags: ["team": "core", "owner": "MARK"]))
            ])
        let join = StateJoin(resources: resources, states: [.init(state, root: "app")])
        let deployed = try #require(join.resources.first?.deployed)
        #expect(deployed.tags?.keys.sorted() == keys && (deployed.size == "SIZE") == keepsSize)
        #expect(join.states.first?.state.resources["aws_instance.w"]?.deployed == deployed)
        guard keys?.contains("owner") != true else { return }
        var shown = ""
        dump(join.resources, to: &shown)
        #expect(!shown.contains("MARK"))
        let tags = try #require(join.resources.first?.tags)
        #expect(tags.tags["owner"].map { $0.value == nil } ?? (tags.openReason != nil), "it is there, and not known")
    }

    @Test("a state that is cut off anywhere is an error that names the file")
    func torn() {
        let bytes = Array(text.utf8)
        let end = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
        for length in 0..<end {
            let error = #expect(throws: TerraformStateError.self) { try TerraformState.read(Array(bytes[..<length]), file: "s") }
            #expect(error?.problem.place.description.hasPrefix("s:") == true, "\(length) bytes")
        }
    }

    @Test(
        "what is not a state of version 4 is a typed error",
        arguments: [
            ("", "partial s:1:1 torn-state: the state is not valid JSON: the text ends too early"),
            ("{\"version\": 4,\n \"resources\": [}", "partial s:2:16 torn-state: the state is not valid JSON: expected a value"),
            ("{\"version\": 3, \"modules\": []}", "partial s state-version: the state has format version 3; only version 4 is read"),
            (
                "{\"version\": 3, \"resources\": {\"a\": 01}}",
                "partial s state-version: the state has format version 3; only version 4 is read"
            ),
            ("{\"resources\": []}", "partial s state-shape: this is not a Terraform state: it has no version"),
            ("{\"version\": 4}", "partial s state-shape: this is not a Terraform state: it has no list of resources"),
            ("[]", "partial s state-shape: this is not a Terraform state: it has no version"),
            ("{\"version\": 4, \"resources\": [1]}", "partial s state-shape: this is not a Terraform state: a resource is not an object"),
            (
                "{\"version\": 4, \"resources\": [{\"mode\": \"managed\", \"type\": \"a\", \"name\": \"b\", \"instances\": {}}]}",
                "partial s state-shape: this is not a Terraform state: a resource has no list of instances"
            ),
            (
                "{\"version\": 4, \"resources\": [{\"type\": \"a\"}]}",
                "partial s state-shape: this is not a Terraform state: a resource has no mode, type or name"
            ),
        ])
    func wrong(_ text: String, _ expected: String) {
        do throws(TerraformStateError) {
            _ = try TerraformState.read(Array(text.utf8), file: "s")
            Issue.record("read without an error")
        } catch {
            let problem = error.problem
            #expect("\(problem.severity.rawValue) \(problem.place) \(problem.id): \(problem.message)" == expected)
        }
    }

    @Test("malformed JSON is torn wherever it stands, also where nothing is read", arguments: MalformedJSON.values)
    func malformed(value: String) throws {
        let places = [
            "{\"version\": 4, \"resources\": [], \"outputs\": {\"o\": {\"value\": VALUE}}}", "{\"version\": 4, \"resources\": VALUE}",
            "{\"version\": [VALUE\n, 1], \"resources\": []}",
            "{\"version\": 4, \"resources\": [{\"mode\": \"data\", \"instances\": [VALUE\n, 1]}]}",
            "{\"version\": 4, \"resources\": [], \"x\": [1, VALUE\n, 2]}",
        ]
        for text in places {
            let bytes = Array(text.replacing("VALUE", with: value).utf8)
            let error = try #require(throws: TerraformStateError.self) { try TerraformState.read(bytes, file: "s") }
            guard case .malformed = error else {
                Issue.record("\(error) for \(text)")
                continue
            }
        }
    }

    @Test("text behind a state is torn", arguments: MalformedJSON.endings)
    func endings(ending: String) {
        #expect(throws: TerraformStateError.self) {
            try TerraformState.read(Array("{\"version\": 4, \"resources\": []} \(ending)".utf8), file: "s")
        }
    }

    @Test("of a key that stands twice the last counts, as in Terraform")
    func duplicates() throws {
        func block(_ name: String) -> String {
            "{\"mode\": \"managed\", \"type\": \"t\", \"name\": \"x\", \"name\": \"\(name)\", \"instances\": [{\"attributes\": {}}]}"
        }
        let text = "{\"version\": 4, \"resources\": [\(block("a"))], \"resources\": [\(block("b"))]}"
        #expect(try TerraformState.read(Array(text.utf8), file: "s").resources.keys.sorted() == ["t.b"])
    }

    @Test("nesting without end is an error, not a crash")
    func nesting() {
        for text in [String(repeating: "[", count: 200_000), String(repeating: "{\"a\":", count: 200_000)] {
            #expect(throws: TerraformStateError.self) { try TerraformState.read(Array(text.utf8), file: "s") }
        }
    }

    // MARK: Joining

    private func fixture() -> TerraformFixture {
        TerraformFixture([
            "a/main.tf": "resource \"aws_instance\" \"web\" {}\nresource \"aws_instance\" \"new\" {}\n",
            "b/main.tf": "resource \"aws_instance\" \"web\" {}\n", "c/main.tf": "resource \"aws_instance\" \"other\" {}\n",
        ])
    }

    private func state(_ addresses: String...) -> TerraformState {
        let entries = addresses.map { ($0, TerraformState.Entry(type: "aws_instance", deployed: .init(id: "i-\($0)"))) }
        return TerraformState(file: "s.tfstate", resources: Dictionary(uniqueKeysWithValues: entries))
    }

    @Test("a state of a known root is joined by address; what is on one side only is a note")
    func joining() {
        let join = StateJoin(
            resources: fixture().inventory.resources, states: [.init(state("aws_instance.web", "aws_instance.gone"), root: "a")])
        let deployed = join.resources.filter { $0.deployed != nil }.map(\.identity.description)
        #expect(deployed == ["a:aws_instance.web"])
        #expect(
            join.problems.map(\.message) == [
                "'aws_instance.gone' is in the state but not in the code of 'a'",
                "'aws_instance.new' is in the code of 'a' but not in its state",
            ])
        #expect(join.problems.allSatisfy { $0.severity == .note })
    }

    @Test("two states of one root that differ about an address are partial; twice the same is not")
    func contradiction() {
        let first = state("aws_instance.web", "aws_instance.new")
        var second = TerraformState(file: "s.tfstate.backup", resources: first.resources)
        let resources = fixture().inventory.resources
        #expect(StateJoin(resources: resources, states: [.init(first, root: "a"), .init(second, root: "a")]).problems.isEmpty)
        second.resources["aws_instance.web"]?.deployed.id = "i-old"
        #expect(
            StateJoin(resources: resources, states: [.init(first, root: "a"), .init(second, root: "b")]).problems.map(\.id) == [
                "state-only"
            ])
        let problems = StateJoin(resources: resources, states: [.init(first, root: "a"), .init(second, root: "a")]).problems
        #expect(problems.map(\.severity) == [.partial])
        #expect(problems.map(\.message) == ["says something else of 'aws_instance.web' than s.tfstate"])
    }

    @Test("a root whose name would be a pattern has no state that can be found, and that is said")
    func patternName() {
        let source = InventorySource(
            name: "infra", place: Place(file: "bursar.yaml", line: 9), format: .terraform, path: "infra",
            state: ["{root}/terraform.tfstate"])
        let files = StateFiles(sources: [source], directory: "/nonexistent", roots: ["infra/a*b"])
        #expect(
            files.join([], brokenRoots: []).problems.map { "\($0.severity.rawValue) \($0.message)" }.sorted().first
                == "partial no root module has a state at '{root}/terraform.tfstate'")
        #expect(files.join([], brokenRoots: []).problems.contains { $0.message.contains("'infra/a*b'") && $0.severity == .partial })
    }

    @Test("a state file that was written longer ago than 'maxAge' is a gap")
    func age() throws {
        let folder = try TemporaryFolder()
        try folder.write("app.tfstate", #"{"version": 4, "resources": []}"#)
        func problems(_ maxAge: TimeSpan?, at now: Instant) -> [String] {
            let source = InventorySource(
                name: "infra", place: Place(file: "bursar.yaml", line: 9), format: .terraform, path: "infra", state: ["{root}.tfstate"],
                maxAge: maxAge)
            let files = StateFiles(sources: [source], directory: folder.path, roots: ["app"], now: now)
            return files.join([], brokenRoots: []).problems.map(\.id)
        }
        #expect(problems(.days(1), at: Instant("2999-01-01T00:00:00Z")!) == ["stale-state"])
        #expect(problems(.days(1), at: Instant("2001-01-01T00:00:00Z")!) == [])
        #expect(problems(nil, at: Instant("2999-01-01T00:00:00Z")!) == [])
    }

    @Test("where the code does not know how many there are, the one that stands for all is joined")
    func repetition() {
        let fixture = TerraformFixture([
            "a/main.tf":
                "variable \"n\" {}\nresource \"aws_instance\" \"web\" {\n  for_each = var.n\n}\nmodule \"m\" {\n  source = \"../m\"\n  count = var.n\n}\n",
            "m/main.tf": "resource \"aws_instance\" \"i\" {\n  count = 1\n}\n",
        ])
        let state = state("aws_instance.web[\"k]\\\"\"]", "module.m[3].aws_instance.i[0]")
        let join = StateJoin(resources: fixture.inventory.resources, states: [.init(state)])
        #expect(join.resources.map { $0.deployed?.id } == ["i-aws_instance.web[\"k]\\\"\"]", "i-module.m[3].aws_instance.i[0]"])
    }

    @Test("a state without a root belongs to the only one that has all its addresses")
    func finding() {
        let resources = fixture().inventory.resources
        #expect(StateJoin(resources: resources, states: [.init(state("aws_instance.other"))]).problems.isEmpty)
        let several = StateJoin(resources: resources, states: [.init(state("aws_instance.web"))]).problems
        #expect(several.map(\.message) == ["the state fits several root modules: a, b"])
        let none = StateJoin(resources: resources, states: [.init(state("aws_instance.nowhere"))]).problems
        #expect(none.map(\.message) == ["no root module has all resources of this state"])
        #expect(none.map(\.severity) == [.partial])
    }
}
