import CostModel
import Diagnostics
import Patterns
import YAML

/// `kind: Team`: who owns what.
enum TeamObject: SupportingKindObject {
    static let doc = "A team, and what it says is its own."
    static let parent = Field("parent", .teamReference, "The team this one is part of.")
    static let costCenter = Field("costCenter", .text, "Where the team's cost is booked; a tag's default can be taken from it.")
    static let contact = Field("contact", .text, "Where to reach the team.")
    static let owns = Field(
        "owns", .list(of: .object(ClaimObject.self)), "What is the team's own; tags come before paths, paths before accounts.")
    static let game = Field(
        "game", .bool, default: "true", "Whether it takes part in seasons; a team that does not is ranked in none and named in none.")
    static let fields = [parent.description, costCenter.description, contact.description, owns.description, game.description]
    static let example: String? = """
        kind: Team
        metadata: {name: payments}
        spec:
          costCenter: CC-1010
          contact: "#payments"
          owns:
            - tags: {team: payments}
            - paths: ["infra/payments/**"]
            - accounts: ["111122223333"]
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let name = envelope.name.value
        let parent = record.located(parent)
        if let parent { record.decoder.references.append(Reference(to: .parent(of: name), name: parent)) }
        let claims = record.value(of: owns) ?? []
        record.decoder.claims += claims.flatMap { claim in claim.sites.map { ClaimSite(key: $0.value, team: name, range: $0.range) } }
        var team = Team(
            name: name, place: envelope.place, parent: parent?.value, costCenter: record.value(of: costCenter),
            contact: record.value(of: contact), claims: claims.map(\.claim))
        team.playsGame = record.value(of: game) ?? true
        return .team(team)
    }
}

/// One entry of `owns`.
enum ClaimObject: NestedObject {
    /// A claim with the places that other teams' claims are compared with.
    struct Value: Sendable {
        var claim: Team.Claim
        var sites: [Located<ClaimSite.Key>]
    }

    static let doc = "One claim: tags, paths or accounts."
    static let tags = Field("tags", .map(key: .text, of: .text), "What carries all of these tags.")
    static let paths = Field(
        "paths", .list(of: .locatedPathGlob), "What is declared in files under these paths; the longest matching path wins.")
    static let accounts = Field("accounts", .list(of: .locatedText), "What runs in these accounts.")
    static let fields = [tags.description, paths.description, accounts.description]
    static let choice: KeyChoice? = .exactlyOne(of: fields.map(\.key))

    static func build(_ record: Record) -> Value? {
        let tags = record.value(of: tags)
        let paths = record.value(of: paths)
        let accounts = record.value(of: accounts)
        let stated = fields.filter { field in record.node[field.key] != nil }
        guard stated.count == 1 else {
            guard record.hasKnownKeysOnly else { return nil }
            let message =
                stated.isEmpty
                ? "\(record.context.subject) must state one of 'tags', 'paths' and 'accounts'"
                : "\(record.context.subject) states \(stated.map { "'\($0.key)'" }.joined(separator: " and ")); write each as an entry of its own"
            record.report("wrong-claim", message, at: record.node.range)
            return nil
        }
        if let tags, let range = record.range(of: Self.tags) {
            let claimed = Dictionary(tags.map { ($0.key.value, $0.value) }, uniquingKeysWith: { first, _ in first })
            return Value(claim: .tags(claimed), sites: [Located(value: .tags(claimed), range: range)])
        }
        if let paths {
            // A trailing slash means the same as everything below.
            return Value(
                claim: .paths(paths.map(\.value)),
                sites: paths.map { path in
                    let pattern = path.value.pattern
                    return Located(value: .path(pattern.hasSuffix("/") ? pattern + "**" : pattern), range: path.range)
                })
        }
        guard let accounts else { return nil }
        return Value(
            claim: .accounts(accounts.map(\.value)), sites: accounts.map { Located(value: .account($0.value), range: $0.range) })
    }
}

extension Shape where Value == Located<String> {
    static var locatedText: Shape { Shape<String>.text.located }
    static var locatedTreePath: Shape { Shape<String>.treePath.located }
}

extension Shape where Value == Located<PathGlob> {
    static var locatedPathGlob: Shape { Shape<PathGlob>.pathGlob.located }
}
