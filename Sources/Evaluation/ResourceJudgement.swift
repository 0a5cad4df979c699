import CostModel
import Diagnostics

/// Resources held against the policies that speak about them.
struct ResourceJudgement {
    /// A policy about resources: its judge, and for each resource whether it speaks about it.
    struct Question {
        let header: PolicyHeader
        fileprivate var judge: any ResourceJudge
        let scope: [ScopeAnswer]
    }

    private(set) var findings: [Finding] = []
    private(set) var suppressed: [Suppression] = []

    /// - Parameter questions: about these subjects, in their order.
    init(_ subjects: [EvaluatedResource], records: ResourceRecords, questions: [Question]) {
        for question in questions {
            var judge = question.judge
            for (index, subject) in subjects.enumerated() where question.scope[index].isIncluded {
                if WorkLimit.isReached { return }
                switch judge.judge(subject, records[index]) {
                case .findings(let found): for finding in found { add(finding, question.scope[index]) }
                case .suppressed(let suppression): suppressed.append(suppression)
                }
            }
        }
    }

    private mutating func add(_ finding: consuming Finding, _ scope: ScopeAnswer) {
        if case .unsure(let doubt) = scope, finding.verdict == .fail { finding.doubt(doubt) }
        findings.append(finding)
    }

    /// The findings, handed over: there may be hundreds of thousands, and copying each is work.
    mutating func takeFindings() -> [Finding] {
        var taken: [Finding] = []
        swap(&taken, &findings)
        return taken
    }

    /// What the policies about resources ask, by reference.
    static func questions(
        _ policies: PolicySet, _ subjects: [EvaluatedResource], _ records: ResourceRecords, _ context: JudgingContext
    ) -> [Question] {
        policies.policies.compactMap { policy in
            policy.resourceJudge(context).map { body, judge in
                var scope = ResourceScope(body.match, coverage: context.coverage)
                let answers = subjects.enumerated().map { index, subject in
                    type(of: judge).applies(to: subject.resource) ? scope.answer(subject.resource) { records[index] } : .outside
                }
                return Question(header: body.header, judge: judge, scope: answers)
            }
        }
    }
}

extension Finding {
    /// Where it is not known whether the policy speaks about the resource, a failure is not known either.
    fileprivate mutating func doubt(_ reason: String) {
        verdict = .unknown
        self.reason = reason
        message = "\(message) (\(reason))"
        proposal = [:]
        monthlySavings = nil
    }
}

extension EvaluatedResource {
    /// Each resource with its owner and what it spends.
    static func all(
        _ resources: [Resource], _ teams: [Team], _ ownership: Ownership, spend: (Int, Resource) -> Money?,
        previousSpend: (Int, Resource) -> Money?, hasBill: Bool
    ) -> [EvaluatedResource] {
        let teams = Dictionary(teams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return resources.indices.map { index in
            EvaluatedResource(
                resources, at: index, owner: ownership.owner(of: resources[index]).flatMap { teams[$0] },
                spend: spend(index, resources[index]), previousSpend: previousSpend(index, resources[index]), hasBill: hasBill)
        }
    }
}
