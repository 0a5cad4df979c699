import CostModel
import Diagnostics

/// All edits of one location, and which requests they fulfil.
struct LocatedChange: Sendable {
    var location: EditLocation
    var requests: [FixRequest]
    /// What is done for a finding, where that is not just setting a value.
    var phrases: [String: String]
    var edits: [TextEdit]

    /// `set team = "payments", rename env to environment on aws_instance.web and 2 more`
    var title: String {
        let texts = Set(requests.map { phrases[$0.finding] ?? $0.phrase }).sorted()
        let sets = texts.filter { !$0.hasPrefix(Self.rename) }
        let renames = texts.filter { $0.hasPrefix(Self.rename) }
        let all = (sets.isEmpty ? [] : ["set " + sets.joined(separator: ", ")]) + renames
        let resources = Set(requests.map(\.resource)).sorted()
        let more = resources.count > 1 ? " and \(resources.count - 1) more" : ""
        return "\(all.joined(separator: ", ")) on \(resources.first?.address ?? "")\(more)"
    }

    fileprivate static let rename = "rename "
}

extension FixRequest {
    var phrase: String {
        switch subject {
        case .tag(let key): "\(key) = \"\(value)\""
        case .size(let name), .argument(let name): "\(name) = \"\(value)\""
        }
    }

    var title: String { "set \(phrase) on \(resource.address)" }
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

    private struct Complaint {
        var finding: String
        var reason: String
    }

    private(set) var changes: [LocatedChange] = []
    private(set) var refused: [(request: FixRequest, reason: String)] = []
    private var open: [OpenRequest]
    private let users: LiteralUsers
    private let sources: SourceLibrary

    init(requests: [FixRequest], users: LiteralUsers, sources: SourceLibrary) {
        open = requests.map { OpenRequest(request: $0) }
        self.users = users
        self.sources = sources
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
            let locations = Dictionary(grouping: open, by: \.candidate.location).sorted { $0.key < $1.key }
            var complaints = locations.flatMap { contradictions($0.value) }
            if complaints.isEmpty {
                changes = []
                var taken = TreeEdits()
                for (location, members) in locations { complaints += edit(location, members, &taken) }
            }
            if complaints.isEmpty { return }
            for complaint in complaints { withdraw(complaint.finding, because: complaint.reason) }
        }
    }

    /// Users of one location who need different edits, and users of a literal who need none.
    private func contradictions(_ members: [OpenRequest]) -> [Complaint] {
        var complaints: [Complaint] = []
        for (target, group) in Dictionary(grouping: members, by: \.candidate.operation.target) {
            if Set(group.map(\.candidate.operation)).count > 1 {
                complaints += group.map { Complaint(finding: $0.finding, reason: Self.differing(group.count)) }
            } else if case .span(let literal) = target,
                let other = users.others(of: literal, than: Set(group.map { LiteralUsers.User($0.request.resource, $0.request.subject) }))
            {
                complaints += group.map { Complaint(finding: $0.finding, reason: Self.shared(with: other)) }
            }
        }
        return complaints.sorted { $0.finding < $1.finding }
    }

    private mutating func edit(_ location: EditLocation, _ members: [OpenRequest], _ taken: inout TreeEdits) -> [Complaint] {
        let operations = Set(members.map(\.candidate.operation)).sorted()
        let requests = members.map(\.request).sorted { $0.finding < $1.finding }
        let file = location.span.file
        guard let editor = sources.editor(of: file), let edits = editor.edits(operations, at: location) else {
            return requests.map { Complaint(finding: $0.finding, reason: Self.notEditable) }
        }
        guard taken.addIfApart(edits, to: file, ofSize: editor.source.bytes.count) else {
            return requests.map { Complaint(finding: $0.finding, reason: Self.overlapping) }
        }
        changes.append(LocatedChange(location: location, requests: requests, phrases: phrases(members), edits: edits))
        return []
    }

    private func phrases(_ members: [OpenRequest]) -> [String: String] {
        var phrases: [String: String] = [:]
        for member in members {
            guard case .rename(_, let old, let key) = member.candidate.operation else { continue }
            phrases[member.finding] = "\(LocatedChange.rename)\(old) to \(key)"
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
    private static let overlapping = "the edit would touch the same bytes as another change; plan again after that one"
}
