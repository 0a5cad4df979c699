import CostModel

/// Rows that stand in several files of a bill, as where a part was delivered twice under two names.
struct SharedRows {
    /// What is known of a row, and of the files that hold it.
    private struct Row {
        var row: DistinctRows.Row
        var file: Int
        /// Further files, and whether the row stands several times in them.
        var others: [(file: Int, isRepeated: Bool)] = []
    }

    private static let limit = 1 << 17
    private var rows: [UInt64: Row] = [:]
    private var level = 0

    /// Adds the rows of a file that count.
    mutating func add(_ file: Int, _ distinct: DistinctRows) {
        raise(to: distinct.level)
        let mask = (UInt64(1) << UInt64(level)) - 1
        for (key, row) in distinct.rows where key & mask == 0 {
            guard let known = rows[key] else {
                rows[key] = Row(row: row, file: file)
                continue
            }
            // A line's name says more than that it is unique only within its export.
            guard known.row.content == row.content else { continue }
            rows[key]?.others.append((file, row.count > 1))
        }
        while rows.count > Self.limit { raise(to: level + 1) }
    }

    private mutating func raise(to level: Int) {
        guard level > self.level else { return }
        self.level = level
        let mask = (UInt64(1) << UInt64(level)) - 1
        rows = rows.filter { $0.key & mask == 0 }
    }

    // MARK: What they tell

    private struct Tally {
        var all = 0
        var named = 0
        var repeated = 0
        var identified = 0
        var resources: Set<UInt32> = []
        var services: Set<UInt32> = []

        mutating func add(_ row: DistinctRows.Row, isRepeated: Bool) {
            all += 1
            if row.isIdentified { identified += 1 }
            if services.count < 2 { services.insert(row.service) }
            guard row.resource != 0 else { return }
            named += 1
            if isRepeated { repeated += 1 }
            if resources.count < 2 { resources.insert(row.resource) }
        }
    }

    private struct Pair: Hashable, Comparable {
        var file: Int
        var other: Int

        static func < (a: Pair, b: Pair) -> Bool { (a.file, a.other) < (b.file, b.other) }
    }

    struct Finding: Hashable {
        /// The file, and the one that has its rows, too.
        var file: Int
        var other: Int
        /// Whether it is sure; else the rows may be charges that are equal.
        var isSure: Bool
        var message: String
    }

    /// - Parameter names: what files are called, by their index.
    func findings(_ names: (Int) -> String) -> [Finding] {
        guard rows.contains(where: { !$0.value.others.isEmpty }) else { return [] }
        var files: [Int: Tally] = [:]
        var pairs: [Pair: Tally] = [:]
        for row in rows.values {
            files[row.file, default: Tally()].add(row.row, isRepeated: row.row.count > 1)
            for other in row.others {
                files[other.file, default: Tally()].add(row.row, isRepeated: other.isRepeated)
                pairs[Pair(file: other.file, other: row.file), default: Tally()].add(row.row, isRepeated: false)
            }
        }
        return pairs.sorted { $0.key < $1.key }.compactMap { pair, common in
            guard let file = files[pair.file], let other = files[pair.other] else { return nil }
            let isSure = isCopied(common, of: file, other)
            guard isSure || isHeld(common, of: file, other) else { return nil }
            let about = level == 0 ? "" : "about "
            return Finding(
                file: pair.file, other: pair.other, isSure: isSure,
                message:
                    "\(about)\(common.all << level) of its \(file.all << level) \(file.all == 1 ? "row" : "rows") "
                    + "\(common.all == 1 ? "stands" : "stand") in \(names(pair.other)), too, and \(common.all == 1 ? "counts" : "count") twice"
            )
        }
    }

    /// Whether all of a file of one or two rows stands in another one, or a tenth of both: charges of one resource on one day that are equal in everything are rare
    /// where no file has any twice.
    private func isHeld(_ common: Tally, of file: Tally, _ other: Tally) -> Bool {
        let named = min(file.named, other.named)
        return common.named > 0 && common.named * 10 >= named && file.repeated + other.repeated == 0
    }

    private func isCopied(_ common: Tally, of file: Tally, _ other: Tally) -> Bool {
        if common.identified > 0 { return true }
        let named = min(file.named, other.named)
        if named == 0 { return common.all == min(file.all, other.all) && common.all >= 10 && common.services.count > 1 }
        if common.named >= 3, common.named * 10 >= named * 9 { return true }
        // A bill whose rows are often equal within a file has such rows in several files, too.
        let isOftenEqual = (file.repeated + other.repeated) * 100 > file.named + other.named
        return common.named >= 10 && common.named * 10 >= named && common.resources.count > 1 && !isOftenEqual
    }
}
