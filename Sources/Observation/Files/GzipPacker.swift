import CZlib

/// Packs bytes as gzip (RFC 1952), without a name and a time: the same bytes give the same file.
enum GzipPacker {
    /// - Precondition: fewer than 4 GiB.
    static func pack(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < UInt32.max, "too much to be packed at once")
        var stream = z_stream()
        // 16 asks for gzip's header, 15 for the largest window. It fails without memory, as everything here would.
        guard bursar_deflate_init(&stream, Z_DEFAULT_COMPRESSION, 16 + 15) == Z_OK else { preconditionFailure("no memory for zlib") }
        defer { deflateEnd(&stream) }
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var bytes = bytes
        let count = bytes.withUnsafeMutableBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let code = deflate(&stream, Z_FINISH)
                precondition(code == Z_STREAM_END, "zlib's bound did not hold")
                return output.count - Int(stream.avail_out)
            }
        }
        packed.removeLast(packed.count - count)
        return packed
    }
}
