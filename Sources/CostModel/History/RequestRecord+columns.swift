extension RequestRecord: ColumnRecord {
    package static let columns: [Column<RequestRecord>] =
        [
            .init("group", \.group, "what the request is about: its team, policies and files"),
            .init("team", \.team, "the team whose findings it fixes; null: nobody's"),
            .init("state", \.state, "what became of it"),
            .init("branch", \.branch, "the branch with its changes"),
            .init("title", \.title, "its title on the code host"),
            .init("number", \.number, "its number on the code host; null where there is none"),
            .init("url", \.url, "where it is on the code host; null where there is none"),
        ]
        + PlanRecord.columns.map { column in
            switch column.name {
            case "plan": column.within(\.plan, key: .sameAsName)
            case "base_commit": column.within(\.plan, key: "baseCommit")
            default: column.within(\.plan)
            }
        } + [
            .init("commit", \.commit, "the commit that was pushed last"),
            .init("opened", \.opened, "when it was opened"),
            .init("updated", \.updated, "when it was last changed"),
            .init("ended", \.ended, "when it was merged, closed or given up"),
            .init("merge_commit", key: "mergeCommit", \.mergeCommit, "the commit by which it reached the default branch"),
            .init("is_edited", key: "edited", \.isEdited, "whether a person edited the branch: it is then left to them"),
            .init(
                "labels", key: .ledgerOnly, .text, isOptional: true, "labels that we have given it, one a line",
                value: { $0.labels.map { .text($0.joined(separator: "\n")) } },
                assign: { record, value in
                    guard case .text(let text)? = value else {
                        record.labels = nil
                        return value == nil
                    }
                    record.labels = text.split(separator: "\n").map(String.init)
                    return true
                }),
        ]

    package static var blank: RequestRecord {
        RequestRecord(
            group: "", team: nil, state: .writing, branch: "", title: "", plan: .blank, commit: "", opened: .blank, updated: .blank)
    }
}

extension PlanRecord: ColumnRecord {
    package static let columns: [Column<PlanRecord>] = [
        .init("plan", key: "digest", \.digest, "the plan's digest, as in the commit's 'Bursar-Plan' trailer"),
        .init("base_commit", key: "baseCommit", \.baseCommit, "the commit that the plan was made for"),
        .init("policy_digest", key: "policyDigest", \.policyDigest, "the digest of the policies that it was made by"),
        .init("observed_digest", key: "observedDigest", \.observedDigest, "the digest of what was observed"),
        .init("made", \.made, "when it was made"),
        .init("changes", key: .ledgerOnly, \.changes, "what it changes"),
    ]

    package static var blank: PlanRecord {
        PlanRecord(digest: "", baseCommit: "", policyDigest: "", observedDigest: "", made: .blank, changes: [])
    }
}
