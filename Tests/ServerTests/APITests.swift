import CostModel
import Reporting
import Server
import Testing

@Suite("the API")
struct APITests {
    private let site = Site()

    @Test("lists a workspace's runs page by page, the newest first")
    func pages() throws {
        var seen: [String] = []
        var cursor = ""
        repeat {
            let page = try site.json("GET", "/api/v1/workspaces/acme/runs?limit=2\(cursor.isEmpty ? "" : "&cursor=\(cursor)")")
            seen += page["items"]?.elements.compactMap { $0["id"]?.text } ?? []
            cursor = page["next"]?.text ?? ""
        } while !cursor.isEmpty
        #expect(seen == Sample.runs.map(\.id))
    }
}
