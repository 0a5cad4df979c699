/// A block of the code that reads values: an output, a data source, a provider, a check, a resource's other arguments.
///
/// Whoever changes a value in the code has to leave alone what other blocks make of it.
package struct CodeReader: Hashable, Sendable {
    package var place: Place
    /// A digest of what each argument and each kind of nested block says, by name.
    package var digests: [String: SHA256.Digest]

    /// The name of the digest of what is not known of a resource's tags; what is known of them is compared as such.
    package static let unknownTags = "?tags"

    package init(place: Place, digests: [String: SHA256.Digest]) {
        self.place = place
        self.digests = digests
    }
}

/// By root and address: `output.team`, `data.aws_vpc.main`, `module.ledger.aws_instance.web["a"]`.
package typealias CodeReaders = [ResourceIdentity: CodeReader]
