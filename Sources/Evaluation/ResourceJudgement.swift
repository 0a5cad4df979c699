import CostModel
import Diagnostics

/// Resources held against the policies that speak about them.
///
/// What a policy says of a resource depends on no other resource: many are judged in parts, on all cores, and the result is the same. Only
/// what saves too little by itself is judged together, see `SmallSaving`.
struct ResourceJudgement {
    /// A policy about resources, and for each of them whether it speaks about it.
    struct Question {
        let header: PolicyHeader
        fileprivate(set) var scope: [ScopeAnswer]
    }

    /// Fewer resources are judged before another core has begun.
    private static let leastResources = 1_000
    /// What judges remember of types and places is made once for each part.
    private static let mostParts = 8

    /// By reference of the policy.
    private(set) var questions: [Question] = []
    /// By question, then by resource.
    private(set) var findings: [Finding] = []
    private(set) var suppressed: [Suppression] = []

    /// - Parameters:
    ///   - budgets: as they were judged.
    ///   - known: what was found of all resources, where these are only some of them.
    init(
        _ subjects: [EvaluatedResource], policies: PolicySet, budgets: [BudgetStatus], _ context: JudgingContext, known: [Finding] = []
    ) {
        let budgets = ResourceRecords.budgets(policies, budgets)
        let count = max(1, min(subjects.count / Self.leastResources, Self.mostParts))
        var parts = Array(0..<count).concurrentMap { index in
            JudgedPart(subjects[subjects.count * index / count..<subjects.count * (index + 1) / count], policies, budgets, context)
        }
        questions = parts[0].answers.map { Question(header: $0.header, scope: $0.scope) }
        for part in parts.dropFirst() {
            for index in questions.indices { questions[index].scope += part.answers[index].scope }
        }
        findings.reserveCapacity(parts.reduce(0) { $0 + $1.answers.reduce(0) { $0 + $1.findings.count } })
        for question in questions.indices {
            for part in parts.indices {
                findings += parts[part].answers[question].findings
                parts[part].answers[question].findings = []
                suppressed += parts[part].answers[question].suppressed
            }
            add(parts.flatMap { $0.answers[question].small }, known: known)
        }
    }

    private mutating func add(_ small: [SmallSaving], known: [Finding]) {
        guard let policy = small.first?.suppression.policy else { return }
        let failing = known.lazy.filter { $0.policy == policy && $0.verdict == .fail }.map(\.key)
        let judged = SmallSaving.judge(small, known: Set(failing))
        findings += judged.findings
        suppressed += judged.suppressed
    }
}

extension ResourceJudgement {
    /// The findings, handed over: there may be hundreds of thousands, and copying each is work.
    mutating func takeFindings() -> [Finding] {
        var taken: [Finding] = []
        swap(&taken, &findings)
        return taken
    }
}

/// Some resources held against all policies about resources.
private struct JudgedPart: Sendable {
    /// What one policy says.
    struct Answer: Sendable {
        let header: PolicyHeader
        let scope: [ScopeAnswer]
        var findings: [Finding] = []
        var suppressed: [Suppression] = []
        var small: [SmallSaving] = []
    }

    /// By reference of the policy.
    var answers: [Answer]

    init(
        _ subjects: ArraySlice<EvaluatedResource>, _ policies: PolicySet, _ budgets: [String: BudgetStatus], _ context: JudgingContext
    ) {
        let subjects = Array(subjects)
        let records = ResourceRecords(
            subjects, budgets: budgets, now: context.now, currency: context.currency, estimates: context.state.estimates)
        answers = policies.policies.compactMap { policy in
            policy.resourceJudge(context).map { body, judge in
                var scope = ResourceScope(body.match, coverage: context.coverage)
                let answers = subjects.indices.map { index in
                    let resource = subjects[index].resource
                    return type(of: judge).applies(to: resource) ? scope.answer(resource) { records[index] } : .outside
                }
                return Answer(header: body.header, scope: answers, judge, subjects, records, context)
            }
        }
    }
}

extension JudgedPart.Answer {
    fileprivate init(
        header: PolicyHeader, scope: [ScopeAnswer], _ judge: any ResourceJudge, _ subjects: [EvaluatedResource],
        _ records: ResourceRecords, _ context: JudgingContext
    ) {
        self.init(header: header, scope: scope)
        var judge = judge
        var objectives = ObjectiveGuard(context)
        let areSet = header.reference.kind == .rule && !objectives.isEmpty
        for (index, subject) in subjects.enumerated() where scope[index].isIncluded {
            if WorkLimit.isReached { return }
            switch judge.judge(subject, records[index]) {
            case .findings(let found):
                // Of each resource as much is said as of the first, nearly always: room for all at once, and none that is left over.
                if findings.isEmpty, !found.isEmpty { findings.reserveCapacity(found.count * scope.count(where: \.isIncluded)) }
                for var finding in found {
                    if case .unsure(let doubt) = scope[index], finding.verdict == .fail { finding.doubt(doubt) }
                    if areSet { finding.hold(by: &objectives, on: subject, context.state.catalog) { records[index] } }
                    findings.append(finding)
                }
            case .suppressed(let suppression): suppressed.append(suppression)
            case .small(var saving):
                // One that may be outside saves nobody knows what.
                if case .unsure(let doubt) = scope[index] { saving.finding.doubt(doubt) }
                small.append(saving)
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
        runRate: (Int, Resource) -> Money? = { _, _ in nil }, previousSpend: (Int, Resource) -> Money?,
        usualSpend: (Int) -> Money? = { _ in nil }, unknownSpend: String?
    ) -> [EvaluatedResource] {
        let teams = Dictionary(teams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let shared = Self.sharedNames(resources)
        return resources.indices.map { index in
            EvaluatedResource(
                resources, at: index, owner: ownership.owner(of: resources[index]).flatMap { teams[$0] },
                spend: spend(index, resources[index]), runRate: runRate(index, resources[index]),
                previousSpend: previousSpend(index, resources[index]), usualSpend: usualSpend(index), unknownSpend: unknownSpend,
                isNamed: shared.isEmpty || !(resources[index].deployedName.map(shared.contains) ?? false))
        }
    }

    /// Names of what is deployed that more than one resource claims: which of them it is nobody can tell.
    private static func sharedNames(_ resources: [Resource]) -> Set<String> {
        var (seen, shared): (Set<String>, Set<String>) = ([], [])
        for index in resources.indices {
            guard let name = resources[index].deployedName, !seen.insert(name).inserted else { continue }
            shared.insert(name)
        }
        return shared
    }
}
