internal import CGit2

/// The name Git gives to a commit, tree or blob: the SHA-1 of its content.
package struct ObjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// From 40 hexadecimal digits; nil for anything else.
    package init?(_ hex: String) {
        guard hex.utf8.count == 40 else { return nil }
        var bytes: [UInt8] = []
        var digits = hex.utf8.makeIterator()
        while let first = digits.next(), let second = digits.next() {
            guard let upper = ObjectID.digit(first), let lower = ObjectID.digit(second) else { return nil }
            bytes.append(upper << 4 | lower)
        }
        self.init(bytes: bytes)
    }

    /// The id a blob of these bytes has or would have.
    package init(ofBlob bytes: [UInt8]) throws(GitError) {
        var id = git_oid()
        try git("hash \(bytes.count) bytes") {
            bytes.withUnsafeBytes { git_odb_hash(&id, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
        }
        self.init(id)
    }

    init(_ id: git_oid) {
        self.init(bytes: withUnsafeBytes(of: id.id) { Array($0) })
    }

    private init(bytes: [UInt8]) {
        high = bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        middle = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[16..<20].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// What stands in a patch for a file that does not exist.
    static let zero = ObjectID(git_oid())

    var raw: git_oid {
        var id = git_oid()
        withUnsafeMutableBytes(of: &id.id) { target in
            target.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            target.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
            target.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
        }
        return id
    }

    /// 40 hexadecimal digits.
    package var description: String {
        ObjectID.hex(high, 16) + ObjectID.hex(middle, 16) + ObjectID.hex(UInt64(low), 8)
    }

    /// The first twelve digits, for people.
    package var short: String { String(description.prefix(12)) }

    package static func < (a: ObjectID, b: ObjectID) -> Bool {
        (a.high, a.middle, a.low) < (b.high, b.middle, b.low)
    }

    private static func hex(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
