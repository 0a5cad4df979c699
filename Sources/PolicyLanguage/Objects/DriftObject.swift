import CostModel
import Diagnostics
import Patterns
import YAML

/// `kind: DriftPolicy`: what is deployed must be what the code says.
enum DriftObject: PolicyKindObject {
    static let doc = "What is deployed must be what the code says: tags, sizes, types, volumes."
    static let match = Field("match", .object(MatchObject.self), "Which resources; without it all.")
    static let compare = Field(
        "compare", .choice(DriftPolicy.Comparison.self), default: "cloud",
        "What the code is held against: 'cloud', what 'observe.cloud' says and the state does not; or 'state'.")
    static let ignoreTags = Field("ignoreTags", .list(of: .glob), "Patterns over keys of tags that may differ.")
    static let fields = HeaderFields.all + [match.description, compare.description, ignoreTags.description]
    static let example: String? = """
        kind: DriftPolicy
        metadata: {name: behind-our-back}
        spec:
          match: {types: ["aws_*"]}
          ignoreTags: ["backup:*"]
          fix: review
        """

    static func build(_ record: Record, _ envelope: Envelope) -> DriftPolicy? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 3)
        let match = record.value(of: match)
        let ignored = record.value(of: ignoreTags)
        guard let comparison = record.value(of: compare), !record.has(Self.match) || match != nil,
            !record.has(ignoreTags) || ignored != nil
        else { return nil }
        return DriftPolicy(header: header, match: match ?? ResourceMatch(), comparison: comparison, ignoredTags: ignored ?? [])
    }
}
