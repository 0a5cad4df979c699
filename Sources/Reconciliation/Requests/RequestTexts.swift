import CostModel
import Forge
import Git
import Reporting

/// What requests say, and whom they ask.
struct RequestTexts {
    private let evaluated: EvaluatedWorkspace
    /// By id: each request is about a few of them.
    private let findings: [String: Finding]
    private let mark: WorkspaceMark
    private let owners: CodeOwners?
    private let reasons: [PolicyReference: RequestReport.Reason]

    /// - Parameter tip: the commit whose CODEOWNERS counts.
    init(_ evaluated: EvaluatedWorkspace, of mark: WorkspaceMark, tip: ObjectID, in repository: Repository) throws(StageError) {
        self.evaluated = evaluated
        findings = Dictionary(evaluated.evaluation.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.mark = mark
        let headers = evaluated.policies.headers
        reasons = Dictionary(
            headers.map { ($0.reference, .init(description: $0.description, docs: $0.docs)) }, uniquingKeysWith: { first, _ in first })
        guard evaluated.policies.workspace.remediation.requests.asksCodeOwners else {
            owners = nil
            return
        }
        do throws(GitError) {
            var bytes: [UInt8]?
            // A link, a submodule or a file beyond reason is nobody's code owners.
            for place in CodeOwners.places where bytes == nil { bytes = try RevisionTree.file(place, of: repository, at: tip) }
            owners = bytes.map { CodeOwners(parsing: String(decoding: $0, as: UTF8.self)) }
        } catch  where error.code == .limit { owners = nil } catch { throw StageError(writing: error) }
    }

    /// Title and body of a request as its record has it.
    func text(of record: RequestRecord) throws(StageError) -> (title: String, body: String) {
        let report = report(record.group, record.team, record.plan)
        do throws(RequestReport.Refusal) {
            // What people write before or behind it stays theirs.
            return (try report.title(), RequestText.begin + "\n" + (try report.body()))
        } catch { throw StageError(error) }
    }

    /// What a group would be called; what may not be published is named by its team only.
    func title(of group: RequestGroup) -> String {
        do throws(RequestReport.Refusal) {
            return try report(group.identity, group.subject.team, group.record(made: evaluated.now)).title()
        } catch { return group.subject.team ?? "unowned" }
    }

    private func report(_ group: String, _ team: String?, _ plan: PlanRecord) -> RequestReport {
        RequestReport(
            group: group, team: team, plan: plan, findings: Set(plan.changes.flatMap(\.findings)).compactMap { findings[$0] },
            reasons: reasons,
            currency: evaluated.policies.workspace.currency, folder: evaluated.workspace.prefix, workspace: mark.text)
    }

    /// Those of the settings, then the owners of the files that are changed. An address of mail is nobody a code host could ask.
    func reviewers(of group: RequestGroup) -> [String] {
        let owning = group.files.flatMap { owners?.owners(of: $0) ?? [] }.filter { $0.hasPrefix("@") }.map { String($0.dropFirst()) }
        var seen: Set<String> = []
        let all = (evaluated.policies.workspace.remediation.requests.reviewers + owning).filter { seen.insert($0).inserted }
        return Array(all.prefix(Self.reviewerLimit))
    }

    /// GitHub asks no more people than these.
    private static let reviewerLimit = 15
}

// MARK: Messages

extension RequestTexts {
    static func closing(_ ending: RequestAction.Ending, at commit: String) -> String {
        switch ending {
        case .fixed: "Nothing is left to fix here: as of \(commit) the findings are gone."
        case .merged(let merge): "What this proposes is in the branch already, by \(merge.prefix(7))."
        case .takenOver(let other): "What this fixes is part of \(other) now, as of \(commit)."
        }
    }

    /// The same for the audit.
    static func reason(_ ending: RequestAction.Ending, at commit: String) -> String {
        switch ending {
        case .fixed: "nothing is left to fix at \(commit)"
        case .merged(let merge): "merged by \(merge)"
        case .takenOver(let other): "taken over by \(other) at \(commit)"
        }
    }

    static func abandoned(at commit: String) -> String {
        "The findings are gone as of \(commit). Somebody worked on this branch, so it is left as it is: close it, or merge it."
    }

    static let handedOver = "Somebody edited this branch, so Bursar does not touch it any more. Close the request to get a new one later."
}

extension StageError {
    fileprivate init(_ refusal: RequestReport.Refusal) { self = .refused(refusal.description) }
}
