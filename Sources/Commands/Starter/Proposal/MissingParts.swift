import CostModel

/// What a repository holds that its workspace does not name yet, each with the lines that would name it.
struct MissingParts {
    private(set) var texts: [String] = []

    init(_ survey: RepositorySurvey, policies: PolicySet) {
        let workspace = policies.workspace
        let observed = survey.observed
        if workspace.cost.isEmpty, !observed.bills.isEmpty {
            add(
                "a bill",
                ["observe:", "  cost: [{name: billing, format: \(observed.billFormat.rawValue), paths: \(YAMLText.list(observed.bills))}]"])
        }
        let unseen = survey.roots.filter { root in
            !workspace.inventory.contains { $0.path.isEmpty || $0.path == "." || root == $0.path || root.hasPrefix($0.path + "/") }
        }
        if !unseen.isEmpty {
            let folder = RepositorySurvey(name: "", roots: unseen).scopes[0]
            add("Terraform code", ["observe:", "  inventory: [{name: more, format: terraform, path: \(YAMLText.scalar(folder))}]"])
        }
        if !workspace.inventory.isEmpty, workspace.inventory.allSatisfy(\.state.isEmpty), !observed.states.isEmpty {
            add("states, for an entry of 'inventory'", ["state: \(YAMLText.list(observed.states))"])
        }
        let known = Set(policies.teams.map(\.name))
        let teams = ProposedTeams(teams: survey.teams.filter { !known.contains($0.name) })
        if let text = teams.objects { add("teams", text.split(separator: "\n").map(String.init)) }
        let required = policies.tagging.flatMap(\.requires)
        let keys = ProposedTags(survey: survey).required.filter { tag in
            survey.tags.keys.contains { $0.name == tag.key }
                && !required.contains { !Set([$0.key] + $0.aliases).isDisjoint(with: [tag.key] + tag.aliases) }
        }
        if !keys.isEmpty { add("tags that most resources carry, for 'require'", keys.flatMap(ProposedTags.lines)) }
    }

    private mutating func add(_ what: String, _ lines: [String]) {
        texts.append("  \(what):\n" + lines.map { "    " + $0 }.joined(separator: "\n"))
    }
}
