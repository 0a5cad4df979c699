extension StarterFile {
    /// `policies/teams/example.yaml` of the source tree.
    static let teamsExample = #"""
        # yaml-language-server: $schema=../.bursar/schema.json
        # A team, and what it says is its own. One file per team reads well; several objects per file, with '---' between, work too.
        kind: Team
        metadata:
          name: example               # what tags and other policies call the team
        spec:
          # parent: engineering       # the team this one is part of; it must exist
          costCenter: CC-1000         # tags can take it as their default
          contact: "#example"         # where to reach the team
          owns:
            # Tags come before paths, paths before accounts.
            - tags: {team: example}                 # what carries all of these tags
            - paths: ["infra/example/**"]           # what is declared there; the longest matching path wins
            # - accounts: ["123456789012"]          # what runs there; quoted, because an account is no number

        """#
}
