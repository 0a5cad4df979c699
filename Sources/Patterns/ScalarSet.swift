/// A set of Unicode scalars, as character classes need it.
struct ScalarSet: Hashable, Sendable {
    /// A Unicode general category by its first letter or its two letters: `L`, `Lu`, `N`.
    struct Category: Hashable, Sendable {
        let name: String
        let isNegated: Bool
    }

    private var ranges: [ClosedRange<UInt32>] = []
    private var categories: [Category] = []
    private var isInverted = false
    private var foldsCase = false

    init(_ ranges: ClosedRange<UInt32>...) {
        for range in ranges { insert(range) }
    }

    init(_ scalar: Unicode.Scalar) {
        insert(scalar.value...scalar.value)
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        ranges.append(range)
    }

    mutating func insert(_ category: Category) {
        categories.append(category)
    }

    /// Adds another set that has plain ranges only.
    mutating func formUnion(_ ranges: [ClosedRange<UInt32>]) {
        self.ranges += ranges
    }

    /// Everything that is not in the set.
    var inverted: ScalarSet {
        var set = self
        set.isInverted.toggle()
        return set
    }

    /// The set that also holds what differs from a member by case only.
    var caseFolded: ScalarSet {
        var set = self
        set.foldsCase = true
        return set
    }

    /// Without overlaps, so that no scalar is looked for twice.
    var normalized: ScalarSet {
        var set = self
        set.ranges = ScalarSet.joined(ranges)
        return set
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        guard foldsCase else { return holds(scalar) != isInverted }
        return CaseFolding.variants(of: scalar).contains(where: holds) != isInverted
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } || categories.contains { $0.contains(scalar) }
    }

    /// What lies between the ranges: the complement as ranges.
    static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in joined(ranges) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }

    private static func joined(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound || range.lowerBound == last.upperBound + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}

extension ScalarSet {
    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    /// Without the vertical tab, as in RE2.
    static let whiteSpace: [ClosedRange<UInt32>] = [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]
    static let wordCharacters: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

    /// The names inside `[[:alpha:]]`.
    static let posixClasses: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "ascii": [0x00...0x7F],
        "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0x00...0x1F, 0x7F...0x7F], "digit": digits, "graph": [0x21...0x7E],
        "lower": [0x61...0x7A], "print": [0x20...0x7E], "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
        "space": [0x09...0x0D, 0x20...0x20], "upper": [0x41...0x5A], "word": wordCharacters,
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return wordCharacters.contains { $0.contains(scalar.value) }
    }
}

/// Simple case folding: one scalar to one scalar, which is what RE2 does.
enum CaseFolding {
    /// The scalar and those that differ from it by case only.
    static func variants(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic ? [scalar, Unicode.Scalar(UInt8(scalar.value) ^ 0x20)] : [scalar]
        }
        // By the tables of Unicode these two fold only in Turkish, and `ẞ` has a small letter whose capital it is not.
        if scalar == "\u{130}" || scalar == "\u{131}" { return [scalar] }
        if scalar == "\u{DF}" { return [scalar, "\u{1E9E}"] }
        let upper = single(scalar.properties.uppercaseMapping) ?? single(scalar.properties.titlecaseMapping) ?? scalar
        let lower = single(scalar.properties.lowercaseMapping) ?? scalar
        let candidates = [upper, lower, single(lower.properties.uppercaseMapping), single(upper.properties.lowercaseMapping)]
        return candidates.compactMap { $0 }.reduce(into: [scalar]) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
    }
}
