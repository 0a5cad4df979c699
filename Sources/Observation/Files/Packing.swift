/// How a file may be packed: told by its first bytes; a name that promises a packing must keep its word.
enum Packing: CaseIterable {
    case gzip, zstd

    /// What files packed so are called, behind what they hold.
    var ending: String {
        switch self {
        case .gzip: ".gz"
        case .zstd: ".zst"
        }
    }

    /// For messages.
    var name: String {
        switch self {
        case .gzip: "gzip"
        case .zstd: "zstd"
        }
    }

    static let endings = allCases.map(\.ending)

    /// How many first bytes tell.
    static let signatureLength = 4

    /// Nil: the bytes are not packed in a way that is read.
    init?(signature bytes: [UInt8]) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || bytes.count >= 4 && Self.isSkippable(bytes) {
            self = .zstd
        } else {
            return nil
        }
    }

    /// The packing that a name promises.
    init?(promisedBy name: String) {
        guard let packing = Self.allCases.first(where: { name.hasSuffix($0.ending) }) else { return nil }
        self = packing
    }

    /// The name without the ending of a packing.
    static func plainName<Name: StringProtocol>(_ name: Name) -> Name.SubSequence {
        let lower = name.lowercased()
        guard let ending = endings.first(where: { lower.hasSuffix($0) }) else { return name[...] }
        return name.dropLast(ending.count)
    }

    func unpacked(_ source: any ByteSource) throws(FileFault) -> any ByteSource {
        switch self {
        case .gzip: try GzipSource(source)
        case .zstd: try ZstdSource(source)
        }
    }

    /// A frame for others than zstd, with which parallel packers begin.
    private static func isSkippable(_ bytes: [UInt8]) -> Bool { bytes[0] & 0xF0 == 0x50 && bytes[1...3] == [0x2A, 0x4D, 0x18] }
}
