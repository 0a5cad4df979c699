import CostModel
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("a process that is killed")
struct KillTests {
    @Test("in the middle of any statement leaves a ledger as it was before or after the whole write", arguments: 0..<20)
    func killed(at statement: Int) async throws {
        let test = TestLedger()
        try test.fill(try test.open())
        let path = test.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, statement = statement as Int] in
            let ledger = try Ledger.open(at: path, mode: .readWrite)
            var left = statement
            ledger.fault = LedgerFault { _ in
                left -= 1
                if left < 0 { kill(getpid(), SIGKILL) }
                return nil
            }
            try ledger.transaction { () throws(LedgerError) in
                try ledger.finish(Samples.run("r-2"))
                try ledger.put([Samples.life("f-2")])
                try ledger.append(Samples.audit("o2"))
            }
            kill(getpid(), SIGKILL)
        }
        #expect(try Ledger.recover(at: path, now: Samples.now) == nil)
        let ledger = try test.open()
        let happened = try ledger.run("r-2") != nil
        #expect(try (ledger.life("f-2") != nil) == happened && (ledger.audits().count == 2) == happened)
        #expect(try ledger.verify() == [])
    }
}
