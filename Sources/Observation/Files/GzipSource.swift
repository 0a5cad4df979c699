import CZlib

/// Unpacks gzip (RFC 1952) as it is read: several members in a row are one text, zeros may pad the end.
///
/// A file that ends in the middle, a wrong checksum and anything else behind the last member are faults: half a bill must never pass for
/// a whole one.
final class GzipSource: ByteSource {
    private enum State {
        /// A member's header comes next; the first one's must.
        case start
        case inside
        /// Behind a member: another one, zeros, or the end.
        case between
        case padding
        case ended
    }

    private static let inputSize = 256 << 10
    /// zlib's code for "gzip only, any window".
    private static let gzipWindow: Int32 = 16 + 15

    private let source: any ByteSource
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: inputSize, alignment: 16)
    /// zlib keeps a pointer to it: it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var state = State.start
    private var isFirstMember = true
    /// Met while there were still bytes to hand out.
    private var fault: FileFault?

    init(_ source: any ByteSource) throws(FileFault) {
        self.source = source
        stream.initialize(to: z_stream())
        guard bursar_inflate_init(stream, Self.gzipWindow) == Z_OK else { throw .unreadable("cannot be unpacked: no memory for zlib") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        let capacity = min(buffer.count, 1 << 30)
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(capacity)
        do throws(FileFault) {
            if let fault { throw fault }
            while stream.pointee.avail_out > 0, state != .ended {
                if stream.pointee.avail_in == 0, try !refill() { try end() } else { try advance() }
            }
        } catch {
            fault = error
            if Int(stream.pointee.avail_out) == capacity { throw error }
        }
        return capacity - Int(stream.pointee.avail_out)
    }

    private func refill() throws(FileFault) -> Bool {
        let count = try source.read(into: input)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
        return count > 0
    }

    private func end() throws(FileFault) {
        guard state == .between || state == .padding else { throw .torn(.gzip) }
        state = .ended
    }

    /// One step on the input that is there.
    private func advance() throws(FileFault) {
        switch state {
        case .start, .inside: try unpack()
        case .between:
            guard stream.pointee.next_in[0] != 0 else {
                state = .padding
                return
            }
            inflateReset(stream)
            isFirstMember = false
            state = .start
        case .padding:
            guard stream.pointee.next_in[0] == 0 else { throw .corrupt(.gzip, "something stands behind its end") }
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        case .ended: break
        }
    }

    private func unpack() throws(FileFault) {
        let code = inflate(stream, Z_NO_FLUSH)
        switch code {
        case Z_OK, Z_BUF_ERROR: state = stream.pointee.total_out > 0 ? .inside : state
        case Z_STREAM_END: state = .between
        default:
            if state == .start, !isFirstMember, stream.pointee.total_out == 0 { throw .corrupt(.gzip, "something stands behind its end") }
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib's code \(code)"
            throw .corrupt(.gzip, reason)
        }
    }
}
