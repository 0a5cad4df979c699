import CostModel

/// What files that are about a team are called.
package enum TeamFileName {
    /// A name that is plain already is kept; of others what is plain, with a digest that tells them apart. Files of some systems know no case.
    package static func stem(of team: String) -> String {
        let plain = team.utf8.prefix(60).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): byte
            default: UInt8(ascii: "-")
            }
        }
        let text = String(decoding: plain, as: UTF8.self)
        // Two underscores stand in no plain name.
        return text == team ? text : "\(text)__\(SHA256.hexDigest(of: Array(team.utf8)).prefix(12))"
    }
}
