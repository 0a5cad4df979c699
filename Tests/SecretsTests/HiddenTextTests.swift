import Foundation
import Testing

@testable import Secrets

@Suite("secrets in what somebody else wrote")
struct HiddenTextTests {
    private static let token = "ghp_s3cret/With+Odd~Letters0123456789"

    /// Every way in which a server may repeat it.
    private static func forms(of token: String) -> [String] {
        func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        func safe(_ text: String) -> String { base64(text).replacing("+", with: "-").replacing("/", with: "_") }
        let escaped = token.utf8.map { "%" + String($0, radix: 16) }.joined()
        let reserved = token.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let users = ["", "x-access-token:", "oauth2:", "b:", "bursar:", "ab:"]
        return [
            token, escaped, escaped.uppercased(), reserved, reserved.replacing("%", with: "%25"),
            token.utf8.map { "\\u00" + String($0, radix: 16) }.joined(), token.replacing("/", with: "\\/"),
        ] + users.flatMap { [base64($0 + token), safe($0 + token), base64($0 + token + ":x"), safe($0 + token + "\r\n")] }
            + users.map { base64($0 + token).replacing("=", with: "%3D").replacing("+", with: "%2B") }
    }

    @Test("are hidden in every form, and nothing else is")
    func forms() throws {
        let hidden = HiddenText([Self.token])
        for form in Self.forms(of: Self.token) {
            for (before, after) in [("", ""), ("Authorization: Basic ", " was refused"), ("{\"a\": \"", "\"}"), ("é?t=", "&x=ü")] {
                #expect(hidden.hide(before + form + after) == before + "***" + after, "\(form)")
            }
            #expect(hidden.occurs(in: Array("a \(form) b".utf8)))
        }
    }

    @Test("are hidden of any length and any letters")
    func lengths() {
        for length in 12...40 {
            let token = String((0..<length).map { _ in "abcXYZ019-_.~+/=".randomElement() ?? "a" })
            let hidden = HiddenText([token])
            for user in ["", "a", "ab", "abc", "abcd"] {
                let said = Data("\(user):\(token)".utf8).base64EncodedString()
                #expect(hidden.hide("Basic \(said)!") == "Basic ***!", "\(user) \(token)")
            }
        }
    }

    private static func broken(_ text: String, every count: Int, by separator: String) -> String {
        var parts: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            parts.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return parts.joined(separator: separator)
    }

    /// What may stand in the midst of a word without parting it for whoever reads it.
    @Test(
        "are hidden over line ends of every kind, and whatever nobody sees",
        arguments: [
            "\n", "\r\n", "\n    ", "  \n\t", "        \nremote: ", "\nremote:     ", "\\\n", "\\n", "\\r\\n", "\\\\n", "\\n\\t", "%0A",
            "%0d%0a",
            "%250A", "&#10;", "&NewLine;", "\\u000a", "\u{2028}", "\u{85}", "\u{200B}", "\u{AD}", "\u{2060}", "\0", "\u{7F}", "\u{FFFD}",
            "\u{1B}[0m", "\u{1B}[1;31m", "\\u001b[0m", "\\e[0m", "\\033[0m", "\\x1b[K", "&#x200b;", "&ZeroWidthSpace;", "&amp;shy;",
            "\\u200b",
            "\\u{200B}", "%E2%80%8B", "%C2%AD", "\u{301}", "\u{FE0F}", "\\000",
        ])
    func parted(separator: String) {
        let hidden = HiddenText([Self.token])
        let basic = Data("some-user:\(Self.token):and more, so that it is wrapped where programs wrap it".utf8).base64EncodedString()
        for (text, count) in [(Self.token, 9), (Self.token, 20), (basic, 76), (basic, 20)] {
            let said = Self.broken(text, every: count, by: separator)
            #expect(hidden.hide("sent '\(said)' to us") == "sent '***' to us", "\(said)")
        }
    }

    @Test("are hidden in escapes of HTML, in octal, in hexadecimal, and in what is encoded several times")
    func escaped() {
        let hidden = HiddenText([Self.token])
        let bytes = Array(Self.token.utf8)
        let basic = Data("user:\(Self.token)".utf8).base64EncodedString()
        let percent = bytes.map { "%" + String($0, radix: 16) }.joined()
        let forms = [
            bytes.map { "&#\($0);" }.joined(), bytes.map { "&#x" + String($0, radix: 16) + ";" }.joined(),
            Self.token.replacing("+", with: "&#43;").replacing("/", with: "&sol;"), Self.token.replacing("+", with: "&amp;plus;"),
            basic.replacing("+", with: "&#43;").replacing("=", with: "&#61;"),
            bytes.map { "\\" + String(512 + Int($0), radix: 8).suffix(3) }.joined(),
            bytes.map { "\\x" + String($0, radix: 16) }.joined(), bytes.map { "\\u{" + String($0, radix: 16) + "}" }.joined(),
            bytes.map { String($0, radix: 16) }.joined(), bytes.map { String($0, radix: 16).uppercased() }.joined(),
            percent.replacing("%", with: "%25"), percent.replacing("%", with: "%2525"), percent.replacing("%", with: "&#37;"),
            Data(basic.utf8).base64EncodedString(), Data("x\(basic)".utf8).base64EncodedString(),
        ]
        for form in forms {
            #expect(hidden.hide("(\(form))") == "(***)", "\(form)")
        }
    }

