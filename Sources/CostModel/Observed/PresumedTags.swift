/// The tags that a resource has if it is applied as most are, where something decides that was not read: what is deployed may confirm them.
package struct PresumedTags: Hashable, Sendable {
    package var tags: Tags
    /// Whether there are no others.
    package var isWhole: Bool

    package init(tags: Tags, isWhole: Bool) {
        self.tags = tags
        self.isWhole = isWhole
    }
}

extension TagSet {
    /// Takes what is presumed for true where the same is deployed.
    mutating func confirm(by deployed: [String: String]) {
        guard let presumed else { return }
        for (key, tag) in presumed.tags where tag.value != nil && tag.value == deployed[key] { tags[key] = tag }
        if presumed.isWhole, deployed.allSatisfy({ presumed.tags[$0.key]?.value == $0.value }),
            presumed.tags.allSatisfy({ $0.value.value == nil || deployed[$0.key] != nil })
        {
            tags = presumed.tags
            openReason = nil
            openKeys = nil
        }
    }
}
