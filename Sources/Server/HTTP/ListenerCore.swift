internal import CMicroHTTPD
internal import Synchronization

/// What libmicrohttpd's callbacks work with. It lives as long as the listener, which stops libmicrohttpd before it goes.
final class ListenerCore: Sendable {
    let limits: HTTPListener.Limits
    let watch: ConnectionWatch
    private let answer: @Sendable (Request) -> Response
    private let inProgress = Atomic(0)
    private let arriving = ArrivingHeads()
    /// Whether connections are closed because nothing is listened to any more.
    private let isStopping = Atomic(false)
    private let isEncrypted: Bool

    init(
        limits: HTTPListener.Limits, isEncrypted: Bool, uptime: @escaping @Sendable () -> Int64,
        answer: @escaping @Sendable (Request) -> Response
    ) {
        self.limits = limits
        self.isEncrypted = isEncrypted
        self.answer = answer
        watch = ConnectionWatch(uptime: uptime)
    }

    var requestsInProgress: Int { inProgress.load(ordering: .sequentiallyConsistent) }

    /// Whether libmicrohttpd may still be about to answer what was answered past it.
    var isRefusing: Bool { arriving.isRefusing }

    func stop() { isStopping.store(true, ordering: .sequentiallyConsistent) }

    /// libmicrohttpd's handle, which may be used from any thread, and what it was started with.
    struct Daemon: @unchecked Sendable {
        let handle: OpaquePointer
        fileprivate let settings: UnsafeMutablePointer<bursar_http_settings>

        func stop() {
            MHD_stop_daemon(handle)
            settings.deallocate()
        }
    }

    func start(on socket: Int32, certificate: HTTPListener.Certificate?) -> Daemon? {
        let settings = UnsafeMutablePointer<bursar_http_settings>.allocate(capacity: 1)
        settings.initialize(to: settingsWithoutTLS(socket))
        guard let handle = start(settings, certificate) else {
            settings.deallocate()
            return nil
        }
        return Daemon(handle: handle, settings: settings)
    }

    private func settingsWithoutTLS(_ socket: Int32) -> bursar_http_settings {
        var settings = bursar_http_settings()
        settings.socket = socket
        settings.threads = limits.threads
        settings.connections = limits.connections
        settings.connections_per_client = limits.connectionsPerClient
        settings.idle_seconds = UInt32(limits.answerDeadline / 1000 + 1)
        settings.connection_memory = limits.connectionMemory
        settings.context = Unmanaged.passUnretained(self).toOpaque()
        settings.answer = answerCallback
        settings.completed = completedCallback
        settings.connection = connectionCallback
        settings.target = targetCallback
        settings.noted = notedCallback
        return settings
    }

    private func start(_ settings: UnsafeMutablePointer<bursar_http_settings>, _ certificate: HTTPListener.Certificate?) -> OpaquePointer? {
        guard let certificate else { return bursar_http_start(settings) }
        // libmicrohttpd reads both while it starts.
        return certificate.key.withCString { key in
            certificate.certificate.withCString { text in
                settings.pointee.key = key
                settings.pointee.certificate = text
                defer { (settings.pointee.key, settings.pointee.certificate) = (nil, nil) }
                return bursar_http_start(settings)
            }
        }
    }

    // MARK: A request's steps

    fileprivate func arrives(_ connection: OpaquePointer?) {
        if let connection { arriving.insert(connection) }
    }

    /// libmicrohttpd noted something, on the thread that asks: it may be about to answer a head of which nothing more will be heard here.
    fileprivate func noted() {
        guard bursar_http_answers_twice() != 0 else { return }
        for connection in arriving.onThisThread {
            let headers = fields(of: connection, .HEADER_KIND).map { Request.Field($0.name.lowercased(), $0.value) }
            guard let length = headers.first(where: { $0.name == "content-length" }), !Self.isLength(length.value) else { continue }
            arriving.refuse(connection)
            DirectAnswer(refusal(ofLength: length.value)).send(on: connection)
        }
    }

