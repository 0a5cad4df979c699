import CostModel
import Forge
import ForgeDouble
import Foundation
import Store
import Synchronization
import TestSupport

@testable import Commands

/// Five teams, each with a queue that lacks a tag, in a bare repository behind a real Git server, with requests on a double of a code host
/// that is reached over HTTP.
final class ServedEstate {
    enum Transport: String, CaseIterable {
        case http, ssh, daemon
    }

    static let teams = ["api", "data", "mail", "pay", "web"]
    let folder = TemporaryDirectory()
    var double: ForgeDouble { served.host }
    private let source: TemporaryRepository
    private let served: ServedDouble
    private let remote: (url: String, credentials: String, protocols: String)
    private let servers: [AnyObject]

    init(_ transport: Transport, _ kind: CodeHost) throws {
        source = try TemporaryRepository()
        try Self.write(to: source)
        try source.commit("the estate")
        let bare = folder.path + "/served/estate.git"
        try source.git(["clone", "--quiet", "--bare", source.path, bare])
        try source.git(["-C", bare, "config", "http.receivepack", "true"])
        try Self.observe(in: folder)

        try folder.write(GitHTTPServer.token + "\n", to: "git-token")
        switch transport {
        case .http:
            let server = try GitHTTPServer(of: folder.path + "/served")
            remote = (server.url("estate.git"), "{tokenFile: \"\(folder.path)/git-token\", username: bursar}", "[http]")
            servers = [server]
        case .ssh:
            let server = try GitSSHServer(of: folder.path + "/served")
            let keys = server.folder.path
            remote = (server.url("estate.git"), "{sshKey: \"\(keys)/user\", knownHosts: \"\(keys)/known\"}", "[ssh]")
            servers = [server]
        case .daemon:
            let server = try GitDaemonServer(of: folder.path + "/served")
            remote = (server.url("estate.git"), "", "[git]")
            servers = [server]
        }
        let clock = Clock()
        self.clock = clock
        served = try ServedDouble(kind, repository: bare, clock: { clock.seconds.withLock { $0 } })
        try folder.write(double.token + "\n", to: "api-token")
        for name in ["git-token", "api-token"] { try folder.setMode(0o600, of: name) }
    }

    private let clock: Clock

    private final class Clock: Sendable {
        let seconds = Mutex(Instant("2026-11-02T08:00:00Z")?.seconds ?? 0)
    }

    func advance(hours: Int64) { clock.seconds.withLock { $0 += hours * 3_600 } }

    // MARK: The operator

    /// - Parameter more: further workspaces.
    @discardableResult
    func reconcile(_ words: String..., gitToken: String? = nil, apiToken: String? = nil, more: String = "") throws -> Said {
        if let gitToken { try folder.write(gitToken + "\n", to: "git-token") }
        if let apiToken { try folder.write(apiToken + "\n", to: "api-token") }
        for name in ["git-token", "api-token"] { try folder.setMode(0o600, of: name) }
        let credentials = remote.credentials.isEmpty ? "" : "credentials: \(remote.credentials),"
        try folder.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: served}
            spec:
              workspaces:
                - {name: estate, repository: "\(remote.url)", protocols: \(remote.protocols), \(credentials)
                   observed: "\(folder.path)",
                   forge: {kind: \(double.kind.rawValue), api: "\(double.api)", project: acme/infra, tokenFile: "\(folder.path)/api-token"}}
            \(more)
            """, to: "reconciler.yaml")
        let now = Instant(seconds: clock.seconds.withLock { $0 })
        return Said(
            ["reconcile", "--config", folder.path + "/reconciler.yaml", "--state", folder.path + "/state", "--now", "\(now)"] + words)
    }

    func history(_ words: String...) -> Said { Said(["history", "--state", folder.path + "/state/estate"] + words) }

    func ledger() throws -> Ledger { try Ledger.open(at: folder.path + "/state/estate/ledger.sqlite", mode: .readOnly) }

    var branches: [String] {
        get throws {
            try source.git(["-C", folder.path + "/served/estate.git", "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/bursar"])
                .split(separator: "\n").map(String.init)
        }
    }

    func git(_ words: String...) throws -> String { try source.git(["-C", folder.path + "/served/estate.git"] + words) }

    /// The request of a team.
    func request(of team: String) -> DoubleRequest? { double.requests.first { $0.head.contains("/\(team)-") } }

    // MARK: What is there

    private static func write(to source: TemporaryRepository) throws {
        try source.write(
            """
            apiVersion: bursar/v1
            kind: Workspace
            metadata: {name: estate}
            spec:
              currency: USD
              policies: [policies]
              observe:
                cost: [{name: billing, format: focus, paths: ["observed/*.csv"], maxAge: 30d}]
                inventory: [{name: infra, format: terraform, path: infra}]
              remediation: {requests: {maxNewPerHour: 10}}

            """, to: "bursar.yaml")
        var policies = """
            kind: TaggingPolicy
            metadata: {name: owners}
            spec:
              match: {types: ["aws_*"]}
              require: [{key: team, values: {of: teams}, default: {from: team.name}}]
              fix: automatic

            """
        for team in teams {
            policies += "---\nkind: Team\nmetadata: {name: \(team)}\nspec: {owns: [{paths: [\"infra/\(team)/**\"]}]}\n"
            try source.write("resource \"aws_sqs_queue\" \"\(team)\" {\n  name = \"\(team)\"\n}\n", to: "infra/\(team)/main.tf")
        }
        try source.write(policies, to: "policies/all.yaml")
    }

    private static func observe(in folder: TemporaryDirectory) throws {
        var bill =
            "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
            + "ChargePeriodEnd,ChargeCategory,ChargeClass,ChargeDescription,ProviderName,RegionId,ResourceId,ResourceType,ServiceName,"
            + "SubAccountId,Tags,BillingAccountId\n"
        for day in 2...30 {
            let (this, next) = (Day(year: 2026, month: 10, day: day), Day(year: 2026, month: 10, day: day).advanced(by: 1))
            bill +=
                "1,1,1,1,USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,\(this)T00:00:00Z,\(next)T00:00:00Z,Usage,,messages,AWS,us-east-1,"
                + "arn:aws:sqs:us-east-1:111122223333:api,queue,Amazon Simple Queue Service,111122223333,,999900001111\n"
        }
        try folder.write(bill, to: "observed/bill.csv")
    }
}
