import CostModel
import Diagnostics

/// Names are unique among the objects of a kind, in all files together.
enum NameCheck {
    static func run(_ decoder: PolicyDecoder) {
        var first: [PolicyReference: SourceRange] = [:]
        // That there is one Workspace is checked apart.
        for envelope in decoder.envelopes where envelope.kind != .workspace {
            guard let earlier = first[envelope.reference] else {
                first[envelope.reference] = envelope.name.range
                continue
            }
            decoder.report(
                Diagnostic(
                    .error, id: "duplicate-name", "\(envelope.kind.rawValue) '\(envelope.name.value)' exists already",
                    at: envelope.name.range,
                    notes: [.init("first named here", at: earlier)]))
        }
    }
}
