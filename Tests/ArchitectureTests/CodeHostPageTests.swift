import CostModel
import Testing

@testable import Commands

@Suite("the pages know every code host")
struct CodeHostPageTests {
    @Test("as a word of the configuration, and by its webhook", arguments: CodeHost.allCases)
    func named(host: CodeHost) throws {
        #expect(try Page.catalogue("Loop").text.contains("`\(host.rawValue)`"))
        #expect(try Page.catalogue("Server").text.contains("/hooks/\(host.rawValue)`"))
        #expect(Command.serve.discussion.contains("/hooks/\(host.rawValue)"))
    }
}
