/// An IP address, version 4 or 6.
package final class CELAddress: Sendable {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isVersion4: Bool { bytes.count == 4 }
}

/// A range of IP addresses: an address and how many of its bits count.
package final class CELNetwork: Sendable {
    package let address: CELAddress
    package let prefixLength: Int

    init(_ address: CELAddress, prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }
}
