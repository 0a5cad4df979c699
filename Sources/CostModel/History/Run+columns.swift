extension Run: ColumnRecord {
    /// Without its stages, which are rows of another table and a list in documents.
    package static let columns: [Column<Run>] =
        [
            .init("id", \.id, "what tells the run from others"),
            .init("trigger", \.trigger, "what started it"),
            .init("started", \.started, "when it began"),
            .init("finished", \.finished, "when it ended; null while it runs"),
            .init("outcome", \.outcome, "how it ended"),
            .init("revision", \.revision, "the commit that it looked at; null where it did not get so far"),
            .init("policy_digest", key: "policyDigest", \.policyDigest, "the digest of the policies that it judged by"),
            .init("observed_digest", key: "observedDigest", \.observedDigest, "the digest of what it observed"),
            .init("is_dry_run", key: "dryRun", \.isDryRun, "whether it only said what it would write"),
            .init("is_partial", key: "partial", \.isPartial, "whether something could not be observed as it should"),
        ] + RunSummary.columns.within(optional: \.summary)

    package static var blank: Run { Run(id: "", trigger: .once, started: .blank) }
}

extension RunSummary: ColumnRecord {
    package static let columns: [Column<RunSummary>] =
        [.init("resources", \.resources, "how many resources were judged")]
        // Documents have one object of these four.
        + Severity.allCases.map { severity in
            .init("failing_\(severity.rawValue)", key: .ledgerOnly, \.failing[severity], "failing findings of this severity")
        } + [
            .init("unknown", \.unknown, "findings that cannot be judged yet"),
            .init("exempt", \.exempt, "findings that an exemption covers"),
            .init(
                "at_stake", key: "atStake", \.atStake, "the money that failing findings are about; null without a bill",
                unit: .moneyPerMonth),
            .init(
                "potential_savings", key: "potentialSavings", \.potentialSavings,
                "what fixing every finding would save; null without a bill", unit: .moneyPerMonth),
            .init("open_requests", key: "openRequests", \.openRequests, "remediation requests that are open after the run"),
        ]

    package static var blank: RunSummary {
        RunSummary(resources: 0, failing: [:], unknown: 0, exempt: 0, atStake: nil, potentialSavings: nil)
    }
}

extension StageStatus: ColumnRecord {
    package static let columns: [Column<StageStatus>] = [
        .init("stage", \.stage, "the stage"),
        .init("condition", \.condition, "whether it is ready, at work, or needs a person"),
        .init("reason", \.reason, "why, as a word of a closed list"),
        .init("message", \.message, "why, in words"),
        .init("started", \.started, "when the attempt began that this is about"),
        .init("milliseconds", \.milliseconds, "how long the attempt took", unit: .milliseconds),
    ]

    package static var blank: StageStatus { StageStatus(stage: .fetch, condition: .ready, reason: .succeeded, started: .blank) }
}

extension WorkspaceStatus: ColumnRecord {
    /// Without its stages, which are rows of another table and a list in documents.
    package static let columns: [Column<WorkspaceStatus>] = [
        .init("name", \.name, "the workspace"),
        .init("is_suspended", key: "suspended", \.isSuspended, "whether it rests until it is resumed"),
        .init("observed_revision", key: "observedRevision", \.observedRevision, "the newest revision that was seen"),
        .init("applied_revision", key: "appliedRevision", \.appliedRevision, "the newest revision that was reconciled wholly"),
        .init(
            "last_handled_request", key: "lastHandledRequest", \.lastHandledRequest,
            "the newest request to reconcile at once that was taken up"),
        .init("last_success", key: "lastSuccess", \.lastSuccess, "when it was last reconciled wholly"),
        .init("next", \.next, "when the next attempt begins; null: none is planned"),
        .init("failures", \.failures, "failures in a row"),
    ]

    package static var blank: WorkspaceStatus { WorkspaceStatus(name: "") }
}
