internal import CostModel

/// Every table that holds records, in the order in which they are exported, checked and saved from a damaged file: what is referred to
/// stands before what refers to it.
var recordTypes: [any TableRecord.Type] {
    [
        Run.self,
        RunStage.self,
        FindingLife.self,
        LifeEvent.self,
        ExemptionUse.self,
        ScoreDay.self,
        Badge.self,
        DailyCost.self,
        RequestRecord.self,
        SavingsRecord.self,
        EstimateRecord.self,
        Snooze.self,
        AuditEntry.self,
        OutboxMessage.self,
        NoticedEvent.self,
    ]
}

/// The present status: the next run sets it anew.
var statusTypes: [any TableRecord.Type] { [WorkspaceStatus.self, StageStatus.self] }

extension Run: TableRecord {
    static let table = Table(of: Run.self, "runs", key: ["id"], order: "sequence")
}

extension RunStage: TableRecord {
    static let table = Table(of: RunStage.self, "run_stages", key: ["run", "stage"], order: "sequence")
}

extension FindingLife: TableRecord {
    static let table = Table(of: FindingLife.self, "lives", key: ["identity"], order: "id, identity")
}

extension LifeEvent: TableRecord {
    static let table = Table(of: LifeEvent.self, "life_events")
}

extension ExemptionUse: TableRecord {
    static let table = Table(of: ExemptionUse.self, "exemption_uses", key: ["exemption", "identity"])
}

extension ScoreDay: TableRecord {
    static let table = Table(of: ScoreDay.self, "scores", key: ["team", "day"])
}

extension Badge: TableRecord {
    static let table = Table(of: Badge.self, "badges", key: ["team", "name", "evidence"], order: "team, awarded, sequence")
}

extension DailyCost: TableRecord {
    static let table = Table(of: DailyCost.self, "costs", key: ["day", "team", "service"])
}

extension RequestRecord: TableRecord {
    static let table = Table(of: RequestRecord.self, "requests", key: ["group", "opened"], order: "sequence")
}

extension SavingsRecord: TableRecord {
    static let table = Table(
        of: SavingsRecord.self, "savings", key: ["plan", "change_id", "commit"], order: "merged, plan, change_id, \"commit\"")
}

extension EstimateRecord: TableRecord {
    static let table = Table(of: EstimateRecord.self, "estimates", key: ["commit", "resource"], order: "sequence")
}

extension Snooze: TableRecord {
    static let table = Table(of: Snooze.self, "snoozes", key: ["group", "since"], order: "sequence")
}

extension AuditEntry: TableRecord {
    static let table = Table(of: AuditEntry.self, "audit")
}

extension OutboxMessage: TableRecord {
    static let table = Table(of: OutboxMessage.self, "messages", key: ["id"], order: "sequence")
}

extension NoticedEvent: TableRecord {
    static let table = Table(of: NoticedEvent.self, "noticed", key: ["event"])
}

extension WorkspaceStatus: TableRecord {
    static let table = Table(of: WorkspaceStatus.self, "status", order: "sequence")
}

/// As a row of its own: a stage of the workspace's present status.
extension StageStatus: TableRecord {
    static let table = Table(of: StageStatus.self, "status_stages", key: ["stage"], order: "sequence")
}

/// A stage of a run.
struct RunStage: ColumnRecord, Hashable {
    var run: String
    var status: StageStatus

    static let columns: [Column<RunStage>] =
        [.init("run", key: .ledgerOnly, \.run, "the run's id")] + StageStatus.columns.map { $0.within(\.status) }

    static var blank: RunStage { RunStage(run: "", status: .blank) }
}
