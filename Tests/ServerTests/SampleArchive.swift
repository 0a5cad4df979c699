import CostModel
import Server
import Store
import Synchronization
import TestSupport
import Testing

/// What is remembered about one workspace, made by hand.
struct SampleArchive: Archive {
    var runs: [Run] = Sample.runs
    var lives: [FindingLife] = Sample.lives
    var requestRecords: [RequestRecord] = Sample.requests
    var savingsRecords: [SavingsRecord] = Sample.savings
    var scoreDays: [ScoreDay] = Sample.scores
    var costRecords: [DailyCost] = []
    var entries: [AuditEntry] = Sample.audit
    var uses: [ExemptionUse] = []
    var texts: [String: String] = Sample.texts
    var folder: OrderFolder?
    var isBroken = false

    private func check() throws(ServerError) {
        if isBroken { throw ServerError(code: .archive, message: "the ledger cannot be read") }
    }

    func status(of workspace: String) throws(ServerError) -> WorkspaceStatus? {
        try check()
        return workspace == Sample.workspace ? Sample.status : nil
    }

    func runs(of workspace: String, limit: Int, before: String?) throws(ServerError) -> [Run] {
        try check()
        let start = before.flatMap { id in runs.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
        return workspace == Sample.workspace ? Array(runs[start...].prefix(limit)) : []
    }

    func run(_ id: String, of workspace: String) throws(ServerError) -> Run? {
        try check()
        return runs.first { $0.id == id && workspace == Sample.workspace }
    }

    func findings(of workspace: String) throws(ServerError) -> [FindingLife] {
        try check()
        return workspace == Sample.workspace ? lives : []
    }

    func finding(_ id: String, of workspace: String) throws(ServerError) -> (life: FindingLife, events: [LifeEvent])? {
        try check()
        guard let life = lives.first(where: { $0.id == id }), workspace == Sample.workspace else { return nil }
        return (life, [LifeEvent(finding: id, time: life.firstSeen, kind: .opened, commit: nil)])
    }

    func scores(of workspace: String, team: String?, since: Day?) throws(ServerError) -> [ScoreDay] {
        try check()
        guard workspace == Sample.workspace else { return [] }
        return scoreDays.filter { score in (team ?? score.team) == score.team && (since ?? score.day) <= score.day }
    }

    func badges(of workspace: String) throws(ServerError) -> [Badge] {
        try check()
        return workspace == Sample.workspace ? Sample.badges : []
    }

    func exemptionUses(of workspace: String) throws(ServerError) -> [ExemptionUse] {
        try check()
        return workspace == Sample.workspace ? uses : []
    }

    func costs(of workspace: String, days: ClosedRange<Day>) throws(ServerError) -> [DailyCost] {
        try check()
        return workspace == Sample.workspace ? costRecords.filter { days.contains($0.day) } : []
    }

    func requests(of workspace: String) throws(ServerError) -> [RequestRecord] {
        try check()
        return workspace == Sample.workspace ? requestRecords : []
    }

    func savings(of workspace: String) throws(ServerError) -> [SavingsRecord] {
        try check()
        return workspace == Sample.workspace ? savingsRecords : []
    }

    func text(_ key: String, of workspace: String) throws(ServerError) -> String? {
        try check()
        return workspace == Sample.workspace ? texts[key] : nil
    }

    func orders(of workspace: String) throws(ServerError) -> [RequestOrder] {
        try check()
        return workspace == Sample.workspace ? folder?.all() ?? [] : []
    }

    func order(_ id: String, of workspace: String) throws(ServerError) -> RequestOrder? {
        try check()
        do throws(LedgerError) { return try folder?.order(id) } catch { throw ServerError(code: .archive, message: "\(error)") }
    }

    func sources(of workspace: String) -> [SourceStatus] {
        let time = Instant(seconds: 1_793_491_200)
        return [
            SourceStatus(kind: "cloud", name: "config", lastAttempt: time, lastSuccess: time),
            SourceStatus(kind: "recommendations", name: "hub", lastAttempt: time, failures: 3, problem: "no", isStalled: true),
        ]
    }

    func audit(of workspace: String, limit: Int) throws(ServerError) -> [AuditEntry] {
        try check()
        return workspace == Sample.workspace ? Array(entries.prefix(limit)) : []
    }
}

/// A loop that writes down what it is asked for.
final class SampleSource: ServerSource {
    private let asked = Mutex<[String]>([])
    let fixed: [WorkspaceStatus]
    private let directory = TemporaryDirectory()
    /// Of one test, on its thread.
    private nonisolated(unsafe) var act: (() throws -> Void)?
    var orders: OrderFolder { OrderFolder(directory.path + "/orders") }

    /// What somebody else does once while an order is placed.
    func whilePlacing(_ act: @escaping () throws -> Void) { self.act = act }

    init(_ statuses: [WorkspaceStatus] = [Sample.status]) { fixed = statuses }

    var calls: [String] { asked.withLock { $0 } }

    func statuses() -> [WorkspaceStatus] { fixed }

    func requestReconcile(workspace: String, cause: RunCause) -> Bool {
        asked.withLock { $0.append("reconcile \(workspace): \(cause)") }
        return fixed.contains { $0.name == workspace }
    }

    func place(_ order: RequestOrder, workspace: String) throws(ServerError) -> OrderFolder.Placement? {
        let act = act
        self.act = nil
        do { try act?() } catch { Issue.record(error) }
        guard fixed.contains(where: { $0.name == workspace }) else { return nil }
        let placement: OrderFolder.Placement
        do throws(LedgerError) { placement = try orders.place(order) } catch { throw ServerError(code: .archive, message: "\(error)") }
        if placement == .placed { asked.withLock { $0.append("order \(workspace): \(RunCause.api(caller: order.caller))") } }
        return placement
    }

    func setSuspended(workspace: String, _ isSuspended: Bool, cause: RunCause) -> Bool {
        asked.withLock { $0.append("\(isSuspended ? "suspend" : "resume") \(workspace): \(cause)") }
        return fixed.contains { $0.name == workspace }
    }
}
