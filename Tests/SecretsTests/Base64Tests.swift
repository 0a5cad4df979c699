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
        for padding in [Base64.Padding.required, .optional, .ignored] {
            #expect(Base64.bytes(of: encoded, padding: padding) == Array(text.utf8))
        }
    }

    @Test(
        "is read with as much padding as is asked for, and anything else is not",
        arguments: [
            ("Zg", [.optional, .ignored]), ("Zg=", [.ignored]), ("Zg===", [.ignored]), ("Zm9v", [.required, .optional, .ignored]),
            ("Z", []),
            ("Zg=a", []), ("Z g=", []), ("=", []), ("====", []), ("Zm9v\n", []), ("Zm9-", []), ("Zm9é", []),
        ] as [(String, [Base64.Padding])])
    func reading(text: String, by: [Base64.Padding]) {
        for padding in [Base64.Padding.required, .optional, .ignored] {
            #expect((Base64.bytes(of: text, padding: padding) != nil) == by.contains(padding), "\(padding)")
        }
    }
}
