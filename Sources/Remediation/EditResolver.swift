import CostModel
import Diagnostics

/// All edits of one location, and which requests they fulfil.
struct LocatedChange: Sendable {
    var location: EditLocation
    var requests: [FixRequest]
    /// What is done for a finding, where that is not just setting a value.
    var phrases: [String: String]
    var edits: [TextEdit]
    /// Where it is made of several that only one edit can make together, each of them alone.
    var parts: [LocatedChange] = []

    /// `set team = "payments", rename env to environment on aws_instance.web and 2 more`
    var title: String {
        let texts = Set(requests.map { phrases[$0.finding] ?? $0.phrase }).sorted()
        let others = texts.filter { text in [Self.rename, Self.adopt, Self.add].contains { text.hasPrefix($0) } }
        let sets = texts.filter { !others.contains($0) }
        let all = (sets.isEmpty ? [] : ["set " + sets.joined(separator: ", ")]) + others
        let resources = Set(requests.map(\.resource)).sorted()
        let more = resources.count > 1 ? " and \(resources.count - 1) more" : ""
        return "\(all.joined(separator: ", ")) on \(resources.first?.address ?? "")\(more)"
    }

    fileprivate static let rename = "rename "
    fileprivate static let adopt = "take tags from "
    fileprivate static let add = "add "
}

extension FixRequest {
    var phrase: String {
        switch subject {
        case .tag(let key): "\(key) = \"\(value)\""
        case .size(let name), .argument(let name): "\(name) = \"\(value)\""
        case .block(let address): "\(LocatedChange.add)\(address)"
        }
    }

    var title: String {
        if case .block = subject { return "\(phrase) on \(resource.address)" }
        return "set \(phrase) on \(resource.address)"
    }
}

/// Finds edits that fulfil requests: each request tries its candidates in order until one fits with everybody else's.
struct EditResolver {
    /// A request that is not refused, and the candidate that it tries now.
    private struct OpenRequest {
        var request: FixRequest
        var next = 0
        /// Why an earlier candidate did not do.
        var reason: String?

        var candidate: FixRequest.Candidate { request.candidates[next] }
        var finding: String { request.finding }
    }

    /// What a request does at one location.
    private struct Member {
        var request: FixRequest
        var operation: EditOperation
        var finding: String { request.finding }
    }

    private struct Complaint {
        var finding: String
        var reason: String
    }

    private(set) var changes: [LocatedChange] = []
    private(set) var refused: [(request: FixRequest, reason: String)] = []
    private var open: [OpenRequest]
    private let users: LiteralUsers
    private let sources: SourceLibrary
    private var made: [[EditPart]: [TextEdit]?] = [:]

    init(requests: [FixRequest], users: LiteralUsers, sources: SourceLibrary) {
        open = Self.preferringShared(requests).map { OpenRequest(request: $0) }
        self.users = users
        self.sources = sources
    }

    /// One edit for all who inherit it: where several resources can get a key from one place, that place comes first, as long as it is in the
    /// same code as the place that would be best for each alone.
    private static func preferringShared(_ requests: [FixRequest]) -> [FixRequest] {
        var users: [FixRequest.Candidate: Int] = [:]
        for request in requests { for candidate in Set(request.candidates) { users[candidate, default: 0] += 1 } }
        return requests.map { request in
            guard let first = request.candidates.first, case .insert = first.steps[0].operation else { return request }
            let folder = folder(of: first)
            var best = (index: 0, users: users[first] ?? 0)
            for (index, candidate) in request.candidates.enumerated() where self.folder(of: candidate) == folder {
                if let count = users[candidate], count > best.users { best = (index, count) }
            }
            var request = request
            request.candidates.insert(request.candidates.remove(at: best.index), at: 0)
            return request
        }
    }

    private static func folder(of candidate: FixRequest.Candidate) -> Substring {
        let file = candidate.steps[0].location.span.file
        return file.lastIndex(of: "/").map { file[..<$0] } ?? ""
    }

    /// The request's present candidate does not do; it tries the next one, or is refused with this reason.
    mutating func withdraw(_ finding: String, because reason: String) {
        guard let index = open.firstIndex(where: { $0.finding == finding }) else { return }
        open[index].next += 1
        open[index].reason = open[index].reason ?? reason
        if open[index].next >= open[index].request.candidates.count {
            refused.append((open[index].request, open[index].reason ?? reason))
            // What a rule sets is set together or not at all.
            open.removeAll { $0.finding == finding }
        }
    }

