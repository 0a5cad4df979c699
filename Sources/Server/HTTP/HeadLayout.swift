internal import CMicroHTTPD
internal import Glibc

/// Whether a request's head held nothing beside what libmicrohttpd read in it.
///
/// Before 1.0 it ends each text at the first NUL, takes a bare LF for the end of a line, and joins folded lines: a proxy before us may have read other
/// headers in the same bytes. It cuts the head up where it lies, so what it passed over lies between the texts that it hands out. Only a NUL
/// directly before a bare LF looks like the end of a line afterwards.
struct HeadLayout {
    let method: UnsafePointer<CChar>
    let path: UnsafePointer<CChar>
    let version: UnsafePointer<CChar>
    /// In bytes, of path and query as they came.
    let targetLength: Int
    /// In bytes, of all of the head.
    let size: Int

    func isWhole(_ connection: OpaquePointer) -> Bool {
        guard bursar_http_shows_its_buffer() != 0 else { return true }
        // One blank each, then CRLF.
        guard path == method + strlen(method) + 1, version == path + targetLength + 1 else { return false }
        var line = Line(next: version + strlen(version) + 2)
        withUnsafeMutablePointer(to: &line) { line in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameSize, value, valueSize in
                    guard let line = context?.assumingMemoryBound(to: Line.self), let name, let value else { return .NO }
                    line.pointee.take(name, nameSize, value, valueSize)
                    return line.pointee.isWhole ? .YES : .NO
                }, line)
        }
        return line.isWhole && line.next + 2 == method + size
    }

    /// Where the next line must begin.
    private struct Line {
        var next: UnsafePointer<CChar>
        var isWhole = true

        mutating func take(_ name: UnsafePointer<CChar>, _ nameSize: Int, _ value: UnsafePointer<CChar>, _ valueSize: Int) {
            // Behind the colon, which is a NUL by now.
            var at = name + nameSize + 1
            isWhole = name == next && value >= at
            while isWhole, at < value {
                isWhole = at.pointee == CChar(UInt8(ascii: " ")) || at.pointee == CChar(UInt8(ascii: "\t"))
                at += 1
            }
            next = value + valueSize + 2
        }
    }
}
