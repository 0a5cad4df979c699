/// Finds the word a person probably meant.
package enum DidYouMean {
    /// The nearest candidate by edit distance (insert, delete, replace, swap), or nil when none is near enough:
    /// at most a third of the longer word's length, and at least one edit. Ties go to the first in alphabetical order.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let written = Array(word.lowercased().unicodeScalars)
        guard !written.isEmpty, written.count <= 64 else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates.sorted() where candidate != word && candidate.unicodeScalars.count <= 64 {
            let other = Array(candidate.lowercased().unicodeScalars)
            let distance = distance(written, other)
            guard distance <= max(1, max(written.count, other.count) / 3) else { continue }
            if distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// `; did you mean 'owner'?`, or nothing.
    package static func hint(for word: String, in candidates: some Sequence<String>) -> String {
        nearest(to: word, in: candidates).map { "; did you mean '\($0)'?" } ?? ""
    }

    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        guard !a.isEmpty else { return b.count }
        guard !b.isEmpty else { return a.count }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
