/// Methods of texts. Places are counted in code points.
extension Library {
    static let texts: [Function] = [
        .function("size", returns: .int, cost: .text) { (a: String, _) in .int(Int64(a.unicodeScalars.count)) },
        .function("size", returns: .int) { (a: Bytes, _) in .int(Int64(a.bytes.count)) },
        .function("size", [.list(.parameter("A"))], returns: .int) { (a: Elements, _) in .int(Int64(a.elements.count)) },
        .function("size", [.map(.parameter("A"), .parameter("B"))], returns: .int) { (a: MapArgument, _) in .int(Int64(a.map.count)) },
        .method("size", returns: .int, cost: .text) { (a: String, _) in .int(Int64(a.unicodeScalars.count)) },
        .method("size", returns: .int) { (a: Bytes, _) in .int(Int64(a.bytes.count)) },
        .method("size", [.list(.parameter("A"))], returns: .int) { (a: Elements, _) in .int(Int64(a.elements.count)) },
        .method("size", [.map(.parameter("A"), .parameter("B"))], returns: .int) { (a: MapArgument, _) in .int(Int64(a.map.count)) },
        .method("lowerAscii", returns: .string, cost: .text.sized(.first)) { (a: String, _) in
            .string(mapBytes(a) { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
        },
        .method("upperAscii", returns: .string, cost: .text.sized(.first)) { (a: String, _) in
            .string(mapBytes(a) { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 & 0xDF : $0 })
        },
        .method("trim", returns: .string, cost: .scalars.sized(.first)) { (a: String, _) in .string(trimmed(a)) },
        .method("reverse", returns: .string, cost: .scalars.sized(.first)) { (a: String, _) in
            var result = String.UnicodeScalarView()
            result.append(contentsOf: a.unicodeScalars.reversed())
            return .string(String(result))
        },
        .method("charAt", returns: .string, cost: .scalars.sized(.first)) { (a: String, index: Int64, _) in
            let scalars = Array(a.unicodeScalars)
            guard let place = place(index, in: scalars) else { return outOfRange(index) }
            return .string(place < scalars.count ? text(scalars[place...place]) : "")
        },
        .method("substring", returns: .string, cost: .scalars.sized(.first)) { (a: String, start: Int64, _) in
            let scalars = Array(a.unicodeScalars)
            guard let start = place(start, in: scalars) else { return outOfRange(start) }
            return .string(text(scalars[start...]))
        },
        .method("substring", returns: .string, cost: .scalars.sized(.first)) { (a: String, start: Int64, end: Int64, _) in
            let scalars = Array(a.unicodeScalars)
            guard let lower = place(start, in: scalars) else { return outOfRange(start) }
            guard let upper = place(end, in: scalars) else { return outOfRange(end) }
            guard lower <= upper else { return .failure("invalid substring range: it starts at \(start) and ends at \(end)") }
            return .string(text(scalars[lower..<upper]))
        },
        .method("replace", returns: .string, cost: .open) { (a: String, old: String, new: String, meter) in
            replace(a, old, new, .max, &meter)
        },
        .function("replace", returns: .string, cost: .open, method: true) { (a: String, old: String, new: String, limit: Int64, meter) in
            replace(a, old, new, limit < 0 ? .max : Int(limit), &meter)
        },
        .method("split", returns: .list(.string), cost: .open) { (a: String, separator: String, meter) in split(a, separator, -1, &meter) },
        .method("split", returns: .list(.string), cost: .open) { (a: String, separator: String, limit: Int64, meter) in
            split(a, separator, limit, &meter)
        },
        .method("join", returns: .string, cost: .open) { (a: Texts, meter) in join(a.texts, "", &meter) },
        .method("join", returns: .string, cost: .open) { (a: Texts, separator: String, meter) in join(a.texts, separator, &meter) },
        .function("strings.quote", returns: .string, cost: .text) { (a: String, meter) in
            let quoted = TextForm.quoted(a)
            return meter.textError(quoted.utf8.count).map { .error($0) } ?? .string(quoted)
        },
    ]

    private static func mapBytes(_ text: String, _ change: (UInt8) -> UInt8) -> String {
        String(decoding: text.utf8.map(change), as: UTF8.self)
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let start = scalars.firstIndex { !isBlank($0) } ?? scalars.endIndex
        let end = scalars.lastIndex { !isBlank($0) }.map { scalars.index(after: $0) } ?? start
        return String(scalars[start..<end])
    }

    private static func place(_ index: Int64, in scalars: [Unicode.Scalar]) -> Int? {
        index >= 0 && index <= scalars.count ? Int(index) : nil
    }

    static func outOfRange(_ index: Int64) -> CELValue { .failure("index out of range: \(index)") }

    static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private static func replace(_ a: String, _ old: String, _ new: String, _ limit: Int, _ meter: inout Meter) -> CELValue {
        let (subject, search, replacement) = (Array(a.utf8), Array(old.utf8), Array(new.utf8))
        guard meter.charge(times(tenth(UInt64(subject.count)), max(1, tenth(UInt64(search.count))))) else { return .error(meter.costError) }
        var result: [UInt8] = []
        var at = 0
        var count = 0
        while at <= subject.count {
            if count < limit, matches(subject, search, at) {
                result += replacement
                count += 1
                if let error = meter.textError(result.count) { return .error(error) }
                // An empty text stands in front of every character, and at the end.
                guard search.isEmpty else {
                    at += search.count
                    continue
                }
            }
            guard at < subject.count else { break }
            repeat {
                result.append(subject[at])
                at += 1
            } while at < subject.count && subject[at] & 0xC0 == 0x80
        }
        if let error = meter.textError(result.count) { return .error(error) }
        guard meter.charge(tenth(UInt64(result.count))) else { return .error(meter.costError) }
        return .string(String(decoding: result, as: UTF8.self))
    }

    private static func split(_ a: String, _ separator: String, _ limit: Int64, _ meter: inout Meter) -> CELValue {
        guard limit != 0 else { return .list([]) }
        let limit = limit < 0 ? Int.max : Int(limit)
        let (subject, search) = (Array(a.utf8), Array(separator.utf8))
        guard meter.charge(times(tenth(UInt64(subject.count)), max(1, tenth(UInt64(search.count))))) else { return .error(meter.costError) }
        var parts: [CELValue] = []
        var start = 0
        var at = 0
        while at < subject.count, parts.count < limit - 1 {
            if search.isEmpty {
                at += 1
                while at < subject.count, subject[at] & 0xC0 == 0x80 { at += 1 }
                guard at < subject.count else { break }
            } else if !matches(subject, search, at) {
                at += 1
                continue
            }
            if let error = meter.listError(parts.count + 2) { return .error(error) }
            parts.append(.string(String(decoding: subject[start..<at], as: UTF8.self)))
            at += search.count
            start = at
        }
        if start < subject.count || !search.isEmpty { parts.append(.string(String(decoding: subject[start...], as: UTF8.self))) }
        guard meter.charge(UInt64(parts.count)) else { return .error(meter.costError) }
        return .list(parts)
    }

    private static func join(_ texts: [String], _ separator: String, _ meter: inout Meter) -> CELValue {
        let length = texts.reduce(0) { $0 + $1.utf8.count } + separator.utf8.count * max(0, texts.count - 1)
        if let error = meter.textError(length) { return .error(error) }
        guard meter.charge(UInt64(texts.count) + tenth(UInt64(length))) else { return .error(meter.costError) }
        return .string(texts.joined(separator: separator))
    }
}
