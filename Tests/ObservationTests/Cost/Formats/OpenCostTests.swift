import CostModel
import Testing

@testable import Observation

@Suite("OpenCost's allocation")
struct OpenCostTests {
    @Test("is named and never added up", arguments: ["a.csv", "a.json"])
    func refused(file: String) throws {
        let bill = try FormatFolder()
        try bill.write("a.csv", ["Date", "Namespace", "ControllerKind", "CPUCost", "RAMCost", "TotalCost"], [["TotalCost": "1"]])
        try bill.folder.write("a.json", #"{"code":200,"data":[{"x":{"properties":{},"totalCost":1}}]}"#)
        let lines = bill.lines(file)
        #expect(lines.count == 1 && lines[0].contains("partial no-bill: this is OpenCost's allocation: it splits the cost of machines"))
    }
}
