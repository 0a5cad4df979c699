import CostModel
import Forge
import ForgeDouble
import Foundation
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// Two machines that are too large, measured every four hours; and days on which something of that is missing.
private struct MachineEstate {
    enum Gap: CaseIterable {
        case noSamples, noMachine, memoryOnly, cpuOnly, noFile
        case stateRemoved, stateEmptied, stateWithoutIt

        /// Whether nobody can miss it: the run itself is in part.
        var isPartial: Bool { [.noFile, .stateRemoved, .stateEmptied].contains(self) }
    }

    let loop: HostedLoop
    private var repository: TemporaryRepository { loop.estate.repository }
    private static let statePath = "observed/state/infra/app/terraform.tfstate"

    init() throws {
        loop = try HostedLoop(.github)
        let workspace = SmallEstate.workspace().replacing(
            "    inventory:", with: "    utilization: [{name: metrics, format: csv, paths: [\"observed/metrics.csv\"]}]\n    inventory:")
        try repository.write(workspace, to: "bursar.yaml")
        try repository.write(Self.rightsizing, to: "policies/size.yaml")
        try write()
        try repository.commit("machines")
        try loop.commit(Self.code("web", "m5.2xlarge") + Self.code("db", "m5.xlarge"), to: "infra/app/main.tf")
    }

    /// The evening before a day.
    func write(_ gap: Gap? = nil, web: String = "m5.2xlarge") throws {
        let day = loop.clock.now.day
        // Half the machine is twice as full.
        let (cpu, memory) = web == "m5.2xlarge" ? (15, 25) : (30, 50)
        var metrics = "timestamp,resource_id,metric,value\n"
        for offset in 1...8 where gap != .noSamples {
            for hour in ["00", "04", "08", "12", "16", "20"] {
                for (name, cpu, memory) in [("web", cpu, memory), ("db", 60, 70)] where !(name == "web" && gap == .noMachine) {
                    let time = "\(day.advanced(by: -offset))T\(hour):00:00Z"
                    if gap != .memoryOnly || name == "db" { metrics += "\(time),i-\(name),cpu,\(cpu)\n" }
                    if gap != .cpuOnly || name == "db" { metrics += "\(time),i-\(name),memory,\(memory)\n" }
                }
            }
        }
        try repository.write(metrics, to: "observed/metrics.csv")
        if gap == .noFile { repository.directory.remove("observed/metrics.csv") }
        var bill = String(SmallEstate.bill(days: 0))
        for offset in (1...40).reversed() {
            for name in ["web", "db"] { bill += Self.row(day.advanced(by: -offset), name) }
        }
        try repository.write(bill, to: "observed/bill.csv")
        let machines = gap == .stateEmptied ? [] : gap == .stateWithoutIt ? [("db", "m5.xlarge")] : [("web", web), ("db", "m5.xlarge")]
        try repository.write(Self.state(machines), to: Self.statePath)
        if gap == .stateRemoved { repository.directory.remove(Self.statePath) }
    }

    private static func row(_ day: Day, _ name: String) -> String {
        let month = day.month
        return "9.2,9.2,9.2,9.2,USD,\(month.firstDay)T00:00:00Z,\(month.advanced(by: 1).firstDay)T00:00:00Z,\(day)T00:00:00Z,"
            + "\(day.advanced(by: 1))T00:00:00Z,Usage,,hours,AWS,us-east-1,\(arn(name)),instance,Amazon EC2,111122223333,"
            + "\"{\"\"team\"\": \"\"payments\"\"}\",999900001111\n"
    }

    private static func arn(_ name: String) -> String { "arn:aws:ec2:us-east-1:111122223333:instance/i-\(name)" }

    static func code(_ name: String, _ type: String) -> String {
        """
        resource "aws_instance" "\(name)" {
          ami           = "ami-0abc"
          instance_type = "\(type)"

          tags = {
            team        = "payments"
            cost-center = "CC-1010"
          }
        }

        """
    }

    private static func state(_ machines: [(name: String, type: String)]) -> String {
        let resources = machines.map { name, type in
            """
            {"mode": "managed", "type": "aws_instance", "name": "\(name)", "provider": "provider[\\"providers.example.com/hashicorp/aws\\"]",
             "instances": [{"schema_version": 0, "attributes": {"id": "i-\(name)", "arn": "\(arn(name))", "instance_type": "\(type)",
             "tags": {"team": "payments", "cost-center": "CC-1010"}}}]}
            """
        }
        return "{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {}, \"resources\": ["
            + resources.joined(separator: ",") + "]}"
    }

    private static let rightsizing = """
        kind: RightsizingPolicy
        metadata: {name: headroom}
        spec:
          severity: medium
          fixWithin: 7d
          match: {types: [aws_instance]}
          lookback: 7d
          minimumSamples: 36
          cpu: {percentile: 95, target: 60%}
          memory: {percentile: 99, target: 80%}
          guardrails: {families: same, minimumMonthlySavings: 20 USD}
          fix: review

        """
}

