import CostModel
import TestSupport
import Testing

@testable import Observation

@Suite("a snapshot")
struct SnapshotTests {
    @Test("is read as it was written, packed or not, and the same one gives the same bytes")
    func roundTrip() throws {
        let snapshot = Snapshots.small
        let bytes = try SnapshotWriter.bytes(of: snapshot, version: "1")
        #expect(try SnapshotReader.read(bytes) == snapshot)
        #expect(try SnapshotWriter.bytes(of: snapshot, version: "1") == bytes)
        let folder = try TemporaryFolder()
        try folder.write("plain.json", bytes)
        let packed = try SnapshotWriter.bytes(of: snapshot, version: "1", isPacked: true)
        #expect(packed.count * 4 < bytes.count)
        try folder.write("packed.json.gz", packed)
        for name in ["plain.json", "packed.json.gz"] { #expect(try SnapshotReader.read("\(folder.path)/\(name)") == snapshot) }
    }

    @Test("does not tell resources apart that no state knows, nor in which order rows and names were read")
    func folded() throws {
        let table = Snapshots.small.bill.table
        #expect(table.names == ["", "111122223333", "AWS", "EC2", "eu", "i-1"])
        #expect(table.tagSets == [[:], ["env": "prod \"x\"", "team": "payments"], ["team": "search"]])
        #expect(
            table.lines.map { "\(table.name($0.key.resource)) \($0.key.day) \($0.amounts.effective) \($0.amounts.list)" } == [
                " 2026-10-30 2 2", "i-1 2026-10-28 2 3", "i-1 2026-10-29 2 3", "i-1 2026-10-30 -2 3", "i-1 2026-10-31 2 3",
                "i-1 2026-10-30 5 5",
            ])
        #expect(Snapshots.small.utilization.summaries.keys.sorted() == ["i-1"])
        var shuffled = Snapshots.small
        shuffled.bill.table.lines.reverse()
        #expect(shuffled.folded() == Snapshots.small)
    }

    @Test("holds nothing of a row or a sample")
    func sparse() throws {
        let text = try Snapshots.text()
        #expect(!text.contains("i-unknown"))
        // Days in a row with the same amounts are one run: first day, length, amounts.
        #expect(text.contains(#"["Usage",1,2,3,4,5,1,0,[0,2,1,2,1,2,3,1,1]]"#))
        #expect(text.contains(#""amounts":["2 0.000000000000000002 2 0","2 0.000000000000000001 3 0","#))
    }

