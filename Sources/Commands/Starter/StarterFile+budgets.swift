extension StarterFile {
    /// `policies/policies/budgets.yaml` of the source tree.
    static let budgets = #"""
        # yaml-language-server: $schema=../.bursar/schema.json
        # What a part of the bill may cost in a period. One finding per budget: the highest alert that is crossed.
        kind: Budget
        metadata: {name: example-monthly}
        spec:
          description: What the example team may spend a month.
          enforcement: warn
          blockUnknown: true          # once it blocks, a result that is newly unknown fails a pull request, too

          # Which part of the bill. Every part that is stated must hold; {} is the whole bill.
          scope:
            team: example             # and the teams under it
            # accounts: ["123456789012"]
            # services: ["Amazon Simple Storage Service"]   # as the bill calls them
            # regions: [us-east-1]
            # tags: {environment: prod}

          period: monthly             # daily | monthly | quarterly | annually
          amount: 10000 USD
          # amounts: {2026-12: 15000 USD}   # single periods with another amount: 2026-12-24, 2026-12, 2026-Q4 or 2026

          # effective spreads prepayments over what they cover; billed is the invoice. Also list and contracted.
          cost: effective
          include: {tax: false, credits: true}

          alerts:                     # without them: actual above 80% (medium) and above 100% (high)
            - {when: actual, above: 80%, severity: medium}
            - {when: actual, above: 100%, severity: high}
            - {when: forecast, above: 100%, severity: medium}

        """#
}
