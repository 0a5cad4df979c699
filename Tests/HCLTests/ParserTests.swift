import Diagnostics
import Testing

@testable import HCL

@Suite("HCL parser")
struct ParserTests {
    @Test("an empty file is an empty body")
    func empty() {
        let result = Parser.parse(SourceFile(path: "main.tf", text: ""))
        #expect(result.diagnostics.isEmpty)
        #expect(result.file.body.attributes.isEmpty)
    }
}
