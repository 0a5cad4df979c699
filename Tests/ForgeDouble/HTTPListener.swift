internal import Foundation
internal import Glibc
internal import Synchronization
package import WebClient

/// Serves a double, or canned bytes, over HTTP/1.1 on this machine alone: one request per connection, unless it says otherwise. For tests of the wire only.
package final class HTTPListener: Sendable {
    package enum Behaviour: Sendable {
        case answers(@Sendable (HTTPRequest) -> HTTPResponse)
        /// Writes these bytes whatever comes, then closes.
        case raw([UInt8])
        /// Takes the connection and never says anything.
        case silent
        /// Keeps connections open. Is told how many requests the connection has had; nil: closes it without an answer.
        case keepsAlive(@Sendable (HTTPRequest, _ earlier: Int) -> HTTPResponse?)
    }

    package let port: UInt16
    private let socket: Int32
    private let behaviour: Behaviour
    private let isOver = Mutex(false)
    private let open = Mutex<[Int32]>([])

    package struct Failure: Error {}

    package init(_ behaviour: Behaviour) throws {
        self.behaviour = behaviour
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failure() }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) == 0 && listen(socket, 16) == 0 && getsockname(socket, address, &size) == 0
            }
        }
        guard isBound else {
            close(socket)
            throw Failure()
        }
        port = UInt16(bigEndian: address.sin_port)
    }

    package var origin: String { "http://127.0.0.1:\(port)" }

    /// Serves on a thread of its own until `stop`.
    package func start() {
        let context = Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                // Handed over by `start`, which is the only caller.
                guard let context else { return nil }
                Unmanaged<HTTPListener>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        pthread_detach(thread)
    }

    package func stop() {
        isOver.withLock { $0 = true }
        shutdown(socket, Int32(SHUT_RDWR))
        for connection in open.withLock({ $0 }) { shutdown(connection, Int32(SHUT_RDWR)) }
    }

    private func run() {
        while !isOver.withLock({ $0 }) {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { break }
            open.withLock { $0.append(connection) }
            if case .keepsAlive(let answer) = behaviour {
                Thread.detachNewThread { self.serve(connection, answer) }
            } else {
                serve(connection)
            }
        }
        close(socket)
    }

    private func serve(_ connection: Int32) {
        switch behaviour {
        case .silent:
            // Kept open until `stop`; the process ends it otherwise.
            return
        case .raw(let bytes):
            _ = read(connection)
            write(bytes, to: connection)
        case .answers(let answer):
            if let request = read(connection) { write(Self.bytes(answer(request)), to: connection) }
        case .keepsAlive: return
        }
        end(connection)
    }

    private func serve(_ connection: Int32, _ answer: (HTTPRequest, Int) -> HTTPResponse?) {
        var earlier = 0
        while let request = read(connection), let response = answer(request, earlier) {
            write(Self.bytes(response, connection: "keep-alive"), to: connection)
            earlier += 1
        }
        end(connection)
    }

    private func end(_ connection: Int32) {
        open.withLock { $0.removeAll { $0 == connection } }
        close(connection)
    }

    private static func bytes(_ response: HTTPResponse, connection: String = "close") -> [UInt8] {
        var head = "HTTP/1.1 \(response.status) Answer\r\ncontent-length: \(response.body.count)\r\nconnection: \(connection)\r\n"
        for (name, value) in response.headers.fields { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n").utf8) + response.body
    }

    private func read(_ connection: Int32) -> HTTPRequest? {
        var bytes: [UInt8] = []
        var head: Int?
        var length = 0
        while true {
            if head == nil, let end = Self.end(of: bytes) {
                head = end
                let lines = String(decoding: bytes[..<end], as: UTF8.self).lowercased().split(whereSeparator: \.isNewline)
                length = lines.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
            }
            if let head, bytes.count >= head + length { return request(bytes, head, length) }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }

    private static func end(of bytes: [UInt8]) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { bytes[$0...].starts(with: mark) }.map { $0 + 4 }
    }

    private func request(_ bytes: [UInt8], _ head: Int, _ length: Int) -> HTTPRequest? {
        let lines = String(decoding: bytes[..<head], as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3, let method = HTTPRequest.Method(rawValue: String(words[0])) else { return nil }
        var headers = HTTPHeaders()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return HTTPRequest(method, origin + words[1], headers: headers, body: Array(bytes[head..<(head + length)]))
    }

    private func write(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
