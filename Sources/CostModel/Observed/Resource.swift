package import Patterns

/// Names a resource instance as its code does, within its root.
package struct ResourceIdentity: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The folder of the code that is deployed together, such as a root module's, relative to the workspace; empty for the workspace itself.
    package var root: String
    /// `module.ledger.aws_instance.web["a"]`
    package var address: String

    package init(root: String, address: String) {
        self.root = root
        self.address = address
    }

    /// Reads a description. An address may hold a colon, `aws_instance.web["a:b"]`, and so may a root's folder, `infra/a:b`: the address
    /// begins behind the first colon that no other one follows, but for those in brackets.
    package init(text: String) {
        let colons = text.utf8.indices.filter { text.utf8[$0] == UInt8(ascii: ":") }
        let found = colons.first { Self.isAddress(text.utf8[text.utf8.index(after: $0)...]) } ?? colons.first
        guard let colon = found else {
            self.init(root: text, address: "")
            return
        }
        self.init(root: String(text[..<colon]), address: String(text[text.utf8.index(after: colon)...]))
    }

    /// Whether there is no colon outside of brackets, and each bracket has its other one.
    private static func isAddress(_ text: Substring.UTF8View) -> Bool {
        var (isInside, isQuoted, isEscaped) = (false, false, false)
        for byte in text {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isEscaped = byte == UInt8(ascii: "\\")
                isQuoted = byte != UInt8(ascii: "\"")
            } else {
                switch byte {
                case UInt8(ascii: "\""): isQuoted = isInside
                case UInt8(ascii: "["), UInt8(ascii: "]"):
                    guard isInside == (byte == UInt8(ascii: "]")) else { return false }
                    isInside.toggle()
                case UInt8(ascii: ":") where !isInside: return false
                default: break
                }
            }
        }
        return !isInside
    }

    package static func < (a: ResourceIdentity, b: ResourceIdentity) -> Bool { (a.root, a.address) < (b.root, b.address) }
    package var description: String { "\(root):\(address)" }
}

/// One resource that exists in the code, with what the state says of it.
package struct Resource: Hashable, Sendable {
    package var identity: ResourceIdentity
    package var type: String
    /// The provider's short name: `aws`.
    package var provider: String
    /// The block that declares it.
    package var location: Place
    package var block: FileSpan
    package var tags: TagSet
    /// The argument that says how large it is, such as `instance_type`; nil for types without one.
    package var size: SizeArgument?
    /// What the arguments and nested blocks say; empty where no policy asks for them.
    package var attributes: [String: ResourceAttribute]
    /// The resources and data sources of its module that name it, also by way of locals, by address; empty where no policy asks for them.
    package var referencedBy: [Referrer]
    /// Whether an output or a module's argument passes it on, so that others may use it who are not seen.
    package var isPassedOn: Bool
    /// Comments above and in its block that exempt it from policies.
    package var inlineExemptions: [InlineExemption]
    /// What stays as it is once the resource is deployed, whatever its code says.
    package var ignoredChanges = IgnoredChanges.none
    /// Where the code puts it; unread where nobody asks for attributes.
    package var region = ResourceRegion.unread
    /// Why it is not known how many of it there are: its block or a module around is repeated by what is known after apply only.
    package var unknownCount: String?
    /// What the state knows; nil: not in any state.
    @Boxed package var deployed: Deployed?

    package init(
        identity: ResourceIdentity, type: String, provider: String, location: Place, block: FileSpan, tags: TagSet,
        size: SizeArgument? = nil, attributes: [String: ResourceAttribute] = [:],
        referencedBy: [Referrer] = [], isPassedOn: Bool = false, inlineExemptions: [InlineExemption] = [],
        deployed: Deployed? = nil
    ) {
        self.identity = identity
        self.type = type
        self.provider = provider
        self.location = location
        self.block = block
        self.tags = tags
        self.size = size
        self.attributes = attributes
        self.referencedBy = referencedBy
        self.isPassedOn = isPassedOn
        self.inlineExemptions = inlineExemptions
        self.deployed = deployed
    }

    /// A block that names the resource.
    package struct Referrer: Hashable, Sendable {
        /// The resource's type; `data` for a data source.
        package var type: String
        /// Without instance keys: `aws_volume_attachment.data`.
        package var address: String
        /// Of an endpoint of a network the service that it leads to, as far as the code writes it out: `s3`; else empty.
        package var service: String
        /// The types of the blocks that name it, sorted.
        package var referencedBy: [String]

        package init(type: String, address: String, service: String = "", referencedBy: [String] = []) {
            self.type = type
            self.address = address
            self.service = service
            self.referencedBy = referencedBy
        }
    }

    /// What the state file says of the resource.
    package struct Deployed: Hashable, Sendable {
        package var id: String?
        package var arn: String?
        /// Another name by which the bill may know it, see `BilledName`: that of a Google machine's or disk's number, or of its link.
        package var alias: String?
        package var account: String?
        package var region: String?
        /// The size that runs now; the code's may differ before an apply.
        package var size: String?
        /// The tags that it has now, the provider's defaults among them; nil where the state does not say.
        package var tags: [String: String]?
        /// By which logs of traffic know it: its addresses, network interfaces and names; of a subnet its blocks of addresses.
        package var addresses: [String] = []
        /// The availability zone, `us-east-1a`.
        package var zone: String?

        package init(
            id: String? = nil, arn: String? = nil, alias: String? = nil, account: String? = nil, region: String? = nil,
            size: String? = nil, tags: [String: String]? = nil
        ) {
            self.id = id
            self.arn = arn
            self.alias = alias
            self.account = account
            self.region = region
            self.size = size
            self.tags = tags
        }
    }
}

