package import CostModel
internal import Glibc
internal import JSON

/// What clients of the API asked for, each in a small file: below `waiting` until the loop has done it, then below `ended` with what came of it.
///
/// The server's threads add and read, and the loop, which alone writes the ledger, ends them. A process that dies at any moment leaves each of them
/// in one of the two: an order that was answered is not lost, and one that is done again comes to the same.
package struct OrderFolder: Hashable, Sendable {
    private let path: String

    package init(_ path: String) {
        self.path = path
    }

    package enum Placement: Hashable, Sendable {
        case placed
        /// One of this name is there.
        case known(RequestOrder)
        /// So many wait, or are remembered.
        case full
    }

    /// How long what came of an order is remembered, and with it the client's key.
    package static let memory = TimeSpan.days(7)
    /// How long an order waits for a run that comes so far.
    package static let patience = TimeSpan.hours(24)
    private static let waitingLimit = 100
    private static let endedLimit = 10_000
    private static let sizeLimit = 1 << 16

    private var waitingFolder: String { "\(path)/waiting" }
    private var endedFolder: String { "\(path)/ended" }

    package func place(_ order: RequestOrder) throws(LedgerError) -> Placement {
        guard Self.isName(order.id) else { throw LedgerError(.invalid, "'\(order.id)' is no order's name") }
        if let known = try self.order(order.id) { return .known(known) }
        guard names(in: waitingFolder).count < Self.waitingLimit, names(in: endedFolder).count < Self.endedLimit else { return .full }
        for folder in [path, waitingFolder, endedFolder] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
            throw .system(errno, "make the folder '\(folder)'")
        }
        if try SmallFile.make(order.id, in: waitingFolder, Self.bytes(of: order)) { return .placed }
        return try self.order(order.id).map { .known($0) } ?? .placed
    }

    /// - Throws: `invalid` where it is there and is not as we write it.
    package func order(_ id: String) throws(LedgerError) -> RequestOrder? {
        guard Self.isName(id) else { return nil }
        // It may end while it is looked for.
        for folder in [endedFolder, waitingFolder, endedFolder] {
            let file = "\(folder)/\(id)"
            guard access(file, F_OK) == 0 else { continue }
            if let order = read(file) { return order }
            guard access(file, F_OK) == 0 else { continue }
            throw LedgerError(.invalid, "the order '\(id)' cannot be read")
        }
        return nil
    }

    /// The newest first; what is not as we write it is passed over.
    package func all() -> [RequestOrder] {
        let ended = names(in: endedFolder)
        let orders = ended.map { "\(endedFolder)/\($0)" } + names(in: waitingFolder).subtracting(ended).map { "\(waitingFolder)/\($0)" }
        return orders.compactMap(read).sorted { ($0.asked, $0.id) > ($1.asked, $1.id) }
    }

    /// In the order in which they were asked for.
    package func waiting() -> [RequestOrder] {
        let waiting = names(in: waitingFolder)
        guard !waiting.isEmpty else { return [] }
        let ended = names(in: endedFolder)
        // What was cut off when it had ended is tidied up.
        for name in waiting.intersection(ended) { unlink("\(waitingFolder)/\(name)") }
        return waiting.subtracting(ended).compactMap { read("\(waitingFolder)/\($0)") }.sorted { ($0.asked, $0.id) < ($1.asked, $1.id) }
    }

    package var isWaiting: Bool { !names(in: waitingFolder).isEmpty }

    /// - Parameter order: with what came of it.
    package func end(_ order: RequestOrder) throws(LedgerError) {
        guard Self.isName(order.id) else { return }
        _ = try SmallFile.make(order.id, in: endedFolder, Self.bytes(of: order))
        unlink("\(waitingFolder)/\(order.id)")
    }

    /// Forgets what ended before this.
    package func forget(before time: Instant) {
        for name in names(in: endedFolder) {
            guard let order = read("\(endedFolder)/\(name)"), (order.ended ?? order.asked) < time else { continue }
            unlink("\(endedFolder)/\(name)")
        }
    }

    // MARK: Files

    private static func isName(_ id: String) -> Bool {
        id.hasPrefix("o-") && (10...66).contains(id.utf8.count)
            && id.utf8.dropFirst(2).allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    private func names(in folder: String) -> Set<String> {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: Set<String> = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if Self.isName(name) { names.insert(name) }
        }
        return names
    }

    private func read(_ file: String) -> RequestOrder? {
        guard let bytes = SmallFile.contents(of: file, limit: Self.sizeLimit),
            let document = try? JSONReader.read(bytes, limits: JSONLimits(size: Self.sizeLimit, depth: 4))
        else { return nil }
        func text(_ key: String) -> String? { if case .string(let text)? = document[key] { text } else { nil } }
        guard document["version"] == 1, let id = text("id"), file.hasSuffix("/\(id)"),
            let kind = text("kind").flatMap(RequestOrder.Kind.init(rawValue:)), let object = text("object"), let caller = text("caller"),
            let asked = text("asked").flatMap({ Instant($0) }), let state = text("state").flatMap(RequestOrder.State.init(rawValue:))
        else { return nil }
        return RequestOrder(
            id: id, kind: kind, object: object, reason: text("reason"), caller: caller, asked: asked, state: state, detail: text("detail"),
            url: text("url"), ended: text("ended").flatMap { Instant($0) })
    }

    private static func bytes(of order: RequestOrder) -> [UInt8] {
        let document: JSONValue = [
            "version": 1, "id": .string(order.id), "kind": .string(order.kind.rawValue), "object": .string(order.object),
            "reason": JSONValue(order.reason), "caller": .string(order.caller), "asked": .string(order.asked.description),
            "state": .string(order.state.rawValue), "detail": JSONValue(order.detail), "url": JSONValue(order.url),
            "ended": JSONValue(order.ended?.description),
        ]
        return JSONWriter.bytes(of: document, .compact, escaping: .standard) + [UInt8(ascii: "\n")]
    }
}
