/// Which delivery a file belongs to, by its name: exports are written in chunks, and each run of an export into a folder or under a name of its own.
struct DeliveryName: Hashable, Comparable {
    /// What is left of the file's name without the number of its chunk; empty where the name is nothing else.
    let stem: String
    let folder: String

    private static let endings = Packing.endings + [".csv", ".json", ".jsonl", ".ndjson"]

    /// `bill/BILLING_PERIOD=2026-10/acme-00002.csv.gz` is `acme` in its folder, `202610310315/part_1_0001.csv` just its folder.
    init(_ name: String) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        folder = parts.dropLast().joined(separator: "/")
        var base = parts.last ?? ""
        for ending in Self.endings where base.lowercased().hasSuffix(ending) { base = base.dropLast(ending.count) }
        stem = Self.withoutChunk(base)
    }

    /// The same run of the same export, in one folder.
    static func < (a: DeliveryName, b: DeliveryName) -> Bool {
        a.stem == b.stem
            ? a.folder.utf8.lexicographicallyPrecedes(b.folder.utf8) : a.stem.utf8.lexicographicallyPrecedes(b.stem.utf8)
    }

    var description: String {
        if stem.isEmpty { return folder.isEmpty ? "." : folder }
        return folder.isEmpty ? stem : "\(folder)/\(stem)"
    }

    /// `acme-00001`, `acme_0001`, `part_0_0001`, `part-00000-3f2a…`, `bill-1-of-3` lose their number; `2026-10-31`, `a-2` are names of runs.
    private static func withoutChunk(_ base: Substring) -> String {
        if isShard(base) { return "" }
        let lower = base.lowercased()
        if lower.hasPrefix("part"), let next = lower.dropFirst(4).first, "-_0123456789".contains(next) { return "" }
        let pieces = base.split(omittingEmptySubsequences: false) { "-_.".contains($0) }
        func isNumber(_ piece: Substring?) -> Bool { piece.map { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } } ?? false }
        guard let last = pieces.last, isNumber(last), pieces.count > 1 else { return String(base) }
        if pieces.count > 3, pieces[pieces.count - 2].lowercased() == "of", isNumber(pieces[pieces.count - 3]) {
            return joined(base, without: pieces.suffix(3))
        }
        if pieces.count > 2, ["part", "chunk"].contains(pieces[pieces.count - 2].lowercased()) {
            return joined(base, without: pieces.suffix(2))
        }
        // Chunks are counted with zeros before the number: 2026 and 31 are none.
        guard last.count >= 3, last.first == "0" else { return String(base) }
        return joined(base, without: pieces.suffix(1))
    }

    /// The number of a file's chunk, and of how many where its name says so; nil: its name counts no chunks. The parts of a distributed
    /// program are counted with gaps where one of them had nothing to write.
    static func chunk(of name: Substring) -> (number: Int, total: Int?)? {
        var base = name
        for ending in endings where base.lowercased().hasSuffix(ending) { base = base.dropLast(ending.count) }
        if isShard(base) { return Int(base).map { ($0, nil) } }
        let pieces = base.split(omittingEmptySubsequences: false) { "-_.".contains($0) }
        guard withoutChunk(base) != base, pieces.count > 1, !base.lowercased().hasPrefix("part") else { return nil }
        if pieces.count > 3, pieces[pieces.count - 2].lowercased() == "of", let total = pieces.last.flatMap({ Int($0) }) {
            return Int(pieces[pieces.count - 3]).map { ($0, total) }
        }
        return pieces.last.flatMap { Int($0) }.map { ($0, nil) }
    }

    /// BigQuery numbers the files of one export with twelve digits from 0 on, and the pattern `gs://bucket/run/*.json.gz` leaves nothing else:
    /// `000000000000.json.gz`, `000000000001.json.gz`.
    private static func isShard(_ base: Substring) -> Bool {
        base.utf8.count == 12 && base.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } && base.hasPrefix("0000")
    }

    /// Whether the chunks of an export with such a name are counted from 0 on.
    static func countsFromZero(_ name: Substring) -> Bool {
        var base = name
        for ending in endings where base.lowercased().hasSuffix(ending) { base = base.dropLast(ending.count) }
        return isShard(base.suffix(12))
    }

    private static func joined(_ base: Substring, without pieces: ArraySlice<Substring>) -> String {
        String(base.dropLast(pieces.reduce(0) { $0 + $1.count + 1 }))
    }
}
