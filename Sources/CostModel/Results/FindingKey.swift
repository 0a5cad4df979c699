/// What a finding asks, whatever its answer. By this, and never by a short id, two evaluations tell that a finding is the same one: a short id
/// has 48 bits, and whoever writes the code can make two of them agree.
package struct FindingKey: Hashable, Sendable {
    package var policy: PolicyReference
    /// What inside the resource it is about: a tag's key.
    package var subject: String?
    /// Where the code declares the resource; nil for a part of the bill.
    package var resource: ResourceIdentity?
    /// See `Resource.deployedName`; nil: the resource is in no state.
    package var deployed: String?
    /// The period of a budget: an overrun of November is not the one of October.
    package var period: String?

    package init(
        policy: PolicyReference, subject: String?, resource: ResourceIdentity?, deployed: String? = nil, period: String? = nil
    ) {
        self.policy = policy
        self.subject = subject
        self.resource = resource
        self.deployed = deployed
        self.period = period
    }

    /// By the resource's place in the code alone.
    package var atAddress: FindingKey {
        var key = self
        key.deployed = nil
        return key
    }

    /// By what is deployed alone, wherever the code declares it now; nil where nothing is.
    package var asDeployed: FindingKey? {
        guard deployed != nil else { return nil }
        var key = self
        key.resource = nil
        return key
    }

    /// The same question in any period.
    package var undated: FindingKey {
        var key = self
        key.period = nil
        return key
    }

    /// 128 bits as 32 hexadecimal digits: of what is deployed, else of the place in the code.
    package var identity: String {
        var hash = SHA256()
        let place = deployed.map { ["deployed", $0] } ?? ["code", resource?.root ?? "", resource?.address ?? ""]
        for field in [policy.kind.rawValue, policy.name, subject ?? "", period ?? ""] + place { hash.update(field: field) }
        return String(hash.hexDigest().prefix(32))
    }

    /// All identities under which it may be remembered: before its resource was deployed it had another one.
    package var identities: [String] { deployed == nil ? [identity] : [identity, atAddress.identity] }
}

extension Resource {
    /// The name of what is deployed, which stays the same when the code is rearranged: `aws_instance:arn:aws:ec2:…`; nil where none is known.
    package var deployedName: String? {
        if let arn = deployed?.arn, !arn.isEmpty { return "\(type):\(arn)" }
        guard let deployed, let id = deployed.id, !id.isEmpty else { return nil }
        // Many ids are names, which are used again in other accounts and regions.
        return [type, deployed.account ?? "", deployed.region ?? "", id].joined(separator: ":")
    }
}

extension Finding {
    package var key: FindingKey {
        FindingKey(
            policy: policy, subject: subject, resource: resource?.identity, deployed: resource?.deployedName, period: period)
    }

    /// All names under which it may be remembered. Requests that older versions opened know its short id only.
    package var names: [String] { [id] + key.identities }

    /// Those of a finding that was not made, such as a recommendation that is held back.
    package static func names(policy: PolicyReference, resource: ResourceReference, subject: String?) -> [String] {
        let key = FindingKey(policy: policy, subject: subject, resource: resource.identity, deployed: resource.deployedName)
        return [identifier(policy: policy, resource: resource.identity, subject: subject)] + key.identities
    }
}

extension Suppression {
    /// That of the finding which it would be.
    package var key: FindingKey {
        FindingKey(policy: policy, subject: nil, resource: resource.identity, deployed: resource.deployedName)
    }
}

extension [Finding] {
    /// Gives findings whose short ids agree long ones, so that within an evaluation an id names one finding.
    package mutating func tellApart() {
        var first: [String: Int] = [:]
        for index in indices where self[index].verdict != .pass {
            guard let other = first.updateValue(index, forKey: self[index].id), self[other].key != self[index].key else { continue }
            for twin in [other, index] { self[twin].id = self[twin].longID }
        }
    }
}

extension [Finding] {
    /// By id, the names of those that do not pass.
    package var namesByID: [String: [String]] {
        Dictionary(lazy.filter { $0.verdict != .pass }.map { ($0.id, $0.names) }, uniquingKeysWith: { first, _ in first })
    }
}
