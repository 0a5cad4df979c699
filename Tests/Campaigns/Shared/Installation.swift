import CostModel
import Foundation
import Store
import TestSupport

/// An installation of the real program: what it is told, and what it remembers. Several may watch one remote.
struct Installation {
    /// How many seconds a run may take until it counts as hanging.
    private static let timeout = 300.0

    private let bursar: String
    private let folder = TemporaryDirectory()
    /// Where it remembers.
    let state: String
    /// The operator's document with channels; nil: there are none.
    var clients: String?

    /// - Parameters:
    ///   - more: other keys of the workspace, such as `deadlines: {fetch: 2s}`.
    ///   - state: its own where nil.
    init(_ bursar: String, watching repository: String, observed: String, more: [String] = [], state: String? = nil) throws {
        self.bursar = bursar
        self.state = state ?? folder.path + "/state"
        let keys = [
            "name: \(Self.workspace)", "repository: \"\(repository)\"", "observed: \"\(observed)\"", "protocols: [file, git, http]",
        ]
        try folder.write(
            """
            apiVersion: bursar/v1
            kind: Reconciler
            metadata: {name: campaign}
            spec:
              workspaces:
                - {\((keys + more).joined(separator: ", "))}

            """, to: "reconciler.yaml")
    }

    private static let workspace = "simulated"

    var stateOfWorkspace: String { "\(state)/\(Self.workspace)" }
    var ledgerPath: String { "\(stateOfWorkspace)/ledger.sqlite" }

    /// One run, under another program where one is given.
    func start(now: Instant, under wrapper: [String] = [], output: String = "/dev/null") throws -> ChildProcess {
        let arguments =
            wrapper + [
                bursar, "reconcile", "--config", folder.path + "/reconciler.yaml", "--state", state, "--once", "--apply", "--now",
                now.description,
            ] + (clients.map { ["--clients", $0] } ?? [])
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return try ChildProcess(
            arguments[0], Array(arguments.dropFirst()), environment: ["PATH": path, "LC_ALL": "C.UTF-8", "HOME": folder.path],
            streams: .init(output: output, errors: output), isGroup: true)
    }

    struct Ended {
        var code: Int32
        /// Report and log.
        var said: String
    }

    func run(now: Instant) throws -> Ended {
        let scratch = TemporaryDirectory()
        let process = try start(now: now, output: scratch.path + "/said")
        return try end(process, scratch)
    }

    /// Runs of several installations that begin at one time.
    static func run(_ installations: [Installation], now: Instant, beside act: () throws -> Void = {}) throws -> [Ended] {
        let scratches = installations.map { _ in TemporaryDirectory() }
        let processes = try zip(installations, scratches).map { try $0.start(now: now, output: $1.path + "/said") }
        try act()
        return try zip(installations, zip(processes, scratches)).map { try $0.end($1.0, $1.1) }
    }

    private func end(_ process: ChildProcess, _ scratch: TemporaryDirectory) throws -> Ended {
        let begin = Date()
        while process.isRunning {
            guard Date().timeIntervalSince(begin) < Self.timeout else {
                process.signal(SIGKILL)
                throw Broken("a run hangs: \(String(decoding: try scratch.read("said"), as: UTF8.self))")
            }
            usleep(1_000)
        }
        return Ended(code: process.wait(), said: String(decoding: try scratch.read("said"), as: UTF8.self))
    }

    /// What it remembers; nil where it remembers nothing yet.
    func ledger() throws -> Ledger? {
        FileManager.default.fileExists(atPath: ledgerPath) ? try Ledger.open(at: ledgerPath, mode: .readWrite) : nil
    }

    func forget() throws {
        if FileManager.default.fileExists(atPath: stateOfWorkspace) { try FileManager.default.removeItem(atPath: stateOfWorkspace) }
    }
}
