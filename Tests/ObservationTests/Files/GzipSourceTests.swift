import Foundation
import Testing

@testable import Observation

@Suite("gzip")
struct GzipSourceTests {
    /// Packed by another program, with Huffman codes.
    private static let packed = Array(
        Data(
            base64Encoded:
                "H4sIAAAAAAACA33KSwqDMBAG4L1niZJEE+3WtPuCeICgYxoQhZgWvH2HMoVCYXb/4+vjusLs9iOL27LAlOMLPq3HI27BPVOCbTq//Q4p7vOQfcrCPXwK8L84nyHs6SxkZYSstBHjcBVaalsqWUr1G8fDBygUQsVBTVAj1BysCdYIaw42BBuEDQcNQYPQcNAStAgtB1uCLcKWgx3BDmHHwQvBN0mipFDOAQAA"
        ) ?? Data())

    private func unpacked(_ bytes: [UInt8], size: Int = .max) throws(FileFault) -> [UInt8] {
        let source = try GzipSource(PieceSource(bytes, size: size))
        var result: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try source.read(into: buffer)
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    @Test("is unpacked, whatever the pieces")
    func whole() throws {
        let text = String(decoding: try unpacked(Self.packed), as: UTF8.self)
        #expect(text.hasPrefix("BilledCost,EffectiveCost"))
        #expect(text.hasSuffix("8.5,8.25,USD,2026-10-01,2026-10-09,Usage\n"))
        for size in 1...7 { #expect(String(decoding: try unpacked(Self.packed, size: size), as: UTF8.self) == text) }
    }

    @Test("torn at any byte is never taken for whole")
    func torn() {
        for count in 0..<Self.packed.count {
            #expect(throws: FileFault.torn(.gzip), "cut after \(count) bytes") { try unpacked(Array(Self.packed[..<count])) }
        }
    }

    @Test("a changed byte is noticed, but for those that say nothing")
    func changed() {
        // Of the header: flags of compression, time, and the system.
        let meaningless = Set([4, 5, 6, 7, 8, 9])
        for at in Self.packed.indices where !meaningless.contains(at) {
            var bytes = Self.packed
            bytes[at] ^= 0x20
            #expect(throws: FileFault.self, "byte \(at) changed") { try unpacked(bytes) }
        }
    }

    @Test("several members are one text, zeros may follow, anything else not")
    func members() throws {
        let two = Gzip.member("one,") + Gzip.member("two")
        #expect(try unpacked(two) == Array("one,two".utf8))
        #expect(try unpacked(two + [0, 0, 0], size: 1) == Array("one,two".utf8))
        #expect(try unpacked(Gzip.member("")) == [])
        for size in [1, .max] {
            #expect(throws: FileFault.corrupt(.gzip, "something stands behind its end")) { try unpacked(two + [65, 66, 67], size: size) }
            #expect(throws: FileFault.corrupt(.gzip, "something stands behind its end")) { try unpacked(two + [0, 65], size: size) }
            #expect(throws: FileFault.torn(.gzip)) { try unpacked(two + [0x1F, 0x8B], size: size) }
        }
    }

    @Test("reading ahead gives the same bytes, and stops when nobody reads on")
    func readAhead() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let ahead = ReadAhead(PieceSource(bytes, size: 70_001))
        var result: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100_000, alignment: 1)
        defer { buffer.deallocate() }
        while case let count = try ahead.read(into: buffer), count > 0 { result += buffer[..<count] }
        #expect(result == bytes)
        _ = try ReadAhead(PieceSource(bytes, size: 70_001)).read(into: buffer)
    }
}
