import Foundation
import Testing

@testable import Git

@Suite("what a program complains of")
struct ComplaintTests {
    private static let token = "ghp_0123456789abcdefghijABCDEFGHIJ0123"

    /// Wherever the end of what is kept falls.
    @Test("never holds a part of a secret, however much is said behind it", arguments: 0..<40)
    func cut(part: Int) {
        let behind = String(repeating: "x", count: (16 << 10) - part)
        let complaint = Complaint(Array("remote: \(Self.token)\(behind)".utf8), hiding: [Self.token])
        for length in 6...Self.token.count {
            #expect(!complaint.text.contains(Self.token.suffix(length)))
        }
        let last = Complaint(Array("\(behind)\nremote: denied \(Self.token)".utf8), hiding: [Self.token])
        #expect(last.remoteLines == ["denied ***"])
    }

    @Test("never holds a secret that the other side breaks into lines")
    func lines() {
        let (start, end) = (Self.token.prefix(20), Self.token.dropFirst(20))
        let complaint = Complaint(Array("remote: a \(start)\nremote: \(end) b\n".utf8), hiding: [Self.token])
        #expect(complaint.remoteLines == ["a *** b"])
    }

    /// Git fills each line of the other side up with blanks; `base64` breaks its lines.
    @Test(
        "never holds one that is encoded and broken into lines, filled up, indented or escaped",
        arguments: ["", "        ", "\u{1B}[K", "\\n"])
    func encodedLines(padding: String) {
        let encoded = Data("user-of-some-length:\(Self.token):and more of it".utf8).base64EncodedString()
        for indent in ["", "  "] {
            let lines = [encoded.prefix(76), encoded.dropFirst(76)].map { "remote: \(indent)\($0)\(padding)\n" }
            let text = Complaint(Array(lines.joined().utf8), hiding: [Self.token]).text
            #expect(text.contains("***"))
            #expect(!text.contains(encoded.prefix(20)) && !text.contains(encoded.suffix(12)), "\(text)")
        }
    }
}
