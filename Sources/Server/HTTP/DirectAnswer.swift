internal import CMicroHTTPD
internal import Glibc

/// An answer that goes past libmicrohttpd, as the last one of its connection.
struct DirectAnswer {
    let bytes: [UInt8]

    init(_ response: Response) {
        let headers = response.allHeaders + [.init("Content-Length", "\(response.body.count)"), .init("Connection", "close")]
        let lines = ["HTTP/1.1 \(response.status) \(Response.title(of: response.status))"] + headers.map { "\($0.name): \($0.value)" }
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + response.body
    }

    /// Sends it and shuts the sending half, so that nothing can be said behind it: what libmicrohttpd sends fails, and it closes.
    ///
    /// It is small, and never waited for: a client that takes nothing gets none.
    func send(on connection: OpaquePointer) {
        let socket = bursar_http_socket(connection)
        if let session = bursar_http_tls_session(connection) {
            TLSLibrary.shared?.send(bytes, session)
        } else {
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            _ = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, flags) }
        }
        shutdown(socket, Int32(SHUT_WR))
    }
}

/// What libmicrohttpd brings along to encrypt with: GnuTLS, where it was built with it.
private struct TLSLibrary: Sendable {
    private typealias Send = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer?, Int) -> Int
    private typealias End = @convention(c) (UnsafeMutableRawPointer, Int32) -> Int32

    private let send: Send
    private let end: End

    static let shared = TLSLibrary()

    private init?() {
        guard let send = dlsym(nil, "gnutls_record_send"), let end = dlsym(nil, "gnutls_bye") else { return nil }
        self.send = unsafeBitCast(send, to: Send.self)
        self.end = unsafeBitCast(end, to: End.self)
    }

    func send(_ bytes: [UInt8], _ session: UnsafeMutableRawPointer) {
        // GnuTLS's number for the half that sends.
        let writing: Int32 = 1
        _ = bytes.withUnsafeBytes { send(session, $0.baseAddress, $0.count) }
        _ = end(session, writing)
    }
}
