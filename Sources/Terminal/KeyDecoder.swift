/// Bytes of a terminal as keys (ECMA-48 and UTF-8). What comes in pieces is kept until it is whole; what nobody knows is left out.
package struct KeyDecoder: Sendable {
    /// No key that a terminal sends is longer: what goes on is no key.
    private static let longest = 32

    private var pending: [UInt8] = []

    package init() {}

    /// Whether something was begun that may go on: an escape is a key of its own, or the first byte of others.
    package var isWaiting: Bool { !pending.isEmpty }

    package mutating func decode(_ bytes: some Sequence<UInt8>) -> [TerminalKey] {
        pending += bytes
        var keys: [TerminalKey] = []
        var rest = pending[...]
        while !rest.isEmpty {
            guard let (key, length) = Self.first(rest) else { break }
            if let key { keys.append(key) }
            rest = rest.dropFirst(length)
        }
        pending = rest.count > Self.longest ? [] : Array(rest)
        return keys
    }

    /// The keys in what was begun, for when nothing follows.
    package mutating func flush() -> [TerminalKey] {
        let isEscape = pending.first == 0x1B
        pending = []
        return isEscape ? [.escape] : []
    }

    /// The first key and its bytes; no key where nobody knows it; nil: more must come.
    private static func first(_ bytes: ArraySlice<UInt8>) -> (key: TerminalKey?, length: Int)? {
        guard let byte = bytes.first else { return nil }
        switch byte {
        case 0x1B: return sequence(bytes)
        case 0x0D, 0x0A: return (.enter, 1)
        case 0x09: return (.tab, 1)
        case 0x7F, 0x08: return (.backspace, 1)
        case 0x03: return (.interrupt, 1)
        case 0x1A: return (.suspend, 1)
        case 0x0C: return (.redraw, 1)
        case 0x15: return (.clearLine, 1)
        case ..<0x20: return (nil, 1)
        case ..<0x80: return (.character(Character(Unicode.Scalar(byte))), 1)
        default: return character(bytes)
        }
    }

    /// A character of several bytes.
    private static func character(_ bytes: ArraySlice<UInt8>) -> (key: TerminalKey?, length: Int)? {
        let length: Int
        switch bytes[bytes.startIndex] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return (nil, 1)
        }
        let own = bytes.prefix(length)
        guard own.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return (nil, 1) }
        guard own.count == length else { return nil }
        guard let text = String(validating: own, as: UTF8.self), let character = text.first else { return (nil, length) }
        return (.character(character), length)
    }

    /// What begins with an escape: `ESC [ … letter` and `ESC O letter` are keys, everything else is the key itself.
    private static func sequence(_ bytes: ArraySlice<UInt8>) -> (key: TerminalKey?, length: Int)? {
        let body = bytes.dropFirst()
        guard let kind = body.first else { return nil }
        switch kind {
        case UInt8(ascii: "O"):
            guard let letter = body.dropFirst().first else { return nil }
            return (key(letter, ""), 3)
        case UInt8(ascii: "["):
            let parameters = body.dropFirst().prefix { (0x20...0x3F).contains($0) }
            guard let letter = body.dropFirst(1 + parameters.count).first else { return nil }
            let length = 3 + parameters.count
            return (key(letter, String(decoding: parameters, as: UTF8.self)), length)
        default: return (.escape, 1)
        }
    }

    private static func key(_ letter: UInt8, _ parameters: String) -> TerminalKey? {
        switch letter {
        case UInt8(ascii: "A"): return .up
        case UInt8(ascii: "B"): return .down
        case UInt8(ascii: "C"): return .right
        case UInt8(ascii: "D"): return .left
        case UInt8(ascii: "H"): return .home
        case UInt8(ascii: "F"): return .end
        case UInt8(ascii: "Z"): return .backTab
        case UInt8(ascii: "M"): return parameters.isEmpty ? .enter : nil
        case UInt8(ascii: "~"):
            let keys: [String: TerminalKey] = ["1": .home, "7": .home, "4": .end, "8": .end, "5": .pageUp, "6": .pageDown]
            return keys[parameters]
        default: return nil
        }
    }
}
