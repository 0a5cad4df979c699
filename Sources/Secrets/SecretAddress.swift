/// An address that is a secret, as those of chat channels are: `https://hooks.slack.com/services/T…/B…/X…`, `https://…/invoke?sig=…`.
enum SecretAddress {
    /// What of it must not be shown alone either: what stands behind the host, its path, its query, and each segment and value that looks as
    /// if nobody had thought it up. Empty for a text that is no address.
    static func parts(of text: String) -> [String] {
        guard let scheme = text.firstRange(of: "://"), ["http", "https"].contains(text[..<scheme.lowerBound].lowercased()) else {
            return []
        }
        let rest = text[scheme.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let target = rest[authority.endIndex...]
        let path = target.prefix { !"?#".contains($0) }
        let query = target[path.endIndex...].dropFirst()
        let pieces = target.split { "/?#&=;,".contains($0) }.filter(isRandom)
        // Where no piece looks like one, the whole may be.
        let wholes = [target] + [path, query].filter { part in pieces.isEmpty || pieces.contains(where: part.contains) }
        let user = authority.lastIndex(of: "@").map { authority[..<$0].split(separator: ":") } ?? []
        return (wholes.filter { $0.utf8.count >= leastWhole } + pieces + user.filter { $0.utf8.count >= leastPiece }).map(String.init)
    }

    private static let leastWhole = 12
    private static let leastPiece = 8
    /// Of letters alone, in capitals and others.
    private static let leastLetters = 16

    /// `services`, `incoming-webhook` and `2016-06-01` are none.
    private static func isRandom(_ piece: Substring) -> Bool {
        let hasDigits = piece.contains { ("0"..."9").contains($0) }
        let hasCapitals = piece.contains { ("A"..."Z").contains($0) }
        let hasLetters = hasCapitals || piece.contains { ("a"..."z").contains($0) }
        let length = piece.utf8.count
        return length >= leastPiece && hasDigits && hasLetters || length >= leastLetters && (hasDigits || hasCapitals)
    }
}
