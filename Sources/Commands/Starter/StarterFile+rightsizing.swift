extension StarterFile {
    /// `policies/policies/rightsizing.yaml` of the source tree.
    static let rightsizing = #"""
        # yaml-language-server: $schema=../.bursar/schema.json
        # How much headroom instances keep. The cheapest type that keeps every stated target is proposed;
        # each recommendation that is held back is listed with what held it back.
        kind: RightsizingPolicy
        metadata: {name: compute-headroom}
        spec:
          description: Instances keep headroom, not idle halves.
          severity: medium
          enforcement: warn
          blockUnknown: true          # once it blocks, a result that is newly unknown fails a pull request, too
          match: {types: [aws_instance]}

          lookback: 14d               # samples of the two weeks before the evaluation count
          minimumSamples: 100         # with fewer there is no recommendation

          # On the proposed size: p95 of CPU at or under 60 %, p99 of memory at or under 80 %.
          # Without 'memory' nothing is asked of it; with it, instances without memory samples get no proposal.
          cpu: {percentile: 95, target: 60%}
          memory: {percentile: 99, target: 80%}

          # idle: {cpuBelow: 3%, for: 14d}      # what counts as doing nothing at all

          guardrails:
            families: same            # same | any | a list such as [m5, m6i]
            maxStep: 2                # sizes down in one change
            minimumMonthlySavings: 20 USD
            exclude: {tags: {critical: "true"}}   # resources with any of these tags are left alone

          fix: review

        """#
}