    @Test("holds what resources were charged by the unit, and an older one that does not is read all the same")
    func units() throws {
        let read = try SnapshotReader.read(try SnapshotWriter.bytes(of: Snapshots.small, version: "1"))
        #expect(read.bill.units?.byResource.keys.sorted() == ["i-1"])
        #expect(read.bill.units?.byResource["i-1"]?.map(\.quantity) == [nil, FixedDecimal(672)])
        #expect(read.bill.units?.lastDay == Day("2026-10-31"))
        var older = Snapshots.small
        older.bill.units = nil
        let bytes = try SnapshotWriter.bytes(of: older, version: "1")
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\"units\""))
        #expect(try SnapshotReader.read(bytes).bill.units == nil)
    }

    @Test("anybody can check its digest")
    func digest() throws {
        let text = try Snapshots.text()
        let digest = text.suffix(67).prefix(64)
        #expect(String(digest) == SHA256.hexDigest(of: text.replacing(digest, with: "").utf8))
        #expect(Array(text.utf8) == (try Snapshots.sealed(text)))
    }

    @Test("torn at any byte, or with any byte changed, it is refused")
    func torn() throws {
        let bytes = try SnapshotWriter.bytes(of: Snapshots.small, version: "1")
        for count in Swift.stride(from: 0, to: bytes.count, by: 97) + [bytes.count - 1] {
            #expect(throws: SnapshotError.self, "cut after \(count) bytes") { try SnapshotReader.read(Array(bytes[..<count])) }
        }
        for at in Swift.stride(from: 0, to: bytes.count, by: 101) + [bytes.count - 1] {
            var changed = bytes
            changed[at] ^= 1
            #expect(throws: SnapshotError.self, "changed at \(at)") { try SnapshotReader.read(changed) }
        }
        let error = try #require(throws: SnapshotError.self) { try SnapshotReader.read(bytes + [0x0A]) }
        #expect("\(error)" == "it is no snapshot, or is torn: it does not end in a digest")
        let folder = try TemporaryFolder()
        try folder.write("a.gz", Array(try SnapshotWriter.bytes(of: Snapshots.small, version: "1", isPacked: true).dropLast(9)))
        let torn = try #require(throws: SnapshotError.self) { try SnapshotReader.read(folder.path + "/a.gz") }
        #expect("\(torn)".contains("the file is torn"))
        let missing = try #require(throws: SnapshotError.self) { try SnapshotReader.read(folder.path + "/none") }
        #expect("\(missing)" == "cannot be opened: No such file or directory")
    }

    struct Forgery: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var error: String
        var testDescription: String { "\(old) → \(new.prefix(60))" }

        init(_ old: String, _ new: String, _ error: String) { (self.old, self.new, self.error) = (old, new, error) }
    }

    @Test(
        "a hostile one with a digest that holds meets an error that says what was expected",
        arguments: [
            Forgery(#""schemaVersion":1"#, #""schemaVersion":2"#, "schemaVersion 2, only 1 is read"),
            Forgery(#""schemaVersion":1"#, #""schemaVersion":"1""#, "a whole number between 0 and"),
            Forgery(#""document":"observations""#, #""document":"plan""#, "'observations' expected"),
            Forgery(#""workspace":"acme","#, "", "the key 'workspace' expected, found 'revision'"),
            Forgery(#""workspace":"acme""#, #""workspace":"acme","workspace":"b""#, "the key 'revision' expected, found 'workspace'"),
            Forgery(#""workspace":"acme""#, #""workspace":["acme"]"#, "expected a string"),
            Forgery(#""observedAt":"2026"#, #""observedAt":"x026"#, "a time such as"),
            Forgery(#""currency":"USD""#, #""currency":"usd""#, "no currency stands before the bill"),
            Forgery(#""rows":9"#, #""rows":-9"#, "a whole number between 0 and"),
            Forgery(#""lines":6"#, #""lines":10000001"#, "a whole number between 0 and 10000000"),
            Forgery(#""rows":9"#, #""rows":1e9"#, "a whole number between 0 and"),
            Forgery(#""rows":9"#, #""rows":99999999999999999999999"#, "a whole number between 0 and"),
            Forgery(#""costs":["effective","#, #""costs":["amortised","#, "unknown cost 'amortised'"),
            Forgery(#""resources":"deployed""#, #""resources":"none""#, "'all' or 'deployed' expected"),
            Forgery(#""days":["2026-10-28","#, #""days":["1026-10-28","#, "at most 40000 apart"),
            Forgery(#""days":["2026-10-28","#, #""days":["2026-11-28","#, "the first and the last day"),
            Forgery(#""days":["2026-10-28","2026-10-31"]"#, #""days":[]"#, "a charge in a bill that has no days"),
            Forgery(#""maxAge":259200"#, #""maxAge":-1"#, "a whole number between 0 and"),
            Forgery("\"names\":[\n\"\"", "\"names\":[\n\"x\"", "the first name is not none"),
            Forgery("\"tagSets\":[\n{}", "\"tagSets\":[\n{\"team\":\"x\"}", "the first set of tags is not none"),
            Forgery("\"tagSets\":[\n{}", "\"tagSets\":[\n{},{\"secret\":\"x\"}", "a tag 'secret' that was not asked for"),
            Forgery(#""amounts":["2 "#, #""amounts":["2 2 "#, "one amount expected, or four"),
            Forgery(#""amounts":["2 "#, #""amounts":["x "#, "expected a decimal number"),
            Forgery(#""amounts":["2 "#, #""amounts":["100000000000000000000 "#, "adds up to more than can be held"),
            Forgery(#"["Usage",1"#, #"["Gift",1"#, "unknown category 'Gift'"),
            Forgery(#"["Usage",1"#, #"["Usage",6"#, "a whole number between 0 and 5"),
            Forgery(#"["Usage",1"#, #"["Usage",-1"#, "a whole number between 0 and 5"),
            Forgery(#"5,1,0,[0,2,1"#, #"5,7,0,[0,2,1"#, "a whole number between 0 and 2"),
            Forgery(#"5,1,0,[0,2,1"#, #"5,1,99999,[0,2,1"#, "a whole number between -12000 and 12000"),
            Forgery(#"5,1,0,[0,2,1"#, #"5,1,0,[0,2,7"#, "a whole number between 0 and 3"),
            Forgery(#"5,1,0,[0,2,1"#, #"5,1,0,[0,5,1"#, "a whole number between 1 and 4"),
            Forgery(#"5,1,0,[0,2,1"#, #"5,1,0,[4,1,1"#, "a whole number between 0 and 3"),
            Forgery(#"5,1,0,[0,2,1,2"#, #"5,1,0,[0,2,1,1"#, "a whole number between 2 and 3"),
            Forgery(#"5,1,0,[0,2,1"#, #"5,1,0,8,[0,2,1"#, "charges expected"),
            Forgery(#"5,1,0,[0,2,1,2,1,2,3,1,1]"#, #"5,1,0,[0,2]"#, "a charge is not complete"),
            Forgery(#"5,1,0,[0,2,1,2,1,2,3,1,1]"#, "5,1,0", "a series has no charges"),
            Forgery(#""units":{"lastDay":"2026-10-31""#, #""units":{"lastDay":"soon""#, "a day such as"),
            Forgery(#"["i-1","BOX","Hrs","2 672",28]"#, #"["i-1","BOX","Hrs","2 672",29]"#, "a whole number between 0 and 28"),
            Forgery(#"["i-1","BOX","Hrs","2 672",28]"#, #"["i-1","BOX","Hrs","2 672 1",28]"#, "a cost expected, and a quantity"),
            Forgery(#"["i-1","BOX","Hrs","2 672",28]"#, #"["i-1","BOX","Hrs"]"#, "a charge by the unit has five fields"),
            Forgery(#"["i-1","BOX","Hrs","2 672",28]"#, #"["","BOX","Hrs","2 672",28]"#, "a charge by the unit has five fields"),
            Forgery(#"["i-1","BOX","Hrs","2 672",28]"#, #"["i-1","BOX","Hrs","2 672",28,1]"#, "a charge by the unit has five fields"),
            Forgery(#""lookbacks":[604800,"#, #""lookbacks":[0,"#, "a whole number between 1 and"),
            Forgery(#""lookbacks":[604800,"#, #""lookbacks":[604800,604800,"#, "look-backs expected, ascending"),
            Forgery(#""lookbacks":[604800,1209600,2592000]"#, #""lookbacks":[]"#, "a summary of no look-back"),
            Forgery(#""percentiles":[1,"#, #""percentiles":[0,"#, "percentiles expected, ascending"),
            Forgery(#"99.9,100]"#, #"99.9,100,101]"#, "percentiles expected, ascending"),
            Forgery(#"99.9,100]"#, #"99.9]"#, "a summary of 109 numbers expected"),
            Forgery(#"["i-1","cpu""#, #"["i-1","gpu""#, "unknown metric 'gpu'"),
            Forgery(#"["i-1","disk_ops""#, #"["i-1","cpu""#, "each pair once"),
            Forgery(#""cpu",[0,168"#, #""cpu",[9,168"#, "a whole number between 0 and 2"),
            Forgery(#""cpu",[0,168"#, #""cpu",[0,0"#, "a whole number between 1 and"),
            Forgery(#""cpu",[0,168,604800"#, #""cpu",[0,168,-1"#, "a whole number between 0 and 604800"),
            Forgery(#""cpu",[0,168,604800"#, #""cpu",[0,168,0"#, "a summary of 110 numbers expected"),
            Forgery(
                #""cpu",[0,168,604800,3600,3600,0.3"#, #""cpu",[0,168,604800,3600,3600,-0.3"#, "a number that is not negative expected"),
            Forgery(#""cpu",[0,168,604800,3600,3600,0.3"#, #""cpu",[0,168,604800,3600,3600,1e999,0.3"#, "a number that is not negative"),
            Forgery(#""severity":"partial""#, #""severity":"fine""#, "a severity expected"),
            Forgery(
                #"["aws_instance.b","aws_instance",null,"#, #"["aws_instance.b","aws_instance","#, "a resource of seven texts expected"),
            Forgery(#"["aws_instance.b","#, #"["aws_instance.a[\"x\"]","#, "stands twice"),
            Forgery(#"["m5.large","m5",2,"#, #"["m5.large","m5",0,"#, "a whole number between 1 and"),
            Forgery(#"["m5.large","m5",2,"#, #"["m5.large",2,"#, "expected a string"),
            Forgery(#""catalog":{"#, #""more":1,"catalog":{"#, "the key 'catalog' expected, found 'more'"),
            Forgery(#""roots":["#, #""roots":[["#, "expected a string"),
            Forgery(
                #""workspace":"acme""#, "\"workspace\":" + String(repeating: "[", count: 100_000), "expected a string"),
        ])
    func hostile(forgery: Forgery) throws {
        let text = try Snapshots.text()
        let range = try #require(text.firstRange(of: forgery.old), "the snapshot does not hold \(forgery.old)")
        let forged = text.replacingCharacters(in: range, with: forgery.new)
        let error = try #require(throws: SnapshotError.self) { try SnapshotReader.read(try Snapshots.sealed(forged)) }
        #expect("\(error)".contains(forgery.error), "\(error)")
    }

    @Test("one that would unpack to more than can be held is refused before it does")
    func bomb() throws {
        let folder = try TemporaryFolder()
        try folder.write("bomb.gz", GzipPacker.pack([UInt8](repeating: 0x20, count: 1 << 20 + 1)))
        let error = try #require(throws: SnapshotError.self) { try SnapshotReader.read(folder.path + "/bomb.gz", limit: 1 << 20) }
        #expect("\(error)" == "is larger than 1 MB")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + self[range.upperBound...]
    }

    @Test("that is malformed JSON is refused, though its digest holds", arguments: MalformedJSON.values)
    func malformed(value: String) throws {
        let text = try Snapshots.text()
        for key in ["\"rows\":", "\"schemaVersion\":", "\"revision\":", "\"costs\":"] {
            let parts = text.split(separator: key, maxSplits: 1, omittingEmptySubsequences: false)
            try #require(parts.count == 2)
            let rest = parts[1].drop { $0 != "," && $0 != "]" }
            let bytes = try Snapshots.sealed("\(parts[0])\(key)\(value)\(rest)")
            #expect(throws: SnapshotError.self) { try SnapshotReader.read(bytes) }
        }
    }
}
