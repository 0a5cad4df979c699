import Secrets
import Testing

@Suite("authentication")
struct AuthenticationTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(
        "codes are those of RFC 4231, and GitHub's",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            // GitHub's documentation.
            (
                Array("It's a Secret to Everybody".utf8), Array("Hello, World!".utf8),
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            ),
            ([], [], "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
        ] as [([UInt8], [UInt8], String)])
    func codes(key: [UInt8], message: [UInt8], expected: String) {
        #expect(hex(Authentication.code(of: message, key: key)) == expected)
    }

    @Test("digests are those of FIPS 180-4")
    func digests() {
        #expect(hex(Authentication.digest(of: [])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hex(Authentication.digest(of: Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("what is equal is equal, of whatever length")
    func equality() {
        #expect(Authentication.areEqual([], []))
        #expect(Authentication.areEqual([1, 2, 3], [1, 2, 3]))
        for other in [[], [1, 2], [1, 2, 4], [0, 2, 3], [1, 2, 3, 4], [1, 2, 3, 1, 2, 3]] as [[UInt8]] {
            #expect(!Authentication.areEqual([1, 2, 3], other) && !Authentication.areEqual(other, [1, 2, 3]))
        }
    }

    @Test("hexadecimal digits are read in either case, and nothing else is")
    func hexadecimal() {
        #expect(Authentication.bytes(ofHex: "00fFa9") == [0, 255, 169])
        #expect(Authentication.bytes(ofHex: "") == [])
        for text in ["0", "0g", "+1", "é", "0x", " 1"] { #expect(Authentication.bytes(ofHex: text) == nil, "\(text)") }
    }
}
