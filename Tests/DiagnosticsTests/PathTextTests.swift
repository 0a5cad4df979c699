import Diagnostics
import Testing

@Suite("paths as text")
struct PathTextTests {
    @Test(
        "a name that could be compared otherwise than by bytes is shown with its bytes",
        arguments: [
            ("main.tf", "main.tf"), ("é.tf", "é.tf"), ("e\u{301}.tf", "e\\314\\201.tf"), ("\u{212A}.tf", "\\342\\204\\252.tf"),
            ("한.tf", "한.tf"),
            ("\u{1112}\u{1161}\u{11AB}.tf", "\\341\\204\\222\\341\\205\\241\\341\\206\\253.tf"), ("x\u{600}.tf", "x\\330\\200.tf"),
            ("\u{301}.tf", "\\314\\201.tf"), ("x\u{338}", "x\\314\\270"), ("x\u{600}", "x\\330\\200"), ("a\\b", "a\\b"),
            ("a\\x2d", "a\\x2d"), ("\\101", "\\134101"), ("\\b\u{301}", "\\134b\\314\\201"), ("\\777", "\\777"),
            ("a\nb", "a\\012b"),
            ("👩‍👩‍👧.tf", "👩‍👩‍👧.tf"), ("1\u{FE0F}\u{20E3}", "1\\357\\270\\217\\342\\203\\243"), ("", ""), ("x y~#$", "x y~#$"),
        ])
    func shown(_ name: String, _ expected: String) {
        let shown = PathText.shown(Array(name.utf8))
        #expect(Array(shown.utf8) == Array(expected.utf8))
        #expect(PathText.bytes(of: shown) == Array(name.utf8))
    }

    @Test("what is not UTF-8 is shown and found again, and no name is shown as another is")
    func bytes() {
        var all: [String: [UInt8]] = [:]
        var state: UInt64 = 1
        let parts: [[UInt8]] = [
            [0x61], [0xCC, 0x81], [0xC3, 0xA9], [0x65], [0x5C], [0x33], [0x31, 0x34], [0xFF], [0xD8, 0x80], [0x2E, 0x74, 0x66], [0x0A],
        ]
        for _ in 0..<5_000 {
            var name: [UInt8] = []
            for _ in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                name += parts[Int(state >> 33) % parts.count]
            }
            let shown = PathText.shown(name)
            #expect(PathText.bytes(of: shown) == name)
            #expect(all[shown] == nil || all[shown] == name)
            all[shown] = name
            #expect(shown.hasSuffix(".tf") == name.suffix(3).elementsEqual([0x2E, 0x74, 0x66]))
            #expect("x/\(shown)/y".split(separator: "/").count == 3)
        }
    }

    @Test("paths are shown by their components, and what code writes is the name that HCL makes of it")
    func components() {
        #expect(PathText.shown(path: "a/\u{301}b/c".utf8) == "a/\\314\\201b/c")
        #expect(PathText.shown(written: "e\u{301}") == "é")
        #expect(PathText.shown(written: "x\u{338}") == "x\\314\\270")
    }
}
