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
}
