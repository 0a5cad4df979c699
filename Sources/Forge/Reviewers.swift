/// Who is asked for a review, told apart as code hosts ask for them.
struct Reviewers: Hashable, Sendable {
    var users: [String] = []
    /// Without their organisation.
    var teams: [String] = []

    /// - Parameter names: `ada`, `@ada`, `org/team`, `@org/team`. Addresses of mail name nobody, and are left out.
    init(_ names: [String]) {
        for name in names {
            let name = name.hasPrefix("@") ? name.dropFirst() : name[...]
            guard !name.isEmpty, !name.contains("@") else { continue }
            if let slash = name.lastIndex(of: "/") {
                let team = String(name[name.index(after: slash)...])
                if !team.isEmpty, !teams.contains(team) { teams.append(team) }
            } else if !users.contains(String(name)) {
                users.append(String(name))
            }
        }
    }

    private init(users: [String], teams: [String]) {
        self.users = users
        self.teams = teams
    }

    var isEmpty: Bool { users.isEmpty && teams.isEmpty }
    /// Each alone, because hosts refuse a whole list for one name in it.
    var apart: [Reviewers] { users.map { Reviewers(users: [$0], teams: []) } + teams.map { Reviewers(users: [], teams: [$0]) } }
}