@Suite("days on which something is missing")
struct UnseenLoopTests {
    @Test("close no request, credit nobody, raise no score and open nothing anew when it is back", arguments: MachineEstate.Gap.allCases)
    fileprivate func gaps(gap: MachineEstate.Gap) throws {
        let estate = try MachineEstate()
        let loop = estate.loop
        for _ in 1...2 {
            try estate.write()
            #expect(try loop.run().run.outcome == .succeeded)
            loop.clock.advance(.days(1))
        }
        let request = try #require(loop.host.requests.first)
        let tip = try loop.bare.git(["rev-parse", request.head])
        let score = try #require(try loop.ledger().scores().last?.score)
        #expect(loop.host.requests.count == 1 && score.hundredths < 10_000)
        for _ in 1...3 {
            try estate.write(gap)
            let result = try loop.run()
            #expect(result.run.isPartial == gap.isPartial, "\(result.run.stages.map(\.message))")
            // A commit by somebody, who must not get the credit.
            try loop.commit("\(loop.clock.now)", to: "README")
            try loop.run()
            loop.clock.advance(.days(1))
        }
        let life = try #require(try loop.ledger().lives().first { $0.policy.name == "headroom" })
        #expect(life.state == .open && life.fixedBy == nil && life.fixed == nil)
        #expect(gap.isPartial || life.unseenReason != nil)
        #expect(try loop.ledger().scores().compactMap(\.score).allSatisfy { $0 <= score })
        for _ in 1...2 {
            try estate.write()
            #expect(try loop.run().run.outcome == .succeeded)
            loop.clock.advance(.days(1))
        }
        #expect(loop.host.requests.count == 1 && loop.host.requests[0].isOpen && loop.host.requests[0].comments.isEmpty)
        #expect(try loop.bare.git(["rev-parse", request.head]) == tip)
        #expect(try loop.ledger().badges().isEmpty)
        #expect(try loop.ledger().lives().filter { $0.policy.name == "headroom" }.map(\.state) == [.open])
    }

    @Test("what the code has and nobody applied is pending: the request closes, and nothing is credited before the state follows")
    func pending() throws {
        let estate = try MachineEstate()
        let loop = estate.loop
        for _ in 1...2 {
            try estate.write()
            try loop.run()
            loop.clock.advance(.days(1))
        }
        try loop.commit(MachineEstate.code("web", "m5.xlarge") + MachineEstate.code("db", "m5.xlarge"), to: "infra/app/main.tf")
        let fix = try loop.bare.git(["rev-parse", "main"])
        for _ in 1...3 {
            try estate.write()
            try loop.run()
            loop.clock.advance(.days(1))
        }
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
        func life() throws -> FindingLife { try #require(try loop.ledger().lives().first { $0.policy.name == "headroom" }) }
        var now = try life()
        #expect(now.state != .fixed)
        #expect(try loop.ledger().badges().isEmpty)
        for _ in 1...3 {
            try estate.write(web: "m5.xlarge")
            try loop.run()
            loop.clock.advance(.days(1))
        }
        now = try life()
        #expect(now.state == .fixed && now.fixedBy == fix)
    }
}

/// Whom a gap touches.
@Suite("gaps touch only whom they can")
struct GapReachTests {
    private static let relay = "arn:aws:ec2:us-east-1:111122223333:instance/i-relay"

    /// The small estate, and a second team with a root and a state of its own.
    private func loop(_ change: (SmallEstate) throws -> Void) throws -> LocalLoop {
        let estate = try SmallEstate()
        let repository = estate.repository
        try repository.write(
            SmallEstate.workspace().replacing("terraform.tfstate\"]}", with: "terraform.tfstate\"], maxAge: 2d}").replacing(
                "    inventory:",
                with: "    utilization: [{name: metrics, format: csv, maxAge: 2d, paths: [\"observed/metrics.csv\"]}]\n    inventory:"),
            to: "bursar.yaml")
        try repository.write(
            SmallEstate.team
                + "---\nkind: Team\nmetadata: {name: mail}\nspec: {costCenter: CC-2020, owns: [{paths: [\"infra/mail/**\"]}]}\n",
            to: "policies/teams.yaml")
        try repository.write(
            """
            kind: RightsizingPolicy
            metadata: {name: headroom}
            spec:
              match: {types: [aws_instance]}
              lookback: 7d
              cpu: {percentile: 95, target: 60%}
              fix: review

            """, to: "policies/size.yaml")
        try repository.write(
            "resource \"aws_instance\" \"relay\" {\n  instance_type = \"m5.large\"\n  tags = { team = \"mail\", cost-center = \"CC-2020\" }\n}\n",
            to: "infra/mail/main.tf")
        try repository.write(
            SmallEstate.state(name: "relay").replacing("aws_sqs_queue", with: "aws_instance").replacing(
                "arn:aws:sqs:us-east-1:111122223333:jobs\"", with: "\(Self.relay)\", \"instance_type\": \"m5.large\""),
            to: "observed/state/infra/mail/terraform.tfstate")
        let rows = SmallEstate.bill(header: false).replacing("arn:aws:sqs:us-east-1:111122223333:jobs", with: Self.relay)
        try repository.write(SmallEstate.bill() + rows.replacing("payments", with: "mail"), to: "observed/bill.csv")
        try repository.write("timestamp,resource_id,metric,value\n2026-10-31T12:00:00Z,jobs,cpu,30\n", to: "observed/metrics.csv")
        try repository.commit("two teams")
        try change(estate)
        return try LocalLoop(estate)
    }

