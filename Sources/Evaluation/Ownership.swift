package import CostModel
import Patterns

/// Whose a resource or a row of the bill is.
///
/// A resource goes by its tags, then by its place, then by its account. Of one that is deployed those tags count that it has, as far as its
/// state says: its charges go by them, and a tag in the code alone moves nothing to another team. Else the code's count, as far as they are known.
/// A row of the bill goes by its own tags, then by the place of the resource it names, then by its account.
/// What is left is unowned.
package struct Ownership: Sendable {
    private let tagClaims: [(tags: [String: String], team: String)]
    private let pathClaims: [(glob: PathGlob, team: String)]
    private let accountClaims: [String: String]
    /// The owner by place alone, of each resource that any name of the bill may mean.
    private let placeOwners: [String: String]

    package init(teams: [Team], resources: [Resource]) {
        var tags: [(tags: [String: String], team: String)] = []
        var paths: [(glob: PathGlob, team: String)] = []
        var accounts: [String: String] = [:]
        for team in teams.sorted(by: { $0.name < $1.name }) {
            for claim in team.claims {
                switch claim {
                case .tags(let pairs): tags.append((pairs, team.name))
                case .paths(let globs): paths += globs.map { ($0, team.name) }
                case .accounts(let names):
                    for name in names where accounts[name] == nil { accounts[name] = team.name }
                }
            }
        }
        // Of several claims the one that says most wins. Claims that say equally much were refused at load; should one
        // come through, the team's name decides, so that the answer never depends on the order of files.
        tagClaims = tags.sorted { ($1.tags.count, $0.team) < ($0.tags.count, $1.team) }
        pathClaims = paths.sorted { ($1.glob.specificity, $0.team) < ($0.glob.specificity, $1.team) }
        accountClaims = accounts
        placeOwners = Self.placeOwners(of: resources, claims: pathClaims)
    }

    package func owner(of resource: Resource) -> String? {
        Self.first(
            ofTags: tagClaims.isEmpty ? nil : owner(byTags: resource.deployed?.tags ?? resource.tags.knownValues),
            ofPlace: owner(byPlaceIn: resource.identity.root, file: resource.location.file),
            ofAccount: owner(byAccount: resource.deployed?.account))
    }

    /// The owner of a row of the bill. A bill that names no account or no resource may say so by an empty text.
    ///
    /// - Parameter resourceID: the resource as it is billed, see `BilledName`.
    package func owner(account: String?, tags: [String: String], resourceID: String?) -> String? {
        Self.first(
            ofTags: owner(byTags: tags), ofPlace: resourceID.flatMap { owner(byResourceID: $0) }, ofAccount: owner(byAccount: account))
    }

    /// Who comes first, whether owners are names or numbers: of resources and of rows, and wherever the three are looked up apart.
    @inline(__always)
    static func first<Owner>(
        ofTags tags: Owner?, ofPlace place: @autoclosure () -> Owner?, ofAccount account: @autoclosure () -> Owner?
    ) -> Owner? {
        tags ?? place() ?? account()
    }

    func owner(byTags tags: [String: String]) -> String? {
        guard !tags.isEmpty else { return nil }
        return tagClaims.first { claim in claim.tags.allSatisfy { tags[$0.key] == $0.value } }?.team
    }

    func owner(byResourceID id: String) -> String? { placeOwners.isEmpty ? nil : placeOwners[BilledName.comparable(id)] }

    func owner(byAccount account: String?) -> String? { account.flatMap { $0.isEmpty ? nil : accountClaims[$0] } }

    func owner(byPlaceIn root: String, file: String) -> String? { Self.owner(root: root, file: file, claims: pathClaims) }

    /// The longest path that matches the root's folder; without one, the longest that matches the file.
    ///
    /// A file that lies in the root's folder itself is as near as the folder: there the longest of both wins. For one in a shared
    /// module's folder the root decides first, because the module's folder says nothing about who called it.
    private static func owner(root: String, file: String, claims: [(glob: PathGlob, team: String)]) -> String? {
        guard !claims.isEmpty else { return nil }
        let isOwnFile = file.folder == root
        if let claim = claims.first(where: { $0.glob.matches(root) || (isOwnFile && $0.glob.matches(file)) }) { return claim.team }
        return isOwnFile ? nil : claims.first { $0.glob.matches(file) }?.team
    }

    private static func placeOwners(of resources: [Resource], claims: [(glob: PathGlob, team: String)]) -> [String: String] {
        struct Spot: Hashable {
            var root: String
            var file: String
        }
        var bySpot: [Spot: String?] = [:]
        var result: [String: String] = [:]
        for resource in resources {
            let names = resource.deployed?.comparableNames ?? []
            guard !names.isEmpty else { continue }
            let spot = Spot(root: resource.identity.root, file: resource.location.file)
            let team = bySpot[spot] ?? owner(root: spot.root, file: spot.file, claims: claims)
            bySpot[spot] = .some(team)
            for name in names where result[name] == nil { result[name] = team }
        }
        return result
    }
}

extension TagSet {
    /// The keys and values that are known whatever happens at apply.
    ///
    /// A provider's default is not among them while the resource's own tags are open: they may say otherwise.
    var knownValues: [String: String] {
        tags.reduce(into: [:]) { values, tag in
            if openReason == nil || !tag.value.isProviderDefault { values[tag.key] = tag.value.value }
        }
    }
}

extension String {
    /// `infra/pay` of `infra/pay/main.tf`; empty for a file at the top.
    var folder: String { lastIndex(of: "/").map { String(self[..<$0]) } ?? "" }
}
