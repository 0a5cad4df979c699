import Testing

@testable import Terminal

@Suite("keys")
struct KeyDecoderTests {
    private static func keys(_ text: String) -> [TerminalKey] {
        var decoder = KeyDecoder()
        let keys = decoder.decode(text.utf8)
        return decoder.isWaiting ? keys + decoder.flush() : keys
    }

    @Test(
        "as terminals send them",
        arguments: [
            ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[1;5B", .down), ("\u{1B}[C", .right), ("\u{1B}[D", .left), ("\u{1B}[5~", .pageUp),
            ("\u{1B}[6~", .pageDown), ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}OF", .end), ("\u{1B}[4~", .end),
            ("\u{1B}[Z", .backTab),
            ("\r", .enter), ("\n", .enter), ("\u{1B}OM", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
            ("\u{3}", .interrupt), ("\u{1A}", .suspend), ("\u{C}", .redraw), ("\u{15}", .clearLine), ("q", .character("q")),
            ("é", .character("é")),
            ("東", .character("東")), ("🙂", .character("🙂")), ("\u{1B}", .escape),
        ] as [(String, TerminalKey)])
    func known(text: String, key: TerminalKey) {
        #expect(Self.keys(text) == [key])
    }

    @Test("that come in pieces are whole in the end")
    func pieces() {
        for (text, keys) in [("\u{1B}[5~", [.pageUp]), ("東", [.character("東")]), ("\u{1B}OB", [.down])] as [(String, [TerminalKey])] {
            var decoder = KeyDecoder()
            var found: [TerminalKey] = []
            for byte in text.utf8 { found += decoder.decode([byte]) }
            #expect(found == keys)
            #expect(!decoder.isWaiting)
        }
    }

    @Test("that nobody knows are left out, and what follows is read")
    func unknown() {
        #expect(Self.keys("\u{1B}[200~x\u{1B}[99zy\u{1}\u{7}z") == [.character("x"), .character("y"), .character("z")])
        #expect(Self.keys("\u{1B}x") == [.escape, .character("x")])
    }

    @Test("without an end are forgotten, and bytes that are no text are no key")
    func malformed() {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array("\u{1B}[".utf8) + Array(repeating: UInt8(ascii: "1"), count: 10_000)) == [])
        #expect(!decoder.isWaiting)
        #expect(decoder.decode([0xFF, 0xC0, 0x80, 0xE2, 0x28, UInt8(ascii: "a"), 0xED, 0xA0, 0x80]) == [.character("("), .character("a")])
    }
}
