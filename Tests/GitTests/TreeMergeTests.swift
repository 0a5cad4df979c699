import Git
import Testing

@Suite("a merge in memory")
struct TreeMergeTests {
    private static func lines(_ range: ClosedRange<Int>, _ edit: [Int: String] = [:]) -> String {
        range.map { "\(edit[$0] ?? "line \($0) of a file that is long enough")\n" }.joined()
    }

    private func files(_ texts: [String: String]) -> TreeMerge.Files { texts.mapValues { Array($0.utf8) } }

    private func merged(
        _ base: [String: String], _ ours: [String: String], _ theirs: [String: String]
    ) throws -> (files: [String: String], conflicts: Set<String>) {
        let outcome = try TreeMerge.merged(base: files(base), ours: files(ours), theirs: files(theirs))
        return (outcome.files.mapValues { text($0) }, outcome.conflicts)
    }

    @Test("takes the lines of both sides")
    func lines() throws {
        let both = try merged(
            ["a/b.tf": Self.lines(1...20)], ["a/b.tf": Self.lines(1...20, [2: "ours"])], ["a/b.tf": Self.lines(1...20, [19: "theirs"])])
        #expect(both.files == ["a/b.tf": Self.lines(1...20, [2: "ours", 19: "theirs"])] && both.conflicts == [])
    }

    @Test("takes what each side added and took away, under any name")
    func files() throws {
        let base = ["a.tf": "a", ".git~1/b.tf": "b", "c/.hidden.tf": "c", "aux.tf": "d"]
        let both = try merged(
            base, ["a.tf": "a", ".git~1/b.tf": "b", "aux.tf": "d", "ours/é.tf": "o"],
            ["a.tf": "a", "c/.hidden.tf": "c", "aux.tf": "e", "git~1.tf": "t"])
        #expect(both.files == ["a.tf": "a", "aux.tf": "e", "ours/é.tf": "o", "git~1.tf": "t"] && both.conflicts == [])
    }

    @Test("follows a file that one side renamed, with what the other wrote into it", arguments: [true, false])
    func renamed(isOurs: Bool) throws {
        let renamed = ["new/name.tf": Self.lines(1...20, [1: "moved"])]
        let edited = ["old.tf": Self.lines(1...20, [18: "edited"])]
        let both = try merged(["old.tf": Self.lines(1...20)], isOurs ? renamed : edited, isOurs ? edited : renamed)
        #expect(both.files == ["new/name.tf": Self.lines(1...20, [1: "moved", 18: "edited"])] && both.conflicts == [])
    }

    @Test("says where the edits of both meet, and has there what is merged in")
    func conflicts() throws {
        let base = Self.lines(1...5)
        let (ours, theirs) = (Self.lines(1...5, [3: "ours"]), Self.lines(1...5, [3: "theirs"]))
        let edited = try merged(["a.tf": base], ["a.tf": ours], ["a.tf": theirs])
        #expect(edited.files == ["a.tf": theirs] && edited.conflicts == ["a.tf"])
        let added = try merged([:], ["a.tf": ours], ["a.tf": theirs])
        #expect(added.files == ["a.tf": theirs] && added.conflicts == ["a.tf"])
        let gone = try merged(["a.tf": base], ["a.tf": ours], [:])
        #expect(gone.files == [:] && gone.conflicts == ["a.tf"])
        let kept = try merged(["a.tf": base], [:], ["a.tf": theirs])
        #expect(kept.files == ["a.tf": theirs] && kept.conflicts == ["a.tf"])
    }

    @Test("makes nothing of nothing")
    func nothing() throws {
        #expect(try merged([:], [:], [:]).files == [:])
        #expect(try merged(["a.tf": "a"], [:], [:]).files == [:])
    }
}
