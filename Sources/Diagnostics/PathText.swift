/// Paths of trees as text.
///
/// File systems, Git and Terraform compare names by bytes; a Swift `String` compares characters: `é` in one scalar equals `e` with an accent
/// behind it, and `x\u{600}.tf` does not end in `.tf`, because there the point belongs to the character before it. Whoever compares, sorts,
/// splits or looks paths up would see other files than Terraform does. So a name with which that could happen is shown as Git shows unusual
/// names, with its bytes in octal: `e\314\201.tf`. Of paths that are shown this way
///
/// - two are equal as texts only where they are the same bytes,
/// - every `/`, `.` or other character of ASCII is a character by itself,
/// - the bytes can be found again, also those of a name that is not UTF-8.
package enum PathText {
    /// The text that stands for one component of a path.
    package static func shown(_ name: some Collection<UInt8>) -> String {
        guard !isPlain(name) else { return String(decoding: name, as: UTF8.self) }
        var text = ""
        for byte in name {
            if (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let octal = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
            }
        }
        return text
    }

    /// The same for a whole path.
    package static func shown(path: some Collection<UInt8>) -> String {
        path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { shown($0) }.joined(separator: "/")
    }

    /// The bytes that a shown path or component stands for.
    package static func bytes(of shown: String) -> [UInt8] {
        let text = Array(shown.utf8)
        guard text.contains(UInt8(ascii: "\\")) else { return text }
        var bytes: [UInt8] = []
        var at = 0
        while at < text.count {
            if let byte = escaped(text, at) {
                bytes.append(byte)
                at += 4
            } else {
                bytes.append(text[at])
                at += 1
            }
        }
        return bytes
    }

    /// The byte whose escape begins at the offset.
    private static func escaped(_ text: [UInt8], _ at: Int) -> UInt8? {
        guard text[at] == UInt8(ascii: "\\"), at + 4 <= text.count, text[at + 1] != UInt8(ascii: "+") else { return nil }
        return UInt8(String(decoding: text[at + 1..<at + 4], as: UTF8.self), radix: 8)
    }

    /// How a component that somebody writes in code is shown. HCL composes what is written, so what is not composed means the name that is.
    package static func shown(written name: String) -> String { isComposed(Array(name.utf8)) ? shown(name.utf8) : name }

    /// Whether a name can be compared as a text.
    private static func isPlain(_ name: some Collection<UInt8>) -> Bool {
        if name.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }) { return true }
        let bytes = Array(name)
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }), !bytes.indices.contains(where: { escaped(bytes, $0) != nil }),
            isComposed(bytes),
            let text = String(validating: bytes, as: UTF8.self)
        else { return false }
        // Between the slashes that may stand around it.
        return "/\(text)/".allSatisfy { $0.unicodeScalars.count == 1 || !$0.unicodeScalars.contains(where: \.isASCII) }
    }

    /// Whether the bytes are UTF-8 in its composed form (NFC), of which every text has one.
    private static func isComposed(_ bytes: [UInt8]) -> Bool {
        do throws(UTF8.ValidationError) {
            var span = try UTF8Span(validating: bytes.span)
            return span.checkForNFC(quickCheck: false)
        } catch { return false }
    }
}
