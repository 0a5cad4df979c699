/// What stands in one file more than once, as where a file was appended to itself.
///
/// Where the provider names each line, two lines with one name are one. Other rows may be equal and two charges all the same, such as those of
/// two machines without a name: there the whole file stands in it several times, or a run of its lines stands again further down.
struct RepeatedRows {
    private let rows: [DistinctRows.Row]
    /// How many rows each of them stands for.
    private let weight: Int

    /// An hour of a day's 24 that are equal is no copy: that many copies nobody makes.
    private static let mostCopies = 8
    /// So many rows that name a resource, or so many of several services, are more than chance.
    private static let fewest = (named: 3, other: 10)
    /// A shorter run of lines may be equal by chance.
    private static let shortestRun = 10

    init(_ rows: DistinctRows) {
        self.rows = Array(rows.rows.values)
        weight = 1 << rows.level
    }

    struct Finding: Hashable {
        /// Whether it is sure; else the rows may be charges that are equal.
        var isSure: Bool
        var line: Int
        var message: String
    }

    var finding: Finding? { identified ?? whole ?? runs }

    /// Lines whose name stands twice.
    private var identified: Finding? {
        let copies = rows.filter { $0.isIdentified && $0.count > 1 }
        guard let first = copies.min(by: { $0.first < $1.first }) else { return nil }
        let count = copies.reduce(0) { $0 + $1.count - 1 }
        let what = copies.contains(where: \.differs) ? "some of them with other values: " : ""
        return Finding(
            isSure: true, line: first.second,
            message:
                "\(counted(count)) the identity of another line and \(count * weight == 1 ? "counts" : "count") again, \(what)line \(first.second) has that of "
                + "line \(first.first); take the copies out, or name the export as it was written")
    }

    private func counted(_ count: Int) -> String {
        count == 1 && weight == 1 ? "1 line has" : "\(weight == 1 ? "" : "about ")\(count * weight) lines have"
    }

    /// Every row stands as often.
    private var whole: Finding? {
        let others = rows.filter { !$0.isIdentified }
        let copies = others.reduce(0) { Self.divisor($0, $1.count) }
        guard copies > 1, copies <= Self.mostCopies, others.count(where: { $0.count == copies }) * 2 > others.count,
            let first = others.min(by: { $0.first < $1.first })
        else { return nil }
        let named = others.count { $0.resource != 0 }
        let isSure = named >= Self.fewest.named || others.count >= Self.fewest.other && Set(others.map(\.service)).count > 1
        guard isSure || others.count >= Self.fewest.other else { return nil }
        let message =
            "every row stands \(Self.times(copies)) in the file, and counts as often: line \(first.second) is line \(first.first) again"
        return Finding(
            isSure: isSure, line: first.second,
            message: message
                + (isSure
                    ? "; take the copies out, or name the export as it was written"
                    : "; none of them names a resource, so that they may be charges that are equal"))
    }

    private static func times(_ count: Int) -> String { count == 2 ? "twice" : "\(count) times" }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

    /// Lines that follow each other and stand once more, in the same order.
    private var runs: Finding? {
        var runs: [ArraySlice<DistinctRows.Row>] = []
        let lines = rows.filter { !$0.isIdentified }.sorted { $0.first < $1.first }
        guard lines.count(where: { $0.count == 2 }) >= Self.shortestRun else { return nil }
        var start = 0
        for at in 0...lines.count {
            if at < lines.count, lines[at].count == 2, lines[at].second - lines[at].first == lines[start].second - lines[start].first {
                continue
            }
            let run = lines[start..<at]
            if run.count >= Self.shortestRun, run[start].count == 2, isCopy(run) { runs.append(run) }
            start = at
        }
        guard let longest = runs.max(by: { $0.count < $1.count }), let first = longest.first, let last = longest.last else { return nil }
        let count = runs.reduce(0) { $0 + $1.count }
        let more = runs.count > 1 ? ", and others" : ""
        return Finding(
            isSure: true, line: first.second,
            message: "lines \(first.first) to \(last.first) stand again from line \(first.second) on\(more), and count twice: "
                + "\(weight == 1 ? "" : "about ")\(count * weight) rows; take the copies out, or name the export as it was written")
    }

    /// Charges of one resource that are equal every day stand behind each other, or beside each other; of several, or with others between
    /// them, they were copied.
    private func isCopy(_ run: ArraySlice<DistinctRows.Row>) -> Bool {
        guard let first = run.first, let last = run.last else { return false }
        let (distance, length) = (first.second - first.first, last.first - first.first + 1)
        guard distance >= length else { return false }
        if Set(run.map(\.resource)).subtracting([0]).count > 1 { return true }
        return run.contains { $0.resource != 0 } && distance > length
    }
}
