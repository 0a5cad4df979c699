import CostModel
import Diagnostics

/// The comments that exempt, held against what the policies allow: each counts for some policies, or says why it does not.
struct InlineAgreements {
    private(set) var agreements: [Agreement] = []
    private(set) var ineffective: [IneffectiveExemption] = []

    init(_ policies: PolicySet, resources: [Resource], today: Day) {
        // A comment in a module that is called twice stands at several resources.
        var sites: [InlineExemption: (resources: Set<ResourceIdentity>, own: Set<PolicyReference>)] = [:]
        for resource in resources {
            for comment in resource.inlineExemptions { sites[comment, default: ([], [])].resources.insert(resource.identity) }
        }
        for policy in policies.policies {
            for comment in policy.inlineExemptions { sites[comment, default: ([], [])].own.insert(policy.reference) }
        }
        guard !sites.isEmpty else { return }
        let headers = Dictionary(grouping: policies.headers, by: \.reference.name)
        var wrong: Set<IneffectiveExemption> = []
        for (comment, site) in sites {
            func refuse(_ reason: String) { wrong.insert(IneffectiveExemption(place: comment.place, reason: reason)) }
            guard case .agreed(let names, let until, _) = comment.content else {
                if case .malformed(let reason) = comment.content { refuse(reason) }
                continue
            }
            let latest = today.advanced(by: Exemption.longestDays)
            guard until <= latest else {
                refuse(Self.tooLong(latest))
                continue
            }
            var allowed: Set<PolicyReference> = []
            for name in names {
                guard let found = headers[name] else {
                    refuse(Self.unknown(name, among: headers.keys.sorted()))
                    continue
                }
                let open = found.filter { $0.exemptible && $0.inlineExemptions }
                if open.isEmpty { refuse(found.contains(where: \.exemptible) ? Self.notInline(name) : Self.notExemptible(name)) }
                allowed.formUnion(open.map(\.reference))
            }
            guard !allowed.isEmpty else { continue }
            agreements.append(
                Agreement(comment, until: until, scope: .comment(resources: site.resources, own: site.own, policies: allowed)))
        }
        agreements.sort { ($0.place, $0.isPending ? 1 : 0, $0.expires) < ($1.place, $1.isPending ? 1 : 0, $1.expires) }
        ineffective = wrong.sorted()
    }
}

// MARK: Messages

extension InlineAgreements {
    private static func tooLong(_ latest: Day) -> String {
        "'until' is more than \(Exemption.longestDays) days ahead; the latest day is \(latest)"
    }
    private static func unknown(_ name: String, among names: [String]) -> String {
        "there is no policy '\(name.prefix(60))'\(DidYouMean.hint(for: name, in: names))"
    }
    private static func notInline(_ name: String) -> String {
        "policy '\(name)' takes no exemptions in the code: it does not say 'inlineExemptions: true'"
    }
    private static func notExemptible(_ name: String) -> String { "policy '\(name)' allows no exemption" }
}
