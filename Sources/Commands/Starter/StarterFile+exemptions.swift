extension StarterFile {
    /// `policies/policies/exemptions.yaml` of the source tree.
    static let exemptions = #"""
        # yaml-language-server: $schema=../.bursar/schema.json
        # Findings that are agreed to stay, for a reason, until a day. They are still listed, and cost a little score;
        # expired, unused and soon expiring ones are reported. Remove the '#' in front to use this one.
        #
        # kind: Exemption
        # metadata: {name: old-ledger}
        # spec:
        #   policies: [cost-allocation]                     # without it: every policy
        #   resources: ["infra/example/prod:aws_instance.legacy*"]   # root:address, or an address alone; '*' is any text
        #   reason: "leaves with the data centre"
        #   approvedBy: finops
        #   expires: 2027-01-31                             # the last day on which it counts, at most 180 days ahead

        """#
}
