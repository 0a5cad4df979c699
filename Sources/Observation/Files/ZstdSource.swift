import CZstd

/// Unpacks zstd (RFC 8878) as it is read: several frames in a row are one text, frames for others are passed over.
///
/// A file that ends in the middle, a wrong checksum and anything else behind the last frame are faults: half a bill must never pass for a
/// whole one.
final class ZstdSource: ByteSource {
    private static let inputSize = 256 << 10
    /// The largest window that is unpacked, as a power of two: what it takes in memory. Frames with a larger one are made with `zstd --long=31`.
    private static let largestWindow: Int32 = 27

    private let source: any ByteSource
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: inputSize, alignment: 16)
    private let stream: OpaquePointer
    private var rest: Range<Int> = 0..<0
    /// Whether a frame has begun and is not complete.
    private var isInside = false
    /// Whether any frame is complete: an empty file is none.
    private var hasFrame = false
    private var isAtEnd = false
    /// Met while there were still bytes to hand out.
    private var fault: FileFault?

    init(_ source: any ByteSource) throws(FileFault) {
        self.source = source
        guard let stream = ZSTD_createDStream() else { throw .unreadable("cannot be unpacked: no memory for zstd") }
        self.stream = stream
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.largestWindow)
    }

    deinit {
        ZSTD_freeDStream(stream)
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        do throws(FileFault) {
            if let fault { throw fault }
            while output.pos < output.size, !isAtEnd { try advance(&output) }
        } catch {
            fault = error
            if output.pos == 0 { throw error }
        }
        return output.pos
    }

    /// One step on the input that is there. What zstd holds back for want of room it gives without further input.
    private func advance(_ output: inout ZSTD_outBuffer) throws(FileFault) {
        if rest.isEmpty, try !refill() {
            let before = output.pos
            if isInside { try unpack(&output) }
            guard !isInside || output.pos > before else { throw .torn(.zstd) }
            if !isInside { isAtEnd = true }
            return
        }
        try unpack(&output)
    }

    private func refill() throws(FileFault) -> Bool {
        rest = 0..<(try source.read(into: input))
        guard rest.isEmpty, !hasFrame, !isInside else { return !rest.isEmpty }
        throw .torn(.zstd)
    }

    private func unpack(_ output: inout ZSTD_outBuffer) throws(FileFault) {
        var part = ZSTD_inBuffer(src: input.baseAddress, size: rest.upperBound, pos: rest.lowerBound)
        let code = ZSTD_decompressStream(stream, &output, &part)
        rest = part.pos..<rest.upperBound
        guard ZSTD_isError(code) == 0 else {
            let reason = String(cString: ZSTD_getErrorName(code))
            throw .corrupt(.zstd, hasFrame && !isInside ? "something stands behind its end" : reason)
        }
        isInside = code != 0
        if !isInside { hasFrame = true }
    }
}
