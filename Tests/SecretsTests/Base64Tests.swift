import Secrets
import Testing

@Suite("base64")
struct Base64Tests {
    /// RFC 4648, section 10, and bytes of which some digits are no letters.
    @Test(
        "is that of the RFC, both ways",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
            ("ûÿ¾", "w7vDv8K+"),
        ])
    func vectors(text: String, encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
        #expect(Base64.bytes(of: encoded) == Array(text.utf8))
    }

    @Test(
        "without padding is read too, and anything else is not", arguments: [("Zg", true), ("Z", false), ("Zg=a", false), ("Z g=", false)])
    func reading(text: String, isRead: Bool) {
        #expect((Base64.bytes(of: text) != nil) == isRead)
    }
}
