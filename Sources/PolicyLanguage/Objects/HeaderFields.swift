import CostModel
import Diagnostics

/// What every policy may say.
enum HeaderFields {
    static let description = Field("description", .text, "Why the policy exists; appears in the pull-request comment.")
    static let docs = Field("docs", .text, "Where to read more; appears in the pull-request comment.")
    static let owner = Field("owner", .text, "Whom to ask about the policy.")
    static let severity = Field("severity", .choice(Severity.self), default: "medium", "How much a finding matters.")
    static let enforcement = Field(
        "enforcement", .choice(Enforcement.self), default: "warn", "Only 'block' fails a check; 'shadow' shows what would be.")
    static let level = Field("level", .integer(1...3), "The level of the scorecard that needs it: 1 bronze, 2 silver, 3 gold.")
    static let fixWithin = Field("fixWithin", .timeSpan, "How long a finding may stay open.")
    static let exemptible = Field("exemptible", .bool, default: "true", "Whether an exemption may name the policy.")
    static let inlineExemptions = Field(
        "inlineExemptions", .bool, default: "false", "Whether comments in the code, 'bursar:ignore', may exempt from the policy.")
    static let blockUnknown = Field(
        "blockUnknown", .bool, default: "false", "Whether a result that is newly unknown fails a change, where 'enforcement' is 'block'.")
    static let fix = Field("fix", .choice(Applicability.self), default: "review", "What may be done with a proposed fix.")

    static let all = [
        description.description, docs.description, owner.description, severity.description, enforcement.description, level.description,
        fixWithin.description, exemptible.description, inlineExemptions.description, blockUnknown.description,
        fix.description,
    ]

    /// - Parameters:
    ///   - defaultLevel: Tagging and budgets 1, rightsizing 2, rules 3.
    ///   - fix: what a kind with a `fix` of its own has read there; nil: the common key is read.
    static func build(_ record: Record, _ envelope: Envelope, defaultLevel: Int, fix own: Applicability? = nil) -> PolicyHeader {
        let isExemptible = record.value(of: exemptible) ?? true
        if !isExemptible { record.decoder.notExemptible[envelope.reference] = record.keyRange(of: exemptible) }
        let takesInline = record.value(of: inlineExemptions) ?? false
        if takesInline, !isExemptible, let place = record.keyRange(of: inlineExemptions) {
            record.report(
                "contradiction", "'inlineExemptions' cannot be true where 'exemptible' is false", at: place,
                notes: record.keyRange(of: exemptible).map { [.init("said here", at: $0)] } ?? [])
        }
        return PolicyHeader(
            reference: envelope.reference, place: envelope.place, description: record.value(of: description), docs: record.value(of: docs),
            owner: record.value(of: owner), severity: record.value(of: severity) ?? .medium,
            enforcement: record.value(of: enforcement) ?? .warn,
            level: record.value(of: level) ?? defaultLevel, fixWithin: record.value(of: fixWithin), exemptible: isExemptible,
            inlineExemptions: takesInline, blockUnknown: record.value(of: blockUnknown) ?? false,
            fix: own ?? record.value(of: fix) ?? .review)
    }
}
