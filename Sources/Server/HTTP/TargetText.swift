internal import Glibc

/// How large a request's path and query are, as they came.
struct TargetText {
    /// In bytes.
    let length: Int
    /// Of the query.
    let fields: Int

    /// - Parameter text: nil where the request has none.
    init(_ text: UnsafePointer<CChar>?) {
        length = text.map { strlen($0) } ?? 0
        var fields = 0
        var at = TargetText.query(of: text)
        if at != nil { fields = 1 }
        while let next = at.flatMap({ strchr($0, Int32(UInt8(ascii: "&"))) }) {
            fields += 1
            at = UnsafePointer(next + 1)
        }
        self.fields = fields
    }

    /// Takes the query away, in libmicrohttpd's own buffer: where fields are more than it has memory for, it waits for ever instead of refusing.
    static func cutQuery(of text: UnsafePointer<CChar>?) {
        if let query = query(of: text) { UnsafeMutablePointer(mutating: query).pointee = 0 }
    }

    /// What stands behind the first question mark.
    private static func query(of text: UnsafePointer<CChar>?) -> UnsafePointer<CChar>? {
        text.flatMap { strchr($0, Int32(UInt8(ascii: "?"))) }.map { UnsafePointer($0 + 1) }
    }
}
