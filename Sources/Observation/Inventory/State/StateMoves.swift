/// How addresses of a root's state become those of its code: by `moved` blocks, and by the keys that `count` brings.
package struct StateMoves: Hashable, Sendable {
    struct Move: Hashable, Sendable {
        var from: String
        var to: String
    }

    private(set) var moves: [Move] = []
    /// Ids of resources that are imported, by address.
    private(set) var imports: [String: String] = [:]

    mutating func add(from: String, to: String) { moves.append(Move(from: from, to: to)) }
    mutating func add(import id: String, to address: String) { imports[address] = id }

    var isEmpty: Bool { moves.isEmpty && imports.isEmpty }

    /// The addresses under which the code may know what a state knows under this one, best first.
    func successors(of address: String) -> [String] {
        var found = [address]
        // Moves follow each other; none is followed twice.
        var next = 0
        while next < found.count, found.count < 64 {
            for move in moves {
                if let moved = Self.moved(found[next], move), !found.contains(moved) { found.append(moved) }
            }
            next += 1
        }
        // A block that gets a count keeps its first instance.
        return found + found.filter { !$0.hasSuffix("]") }.map { $0 + "[0]" }
    }

    /// The addresses that what the code has here may have had before, the latest first.
    func predecessors(of address: String) -> [String] {
        var found = [address]
        var next = 0
        while next < found.count, found.count < 64 {
            for move in moves {
                if let earlier = Self.moved(found[next], Move(from: move.to, to: move.from)), !found.contains(earlier) {
                    found.append(earlier)
                }
            }
            next += 1
        }
        // A block that gets a count, or loses it, keeps its first instance.
        let counted = found.map { $0.hasSuffix("[0]") ? String($0.dropLast(3)) : $0 + "[0]" }
        return (found + counted).filter { $0 != address }
    }

    private static func moved(_ address: String, _ move: Move) -> String? {
        guard address.hasPrefix(move.from) else { return nil }
        let rest = address.dropFirst(move.from.count)
        guard rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("[") else { return nil }
        return move.to + rest
    }
}
