import CostModel

extension StarterFile {
    /// The files for what a repository holds; for an empty one those that explain everything.
    static func proposed(for survey: RepositorySurvey) -> [StarterFile] {
        guard !survey.isEmpty else { return all }
        let teams = ProposedTeams(teams: survey.teams).text
        // Files of another tool in the usual folders would be read as policies, and be wrong.
        let folder = survey.hasForeignPolicies ? "bursar/" : ""
        var policies: [StarterFile] = []
        func add(_ path: String, _ text: String?) {
            guard let text else { return }
            let schema = folder.isEmpty ? text : text.replacing("$schema=../", with: "$schema=../../", maxReplacements: 1)
            policies.append(StarterFile(path: folder + path, text: schema))
        }
        add("policies/tagging.yaml", ProposedTags(survey: survey).text)
        add("policies/rules.yaml", ProposedRules(types: Set(survey.resources.map(\.type))).text)
        // A folder of policies must hold a file; this one is all comments, and says what is agreed to stay.
        if policies.isEmpty { add("policies/exemptions.yaml", exemptions) }
        add("teams/teams.yaml", teams)
        let folders = (teams == nil ? ["policies"] : ["policies", "teams"]).map { folder + $0 }
        let workspace = ProposedWorkspace(survey: survey, folders: folders)
        return [StarterFile(path: "bursar.yaml", text: workspace.text)] + policies + all.filter { $0.path.hasPrefix("hooks/") }
    }
}
