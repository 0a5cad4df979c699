import CostModel
import Foundation
import Git
import JSON
import Reporting
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("state")
struct StateCommandTests {
    private let estate = RememberedEstate()
    private var file: String { "\(estate.directory.path)/backup.sqlite" }

    private func state(_ words: String...) -> Said { estate.run(["state"] + words) }

    @Test("backs up, and restores what was backed up")
    func roundTrip() throws {
        try estate.fill()
        #expect(state("backup", file).output == "wrote \(file)\n")
        let again = state("backup", file)
        #expect(again.code == 2 && again.error.contains("exists already"))
        #expect(state("backup", file, "--overwrite").code == 0)
        try FileManager.default.removeItem(atPath: estate.folder.path)
        #expect(state("restore", file).output == "restored \(estate.folder.ledger) from \(file)\n")
        let ledger = try Ledger.open(at: estate.folder.ledger, mode: .readOnly)
        #expect(try ledger.runs(limit: 9).map(\.id) == ["r-2", "r-1"])
        #expect(try ledger.audits(limit: 1).map(\.cause) == ["user alice"])
    }

    @Test("restores over a damaged ledger, and says where that lies")
    func damaged() throws {
        try estate.fill().backup(to: file)
        try estate.directory.write("this is no ledger any more, is it?", to: "state/ledger.sqlite")
        let verify = state("verify")
        #expect(verify.code == 3 && verify.error.contains("'bursar state restore FILE'"))
        #expect(estate.run(["history"]).code == 3)
        let said = state("restore", file)
        #expect(said.code == 0 && said.output.contains("the damaged ledger lies at \(estate.folder.ledger).corrupt-"))
        #expect(state("verify").output == "the ledger is sound\n")
        try estate.directory.write("neither is this", to: "bad.sqlite")
        #expect(state("restore", "\(estate.directory.path)/bad.sqlite").code == 3)
        #expect(state("verify").code == 0)
    }

    @Test("does not restore under a run that is at work")
    func locked() throws {
        try estate.fill().backup(to: file)
        let lock = try ProcessLock(at: estate.folder.lock, now: 0)
        #expect(state("restore", file).code == 4)
        lock.release()
        #expect(state("restore", file).code == 0)
    }

    @Test("rebinds between runs only, and forgets the mirror of the old address")
    func rebind() throws {
        try estate.fill()
        try estate.directory.write("x", to: "state/mirror.git/HEAD")
        let lock = try ProcessLock(at: estate.folder.lock, now: 0)
        #expect(state("rebind").code == 4)
        #expect(FileManager.default.fileExists(atPath: estate.folder.mirror))
        lock.release()
        #expect(state("rebind").code == 0)
        #expect(!FileManager.default.fileExists(atPath: estate.folder.mirror))
    }

    @Test("prunes what is older than so many days, and says how much")
    func prune() throws {
        try estate.fill()
        #expect(state("prune", "--keep", "90").output == "nothing is that old\n")
        let said = state("prune", "--keep", "90", "--now", "2027-06-01")
        #expect(said.code == 0 && said.output.hasPrefix("forgot\n") && said.output.contains("3  scores\n"))
        let audit = estate.run(["history", "--audit"]).output
        #expect(audit.contains("ledger-pruned") && audit.contains("user alice") && !audit.contains("webhook"))
    }

    @Test("exports every row as a line of JSON, to a file too")
    func export() throws {
        try estate.fill()
        let said = state("export")
        let lines = said.output.split(separator: "\n")
        #expect(said.code == 0 && lines.count == 16)
        for line in lines { _ = try JSONReader.read(Array(line.utf8)) }
        #expect(state("export", "--output", file).output.isEmpty)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == said.output)
    }

    @Test("finds what is wrong, and ends with 3")
    func verify() throws {
        let ledger = try estate.fill()
        #expect(state("verify").code == 0)
        try ledger.finish(Run(id: "r-3", trigger: .once, started: RememberedEstate.start, outcome: .failed))
        let said = state("verify")
        #expect(said.code == 3 && said.output.contains("runs that are over without an end, or run on after it: 1"))
        #expect(state("verify", "--format", "json").output.contains("\"check\": \"rules\""))
    }

    @Test(
        "takes each action's words only",
        arguments: [
            "backup", "restore", "prune", "prune --keep 89", "prune --keep x", "verify x", "verify --keep 90", "restore x --overwrite",
            "export --format text", "forget",
        ])
    func usage(line: String) throws {
        try estate.fill()
        #expect(estate.run(["state"] + line.split(separator: " ").map(String.init)).code == 2)
    }

    @Test(
        "makes no ledger where there is none",
        arguments: [["verify"], ["export"], ["prune", "--keep", "90"], ["backup", "/tmp/none"], ["rebind"]])
    func none(words: [String]) {
        #expect(estate.run(["state"] + words).code == 2)
        #expect(!FileManager.default.fileExists(atPath: estate.folder.ledger))
    }
}
