import CostModel

/// What writes back into the code what is there.
extension FixRequests {
    enum DriftFix {
        case tag
        case candidates(FixRequest.Subject, value: String, [FixRequest.Candidate])
        case impossible(String)
    }

    /// - Returns: `tag` where the finding is about a tag, which is written as a policy's would be.
    static func drift(_ finding: Finding, _ resource: Resource, _ sources: SourceLibrary) -> DriftFix {
        guard let subject = finding.subject, let (name, value) = finding.proposal.first, finding.proposal.count == 1 else {
            return .impossible(finding.reason ?? "no value is known that would fix it")
        }
        guard subject != name else { return .tag }
        if let size = resource.size, size.name == name {
            guard let literal = size.literal else { return .impossible("the size is " + (size.computedReason ?? "computed")) }
            return .candidates(
                .size(name), value: value,
                [.init(location: sources.location(of: literal), operation: .replace(literal: literal, value: .string(value)))])
        }
        guard let literal = literal(value, like: resource.attributes.attribute(at: name)) else {
            return .impossible("\(name) is '\(value)' there, which is no value of the kind that the code has")
        }
        let change = Rule.Change(path: name.split(separator: ".").map(String.init), value: literal)
        switch ArgumentLocation.find(change, in: resource, sources) {
        case .candidate(let candidate): return .candidates(.argument(name), value: value, [candidate])
        case .holds: return .impossible("the code already says so")
        case .impossible(let reason): return .impossible(reason)
        }
    }

    private static func literal(_ value: String, like present: ResourceAttribute?) -> Rule.Literal? {
        switch present?.value {
        case .number: (try? FixedDecimal(value)).map { .number($0) }
        case .bool: value == "true" ? .bool(true) : value == "false" ? .bool(false) : nil
        default: .string(value)
        }
    }
}
