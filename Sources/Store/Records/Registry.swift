internal import CostModel

/// Every table that holds records, in the order in which they are exported, checked and saved from a damaged file: what is referred to
/// stands before what refers to it.
var recordTypes: [any Record.Type] {
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
        AuditEntry.self,
    ]
}

/// The present status: the next run sets it anew.
var statusTypes: [any Record.Type] { [WorkspaceStatus.self, StageStatus.self] }
