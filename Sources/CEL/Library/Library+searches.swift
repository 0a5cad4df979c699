/// Texts in texts.
extension Library {
    static let textSearches: [Function] = [
        .method("contains", returns: .bool, cost: .search) { (a: String, b: String, _) in .bool(contains(a, b)) },
        .method("startsWith", returns: .bool, cost: .secondText) { (a: String, b: String, _) in .bool(startsWith(a, b)) },
        .method("endsWith", returns: .bool, cost: .secondText) { (a: String, b: String, _) in .bool(endsWith(a, b)) },
        .method("indexOf", returns: .int, cost: .scalarSearch) { (a: String, b: String, _) in find(a, b, from: 0, isLast: false) },
        .method("indexOf", returns: .int, cost: .scalarSearch) { (a: String, b: String, from: Int64, _) in
            find(a, b, from: from, isLast: false)
        },
        .method("lastIndexOf", returns: .int, cost: .scalarSearch) { (a: String, b: String, _) in find(a, b, from: nil, isLast: true) },
        .method("lastIndexOf", returns: .int, cost: .scalarSearch) { (a: String, b: String, from: Int64, _) in
            find(a, b, from: from, isLast: true)
        },
    ]

    private static func find(_ text: String, _ search: String, from: Int64?, isLast: Bool) -> CELValue {
        let (subject, wanted) = (Array(text.unicodeScalars), Array(search.unicodeScalars))
        let from = from ?? Int64(subject.count)
        // A place behind the text is only a mistake when something is sought there.
        guard from >= 0, from <= subject.count else { return outOfRange(from) }
        let last = subject.count - wanted.count
        guard last >= 0 else { return .int(-1) }
        let isAt = { (place: Int) in
            for index in wanted.indices where subject[place + index] != wanted[index] { return false }
            return true
        }
        if isLast {
            var place = min(last, Int(from))
            while place >= 0, !isAt(place) { place -= 1 }
            return .int(Int64(place))
        }
        var place = Int(from)
        while place <= last, !isAt(place) { place += 1 }
        return .int(place <= last ? Int64(place) : -1)
    }

    @inline(__always)
    static func matches(_ subject: [UInt8], _ search: [UInt8], _ place: Int) -> Bool {
        guard place + search.count <= subject.count else { return false }
        for index in search.indices where subject[place + index] != search[index] { return false }
        return true
    }
}

func startsWith(_ subject: String, _ text: String) -> Bool {
    guard subject.utf8.count >= text.utf8.count else { return false }
    return withBytes(subject, text) { subject, text in
        for index in text.indices where subject[index] != text[index] { return false }
        return true
    }
}

func endsWith(_ subject: String, _ text: String) -> Bool {
    let before = subject.utf8.count - text.utf8.count
    guard before >= 0 else { return false }
    return withBytes(subject, text) { subject, text in
        for index in text.indices where subject[before + index] != text[index] { return false }
        return true
    }
}

func contains(_ subject: String, _ text: String) -> Bool {
    let last = subject.utf8.count - text.utf8.count
    guard last >= 0 else { return false }
    guard !text.isEmpty else { return true }
    return withBytes(subject, text) { subject, text in
        let first = text[0]
        var place = 0
        while place <= last {
            if subject[place] == first {
                var index = 1
                while index < text.count, subject[place + index] == text[index] { index += 1 }
                if index == text.count { return true }
            }
            place += 1
        }
        return false
    }
}

@inline(__always)
func withBytes(_ a: String, _ b: String, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    var (a, b) = (a, b)
    return a.withUTF8 { a in b.withUTF8 { b in body(a, b) } }
}
