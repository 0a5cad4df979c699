extension StarterFile {
    /// `policies/policies/tagging.yaml` of the source tree.
    static let tagging = #"""
        # yaml-language-server: $schema=../.bursar/schema.json
        # Which tags resources must carry. A tag counts wherever it comes from: the resource, a merged local, a variable,
        # the provider's default_tags. What cannot be known before apply is 'unknown', never pass or fail.
        kind: TaggingPolicy
        metadata: {name: cost-allocation}
        spec:
          description: Every resource says whose it is, so that every cost has an owner.
          # docs: https://wiki.example.com/tags   # where to read more
          # owner: finops             # whom to ask

          severity: high              # low | medium | high | critical; medium when left out
          # Only 'block' fails a check; 'warn' reports; 'shadow' shows what would be. Start with warn, then block.
          enforcement: warn
          blockUnknown: true          # once it blocks, a result that is newly unknown fails a pull request, too
          # level: 1                  # which level of the scorecard needs it: 1 bronze, 2 silver, 3 gold
          # fixWithin: 30d            # how long a finding may stay open
          # exemptible: true          # false: no exemption may name this policy
          # inlineExemptions: false   # true: comments 'bursar:ignore' in the code may exempt from it

          match:                      # every part that is stated must hold; without 'match': everything that takes tags
            types: ["aws_*"]
            # paths: ["infra/**"]

          require:
            # 'of: teams' is the names of all teams. The default is the team that owns the resource.
            - key: team
              values: {of: teams}
              default: {from: team.name}            # also team.costCenter, team.contact, or text of your own

            # An alias does not satisfy the rule: a fix renames it and keeps its value.
            - key: environment
              values: [prod, staging, dev]
              aliases: [env, Environment]
              # default: {from: path, segment: 3}   # infra/payments/prod/main.tf: the third segment is 'prod'

            # A pattern (RE2's syntax) matches the whole value.
            - key: cost-center
              pattern: "CC-[0-9]{4}"
              default: {from: team.costCenter}

          # 'automatic' may go straight onto the base branch where asked for; 'review' goes onto a branch; 'advisory' is only explained.
          fix: review

        """#
}
