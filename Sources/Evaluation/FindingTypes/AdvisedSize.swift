import CostModel

/// Finds instances for which only the provider proposes another size.
enum AdvisedSize {
    static let id = "advised-size"
    static let description = FindingType(
        id: id,
        title: "the provider advises another size",
        does: "Takes the provider's own proposal for an instance of which the policy has no samples, if the policy says 'advice: propose' "
            + "and no guard rail is against it. It rests on samples that nobody here has seen, so that a person looks at each fix.",
        cost: "An instance is paid for by its size, not by its use.",
        example: """
            kind: RightsizingPolicy
            spec:
              advice: propose   # AWS advises m5.large for an m5.xlarge that sends us no samples
            """,
        remedy: """
            Use the proposed size, or send samples, so that the policy's own targets decide:

              instance_type = "m5.large"
            """)

    static func message(_ advice: ProviderAdvice, present: String, proposed: String, lacking: String) -> String {
        let assumed = advice.assumed.isEmpty ? "" : ", \(advice.assumed)"
        return
            "\(advice.provider) advises \(proposed) in the place of \(present) (\(advice.format.title)\(assumed)); none of our own samples "
            + "say so: \(lacking)"
    }
}