    /// Chooses locations until no two requests contradict each other, and makes the edits.
    mutating func resolve() {
        while true {
            var members: [EditLocation: [Member]] = [:]
            for request in open {
                for step in request.candidate.steps {
                    members[step.location, default: []].append(Member(request: request.request, operation: step.operation))
                }
            }
            let locations = members.sorted { $0.key < $1.key }
            var complaints = locations.flatMap { contradictions($0.value) }
            if complaints.isEmpty {
                changes = []
                var taken = TreeEdits()
                for group in Self.together(locations) { complaints += edit(group, &taken) }
            }
            if complaints.isEmpty { return }
            // Of a candidate with several steps each may be wrong; it is taken back once.
            var seen: Set<String> = []
            for complaint in complaints where seen.insert(complaint.finding).inserted {
                withdraw(complaint.finding, because: complaint.reason)
            }
        }
    }

    /// Users of one location who need different edits, and users of a literal who need none.
    private func contradictions(_ members: [Member]) -> [Complaint] {
        var complaints: [Complaint] = []
        for (target, group) in Dictionary(grouping: members, by: \.operation.target) {
            if Set(group.map(\.operation)).count > 1 {
                complaints += group.map { Complaint(finding: $0.finding, reason: Self.differing(group.count)) }
            } else if case .span(let literal) = target,
                let other = users.others(of: literal, than: Set(group.map { LiteralUsers.User($0.request.resource, $0.request.subject) }))
            {
                complaints += group.map { Complaint(finding: $0.finding, reason: Self.shared(with: other)) }
            }
        }
        return complaints.sorted { $0.finding < $1.finding }
    }

    private typealias Members = (location: EditLocation, members: [Member])

    /// Keys that one block lacks are one edit: they are written at one place.
    private static func together(_ locations: [(key: EditLocation, value: [Member])]) -> [[Members]] {
        var groups: [[Members]] = []
        for (location, members) in locations {
            if case .missingKey(_, let block) = location, case .missingKey(_, block)? = groups.last?.first?.location {
                groups[groups.count - 1].append((location, members))
            } else {
                groups.append([(location, members)])
            }
        }
        return groups
    }

    private mutating func edit(_ group: [Members], _ taken: inout TreeEdits) -> [Complaint] {
        let all = group.flatMap(\.members)
        guard var change = change(group) else { return all.map { Complaint(finding: $0.finding, reason: Self.notEditable) } }
        let file = change.location.span.file
        guard !sources.showsSecret(change.edits, in: file) else { return all.map { Complaint(finding: $0.finding, reason: Self.secret) } }
        if let link = sources.link(file) { return all.map { Complaint(finding: $0.finding, reason: Self.linked(link)) } }
        guard taken.addIfApart(change.edits, to: file, ofSize: sources.editor(of: file)?.source.bytes.count ?? 0) else {
            return all.map { Complaint(finding: $0.finding, reason: Self.overlapping) }
        }
        if group.count > 1 { change.parts = group.compactMap { self.change([$0]) } }
        changes.append(change)
        return []
    }

    /// Nil where the code has no form that can be edited safely.
    private mutating func change(_ group: [Members]) -> LocatedChange? {
        let parts = group.map { EditPart(location: $0.location, operations: Set($0.members.map(\.operation)).sorted()) }
        let members = group.flatMap(\.members)
        guard let edits = edits(parts) else { return nil }
        return LocatedChange(
            location: group[0].location, requests: Self.requests(members), phrases: phrases(members),
            edits: edits)
    }

    /// Made once: a refusal elsewhere leaves them as they are.
    private mutating func edits(_ parts: [EditPart]) -> [TextEdit]? {
        if let known = made[parts] { return known }
        let edits = sources.editor(of: parts[0].location.span.file)?.edits(parts)
        made[parts] = .some(edits)
        return edits
    }

    /// Each once.
    private static func requests(_ members: [Member]) -> [FixRequest] {
        var seen: Set<FixRequest> = []
        return members.map(\.request).filter { seen.insert($0).inserted }.sorted { $0.finding < $1.finding }
    }

    private func phrases(_ members: [Member]) -> [String: String] {
        var phrases: [String: String] = [:]
        for (finding, operations) in Dictionary(grouping: members, by: \.finding).mapValues({ $0.map(\.operation) }) {
            if case .rename(_, let old, let key)? = operations.first {
                phrases[finding] = "\(LocatedChange.rename)\(old) to \(key)"
            } else if case .adopt(let name)? = operations.first, operations.count == 1 {
                phrases[finding] = "\(LocatedChange.adopt)\(name)"
            }
        }
        return phrases
    }
}

// MARK: Messages

extension EditResolver {
    private static func differing(_ count: Int) -> String { "the place is shared by \(count) resources that need different values" }
    private static func shared(with other: ResourceIdentity) -> String {
        "the value is shared with \(other.address), which needs no such change"
    }
    private static let notEditable = "the code at this place has a form that cannot be edited safely"
    private static let secret = "a secret is written on the line that changes, and no patch shows one: change it by hand"
    private static func linked(_ link: String) -> String {
        "the file is read through the link '\(link)' too, which is not followed: what else would change is not known"
    }
    private static let overlapping = "the edit would touch the same bytes as another change; plan again after that one"
}
