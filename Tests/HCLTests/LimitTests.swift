import Diagnostics
import Foundation
import Testing

@testable import HCL

@Suite("parser limits")
struct LimitTests {
    /// What repeats, what stands innermost, what closes it, and how often that fits.
    static let nestings: [(open: String, inner: String, close: String, depth: Int)] = [
        ("[", "1", "]", 48),
        ("(", "1", ")", 48),
        ("{a=", "1", "}", 48),
        ("f(", "1", ")", 48),
        ("f(a, [", "1", "])", 48),
        ("a[", "1", "]", 48),
        ("!", "true", "", 48),
        ("-", "1", "", 48),
        ("\"${", "1", "}\"", 48),
        ("c ? 1 : ", "1", "", 48),
        ("c ? ", "1", " : 1", 48),
        ("[for x in y : ", "1", "]", 48),
        ("1 + 2 * (", "1", ")", 32),
        ("a || b && c == d < e + f * (", "1", ")", 10),
    ]

    @Test("nesting up to the limit parses and beyond it is an error, on the small stack of a Swift task", arguments: nestings.indices)
    func nesting(_ index: Int) throws {
        let nesting = Self.nestings[index]
        func text(_ depth: Int) -> String {
            "a = " + String(repeating: nesting.open, count: depth) + nesting.inner + String(repeating: nesting.close, count: depth) + "\n"
        }
        #expect(problems(text(nesting.depth)) == [])
        #expect(problems(text(50_000)).first == "nesting-limit")
    }

    @Test(
        "a chain is as deep as its tree",
        arguments: [" + 1", ".b", "[0]", " && b", "[*]", ".*"])
    func chains(_ link: String) {
        func text(_ count: Int) -> String { "a = b\(String(repeating: link, count: count))\n" }
        #expect(problems(text(link == "[*]" ? 45 : 90)) == (link == ".*" ? ["nested-splat"] : []))
        #expect(problems(text(100_000)).first == (link == ".*" ? "nested-splat" : "nesting-limit"))
    }

    @Test("blocks in blocks have the same limit")
    func blocks() {
        func text(_ depth: Int) -> String {
            String(repeating: "a {\n", count: depth) + String(repeating: "}\n", count: depth)
        }
        #expect(problems(text(99)) == [])
        #expect(problems(text(50_000)).first == "nesting-limit")
    }

    @Test("directives in directives have the same limit")
    func directives() {
        func text(_ depth: Int) -> String {
            "a = \"" + String(repeating: "%{ if x }", count: depth) + String(repeating: "%{ endif }", count: depth) + "\"\n"
        }
        #expect(problems(text(95)) == [])
        #expect(problems(text(50_000)).first == "nesting-limit")
        #expect(problems("a = \"\(String(repeating: "%{ if x }y%{ endif }", count: 1000))\"\n") == [])
    }

    @Test("a file over the size limit is refused unread")
    func size() {
        let file = SourceFile(path: "main.tf", text: "a = 1\n")
        let diagnostics = Parser.parse(file, limits: ParserLimits(fileSize: 5)).diagnostics
        #expect(diagnostics.map(\.message) == ["file has 6 bytes, more than the limit of 5"])
    }

    @Test("after the permitted number of errors the parser gives up")
    func errors() {
        let file = SourceFile(path: "main.tf", text: String(repeating: "a b\n", count: 10_000))
        #expect(Parser.parse(file).diagnostics.count == 50)
    }

    /// The diagnostics' names, found on a thread with 512 KB, as the tasks of Swift's own thread pool have.
    private func problems(_ text: String) -> [String] {
        let result = Result()
        let thread = Thread { result.finish(Parser.parse(SourceFile(path: "main.tf", text: text)).diagnostics.map(\.id)) }
        thread.stackSize = 512 << 10
        thread.start()
        return result.wait()
    }

    /// Sendable because the semaphore orders the one write before the one read.
    private final class Result: @unchecked Sendable {
        private let done = DispatchSemaphore(value: 0)
        private var value: [String] = []

        func finish(_ value: [String]) {
            self.value = value
            done.signal()
        }

        func wait() -> [String] {
            done.wait()
            return value
        }
    }
}
