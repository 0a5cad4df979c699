import Testing

@testable import HCL

@Suite("values that remember by which names they came")
struct PathWeightTests {
    /// Twenty elements that come through so many names, each of which doubles nothing.
    private func chain(_ count: Int) -> LocalReferences {
        LocalReferences(
            "locals {\n  a0 = [\(Array(repeating: "1", count: 20).joined(separator: ", "))]\n"
                + (0..<count).map { "  a\($0 + 1) = concat(local.a\($0))\n" }.joined() + "}\n")
    }

    @Test("weigh more the more names there are, so that the limit of a value holds for what it takes")
    func weight() {
        var limits = Evaluator.Limits()
        limits.size = 100
        #expect(chain(4).evaluate("length(local.a4)", limits: limits).problems.isEmpty)
        #expect(chain(40).evaluate("length(local.a40)").problems.isEmpty)
        #expect(chain(40).evaluate("length(local.a40)", limits: limits).problems.map(\.isLimit) == [true])
    }
}
