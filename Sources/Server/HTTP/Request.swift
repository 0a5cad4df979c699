/// What a client asked, as a value.
package struct Request: Hashable, Sendable {
    package var method = "GET"
    /// The path's segments without their escapes: `/api/v1/a%2Fb` is `["api", "v1", "a/b"]`.
    package var path: [String]
    /// In the order in which they were given.
    package var query: [Field] = []
    /// Names in lower case; in the order in which they were given.
    package var headers: [Field] = []
    package var body: [UInt8] = []
    /// The other end's address without its port.
    package var client = "127.0.0.1"

    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A header that stands there once; nil without it, and where it stands there several times: which of them counts would be a guess.
    package func header(_ name: String) -> String? {
        let values = headers.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }
}

extension Request {
    /// Whether a name is a token (RFC 9110, section 5.6.2): no blank, also not before the colon.
    static func isHeaderName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether a value holds nothing that another reader of it may take for its end: no control character but tabs.
    static func isHeaderValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == UInt8(ascii: "\t") }
    }

    /// The segments of a path as it stands in a request; nil for what no path of ours can be.
    static func segments(of path: String) -> [String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var segments: [String] = []
        for piece in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = decoded(piece) else { return nil }
            segments.append(segment)
        }
        // `/` alone is the empty path; a slash at the end is a segment of its own, which no route has.
        return segments == [""] ? [] : segments
    }

    /// Without %-escapes; nil where they are broken, are no UTF-8, or hold control characters.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
            bytes.append(high << 4 | low)
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
