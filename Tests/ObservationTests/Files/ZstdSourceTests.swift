import Foundation
import Testing

@testable import Observation

@Suite("zstd")
struct ZstdSourceTests {
    /// Packed by another program, with sequences and a checksum.
    private static let packed = Array(
        Data(
            base64Encoded:
                "KLUv/WRQBMUHAGIMJBhwzzGQYKzylOmBP/0//y4pkmTspv+tJwKAbeqUsOakaZu/5XuMElI/d/d8x7udtvtUvhkt33y0od2fH930p+3cDOHpnG6Xv4vQkFr+Nbv4n0EBArapU+IWNAfx7axAEgYvODMoSAPXlRpLVcI2tzoEo26lkEV6rj0uJbL3VkQTPdZ6KMUyjMGoSSIWC0HPEFiooaA6j9RpDjAzaFoD4RwRqCSUOIlP0msTOukVcT4YAbmydIQnrWgFV8CRhGeZEfRUiQI6KJQnAllxtiKDPkUJJ+Zp8jraOY/QEdQGR0Tqci5w2aLCtpTKNlaqnX8IyWQEIiZq1DMrVA=="
        ) ?? Data())

    private func unpacked(_ bytes: [UInt8], size: Int = .max) throws(FileFault) -> [UInt8] {
        let source = try ZstdSource(PieceSource(bytes, size: size))
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
        #expect(text.hasSuffix("17.5,22.25,USD,2026-10-01,2026-10-30,Usage\n"))
        for size in 1...7 { #expect(String(decoding: try unpacked(Self.packed, size: size), as: UTF8.self) == text) }
    }

    @Test("torn at any byte is never taken for whole")
    func torn() {
        for count in 0..<Self.packed.count {
            #expect(throws: FileFault.torn(.zstd), "cut after \(count) bytes") { try unpacked(Array(Self.packed[..<count])) }
        }
    }

    @Test("a changed byte never makes another text")
    func changed() throws {
        let text = try unpacked(Self.packed)
        for at in Self.packed.indices {
            for bit in [0x01, 0x20, 0x80] as [UInt8] {
                var bytes = Self.packed
                bytes[at] ^= bit
                if let other = try? unpacked(bytes) { #expect(other == text, "byte \(at) changed") }
            }
        }
    }

    @Test("several frames are one text, those for others are passed over, anything else is a fault")
    func frames() throws {
        let two = Zstd.skippable([1, 2, 3]) + Zstd.frame("one,") + Zstd.skippable([]) + Zstd.frame("") + Zstd.frame("two")
        for size in [1, 3, .max] {
            #expect(try unpacked(two, size: size) == Array("one,two".utf8))
            #expect(throws: FileFault.torn(.zstd)) { try unpacked(Array(two.dropLast()), size: size) }
            #expect(throws: FileFault.torn(.zstd)) { try unpacked(two + [0x28, 0xB5], size: size) }
            let fault = FileFault.corrupt(.zstd, "something stands behind its end")
            #expect(throws: fault) { try unpacked(two + [0, 0, 0, 0, 0], size: size) }
        }
        #expect(try unpacked(Zstd.frame("")) == [])
        let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        #expect(try unpacked(Zstd.frame(long), size: 70_001) == long)
    }

    @Test("a window that takes more memory than there should be is refused")
    func window() {
        // 2 GiB.
        var bytes = Zstd.frame("text")
        bytes[5] = 21 << 3
        #expect(throws: FileFault.self) { try unpacked(bytes) }
    }
}
