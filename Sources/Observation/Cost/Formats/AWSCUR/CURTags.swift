import CostModel

/// The keys of tags as CUR 2.0 spells them in its map `resource_tags`: `user_` in front, and `_` for everything but letters and digits.
///
/// Two keys may become one that way, `cost-center` and `cost_center`: nobody can tell them apart any more.
struct CURTags {
    /// By a spelling, which asked keys it may mean; a lower rank is nearer to the key.
    private var meanings: [String: [(key: Int, rank: Int)]] = [:]
    private let keys: [[UInt8]]

    init(_ keys: [String]) {
        self.keys = keys.map { Array($0.utf8) }
        for (index, key) in keys.enumerated() {
            for (rank, spelling) in [key, Self.kept(key), Self.snake(key)].enumerated() {
                if meanings[spelling]?.contains(where: { $0.key == index }) ?? false { continue }
                meanings[spelling, default: []].append((index, rank))
            }
        }
    }

    /// Takes the tags of a map into a set.
    func read(_ json: [UInt8], into tags: inout TagSets.Values) throws(TagsReader.Fault) {
        var best: [Int: (rank: Int, value: [UInt8])] = [:]
        try TagsReader.forEach(in: json) { key, value in
            let spelling = String(decoding: key, as: UTF8.self)
            let name = spelling.hasPrefix("user_") ? String(spelling.dropFirst(5)) : spelling
            guard let value else { return }
            var meant = meanings[name] ?? []
            // Whoever asks for the key as the map has it means that one.
            if name.utf8.count < spelling.utf8.count { meant += (meanings[spelling] ?? []).filter { $0.rank == 0 } }
            for (key, rank) in meant where rank <= best[key]?.rank ?? .max { best[key] = (rank, Array(value)) }
            if tags.takesAll { tags.add(key: Array(key), value: Array(value)) }
        }
        for (key, found) in best.sorted(by: { $0.key < $1.key }) { tags.add(key: keys[key], value: found.value) }
    }

    /// `CostCenter`, `cost-center` → `CostCenter`, `cost_center`.
    static func kept(_ key: String) -> String { String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }) }

    /// `CostCenter`, `cost-center` → `cost_center`.
    static func snake(_ key: String) -> String {
        var result = ""
        for letter in kept(key) {
            if letter.isUppercase || letter == "_" {
                if result.last != "_" { result.append("_") }
            }
            if letter != "_" { result.append(Character(letter.lowercased())) }
        }
        while result.last == "_" { result.removeLast() }
        return String(result.drop { $0 == "_" })
    }
}
