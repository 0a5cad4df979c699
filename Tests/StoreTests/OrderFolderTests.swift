import CostModel
import Foundation
import Store
import TestSupport
import Testing

@Suite("the folder of what clients asked for")
struct OrderFolderTests {
    private let directory = TemporaryDirectory()
    private var folder: OrderFolder { OrderFolder(directory.path + "/orders") }
    private static let now = Instant(seconds: 1_793_491_200)

    private func order(_ number: Int, _ kind: RequestOrder.Kind = .dismiss) -> RequestOrder {
        RequestOrder(
            id: "o-" + String(number + (1 << 40), radix: 16), kind: kind, object: "g-\(number)", reason: "why\u{202E} \"\(number)\"",
            caller: "ops",
            asked: Self.now.adding(TimeSpan(seconds: Int64(number))))
    }

    @Test("keeps an order until it ends, and what came of it, whatever the object of the order says")
    func life() throws {
        #expect(try folder.order(order(1).id) == nil)
        #expect(!folder.isWaiting && folder.waiting().isEmpty && folder.all().isEmpty)
        #expect(try folder.place(order(2)) == .placed)
        #expect(try folder.place(order(1, .apply)) == .placed)
        #expect(folder.waiting() == [order(1, .apply), order(2)] && folder.isWaiting)
        #expect(try folder.place(order(2)) == .known(order(2)))
        let ended = order(1, .apply).ended(.done("opened", url: "https://forge.example/1"), at: Self.now.adding(.hours(1)))
        try folder.end(ended)
        #expect(folder.waiting() == [order(2)])
        #expect(try folder.order(ended.id) == ended)
        #expect(try folder.place(order(1, .apply)) == .known(ended))
        #expect(folder.all() == [order(2), ended])
        folder.forget(before: Self.now.adding(.hours(1)))
        #expect(folder.all().count == 2)
        folder.forget(before: Self.now.adding(.hours(2)))
        #expect(folder.all() == [order(2)])
    }

    @Test("cut off between the two folders, an order has ended")
    func cutOff() throws {
        _ = try folder.place(order(1))
        let waiting = try directory.read("orders/waiting/\(order(1).id)")
        let ended = order(1).ended(.refused("no"), at: Self.now)
        try folder.end(ended)
        try directory.write(waiting, to: "orders/waiting/\(order(1).id)")
        #expect(folder.waiting().isEmpty && folder.all() == [ended])
        #expect(try folder.order(ended.id) == ended)
        #expect(!folder.isWaiting)
    }

    @Test("is full at a hundred that wait, and files are their owner's alone")
    func full() throws {
        for number in 1...100 { #expect(try folder.place(order(number)) == .placed) }
        #expect(try folder.place(order(101)) == .full)
        #expect(try folder.place(order(100)) == .known(order(100)))
        #expect(try mode("orders/waiting/\(order(1).id)") == 0o600 && mode("orders/waiting") == 0o700)
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: directory.path + "/" + name)[.posixPermissions] as? Int
    }

    @Test("a broken file is an error to who asks for it, and stops no other", arguments: ["", "{", "[]", #"{"version":2}"#])
    func broken(text: String) throws {
        _ = try folder.place(order(1))
        _ = try folder.place(order(2))
        try directory.write(Array(text.utf8), to: "orders/waiting/\(order(1).id)")
        #expect(folder.waiting() == [order(2)] && folder.all() == [order(2)])
        #expect(throws: LedgerError.self) { try folder.order(order(1).id) }
    }

    @Test("takes no name for an order's that leads elsewhere", arguments: ["o-../../ledger", "o-", "o-ABCDEF0123", "o-12345678\u{0}", "x"])
    func names(id: String) throws {
        var other = order(1)
        other.id = id
        #expect(throws: LedgerError.self) { try folder.place(other) }
        #expect(try folder.order(id) == nil)
    }
}
