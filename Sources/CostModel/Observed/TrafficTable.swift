/// What logs of traffic show: how many bytes went from whom to whom, by the kind of transfer and the day.
package struct TrafficTable: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        // Each of these is an index into `names`.
        package var source: Int32
        package var target: Int32
        /// What it is charged as, by the log alone.
        package var kind: TransferKind
        /// In UTC; of a record that spans two days the first.
        package var day: Day

        package init(source: Int32, target: Int32, kind: TransferKind, day: Day) {
            self.source = source
            self.target = target
            self.kind = kind
            self.day = day
        }
    }

    package struct Entry: Hashable, Sendable {
        package var key: Key
        package var bytes: UInt64

        package init(key: Key, bytes: UInt64) {
            self.key = key
            self.bytes = bytes
        }
    }

    /// Stands for addresses beyond those that are told apart.
    package static let others = "other addresses"

    /// Sorted: addresses, AWS services as its flow logs call them (`S3`), names of buckets and of distributions.
    package var names: [String] = []
    /// In the order of source, target, kind and day.
    package var entries: [Entry] = []
    /// Those that the logs name; a bill's other accounts are not in them.
    package var accounts: Set<String> = []

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }
    package func name(_ index: Int32) -> String { names[Int(index)] }
    package var days: Set<Day> { Set(entries.lazy.map(\.key.day)) }
}

/// An address as it stands in logs, states and code.
package enum NetworkAddress {
    /// Whether it is one of a private network, where nothing comes from the internet: RFC 1918, 6598, 3927 and 4193.
    package static func isPrivate(_ address: some StringProtocol) -> Bool {
        if let number = octets(address) { return isPrivate(number) }
        let text = address.lowercased()
        return ["fc", "fd", "fe8", "fe9", "fea", "feb"].contains { text.hasPrefix($0) } && text.contains(":")
    }

    /// Of an address of IPv4 as a number.
    package static func isPrivate(_ number: UInt32) -> Bool {
        switch (number >> 24, number >> 16 & 0xFF) {
        case (10, _), (127, _), (169, 254), (192, 168), (172, 16...31), (100, 64...127): true
        default: false
        }
    }

    /// `10.0.1.5` of its number.
    package static func text(_ number: UInt32) -> String {
        "\(number >> 24).\(number >> 16 & 0xFF).\(number >> 8 & 0xFF).\(number & 0xFF)"
    }

    /// `10.0.1.5` as a number; nil: it is no address of IPv4.
    package static func octets(_ address: some StringProtocol) -> UInt32? {
        var value: UInt32 = 0
        var part: UInt32 = 0
        var (parts, digits) = (0, 0)
        for byte in address.utf8 {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, parts < 3 else { return nil }
                (value, part, parts, digits) = (value << 8 | part, 0, parts + 1, 0)
            } else {
                guard byte >= 48, byte <= 57, digits < 3 else { return nil }
                part = part * 10 + UInt32(byte - 48)
                digits += 1
                guard part < 256 else { return nil }
            }
        }
        return parts == 3 && digits > 0 ? value << 8 | part : nil
    }

    /// `10.0.1.0/24` as its first address and the number of its bits; nil: it is no such block.
    package static func block(_ text: String) -> (first: UInt32, bits: Int)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = octets(parts[0]), let bits = Int(parts[1]), (0...32).contains(bits) else { return nil }
        return (first & mask(bits), bits)
    }

    package static func mask(_ bits: Int) -> UInt32 { bits == 0 ? 0 : .max << (32 - UInt32(bits)) }
}
