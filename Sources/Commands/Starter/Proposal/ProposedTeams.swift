/// `teams/teams.yaml`: the teams that tags, `CODEOWNERS` or folders name, with the folders that they own.
struct ProposedTeams {
    let teams: [ProposedTeam]

    var text: String? {
        let head = """
            # yaml-language-server: $schema=../.bursar/schema.json
            # Made by 'bursar init'. Say here who owns what: tags come before paths, paths before accounts.
            # A team may also have 'parent', 'costCenter', 'contact' and 'accounts'.

            """
        return objects.map { head + $0 }
    }

    /// Without the lines for whoever opens the file.
    var objects: String? { teams.isEmpty ? nil : teams.map(Self.text).joined(separator: "---\n") }

    private static func text(of team: ProposedTeam) -> String {
        var lines = ["kind: Team", "metadata: {name: \(YAMLText.scalar(team.name))}   # \(reason(team))", "spec:"]
        if let center = team.costCenter { lines.append("  costCenter: \(YAMLText.scalar(center))") }
        if let handle = team.handle { lines.append("  contact: \(YAMLText.scalar(handle))") }
        lines.append("  owns:")
        if let (key, value) = team.tag { lines.append("    - tags: {\(YAMLText.scalar(key)): \(YAMLText.scalar(value))}") }
        if !team.folders.isEmpty {
            lines.append("    - paths: \(YAMLText.list(team.folders.map { $0.isEmpty ? "**" : $0 + "/**" }))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func reason(_ team: ProposedTeam) -> String {
        switch team.evidence {
        case .tag: "resources are tagged with it"
        case .codeOwners: "from CODEOWNERS"
        case .folder: "a guess from the folders' names"
        }
    }
}
