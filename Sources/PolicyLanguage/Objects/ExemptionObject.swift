import CostModel
import Diagnostics
import Patterns
import YAML

/// `kind: Exemption`: findings that are agreed to stay, for a reason, until a day.
enum ExemptionObject: SupportingKindObject {
    static let doc = "Findings that are agreed to stay, for a reason, until a day."
    static let policies = Field("policies", .list(of: .policyReference), "The policies it is about; without it all.")
    static let resources = Field("resources", .list(of: .glob), "Patterns over addresses, or root:address; without it all.")
    static let reason = Field("reason", .text, .required, "Why the findings stay.")
    static let approvedBy = Field("approvedBy", .text, .required, "Who agreed.")
    static let expires = Field("expires", .day, .required, "The last day on which it counts, at most 180 days ahead.")
    static let upTo = Field(
        "upTo", .money, "Of guardrails: how much a change may add to the monthly cost under it; required there, and nowhere else.")
    static let fields = [
        policies.description, resources.description, reason.description, approvedBy.description, expires.description, upTo.description,
    ]
    static let choice: KeyChoice? = .atLeastOne(of: [policies.key, resources.key])
    static let example: String? = """
        kind: Exemption
        metadata: {name: legacy-ledger}
        spec:
          policies: [cost-allocation]
          resources: ["aws_instance.legacy*"]
          reason: leaves with the data centre
          approvedBy: finops
          expires: 2027-01-31
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let policies = record.value(of: policies) ?? []
        let resources = record.value(of: resources) ?? []
        let reason = record.value(of: reason)
        let approvedBy = record.value(of: approvedBy)
        let expires = record.located(expires)
        let upTo = record.value(of: upTo)
        if let expires { checkLength(expires, record) }
        if let place = record.range(of: Self.policies) {
            record.decoder.caps.append(CapSite(policies: policies, hasCap: record.has(Self.upTo), place: place))
        }
        if record.has(Self.upTo), !record.has(Self.policies) || record.has(Self.resources), let place = record.keyRange(of: Self.upTo) {
            record.report(
                "wrong-value", "'upTo' is for changes: with it stand 'policies', which name guardrails, and no 'resources'", at: place)
        }
        guard record.has(Self.policies) || record.has(Self.resources) else {
            record.report("missing-key", "\(record.context.subject) must state 'policies', 'resources' or both", at: record.context.anchor)
            return nil
        }
        guard let reason, let approvedBy, let expires, !record.has(Self.upTo) || upTo != nil else { return nil }
        return .exemption(
            Exemption(
                name: envelope.name.value, place: envelope.place, policies: policies, resources: resources, reason: reason,
                approvedBy: approvedBy, expires: expires.value, upTo: upTo))
    }

    private static func checkLength(_ expires: Located<Day>, _ record: Record) {
        let latest = record.decoder.now.day.advanced(by: Exemption.longestDays)
        guard expires.value > latest else { return }
        record.report(
            "exemption-too-long", "'expires' is more than \(Exemption.longestDays) days ahead; the latest day is \(latest)",
            at: expires.range,
            fixIts: [.init("write \(latest)", edits: [TextEdit(expires.range.bytes, "\(latest)")])])
    }
}

extension Shape where Value == String {
    /// The name of a policy of any kind; that it exists and may be exempted is checked when all files are read.
    static var policyReference: Shape {
        Shape(.form(name: "the name of a policy", examples: ["cost-allocation"])) { node, context in
            guard let text = Shape.text.read(node, context) else { return nil }
            context.decoder.references.append(Reference(to: .policy, name: Located(value: text, range: node.range)))
            return text
        }
    }
}
