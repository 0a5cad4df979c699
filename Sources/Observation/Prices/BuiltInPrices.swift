import CPrices
import CZlib
package import CostModel
import Synchronization

/// The price list that is part of the program: three clouds' published prices, with their sources, dates and licences.
///
/// `.ci/prices` writes it and says how it is laid out. Lines are sorted and packed in blocks: a look-up unpacks one or two of them, and those that
/// were unpacked last are kept, because the resources of a workspace are of few types.
package final class BuiltInPrices: Sendable {
    package static let shared = BuiltInPrices()

    /// The bytes that the list takes in the program.
    package static var packedSize: Int { Int(bursar_prices_size) }

    /// Where a price of the list is from.
    package struct Source: Hashable, Sendable {
        package var id: String
        package var what: String
        package var place: String
        package var licence: String
        package var date: String
    }

    private struct Block: Sendable {
        var firstKey: [UInt8]
        var offset: Int
        var packed: Int
        var plain: Int
    }

    /// At most this many unpacked blocks are kept, about 50 KB each.
    private static let kept = 64
    private static let magic = Array("BURSARP1".utf8)

    private let address: UInt
    private let blocks: [Block]
    private let unpacked = Mutex<[Int: [UInt8]]>([:])

    /// The same list, with nothing unpacked yet.
    package convenience init() {
        self.init(UnsafeRawBufferPointer(start: bursar_prices_address(), count: bursar_prices_size))
    }

    /// How many blocks are unpacked, of how many.
    package var unpackedBlocks: (count: Int, of: Int) { (unpacked.withLock(\.count), blocks.count) }

    /// - Precondition: the bytes stay where they are, and are what `.ci/prices` wrote: they are part of the program, and a test reads all of them.
    private init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.starts(with: Self.magic), "the built-in price list is not what it should be")
        let size = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: Self.magic.count, as: UInt32.self)))
        let start = Self.magic.count + 4
        let index = Self.unpack(UnsafeRawBufferPointer(rebasing: bytes[start..<start + size]), limit: 1 << 20)
        blocks = index.split(separator: UInt8(ascii: "\n")).map { line in
            let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            let numbers = cells.suffix(3).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
            let key = Array(cells.dropLast(3).joined(separator: [UInt8(ascii: "\t")]))
            return Block(firstKey: key, offset: numbers[0], packed: numbers[1], plain: numbers[2])
        }
        address = UInt(bitPattern: bytes.baseAddress) + UInt(start + size)
    }

    /// The prices of a key, in the order of the list.
    package func rows(of key: PriceKey) -> [PriceRow] {
        lines(beginningWith: [key.provider, key.service, key.product, key.region]).compactMap(Self.row)
    }

    /// Whether there are machines or anything else of a provider in a region.
    package func knowsRegion(_ region: String, provider: String) -> Bool {
        regions.withLock { known in
            if known.isEmpty { known = readRegions() }
            return known.contains("\(provider) \(region)")
        }
    }

    /// Every source of the list, sorted by its id.
    package var sources: [Source] {
        lines(beginningWith: ["", "source"]).map { cells in
            Source(id: cells[2], what: cells[8], place: cells[4], licence: cells[3], date: cells[9])
        }
    }

    /// How many prices there are, and how many of them each source gave. Unpacks everything.
    package var counts: [String: Int] {
        var counts: [String: Int] = [:]
        for block in blocks.indices {
            for line in text(of: block).split(separator: UInt8(ascii: "\n")) {
                let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                if !cells[0].isEmpty { counts[String(decoding: cells[8], as: UTF8.self), default: 0] += 1 }
            }
        }
        return counts
    }

    private let regions = Mutex<Set<String>>([])

    /// Machines are sold in every region of the list.
    private func readRegions() -> Set<String> {
        var found: Set<String> = []
        let commonest: [(provider: String, service: String, products: [String])] = [
            ("aws", "AmazonEC2", ["t3.micro", "m5.large", "m6i.large", "m6g.large", "t3.medium"]),
            ("azure", "Virtual Machines", ["Standard_D2s_v3", "Standard_B2s", "Standard_D2s_v5", "Standard_D2as_v4"]),
            ("google", "Compute Engine", ["e2-medium", "n1-standard-1", "n2-standard-2"]),
        ]
        for entry in commonest {
            for product in entry.products {
                for cells in lines(beginningWith: [entry.provider, entry.service, product]) {
                    found.insert("\(entry.provider) \(cells[3])")
                }
            }
        }
        return found
    }

    /// The cells of the lines whose first ones are these.
    private func lines(beginningWith cells: [String]) -> [[String]] {
        let prefix = Array(cells.joined(separator: "\t").utf8) + [UInt8(ascii: "\t")]
        // The first block that may hold one: the last that does not begin behind it.
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].firstKey.lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
        }
        var found: [[String]] = []
        for block in max(0, low - 1)..<blocks.count {
            let text = text(of: block)
            var isBehind = false
            var start = text.startIndex
            while start < text.endIndex {
                let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
                let line = text[start..<end]
                start = end + 1
                if line.starts(with: prefix) {
                    found.append(
                        line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
                            String(decoding: $0, as: UTF8.self)
                        })
                } else if prefix.lexicographicallyPrecedes(line) {
                    isBehind = true
                    break
                }
            }
            if isBehind { break }
        }
        return found
    }

    private static func row(_ cells: [String]) -> PriceRow? {
        guard cells.count == 10, let price = FixedDecimal(exactly: cells[6]), let currency = Currency(cells[7]) else { return nil }
        return PriceRow(
            attributes: PriceRow.attributes(of: cells[4]), unit: cells[5], price: price, currency: currency, source: cells[8],
            date: Day(cells[9]))
    }

    private func text(of block: Int) -> [UInt8] {
        unpacked.withLock { known in
            if let text = known[block] { return text }
            let at = blocks[block]
            let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address + UInt(at.offset)), count: at.packed)
            let text = Self.unpack(bytes, limit: at.plain)
            if known.count >= Self.kept { known.removeAll() }
            known[block] = text
            return text
        }
    }

    /// - Parameter limit: what it has at most when it is unpacked.
    private static func unpack(_ bytes: UnsafeRawBufferPointer, limit: Int) -> [UInt8] {
        var stream = z_stream()
        guard bursar_inflate_init(&stream, 15) == Z_OK else { preconditionFailure("no memory for zlib") }
        defer { inflateEnd(&stream) }
        return [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.avail_in = UInt32(bytes.count)
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(limit)
            let code = inflate(&stream, Z_FINISH)
            precondition(code == Z_STREAM_END, "the built-in price list is damaged")
            count = limit - Int(stream.avail_out)
        }
    }
}
