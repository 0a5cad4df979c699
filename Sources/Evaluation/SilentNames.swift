import Conditions
import CostModel
import Diagnostics
import Patterns

/// Names in policies that mean nothing of what was observed: what is misspelt matches nothing, fails nothing, and would never be heard of.
///
/// Each is said once. A policy that speaks about no resource at all is told of as a whole, and not name by name.
struct SilentNames {
    let policies: PolicySet
    let subjects: [EvaluatedResource]
    let questions: [ResourceJudgement.Question]
    /// The teams that something was charged to.
    let charged: Set<String>

    var notes: [ObservationProblem] {
        guard !subjects.isEmpty else { return [] }
        return policies.policies.flatMap { policy -> [ObservationProblem] in
            guard case .resources(let body) = policy.body, let scope = scope(of: body.header), !scope.isEmpty else { return [] }
            return unmatchedTypes(body) + unmatchedPaths(body) + unknownArguments(body, scope)
        } + policies.teams.flatMap { idle($0) + unmatchedClaims($0) }
    }

    private func scope(of header: PolicyHeader) -> [Resource]? {
        questions.first { $0.header.reference == header.reference }.map { question in
            zip(subjects, question.scope).lazy.filter { $1.isIncluded }.map(\.0.resource)
        }
    }

    // MARK: Policies

    /// Lists of types are made for many estates: only one that is nearly the name of a type that is there is a mistake.
    private func unmatchedTypes(_ body: any ResourcePolicy) -> [ObservationProblem] {
        guard let globs = body.match.types else { return [] }
        let present = Set(subjects.lazy.map(\.resource.type))
        let others = present.filter { type in !globs.contains { $0.matches(type) } }
        return globs.filter { glob in !present.contains(where: glob.matches) }.compactMap { glob in
            let hint = DidYouMean.hint(for: glob.pattern, in: others)
            return hint.isEmpty
                ? nil : note(body.header.place, "\(body.header.reference): no resource is of type '\(glob.pattern)'\(hint)")
        }
    }

    private func unmatchedPaths(_ body: any ResourcePolicy) -> [ObservationProblem] {
        (body.match.paths ?? []).filter(isUnmatched).map { glob in
            note(body.header.place, "\(body.header.reference): no code lies in '\(glob.pattern)'")
        }
    }

    /// Arguments that no resource in scope has, where one of them has nearly the same.
    private func unknownArguments(_ body: any ResourcePolicy, _ scope: [Resource]) -> [ObservationProblem] {
        guard let rule = body as? Rule else { return [] }
        let present = scope.reduce(into: Set<String>()) { $0.formUnion($1.attributes.keys) }
        let named = CompiledRule.arguments(of: rule).union(rule.changes.compactMap(\.path.first))
        return named.sorted().filter { !present.contains($0) }.compactMap { name in
            let hint = DidYouMean.hint(for: name, in: present)
            return hint.isEmpty
                ? nil : note(rule.header.place, "\(rule.header.reference): no resource in its scope has an argument '\(name)'\(hint)")
        }
    }

    // MARK: Teams

    /// A team that others are part of need not own anything itself.
    private func idle(_ team: Team) -> [ObservationProblem] {
        guard !charged.contains(team.name), !subjects.contains(where: { $0.owner?.name == team.name }),
            !policies.teams.contains(where: { $0.parent == team.name })
        else { return [] }
        return [note(team.place, "team '\(team.name)' owns nothing: no resource of the code, and no row of the bill")]
    }

    private func unmatchedClaims(_ team: Team) -> [ObservationProblem] {
        team.claims.flatMap { claim -> [ObservationProblem] in
            guard case .paths(let globs) = claim else { return [] }
            return globs.filter(isUnmatched).map { note(team.place, "team '\(team.name)': no code lies in '\($0.pattern)'") }
        }
    }

    private func isUnmatched(_ glob: PathGlob) -> Bool {
        !subjects.contains { glob.matches($0.resource.identity.root) || glob.matches($0.resource.location.file) }
    }

    private func note(_ place: Place, _ message: String) -> ObservationProblem {
        ObservationProblem(.note, id: "unmatched-name", file: place.file, line: place.line, column: place.column, message)
    }
}
