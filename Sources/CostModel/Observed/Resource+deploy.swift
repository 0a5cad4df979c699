extension Resource {
    /// Says what is deployed. What Terraform will not change any more is from then on as it is deployed, whatever the code says.
    package mutating func deploy(_ deployed: Deployed) {
        self.deployed = deployed
        if let present = deployed.tags { tags.confirm(by: present) }
        settleSize(deployed.size)
        guard ignoredChanges != .none, tags.supported != false else { return }
        let keys = Set(tags.tags.keys).union(deployed.tags?.keys ?? [:].keys)
        let everything = ignoredChanges.all || ignoredChanges.tags
        guard everything || keys.contains(where: { ignoredChanges.coversTag($0) }) else { return }
        guard let kept = deployed.tags else { return keepUnknown(keys, everything) }
        if everything {
            tags.openReason = nil
            tags.openKeys = nil
        }
        for key in keys where ignoredChanges.coversTag(key) { keep(key, kept[key]) }
    }

    /// Where another size runs than the code says, and Terraform will not change it, or nobody knows which one the code says.
    private mutating func settleSize(_ running: String?) {
        guard var known = size, let running, running != known.value else { return }
        if ignoredChanges.coversArgument(known.name) {
            known.value = running
            known.unknownReason = nil
            known.undecidedReason = nil
            known.literal = nil
            known.computedReason = Self.isKept
            attributes[known.name]? = ResourceAttribute(.string(running), computedReason: Self.isKept)
        } else if known.value != nil, let reason = known.undecidedReason {
            known.value = nil
            known.unknownReason = "another size runs than the code says: \(reason)"
            attributes[known.name]?.value = .unknown(reason)
        }
        size = known
    }

    private mutating func keep(_ key: String, _ value: String?) {
        // `ignore_changes = [tags]` says nothing of the provider's default tags: they are changed all the same.
        if let preset = tags.tags[key], preset.isProviderDefault, !ignoredChanges.all, ignoredChanges.tags {
            guard preset.value != value else { return }
            tags.tags[key] = Tag(value: nil, unknownReason: Self.ownOrDefault, from: preset.from)
            return
        }
        tags.tags[key] = value.map { Tag(value: $0, from: tags.tags[key]?.from, computedReason: Self.isKept) }
    }

    private mutating func keepUnknown(_ keys: Set<String>, _ everything: Bool) {
        if everything {
            tags.openReason = Self.notInState
            tags.openKeys = nil
        }
        for key in keys where ignoredChanges.coversTag(key) {
            tags.tags[key] = Tag(value: nil, unknownReason: Self.notInState, from: tags.tags[key]?.from)
        }
    }

    private static let isKept = "kept as it is deployed (ignore_changes or ignore_tags)"
    private static let ownOrDefault = "it is not known whether the deployed value is a default tag, which changes, or is ignored"
    private static let notInState = "Terraform ignores changes of it, and the state does not say what is deployed"
}
