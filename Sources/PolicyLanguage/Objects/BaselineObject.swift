import CostModel
import Diagnostics
import YAML

/// `kind: Baseline`: findings that were there when a policy came. Written by `bursar baseline`.
enum BaselineObject: SupportingKindObject {
    /// A file of them stays well below what a YAML file may hold.
    static let mostFindings = 5_000

    static let doc = "Findings that were there when a policy came: listed and scored, but they do not fail a check."
    static let recorded = Field("recorded", .day, .required, "The day as of which they were recorded.")
    static let reason = Field("reason", .text, .required, "Why they stay for now.")
    static let findings = Field(
        "findings", .list(of: .object(BaselineEntryObject.self), minimum: 0, maximum: mostFindings), .required,
        "The findings; 'bursar baseline' takes out what is fixed.")
    static let fields = [recorded.description, reason.description, findings.description]

    static let example: String? = """
        kind: Baseline
        metadata: {name: baseline}
        spec:
          recorded: 2026-11-01
          reason: before tags were required
          findings:
            - {id: f-380eaf289905, policy: TaggingPolicy/cost-allocation, resource: "infra/pay:aws_instance.web", subject: team}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let recorded = record.value(of: recorded)
        let reason = record.value(of: reason)
        let findings = record.value(of: findings)
        if envelope.name.value != Baseline.name {
            record.report(
                "wrong-name", "a baseline is called '\(Baseline.name)', found '\(envelope.name.value.shortened)'", at: envelope.name.range,
                fixIts: [.init("write '\(Baseline.name)'", edits: [TextEdit(envelope.name.range.bytes, Baseline.name)])])
        }
        guard let recorded, let reason, let findings else { return nil }
        checkDuplicates(findings, record)
        return .baseline(Baseline(place: envelope.place, recorded: recorded, reason: reason, entries: findings.map(\.value)))
    }

    private static func checkDuplicates(_ findings: [Located<Baseline.Entry>], _ record: Record) {
        var first: [Baseline.Entry: SourceRange] = [:]
        for finding in findings {
            guard let earlier = first[finding.value] else {
                first[finding.value] = finding.range
                continue
            }
            record.report(
                "duplicate-finding", "finding '\(finding.value.id)' stands here already", at: finding.range,
                notes: [.init("first stated here", at: earlier)])
        }
    }
}

/// One entry of a baseline's `findings`.
enum BaselineEntryObject: NestedObject {
    static let doc = "A finding, by what it is about."
    static let id = Field("id", .findingID, .required, "The finding's id: a hash of what the other keys say.")
    static let policy = Field("policy", .baselinedPolicy, .required, "The policy, by kind and name.")
    static let resource = Field("resource", .text, "The resource, as root:address; without it a part of the bill.")
    static let subject = Field("subject", .text, "What inside the resource it is about, such as a tag's key.")
    static let fields = [id.description, policy.description, resource.description, subject.description]

    static func build(_ record: Record) -> Located<Baseline.Entry>? {
        let id = record.located(id)
        let policy = record.value(of: policy)
        let resource = record.value(of: resource)
        let subject = record.value(of: subject)
        guard let id, let policy, (resource != nil) == record.has(Self.resource), (subject != nil) == record.has(Self.subject) else {
            return nil
        }
        // A root's folder may have a colon in its name: the id tells which colon is meant.
        let identities: [ResourceIdentity?] = resource.map(identities) ?? [nil]
        for identity in identities where Finding.identifier(policy: policy, resource: identity, subject: subject) == id.value {
            let entry = Baseline.Entry(id: id.value, policy: policy, resource: identity, subject: subject)
            return Located(value: entry, range: record.node.range)
        }
        // What it hides would be something else than what people read here.
        record.report("wrong-id", "'\(id.value)' is not the id of what this entry names", at: id.range)
        return nil
    }

    private static func identities(_ text: String) -> [ResourceIdentity?] {
        text.indices.filter { text[$0] == ":" }.map { colon in
            ResourceIdentity(root: String(text[..<colon]), address: String(text[text.index(after: colon)...]))
        }
    }
}

extension Shape where Value == String {
    fileprivate static var findingID: Shape {
        form("a finding's id", "f-6c1d0a52e4b3") { text in
            text.hasPrefix("f-") && text.utf8.count == 14
                && text.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
    }
}

extension Shape where Value == PolicyReference {
    /// Whether there is such a policy is not asked: a policy that goes must not break the baseline, its entries have lapsed then.
    fileprivate static var baselinedPolicy: Shape {
        let description = ValueDescription.form(name: "a policy's kind and name", examples: ["TaggingPolicy/cost-allocation"])
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[1].isEmpty, let kind = PolicyKind(rawValue: parts[0]), Kinds.policies.contains(kind)
            else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            let policy = PolicyReference(kind, parts[1])
            context.decoder.references.append(
                Reference(to: .baselined(policy), name: Located<String>(value: policy.name, range: node.range)))
            return policy
        }
    }
}
