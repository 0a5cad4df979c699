/// A call of a module whose code is not in the tree: nobody knows what it creates.
package struct UnseenModule: Hashable, Sendable {
    /// How often it is called.
    package enum Copies: Hashable, Sendable {
        case count(Int)
        case keys(Set<String>)
        /// Not known before apply: the expression as it is written.
        case unknown(String)
    }

    package var root: String
    /// `module.queue`, without the key of an instance.
    package var address: String
    /// Where Terraform gets it: a registry's name, a Git address, an archive.
    package var source: String
    package var version: String?
    package var copies: Copies
    package var location: Place

    package init(root: String, address: String, source: String, version: String?, copies: Copies, location: Place) {
        self.root = root
        self.address = address
        self.source = source
        self.version = version
        self.copies = copies
        self.location = location
    }

    /// As a finding about it, and an exemption from that, name it.
    package var identity: ResourceIdentity { ResourceIdentity(root: root, address: address) }

    /// Whether this may create what an earlier call did not: other code is fetched, or the same more often. Arguments do not count, because
    /// what the earlier call made of its own was not known either.
    package func mayCreateMore(than earlier: UnseenModule) -> Bool {
        guard source == earlier.source, version == earlier.version else { return true }
        switch (copies, earlier.copies) {
        case (.count(let count), .count(let before)): return count > before
        case (.keys(let keys), .keys(let before)): return !keys.isSubset(of: before)
        case (.count(let count), .keys(let before)): return count > before.count
        case (.keys(let keys), .count(let before)): return keys.count > before
        case (.unknown(let text), .unknown(let before)): return text != before
        case (.unknown, _): return true
        case (_, .unknown): return false
        }
    }
}
