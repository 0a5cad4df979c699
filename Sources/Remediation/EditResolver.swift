import CostModel
import Diagnostics
import HCL

/// All edits of one site, and whose wishes they fulfil.
struct SiteChange: Sendable {
    var site: Site
    var wishes: [Wish]
    /// What is done for a finding, where that is not just setting a value.
    var phrases: [String: String]
    var edits: [TextEdit]

    /// `set team = "payments", rename env to environment on aws_instance.web and 2 more`
    var title: String {
        let texts = Set(wishes.map { phrases[$0.finding] ?? $0.phrase }).sorted()
        let sets = texts.filter { !$0.hasPrefix(Self.rename) }
        let renames = texts.filter { $0.hasPrefix(Self.rename) }
        let all = (sets.isEmpty ? [] : ["set " + sets.joined(separator: ", ")]) + renames
        let resources = Set(wishes.map(\.resource)).sorted()
        let more = resources.count > 1 ? " and \(resources.count - 1) more" : ""
        return "\(all.joined(separator: ", ")) on \(resources.first?.address ?? "")\(more)"
    }

    fileprivate static let rename = "rename "
}

extension Wish {
    var phrase: String {
        switch subject {
        case .tag(let key): "\(key) = \"\(value)\""
        case .size(let name), .argument(let name): "\(name) = \"\(value)\""
        }
    }

    var title: String { "set \(phrase) on \(resource.address)" }
}

/// Wishes being matched with sites: each wish tries its candidates in order until one fits with everybody else's.
struct Draft {
    private(set) var changes: [SiteChange] = []
    private(set) var refused: [(wish: Wish, reason: String)] = []
    private var open: [(wish: Wish, next: Int, reason: String?)]
    private let users: LiteralUsers
    private let sources: SourceLibrary

    init(wishes: [Wish], users: LiteralUsers, sources: SourceLibrary) {
        open = wishes.map { ($0, 0, nil) }
        self.users = users
        self.sources = sources
    }

    /// The wish's present candidate does not do; it tries the next one, or is refused with this reason.
    mutating func withdraw(_ finding: String, because reason: String) {
        guard let index = open.firstIndex(where: { $0.wish.finding == finding }) else { return }
        open[index].next += 1
        open[index].reason = open[index].reason ?? reason
        if open[index].next >= open[index].wish.candidates.count {
            refused.append((open[index].wish, open[index].reason ?? reason))
            // What a rule sets is set together or not at all.
            open.removeAll { $0.wish.finding == finding }
        }
    }

    /// Chooses sites until no two wishes contradict each other, and makes the edits.
    mutating func settle() {
        while true {
            let sites = Dictionary(grouping: open, by: { $0.wish.candidates[$0.next].site })
            var complaints: [(finding: String, reason: String)] = []
            for (_, members) in sites.sorted(by: { $0.key < $1.key }) { complaints += contradictions(members) }
            if complaints.isEmpty {
                changes = []
                var taken: [String: [TextEdit]] = [:]
                for (site, members) in sites.sorted(by: { $0.key < $1.key }) {
                    complaints += edit(site, members, &taken)
                }
            }
            if complaints.isEmpty { return }
            for complaint in complaints { withdraw(complaint.finding, because: complaint.reason) }
        }
    }

    /// Users of one site who need different edits, and users of a literal who need none.
    private func contradictions(_ members: [(wish: Wish, next: Int, reason: String?)]) -> [(finding: String, reason: String)] {
        let byTarget = Dictionary(grouping: members) { $0.wish.candidates[$0.next].operation.target }
        var complaints: [(finding: String, reason: String)] = []
        for (target, group) in byTarget {
            if Set(group.map { $0.wish.candidates[$0.next].operation }).count > 1 {
                complaints += group.map { ($0.wish.finding, Self.differing(group.count)) }
            } else if case .span(let literal) = target,
                let other = users.others(of: literal, than: Set(group.map { LiteralUsers.User($0.wish.resource, $0.wish.subject) }))
            {
                complaints += group.map { ($0.wish.finding, Self.shared(with: other)) }
            }
        }
        return complaints.sorted { $0.finding < $1.finding }
    }

    private mutating func edit(
        _ site: Site, _ members: [(wish: Wish, next: Int, reason: String?)], _ taken: inout [String: [TextEdit]]
    ) -> [(finding: String, reason: String)] {
        let operations = Set(members.map { $0.wish.candidates[$0.next].operation }).sorted()
        let wishes = members.map(\.wish).sorted { $0.finding < $1.finding }
        guard let file = sources.file(site.span.file), let edits = TerraformEditor.edits(operations, at: site, in: file) else {
            return wishes.map { ($0.finding, Self.notEditable) }
        }
        let all = taken[site.span.file, default: []] + edits
        guard all.applied(to: file.source.bytes) != nil else { return wishes.map { ($0.finding, Self.overlapping) } }
        taken[site.span.file] = all
        changes.append(SiteChange(site: site, wishes: wishes, phrases: phrases(members), edits: edits))
        return []
    }

    private func phrases(_ members: [(wish: Wish, next: Int, reason: String?)]) -> [String: String] {
        var phrases: [String: String] = [:]
        for member in members {
            guard case .rename(_, let old, let key) = member.wish.candidates[member.next].operation else { continue }
            phrases[member.wish.finding] = "\(SiteChange.rename)\(old) to \(key)"
        }
        return phrases
    }
}

/// Who takes its value from which literal.
struct LiteralUsers {
    struct User: Hashable {
        var resource: ResourceIdentity
        var subject: Wish.Subject

        init(_ resource: ResourceIdentity, _ subject: Wish.Subject) {
            self.resource = resource
            self.subject = subject
        }
    }

    private var users: [FileSpan: Set<User>] = [:]

    init(_ resources: [Resource]) {
        for resource in resources {
            for (key, tag) in resource.tags.tags {
                if let literal = tag.literal { users[literal, default: []].insert(User(resource.identity, .tag(key))) }
            }
            if let size = resource.size, let literal = size.literal {
                users[literal, default: []].insert(User(resource.identity, .size(size.name)))
            }
            add(resource.attributes, below: "", of: resource)
        }
    }

    private mutating func add(_ attributes: [String: ResourceAttribute], below path: String, of resource: Resource) {
        for (name, attribute) in attributes where name != resource.size?.name && name != "tags" && name != "labels" {
            if let literal = attribute.literal {
                users[literal, default: []].insert(User(resource.identity, .argument(path + name)))
            }
            guard case .list(let elements) = attribute.value else { continue }
            for element in elements {
                if case .map(let inside) = element.value { add(inside, below: path + name + ".", of: resource) }
            }
        }
    }

    /// The first user of the literal that is not among these.
    func others(of literal: FileSpan, than expected: Set<User>) -> ResourceIdentity? {
        users[literal]?.subtracting(expected).map(\.resource).min()
    }
}

// MARK: Messages

extension Draft {
    private static func differing(_ count: Int) -> String { "the place is shared by \(count) resources that need different values" }
    private static func shared(with other: ResourceIdentity) -> String {
        "the value is shared with \(other.address), which needs no such change"
    }
    private static let notEditable = "the code at this place has a form that cannot be edited safely"
    private static let overlapping = "the edit would touch the same bytes as another change; plan again after that one"
}
