import Diagnostics

/// Two teams may not claim the very same thing. Claims that merely overlap are settled by precedence.
enum OwnershipCheck {
    static func run(_ decoder: PolicyDecoder) {
        var claimants: [ClaimSite.Key: [ClaimSite]] = [:]
        for claim in decoder.claims { claimants[claim.key, default: []].append(claim) }
        for (key, sites) in claimants where Set(sites.map(\.team)).count > 1 {
            for site in sites {
                guard let other = sites.first(where: { $0.team != site.team }) else { continue }
                decoder.report(
                    Diagnostic(
                        .error, id: "ownership-tie", "\(name(of: key)) is claimed by team '\(other.team)' as well", at: site.range,
                        notes: [.init("claimed here too", at: other.range)]))
            }
        }
    }

    private static func name(of key: ClaimSite.Key) -> String {
        switch key {
        case .tags(let tags): tags.sorted { $0.key < $1.key }.prefix(5).map { "\($0.key)=\($0.value)" }.joined(separator: ", ").shortened
        case .path(let path): "path '\(path.shortened)'"
        case .account(let account): "account '\(account.shortened)'"
        }
    }
}
