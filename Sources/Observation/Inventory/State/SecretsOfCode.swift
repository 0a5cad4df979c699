import CostModel
import HCL

/// What of a deployed resource the code calls secret, and its state does not: Terraform marks no tag that the provider adds by itself, and
/// versions before 0.15 mark nothing.
struct SecretsOfCode {
    /// Keys of tags whose values the code makes of secrets.
    private let keys: Set<String>
    /// Whether it is not known which keys those are.
    private let hidesTags: Bool
    private let hidesSize: Bool
    private let hidesRegion: Bool

    init(_ resource: Resource) {
        let isSecret = { (reason: String?) in reason.map(SecretReason.isOne) ?? false }
        keys = Set(resource.tags.tags.lazy.filter { isSecret($0.value.unknownReason) }.map(\.key))
        // What is presumed of tags is held against all that are deployed: of a part it might seem true.
        hidesTags = isSecret(resource.tags.openReason) || (!keys.isEmpty && resource.tags.presumed != nil)
        hidesSize = isSecret(resource.size?.unknownReason)
        hidesRegion = if case .unknown(let reason) = resource.region { isSecret(reason) } else { false }
    }

    var isEmpty: Bool { keys.isEmpty && !hidesTags && !hidesSize && !hidesRegion }

    func hidden(_ deployed: Resource.Deployed) -> Resource.Deployed {
        var deployed = deployed
        if hidesTags { deployed.tags = nil } else { deployed.tags = deployed.tags?.filter { !keys.contains($0.key) } }
        if hidesSize { deployed.size = nil }
        if hidesRegion { deployed.region = nil }
        return deployed
    }

    /// What the code makes of secrets stays unknown, whatever is deployed.
    func keepUnknown(_ before: TagSet, in tags: inout TagSet) {
        for key in keys { tags.tags[key] = before.tags[key] }
        guard hidesTags, let reason = before.openReason, tags.openReason == nil else { return }
        tags.openReason = reason
        tags.openKeys = before.openKeys
    }
}