/// The tags a resource will have: its own and the provider's defaults.
package struct TagSet: Hashable, Sendable {
    /// Whether the type can carry tags; nil where that is not known.
    package var supported: Bool?
    package var tags: Tags
    /// Set when there may be further keys, or other values for keys of the provider's defaults: why they cannot be known before apply.
    package var openReason: String?
    /// What is known of the keys that may be there; nil: they may be any.
    package var openKeys: [KeyPattern]?
    /// Where a new key can be written, best place first.
    package var insertions: [EditLocation]
    /// What may be written at those of them where a block has no tags yet, because the blocks around have it.
    package var adoptions: [TagAdoption] = []
    /// What the tags are in one case, where it is not known whether that is the case.
    package var presumed: PresumedTags?
    /// Whether the provider replaces the resource when its tags change.
    package var changeReplaces = false
    /// Why there is no place, where `insertions` is empty.
    package var insertionObstacle: String?

    package init(
        supported: Bool?, tags: Tags = [:], openReason: String? = nil, insertions: [EditLocation] = [],
        insertionObstacle: String? = nil
    ) {
        self.supported = supported
        self.tags = tags
        self.openReason = openReason
        self.insertions = insertions
        self.insertionObstacle = insertionObstacle
    }
}

extension TagSet {
    /// Why it is not known whether there is a tag of this key; nil where nothing that is unknown can be it.
    package func reason(hiding key: String) -> String? {
        guard let openReason else { return nil }
        if let openKeys, !openKeys.contains(where: { $0.mayBe(key) }) { return nil }
        return openReason
    }
}

/// One tag's value and where it comes from.
package struct Tag: Hashable, Sendable {
    /// Nil when it cannot be known before apply.
    package var value: String?
    package var unknownReason: String?
    /// Where the key is written.
    package var from: Place?
    /// The object item that defines the key, when it is written in an object literal.
    package var item: FileSpan?
    /// The key inside the item, when it is written out and may be renamed.
    package var key: FileSpan?
    /// The literal string that is the value, reached by following references only; nil when the value is computed.
    package var literal: FileSpan?
    /// Why `literal` is nil: `computed by lower()`, `taken from each.value`.
    package var computedReason: String?
    /// Set when the item stands in a provider's `default_tags`: the resource's own tags may override it.
    package var isProviderDefault: Bool

    package init(
        value: String?, unknownReason: String? = nil, from: Place? = nil, item: FileSpan? = nil, key: FileSpan? = nil,
        literal: FileSpan? = nil, computedReason: String? = nil, isProviderDefault: Bool = false
    ) {
        self.value = value
        self.unknownReason = unknownReason
        self.from = from
        self.item = item
        self.key = key
        self.literal = literal
        self.computedReason = computedReason
        self.isProviderDefault = isProviderDefault
    }
}

/// The argument that sets a resource's size.
package struct SizeArgument: Hashable, Sendable {
    /// `instance_type`, `instance_class`, …
    package var name: String
    package var value: String?
    package var unknownReason: String?
    /// Where the value is written.
    package var from: Place?
    /// The literal that is the value, reached by following references; nil when it is computed.
    package var literal: FileSpan?
    package var computedReason: String?
    /// Why the code's value is not to be trusted where something else is deployed: what decides was not read.
    package var undecidedReason: String?

    package init(
        name: String, value: String?, unknownReason: String? = nil, from: Place? = nil, literal: FileSpan? = nil,
        computedReason: String? = nil
    ) {
        self.name = name
        self.value = value
        self.unknownReason = unknownReason
        self.from = from
        self.literal = literal
        self.computedReason = computedReason
    }
}
