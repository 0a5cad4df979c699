import CostModel
import Diagnostics
import YAML

/// What an object names must exist, and allow what is said about it.
enum ReferenceCheck {
    /// - Parameter isComplete: False when some document could not be read: then names that seem unknown are let pass.
    static func run(_ decoder: PolicyDecoder, isComplete: Bool) {
        let teams = Set(decoder.envelopes.filter { $0.kind == .team }.map(\.name.value))
        let policies = Set(decoder.envelopes.filter { Kinds.policies.contains($0.kind) }.map(\.name.value))
        let fixable = Set(decoder.envelopes.filter(\.kind.isAboutResources).map(\.name.value))
        let metrics = Set(decoder.envelopes.filter { $0.kind == .metric }.map(\.name.value))
        let scenarios = Set(decoder.envelopes.filter { $0.kind == .scenario }.map(\.name.value))
        for reference in decoder.references {
            switch reference.target {
            case .metric:
                if isComplete { check(reference, "metric", in: metrics, decoder) }
            case .scenario:
                if isComplete { check(reference, "scenario", in: scenarios, decoder) }
            case .team:
                if isComplete { check(reference, "team", in: teams, decoder) }
            case .policy:
                if isComplete { check(reference, "policy", in: policies, decoder) }
                let names = Kinds.policies.sorted().map { PolicyReference($0, reference.name.value) }
                checkExemptible(names, reference, decoder)
            case .baselined(let policy): checkExemptible([policy], reference, decoder)
            case .testedPolicy:
                if isComplete { check(reference, "policy", in: policies, decoder) }
            case .campaignedPolicy:
                if isComplete { check(reference, "policy", in: policies, decoder) }
                checkFixable(reference, among: policies, fixable, decoder)
            // The same name has been noted as a reference to a team.
            case .parent: continue
            }
        }
        checkCycles(decoder)
    }

    private static func check(_ reference: Reference, _ what: String, in names: Set<String>, _ decoder: PolicyDecoder) {
        let name = reference.name.value
        guard !names.contains(name) else { return }
        let nearest = decoder.nearest(to: name, in: names)
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
        let fixIts =
            nearest.map { [Diagnostic.FixIt("write '\($0)'", edits: [TextEdit(reference.name.range.bytes, YAMLScalar.written($0))])] } ?? []
        decoder.report(
            Diagnostic(
                .error, id: "unknown-reference", "unknown \(what) '\(name.shortened)'\(hint)", at: reference.name.range, fixIts: fixIts))
    }

    private static func checkExemptible(_ policies: [PolicyReference], _ reference: Reference, _ decoder: PolicyDecoder) {
        for policy in policies {
            guard let place = decoder.notExemptible[policy] else { continue }
            decoder.report(
                Diagnostic(
                    .error, id: "not-exemptible", "policy '\(policy.name)' allows no exemption", at: reference.name.range,
                    notes: [.init("said here", at: place)]))
        }
    }

    /// A campaign is about what somebody can fix.
    private static func checkFixable(_ reference: Reference, among policies: Set<String>, _ fixable: Set<String>, _ decoder: PolicyDecoder)
    {
        let name = reference.name.value
        guard policies.contains(name), !fixable.contains(name) else { return }
        let kinds = PolicyKind.allCases.filter(\.isAboutResources).map(\.rawValue).joined(separator: ", ")
        decoder.report(
            Diagnostic(
                .error, id: "wrong-value", "'\(name.shortened)' has no findings about resources: a campaign is about \(kinds)",
                at: reference.name.range))
    }

    /// No team is its own ancestor. Each circle is reported once, at the first of its teams by name.
    private static func checkCycles(_ decoder: PolicyDecoder) {
        var parents: [String: Located<String>] = [:]
        for reference in decoder.references {
            if case .parent(let team) = reference.target { parents[team] = reference.name }
        }
        var settled: Set<String> = []
        for start in parents.keys.sorted() {
            var path: [String] = []
            var onPath: Set<String> = []
            var team = start
            while let parent = parents[team], !settled.contains(team), onPath.insert(team).inserted {
                path.append(team)
                team = parent.value
            }
            if onPath.contains(team), let begin = path.firstIndex(of: team), let place = parents[team]?.range {
                let circle = path[begin...] + [team]
                decoder.report(
                    Diagnostic(
                        .error, id: "team-cycle", "team '\(team)' is its own ancestor: \(circle.prefix(12).joined(separator: " → "))",
                        at: place))
            }
            settled.formUnion(path)
        }
    }
}