    fileprivate func begin(_ connection: OpaquePointer, _ exchange: Exchange, _ head: HeadLayout) {
        arriving.remove(connection)
        inProgress.add(1, ordering: .sequentiallyConsistent)
        watch.enter(bursar_http_socket(connection), milliseconds: limits.bodyDeadline)
        exchange.begin(request(of: connection, url: String(cString: head.path), method: String(cString: head.method)), room: limits.body)
    }

    /// An answer that does not need the body: it is sent before a byte of it is read.
    fileprivate func refusal(of exchange: Exchange, _ head: HeadLayout, on connection: OpaquePointer) -> Response? {
        if exchange.target.length > limits.head { return .problem(414, "the path and its query are longer than \(limits.head) bytes") }
        if exchange.target.fields > limits.fields { return .problem(414, "the query has more than \(limits.fields) fields") }
        if head.size > limits.head { return .problem(431, "the headers are longer than \(limits.head) bytes") }
        guard head.isWhole(connection) else { return .problem(400, "the headers hold a NUL, a bare line feed or a folded line") }
        guard let request = exchange.request else { return .problem(400, "the path is not valid") }
        guard request.headers.count <= limits.fields else { return .problem(431, "there are more than \(limits.fields) headers") }
        // A proxy before us may take 'Content-Length : 5' for a length, or not: we would see two requests where it saw one.
        guard request.headers.allSatisfy({ Request.isHeaderName($0.name) }) else { return .problem(400, "a header's name is not valid") }
        guard request.headers.allSatisfy({ Request.isHeaderValue($0.value) }) else { return .problem(400, "a header's value is not valid") }
        let hosts = request.headers.count { $0.name == "host" }
        guard hosts == 1 || (hosts == 0 && String(cString: head.version) != "HTTP/1.1") else {
            return .problem(400, hosts == 0 ? "the Host is missing" : "there is more than one Host")
        }
        // Its length is not known: whoever wants to send one says how long it is.
        if request.headers.contains(where: { $0.name == "transfer-encoding" }) { return .problem(411, "a body needs a Content-Length") }
        guard request.headers.contains(where: { $0.name == "content-length" }) else { return nil }
        guard let length = request.header("content-length") else { return refusal(ofLength: "") }
        return Self.isLength(length) && Int(length).map { $0 <= limits.body } == true ? nil : refusal(ofLength: length)
    }

    /// Whether libmicrohttpd takes it for a length: digits alone, of at most 64 bits.
    private static func isLength(_ text: String) -> Bool { hasDigitsAlone(text) && UInt64(text) != nil }

