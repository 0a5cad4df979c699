import CostModel
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Observation

@Suite("the cache of bills")
struct BillCacheTests {
    /// Two months, in two files of one delivery each, which overlap.
    private struct Bills {
        let bill: BillFolder
        let folder: TemporaryFolder
        var delivery = CostSource.Delivery.parts

        init(seed: UInt64, rows: Int = 400) throws {
            bill = try BillFolder()
            folder = try TemporaryFolder()
            var random = RandomBill(seed: seed)
            try bill.folder.write("a.csv", random.text(rows: rows))
            try bill.folder.write("b.csv.gz", Gzip.member(random.text(rows: rows)))
            try bill.write("c.csv", BillFolder.row(currency: "CHF", resource: "i-\u{E9}"))
        }

        func cache(size: Int = BillCache.usualSize, aged seconds: Int64 = 60) -> BillCache {
            BillCache(folder: folder.path + "/bills", size: size) { BillCache.systemTime() + seconds * 1_000_000_000 }
        }

        /// Everything that is asked of a bill.
        func answers(_ cache: BillCache?) -> [AnyHashable] {
            BillCache.$current.withValue(cache) {
                let source = bill.source(["*.csv", "*.csv.gz"], delivery: delivery)
                let reader = BillReader(sources: [source], directory: bill.folder.path, now: bill.now)
                let observed = reader.bill(currency: .usd, tagKeys: ["team"], bases: [.effective], usageOf: ["i-1", "i-5"])
                let (days, problems) = reader.breakdown(by: [.day, .service, .tag("name")], currency: .usd, ownerTagKeys: [])
                let (months, more) = reader.breakdown(by: [.month], cost: .billed, period: Month(year: 2026, month: 9).days, currency: nil)
                let (files, found) = reader.deliveries()
                return [
                    observed, BillFolder.lines(days), problems.map(BillFolder.line), BillFolder.lines(months), more.map(BillFolder.line),
                    "\(files)", found.map(BillFolder.line),
                ]
            }
        }

        var kept: [String] {
            get throws {
                try FileManager.default.contentsOfDirectory(atPath: folder.path + "/bills").filter { $0 != ".gitignore" }.sorted()
            }
        }
    }

    @Test("answers are the same with it, without it, and from it", arguments: [1, 2, 3] as [UInt64], CostSource.Delivery.allCases)
    func same(seed: UInt64, delivery: CostSource.Delivery) throws {
        var bills = try Bills(seed: seed)
        bills.delivery = delivery
        let expected = bills.answers(nil)
        let cache = bills.cache()
        #expect(bills.answers(cache) == expected)
        let kept = try bills.kept
        let again = bills.cache()
        #expect(bills.answers(again) == expected)
        // Three files, four questions; surveys come on top of that.
        #expect(again.hitCount >= 12)
        #expect(try bills.kept == kept, "something was read anew")
    }

    @Test("a file that changes is read anew, also within its size and within the same second")
    func changed() throws {
        let bills = try Bills(seed: 5, rows: 50)
        for seconds in [60, 0] as [Int64] {
            for effective in ["1", "2", "3"] {
                try bills.bill.write("c.csv", BillFolder.row(effective: effective))
                let expected = bills.answers(nil)
                #expect(bills.answers(bills.cache(aged: seconds)) == expected)
                #expect(bills.answers(bills.cache(aged: seconds)) == expected)
            }
        }
    }

    @Test("a file that is only written anew is known by what it holds; another one in its place is not")
    func touched() throws {
        let bills = try Bills(seed: 6, rows: 50)
        let expected = bills.answers(bills.cache())
        let kept = try bills.kept
        let path = bills.bill.folder.path + "/a.csv"
        try bills.bill.folder.write("a.csv", Array(Data(contentsOf: URL(filePath: path))))
        let cache = bills.cache()
        #expect(bills.answers(cache) == expected)
        #expect(cache.hitCount >= 12)
        #expect(try bills.kept == kept)
    }

    @Test("what is torn or edited is as if it were not there")
    func torn() throws {
        let bills = try Bills(seed: 7, rows: 60)
        let expected = bills.answers(bills.cache())
        var random = SeededGenerator(seed: 8)
        for name in try bills.kept {
            let url = URL(filePath: bills.folder.path + "/bills/" + name)
            let whole = try Data(contentsOf: url)
            for _ in 0..<6 {
                var bytes = whole
                if Bool.random(using: &random) {
                    bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
                } else {
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
                try bytes.write(to: url)
                #expect(bills.answers(bills.cache()) == expected, "\(name) damaged")
                try whole.write(to: url)
            }
        }
    }

    @Test("is no part of a repository that it lies in")
    func ignored() throws {
        let repository = try TemporaryRepository()
        let bills = try Bills(seed: 1, rows: 30)
        _ = bills.answers(BillCache(folder: repository.path + "/state/bills"))
        #expect(try repository.git(["status", "--porcelain", "--untracked-files=all"]).isEmpty)
    }

    @Test("it may go away, be a file, or be writable by nobody")
    func unusable() throws {
        let bills = try Bills(seed: 9, rows: 30)
        let expected = bills.answers(nil)
        #expect(bills.answers(bills.cache()) == expected)
        try FileManager.default.removeItem(atPath: bills.folder.path + "/bills")
        #expect(bills.answers(bills.cache()) == expected)
        try FileManager.default.removeItem(atPath: bills.folder.path + "/bills")
        try bills.folder.write("bills", "no folder")
        #expect(bills.answers(bills.cache()) == expected)
        #expect(bills.answers(BillCache(folder: "/proc/nothing")) == expected)
    }

    @Test("it does not grow beyond its size, and is its owner's alone")
    func bounded() throws {
        let bills = try Bills(seed: 10, rows: 60)
        let size = 300_000
        for round in 0..<8 {
            try bills.bill.write("c.csv", BillFolder.row(effective: "\(round)"))
            _ = bills.answers(bills.cache(size: size))
            let sizes = try bills.kept.map { name in
                var status = stat()
                #expect(stat(bills.folder.path + "/bills/" + name, &status) == 0)
                #expect(status.st_mode & 0o077 == 0)
                return Int(status.st_size)
            }
            #expect(sizes.reduce(0, +) <= size + 100_000)
        }
        #expect(try bills.kept.allSatisfy { !$0.hasPrefix(".") }, "something was left behind")
        #expect(bills.answers(bills.cache(size: size)) == bills.answers(nil))
    }

    @Test("a question with teams, whose owners only code tells, is asked of the bill")
    func owners() throws {
        let bills = try Bills(seed: 11, rows: 50)
        func teams(_ name: String) -> [String] {
            BillCache.$current.withValue(bills.cache()) {
                let reader = BillReader(files: ["a.csv"], directory: bills.bill.folder.path, now: bills.bill.now)
                return BillFolder.lines(reader.breakdown(by: [.team], currency: .usd, owner: { _, _, _ in name }).breakdown)
            }
        }
        #expect(teams("red").first?.hasPrefix("red ") ?? false)
        #expect(teams("blue").first?.hasPrefix("blue ") ?? false)
    }
}
