import Testing

@testable import Pages

@Suite("the names of pages")
struct PageNameTests {
    @Test("are plain file names, one for each team")
    func teams() {
        let hostile = ["payments", "Payments", "PAYMENTS", "../../etc", "a/b", "a b", "", "é", String(repeating: "x", count: 500), "x__y"]
        let names = PageNames(teams: hostile)
        let files = hostile.compactMap { names.team($0) }
        #expect(files.count == hostile.count && Set(files.map { $0.lowercased() }).count == hostile.count)
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
        #expect(files.allSatisfy { $0.allSatisfy(letters.contains) && $0.count < 100 && $0.hasPrefix("team-") && $0.hasSuffix(".html") })
        #expect(names.team("payments") == "team-payments.html")
    }
}
