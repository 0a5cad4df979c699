package import Patterns

/// Who owns what.
package struct Team: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var parent: String?
    package var costCenter: String?
    package var contact: String?
    package var claims: [Claim]
    /// Whether it takes part in seasons; a team that does not is ranked in none and named in none.
    package var playsGame = true

    /// What a team says is its own. Tags come before paths, paths before accounts.
    package enum Claim: Hashable, Sendable {
        /// All of these tags, with these values.
        case tags([String: String])
        case paths([PathGlob])
        case accounts([String])
    }

    package init(name: String, place: Place, parent: String? = nil, costCenter: String? = nil, contact: String? = nil, claims: [Claim] = [])
    {
        self.name = name
        self.place = place
        self.parent = parent
        self.costCenter = costCenter
        self.contact = contact
        self.claims = claims
    }
}
