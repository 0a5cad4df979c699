import CostModel
import Diagnostics

/// An exemption and whether it has a cap, comparable with the kinds of the policies that it names.
struct CapSite {
    var policies: [String]
    var hasCap: Bool
    /// Where the policies are named.
    var place: SourceRange
}

/// What exempts from a guardrail says up to how many dollars, and nothing else does.
enum CapCheck {
    static func run(_ decoder: PolicyDecoder) {
        var kinds: [String: Set<PolicyKind>] = [:]
        for envelope in decoder.envelopes where Kinds.policies.contains(envelope.kind) {
            kinds[envelope.name.value, default: []].insert(envelope.kind)
        }
        for site in decoder.caps {
            for name in site.policies {
                guard let found = kinds[name] else { continue }
                if site.hasCap, !found.contains(.guardrail) {
                    decoder.report(
                        Diagnostic(
                            .error, id: "wrong-value",
                            "'upTo' is the cap of a Guardrail, and '\(name.shortened)' is none: make two exemptions of it",
                            at: site.place))
                } else if !site.hasCap, found == [.guardrail] {
                    decoder.report(
                        Diagnostic(
                            .error, id: "missing-key",
                            "an exemption from the Guardrail '\(name.shortened)' must say up to how much: missing 'upTo', such as 2000 USD",
                            at: site.place))
                }
            }
        }
    }
}
