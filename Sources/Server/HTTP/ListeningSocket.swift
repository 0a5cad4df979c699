internal import Glibc

/// The socket that the server listens on. Made here, so that a port that is taken, or may not be taken, is told apart from what libmicrohttpd
/// cannot do, and so that the port it was given can be read.
enum ListeningSocket {
    static func isAddress(_ host: String, isIPv6: Bool) -> Bool {
        var (four, six) = (in_addr(), in6_addr())
        return isIPv6 ? inet_pton(AF_INET6, host, &six) == 1 : inet_pton(AF_INET, host, &four) == 1
    }

    /// - Returns: the socket and its port.
    static func open(_ address: ListenAddress) throws(ServerError) -> (socket: Int32, port: UInt16) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let opened = socket(address.isIPv6 ? AF_INET6 : AF_INET, kind, 0)
        guard opened >= 0 else { throw .cannotListen(address, errno) }
        var on: Int32 = 1
        setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard bind(opened, address), listen(opened, 128) == 0, let port = port(of: opened) else {
            let code = errno
            close(opened)
            throw .cannotListen(address, code)
        }
        return (opened, port)
    }

    private static func bind(_ socket: Int32, _ address: ListenAddress) -> Bool {
        var storage = sockaddr_storage()
        let size = withUnsafeMutableBytes(of: &storage) { bytes in
            if address.isIPv6 {
                var six = sockaddr_in6()
                six.sin6_family = sa_family_t(AF_INET6)
                six.sin6_port = address.port.bigEndian
                inet_pton(AF_INET6, address.host, &six.sin6_addr)
                bytes.storeBytes(of: six, as: sockaddr_in6.self)
                return MemoryLayout<sockaddr_in6>.size
            }
            var four = sockaddr_in()
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = address.port.bigEndian
            inet_pton(AF_INET, address.host, &four.sin_addr)
            bytes.storeBytes(of: four, as: sockaddr_in.self)
            return MemoryLayout<sockaddr_in>.size
        }
        return withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(socket, $0, socklen_t(size)) == 0 }
        }
    }

    private static func port(of socket: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) == 0 }
        }
        guard isKnown else { return nil }
        // The port stands at the same place for both families.
        return withUnsafeBytes(of: &storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// `192.0.2.7` or `2001:db8::7`, without port and zone.
    static func name(of address: UnsafePointer<sockaddr>?) -> String {
        guard let address else { return "unknown" }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let raw = UnsafeRawPointer(address)
        // The family is the first field of every socket's address.
        switch Int32(raw.load(as: sa_family_t.self)) {
        case AF_INET: inet_ntop(AF_INET, raw + 4, &buffer, socklen_t(buffer.count))
        case AF_INET6: inet_ntop(AF_INET6, raw + 8, &buffer, socklen_t(buffer.count))
        default: return "unknown"
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ServerError {
    fileprivate static func cannotListen(_ address: ListenAddress, _ code: Int32) -> ServerError {
        ServerError(code: .listen, message: "cannot listen on \(address): \(String(cString: strerror(code)).lowercased())")
    }
}