    private func scored(_ loop: LocalLoop) throws -> [String] { try loop.ledger.scores().filter { $0.score != nil }.map(\.team).sorted() }

    @Test("nothing is missing: everybody is scored")
    func whole() throws {
        let loop = try loop { _ in }
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try scored(loop) == ["mail", "payments"])
    }

    @Test("a state that is too old, or cannot be read, touches the teams of its root", arguments: [true, false])
    func states(isOld: Bool) throws {
        let loop = try loop { estate in
            let path = "observed/state/infra/app/terraform.tfstate"
            if isOld {
                let date = Date(timeIntervalSince1970: Double(SmallEstate.now.subtracting(.days(3)).seconds))
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: estate.path + "/" + path)
            } else {
                try estate.repository.write("{\"version\": 4", to: path)
            }
        }
        let result = try loop.run()
        #expect(result.run.isPartial && result.evaluated?.touchedTeams == ["payments"])
        #expect(try scored(loop) == ["mail"])
    }

    private static let looseStates = ["observed/app.tfstate", "observed/mail.tfstate"]

    /// The same, where no path of a state says which root it is of.
    private func looseLoop() throws -> LocalLoop {
        let loop = try loop { estate in
            let workspace = try estate.repository.directory.read("bursar.yaml")
            try estate.repository.write(
                String(decoding: workspace, as: UTF8.self).replacing(
                    "\"observed/state/{root}/terraform.tfstate\"", with: "\"observed/app.tfstate\", \"observed/mail.tfstate\""),
                to: "bursar.yaml")
            for (root, path) in zip(["app", "mail"], Self.looseStates) {
                let state = try estate.repository.directory.read("observed/state/infra/\(root)/terraform.tfstate")
                try estate.repository.write(String(decoding: state, as: UTF8.self), to: path)
            }
            try estate.repository.commit("states side by side")
        }
        return loop
    }

    @Test(
        "a state whose path names no root touches the teams of the root that it was of, when it is gone, torn, emptied or too old",
        arguments: ["gone", "torn", "emptied", "old"])
    func looseState(how: String) throws {
        let loop = try looseLoop()
        #expect(try loop.run().run.outcome == .succeeded)
        loop.advance(.days(1))
        let (repository, path) = (loop.estate.repository, Self.looseStates[0])
        switch how {
        case "gone": repository.directory.remove(path)
        case "torn": try repository.write("{\"version\": 4", to: path)
        case "emptied":
            try repository.write(SmallEstate.state().replacing(#/"resources": \[(?s:.)*\]\}/#, with: "\"resources\": []}"), to: path)
        default:
            let date = Date(timeIntervalSince1970: Double(loop.now.subtracting(.days(3)).seconds))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: loop.estate.path + "/" + path)
        }
        let result = try loop.run()
        #expect(result.run.isPartial && result.evaluated?.touchedTeams == ["payments"], "\(result.run.stages.map(\.message))")
        let today = try loop.ledger.scores().filter { $0.day == loop.now.day && $0.score != nil }
        #expect(today.map(\.team) == ["mail"])
    }

    @Test("of which nobody knows what it was of, a state that is gone touches everybody", arguments: [false, true])
    func unknownState(isSecond: Bool) throws {
        let loop = try looseLoop()
        if isSecond {
            // One that was read before, and one that never was.
            loop.estate.repository.directory.remove(Self.looseStates[1])
            try loop.run()
        }
        loop.estate.repository.directory.remove(Self.looseStates[0])
        #expect(try loop.run().evaluated?.touchedTeams == ["mail", "payments"])
    }

    @Test("samples that stopped coming touch the teams of whose machines policies ask how full they are")
    func samples() throws {
        let loop = try loop { estate in
            try estate.repository.write(
                "timestamp,resource_id,metric,value\n2026-10-27T12:00:00Z,jobs,cpu,30\n", to: "observed/metrics.csv")
        }
        let result = try loop.run()
        #expect(result.run.isPartial && result.evaluated?.touchedTeams == ["mail"], "\(result.run.stages.map(\.message))")
        #expect(try scored(loop) == ["payments"])
    }
}