    @Test("that hold escapes, blanks or lines are hidden as they are and without")
    func odd() {
        let key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----"
        #expect(HiddenText([key]).hide("<\(key)>") == "<***>")
        #expect(HiddenText([key]).hide("line MIIEvQIBADANBgkqhkiG9w0B!") == "line ***!")
        #expect(HiddenText(["sig=ab%2Fcd%2Bef"]).hide("?sig=ab%2Fcd%2Bef or ?sig=ab/cd+ef") == "?*** or ?***")
        #expect(HiddenText(["correct horse"]).hide("correct%20horse correct+horse") == "*** ***")
        #expect(HiddenText(["a\\nb%41c"]).hide("a\\nb%41c, a\\\\nb%2541c") == "***, ***")
        #expect(HiddenText(["abc", ""]).hide("abc") == "abc", "what is shorter than four bytes may be anything")
    }

    @Test("show no part where only the beginning of a text is looked at, wherever it ends")
    func beginning() {
        let hidden = HiddenText([Self.token])
        let fillers = [
            "", "\n" + String(repeating: " ", count: 9_000), String(repeating: "\u{200B}", count: 3_001),
            String(repeating: "&#x200b;", count: 1_501), String(repeating: "%E2%80%8B", count: 1_003),
        ]
        for filler in fillers {
            for count in 0..<60 {
                let text = String(repeating: "é", count: count / 2) + Self.broken(Self.token, every: 20, by: filler) + " end"
                let shown = hidden.hide(beginningOf: text.utf8, length: 40)
                #expect(!shown.contains("ghp_") && !shown.contains("Letters"), "\(count) \(filler.prefix(9)): \(shown)")
                #expect(shown.utf8.count <= 43 && !shown.contains("\u{FFFD}"))
            }
        }
        #expect(hidden.hide(beginningOf: Array("short \(Self.token) end".utf8), length: 4_096) == "short *** end")
        #expect(hidden.hide(beginningOf: Array("plain".utf8), length: 3) == "pla")
    }

    /// Each of these took a time that grew with the square of its length, or is looked at several times.
    @Test("are found in megabytes that a stranger made for it, each form in one word")
    func large() {
        let hidden = HiddenText([Self.token])
        let basic = Data("\(Self.token)\(Self.token)\(Self.token)".utf8).base64EncodedString()
        #expect(hidden.hide(String(repeating: basic, count: (4 << 20) / basic.utf8.count)) == "***")
        #expect(hidden.hide(String(repeating: Self.token, count: (4 << 20) / Self.token.utf8.count)) == "***")
        let escapes = String(repeating: "%252525", count: (4 << 20) / 7)
        #expect(hidden.hide(escapes + Self.token) == escapes + "***")
    }

    @Test("are hidden over a line end, several times, and several of them")
    func several() {
        let hidden = HiddenText([Self.token, "glpat-0123456789"])
        let (start, end) = (Self.token.prefix(9), Self.token.dropFirst(9))
        #expect(hidden.hide("a \(start)\n\(end) b") == "a *** b")
        #expect(hidden.hide("remote: a \(start)\nremote: \(end) b") == "remote: a *** b")
        #expect(hidden.hide("remote: a\r\nremote: b\n") == "remote: a\r\nremote: b\n")
        #expect(hidden.hide("\(Self.token),\(Self.token) glpat-0123456789") == "***,*** ***")
        #expect(hidden.hide("\(Self.token)glpat-0123456789") == "***")
    }

    @Test("text without them stays as it is", arguments: ["", "plain", "100% %zz %4 \\u12 \\", "é\u{1F600}%41", "Z2hwX3M"])
    func untouched(text: String) {
        #expect(HiddenText([Self.token]).hide(text) == text)
        #expect(HiddenText([]).hide(text + Self.token) == text + Self.token)
    }

    @Test("are known to the whole process once they were read from a file")
    func known() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let token = "tkn-\(UUID().uuidString)"
        #expect(HiddenText.ofThisProcess.hide(token) == token)
        try Data("\(token)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(try SecretFile(file.path, name: "token file").readToken() == token)
        #expect(HiddenText.ofThisProcess.hide("Basic \(Data("x:\(token)".utf8).base64EncodedString())") == "Basic ***")
    }

    private static let slack = "https://hooks.example.com/services/T0UNIQ1E/B0m4rked/UNIQUE"

    /// What a server says that does not know the address, or repeats what it was asked.
    @Test(
        "are known in parts where they are addresses",
        arguments: [
            (slack, "Cannot POST /services/T0UNIQ1E/B0m4rked/UNIQUE", "Cannot POST ***"),
            (slack, "no hook UNIQUE of services", "no hook *** of services"),
            ("https://x.example.com/workflows/a?api-version=1&sig=UNIQUE%2Fz", "bad sig UNIQUE/z", "bad sig ***"),
            ("https://x.example.com/workflows/a?api-version=1&sig=UNIQUE%2Fz", "sig=UNIQUE%2Fz&x", "sig=***&x"),
            ("https://x.example.com/workflows/a?api-version=1&sig=UNIQUE", "GET /workflows/a?api-version=1&sig=UNIQUE", "GET ***"),
            ("http://ada:UNIQUE@x.example.com/hook", "ada:UNIQUE", "ada:***"),
            ("https://x.example.com/services/incoming-webhook/2016-06-01", "services incoming-webhook 2016-06-01", ""),
        ])
    func addresses(address: String, said: String, shown: String) throws {
        let unique = "Zq8vXw0" + UUID().uuidString.replacing("-", with: "").lowercased()
        let file = FileManager.default.temporaryDirectory.appending(path: "address-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(address.replacing("UNIQUE", with: unique).utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let said = said.replacing("UNIQUE", with: unique)
        #expect(HiddenText.ofThisProcess.hide(said) == said)
        _ = try SecretFile(file.path, name: "address file").readToken()
        #expect(HiddenText.ofThisProcess.hide(said) == (shown.isEmpty ? said : shown))
    }
}
