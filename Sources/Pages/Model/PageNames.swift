import CostModel

/// What pages are called: as files of a report, and behind a server's address. All stand beside each other, so that links hold in both.
struct PageNames: Sendable {
    static let overview = "index.html"
    static let leaderboard = "teams.html"
    static let requests = "requests.html"
    static let savings = "savings.html"
    static let budgets = "budgets.html"
    static let changes = "changes.html"
    static let exemptions = "exemptions.html"

    /// So many rows a page: less than a megabyte of them, and no browser is slow.
    static let rows = 500

    static func findings(_ page: Int) -> String { page == 0 ? "findings.html" : "findings-\(page + 1).html" }
    static func fixed(_ page: Int) -> String { page == 0 ? "fixed.html" : "fixed-\(page + 1).html" }

    private let teams: [String: String]

    init(teams names: [String]) {
        var teams: [String: String] = [:]
        for name in names { teams[name] = Self.file(ofTeam: name) }
        self.teams = teams
    }

    /// Nil for a team that has no page.
    func team(_ name: String) -> String? { teams[name] }

    /// A name that is plain already is kept; of others what is plain, with a digest that tells them apart. Files of some systems know no case.
    private static func file(ofTeam name: String) -> String {
        let plain = name.utf8.prefix(60).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): byte
            default: UInt8(ascii: "-")
            }
        }
        let text = String(decoding: plain, as: UTF8.self)
        if text == name { return "team-\(text).html" }
        // Two underscores stand in no plain name.
        return "team-\(text)__\(SHA256.hexDigest(of: Array(name.utf8)).prefix(12)).html"
    }
}
