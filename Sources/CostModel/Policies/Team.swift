package import Patterns

/// Who owns what.
package struct Team: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var parent: String?
    package var costCenter: String?
    package var contact: String?
    package var claims: [Claim]

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
