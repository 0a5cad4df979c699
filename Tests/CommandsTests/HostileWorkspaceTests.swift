import Foundation
import TestSupport
import Testing

@testable import Commands

/// Repositories that Git finds nothing wrong with, and whose files were written to stall or fill the machine.
///
/// `BURSAR_HOSTILE=all swift test --filter HostileWorkspaceTests` checks all of them and not a part; `bursar-campaigns hostile` measures the
/// program that is shipped.
@Suite("files that stall or fill the machine")
struct HostileWorkspaceTests {
    private static let step = ProcessInfo.processInfo.environment["BURSAR_HOSTILE"] == "all" ? 1 : 11
    static let some = HostileWorkspace.all.enumerated().filter { $0.offset % step == 0 }.map(\.element)

    @Test("are read whole, or refused with the limit that they meet", arguments: some)
    func judged(hostile: HostileWorkspace) throws {
        let folder = try hostile.repository()
        let said = Said("check", "-C", folder.path, "--now", "2026-11-01T00:00:00Z", "--fail-on", "never", "--no-cache")
        #expect(hostile.outcome.holds(said.code, said.output + said.error), "\(said.code): \((said.output + said.error).suffix(1_000))")
        #expect(!(said.output + said.error).unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }

    @Test("are each another one")
    func count() {
        #expect(Set(HostileWorkspace.all.map(\.name)).count == HostileWorkspace.all.count)
        #expect(HostileWorkspace.all.count >= 150)
    }
}