    private static func hasDigitsAlone(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private func refusal(ofLength length: String) -> Response {
        Self.hasDigitsAlone(length)
            ? .problem(413, "the body is larger than \(limits.body) bytes") : .problem(400, "the Content-Length is not valid")
    }

    fileprivate func respond(_ connection: OpaquePointer, _ exchange: Exchange) -> MHD_Result {
        guard let request = exchange.request else { return .NO }
        return send(answer(request), on: connection)
    }

    fileprivate func send(_ response: Response, on connection: OpaquePointer, closing: Bool = false) -> MHD_Result {
        watch.enter(bursar_http_socket(connection), milliseconds: limits.answerDeadline)
        let made = response.body.withUnsafeBytes {
            // Copied by libmicrohttpd, which does not write into it.
            MHD_create_response_from_buffer($0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        var headers = response.allHeaders
        if closing { headers.append(.init("Connection", "close")) }
        for header in headers where MHD_add_response_header(made, header.name, header.value) != .YES { return .NO }
        return MHD_queue_response(connection, UInt32(response.status), made)
    }

    fileprivate func end(_ connection: OpaquePointer?, _ exchange: Exchange) {
        if let connection { arriving.remove(connection) }
        guard exchange.hasBegun else { return }
        inProgress.subtract(1, ordering: .sequentiallyConsistent)
        // The connection may ask again.
        if let connection { watch.enter(bursar_http_socket(connection), milliseconds: limits.headDeadline) }
    }

    fileprivate func opened(_ connection: OpaquePointer) {
        watch.enter(bursar_http_socket(connection), milliseconds: limits.headDeadline)
    }

    fileprivate func closed(_ connection: OpaquePointer) {
        arriving.remove(connection)
        if !isEncrypted, !isStopping.load(ordering: .sequentiallyConsistent), bursar_http_is_unanswered(bursar_http_socket(connection)) != 0
        {
            DirectAnswer(.problem(400, "this is no request")).send(on: connection)
        }
        watch.forget(bursar_http_socket(connection))
    }
}

/// One request while it arrives; confined to libmicrohttpd's thread of its connection.
private final class Exchange {
    let target: TargetText
    /// Whether its head was there.
    private(set) var hasBegun = false
    /// Nil where its path is not valid.
    private(set) var request: Request?
    private var room = 0

    init(_ target: TargetText) { self.target = target }

    func begin(_ request: Request?, room: Int) {
        hasBegun = true
        self.request = request
        self.room = room
    }

    /// False when more arrives than was announced and may be.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        room -= bytes.count
        guard room >= 0 else { return false }
        request?.body.append(contentsOf: bytes)
        return true
    }
}

// MARK: libmicrohttpd's callbacks

private func core(_ context: UnsafeMutableRawPointer?) -> ListenerCore? {
    context.map { Unmanaged<ListenerCore>.fromOpaque($0).takeUnretainedValue() }
}

/// Called when a request's first line is there, before its query is taken apart.
private let targetCallback: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
    context, text, connection in
    guard let core = core(context) else { return nil }
    core.arrives(connection)
    let target = TargetText(text)
    if target.fields > core.limits.fields { TargetText.cutQuery(of: text) }
    // Released by 'completedCallback', which is called for each request that has come so far.
    return Unmanaged.passRetained(Exchange(target)).toOpaque()
}

/// Called when a request's head is there, then for each piece of its body, then once more.
private let answerCallback: MHD_AccessHandlerCallback = { context, connection, url, method, version, data, size, state in
    guard let core = core(context), let connection, let url, let method, let version, let size, let pointer = state?.pointee else {
        return .NO
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
    guard exchange.hasBegun else {
        let head = HeadLayout(
            method: method, path: url, version: version, targetLength: exchange.target.length, size: bursar_http_head_size(connection))
        core.begin(connection, exchange, head)
        return core.refusal(of: exchange, head, on: connection).map { core.send($0, on: connection, closing: true) } ?? .YES
    }
    guard size.pointee > 0 else { return core.respond(connection, exchange) }
    guard exchange.receive(UnsafeRawBufferPointer(start: data, count: size.pointee)) else { return .NO }
    size.pointee = 0
    return .YES
}

private let completedCallback: MHD_RequestCompletedCallback = { context, connection, state, _ in
    guard let core = core(context), let state, let pointer = state.pointee else { return }
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue()
    state.pointee = nil
    core.end(connection, exchange)
}

private let notedCallback: @convention(c) (UnsafeMutableRawPointer?) -> Void = { core($0)?.noted() }

private let connectionCallback: MHD_NotifyConnectionCallback = { context, connection, _, code in
    guard let core = core(context), let connection else { return }
    code == .CONNECTION_NOTIFY_STARTED ? core.opened(connection) : core.closed(connection)
}

/// Nil for a path or query that is not valid.
private func request(of connection: OpaquePointer, url: String, method: String) -> Request? {
    guard let path = Request.segments(of: url) else { return nil }
    var query: [Request.Field] = []
    for field in fields(of: connection, .GET_ARGUMENT_KIND) {
        guard let name = Request.decoded(field.name), let value = Request.decoded(field.value) else { return nil }
        query.append(.init(name, value))
    }
    let headers = fields(of: connection, .HEADER_KIND).map { Request.Field($0.name.lowercased(), $0.value) }
    return Request(
        method: method, path: path, query: query, headers: headers, client: ListeningSocket.name(of: bursar_http_client(connection)))
}

private func fields(of connection: OpaquePointer, _ kind: MHD_ValueKind) -> [Request.Field] {
    var fields: [Request.Field] = []
    withUnsafeMutablePointer(to: &fields) { fields in
        _ = MHD_get_connection_values(
            connection, kind,
            { context, _, name, value in
                let field = Request.Field(name.map { String(cString: $0) } ?? "", value.map { String(cString: $0) } ?? "")
                context?.assumingMemoryBound(to: [Request.Field].self).pointee.append(field)
                return .YES
            }, fields)
    }
    return fields
}
