internal import CostModel
internal import Diagnostics
internal import JSON
internal import Reporting
internal import Store
internal import Synchronization

extension API {
    /// What the loop offers, what somebody asks to be done about it, and what came of that.
    var orderRoutes: [Route] {
        [
            listing(
                "/recommendations", "listRecommendations", "Requests that the newest run offers, the most valuable first",
                OrderShapes.recommendation,
                filters: [.word("standing", "Only those that stand so", RequestOffer.State.allCases.map(\.rawValue)), .team]
            ) { workspace, _, query throws(Refusal) in
                try ListPage(
                    of: try document(RequestOffers.self, of: workspace).offers, query, where: { $0.satisfies(query) }, key: \.id)
            },
            reading(
                "/recommendations/{recommendation}",
                Operation(
                    id: "getRecommendation", summary: "A recommendation with its patches", schema: OrderShapes.recommendation.name)
            ) { workspace, call, _ throws(Refusal) in OrderShapes.recommendation.json(try offer(call, workspace)) },
            ordering(
                .apply, "/recommendations/{recommendation}/apply",
                Operation(id: "applyRecommendation", summary: "Opens its request now, within the policies' limits")
            ) { call, workspace throws(Refusal) in try offer(call, workspace).id },
            ordering(
                .dismiss, "/recommendations/{recommendation}/dismiss",
                Operation(
                    id: "dismissRecommendation", summary: "Turns it down, as a person does who closes its request",
                    body: .init(schema: OrderShapes.reason.name, isRequired: true))
            ) { call, workspace throws(Refusal) in try offer(call, workspace).id },
            ordering(
                .rollback, "/plans/{digest}/rollback",
                Operation(id: "rollBackPlan", summary: "Opens a request that undoes a merged plan")
            ) { call, workspace throws(Refusal) in
                let digest = call.parameter("digest")
                let requests = try read { archive throws(ServerError) in try archive.requests(of: workspace) }
                let records = requests.filter { $0.plan.digest == digest }
                guard let newest = records.first else { throw Refusal(404, "there is no such plan") }
                guard records.contains(where: { $0.state == .merged }) else {
                    throw Refusal(409, "the plan's request is \(newest.state.rawValue), not merged")
                }
                return digest
            },
            listing(
                "/operations", "listOperations", "What clients asked the loop to do, the newest first", OrderShapes.order,
                filters: [.word("state", "Only those in this state", RequestOrder.State.allCases.map(\.rawValue))]
            ) { workspace, _, query throws(Refusal) in
                let orders = try read { archive throws(ServerError) in try archive.orders(of: workspace) }
                return try ListPage(
                    of: orders, query, where: { order in query["state"].map { $0 == order.state.rawValue } ?? true }, key: \.id)
            },
            reading(
                "/operations/{operation}",
                Operation(
                    id: "getOperation", summary: "What came of something that a client asked for", schema: OrderShapes.order.name)
            ) { workspace, call, _ throws(Refusal) in
                guard let order = try order(call.parameter("operation"), of: workspace) else {
                    throw Refusal(404, "there is no such operation")
                }
                return OrderShapes.order.json(order)
            },
        ]
    }

    private func offer(_ call: Call, _ workspace: String) throws(Refusal) -> RequestOffer {
        let id = call.parameter("recommendation")
        guard let offer = try document(RequestOffers.self, of: workspace).offers.first(where: { $0.id == id }) else {
            throw Refusal(404, "there is no such recommendation")
        }
        return offer
    }

    private func order(_ id: String, of workspace: String) throws(Refusal) -> RequestOrder? {
        try read { archive throws(ServerError) in try archive.order(id, of: workspace) }
    }

    // MARK: Asking

    /// - Parameter object: what it is about, once that is there.
    private func ordering(
        _ kind: RequestOrder.Kind, _ path: String, _ operation: Operation,
        _ object: @escaping @Sendable (Call, String) throws(Refusal) -> String
    ) -> Route {
        var operation = operation
        operation.status = 202
        operation.schema = OrderShapes.accepted.name
        operation.body = operation.body ?? RequestBody(schema: OrderShapes.reason.name)
        operation.errors = [404, 409, 413, 415, 422]
        let described = operation
        return Route("POST", Self.workspace + path, needs: .role(.write), operation: described) { call throws(Refusal) in
            _ = try call.query([])
            let name = try workspace(of: call)
            guard let source = context.source else { throw Refusal(409, "no loop runs in this server: it only reads") }
            let reason = try call.reason(isRequired: described.body?.isRequired ?? false)
            let caller = call.bearer ?? "unknown"
            let id = try call.orderID(caller: caller, workspace: name)
            guard keys.enter(id) else { throw Refusal(409, "a request with this Idempotency-Key is being answered") }
            defer { keys.leave(id) }
            // What the path names may be gone by now: who asks again hears what they heard.
            let about = call.parameters["recommendation"] ?? call.parameter("digest")
            let order = RequestOrder(id: id, kind: kind, object: about, reason: reason, caller: caller, asked: context.clock())
            if let known = try self.order(id, of: name) { return try accepted(known, order, name) }
            _ = try object(call, name)
            if try context.isSuspended(name) { throw Refusal(409, "the workspace is suspended") }
            let placement: OrderFolder.Placement?
            do throws(ServerError) { placement = try source.place(order, workspace: name) } catch { throw Refusal(error) }
            switch placement {
            case nil: throw Refusal(404, "there is no such workspace")
            case .placed?: return try accepted(order, order, name)
            case .known(let known)?: return try accepted(known, order, name)
            case .full?: throw Refusal(429, "too many operations wait or are remembered", headers: [.init("Retry-After", "60")])
            }
        }
    }

    private func accepted(_ known: RequestOrder, _ order: RequestOrder, _ workspace: String) throws(Refusal) -> Response {
        guard known.asksTheSame(as: order) else { throw Refusal(422, "this Idempotency-Key was used for something else") }
        let place = "\(Self.root)/workspaces/\(WorkspacePages.escaped(workspace))/operations/\(known.id)"
        let accepted = OrderShapes.Accepted(workspace: workspace, operation: known.id, location: place)
        var response = Response.json(OrderShapes.accepted.json(accepted), status: 202)
        response.headers = [.init("Location", place)]
        return response
    }
}

/// Keys of requests that are being answered.
final class KeysInUse: Sendable {
    private let keys = Mutex<Set<String>>([])

    /// - Returns: false where another request with it is being answered.
    func enter(_ key: String) -> Bool { keys.withLock { $0.insert(key).inserted } }
    func leave(_ key: String) { keys.withLock { _ = $0.remove(key) } }
}

extension ServerContext {
    fileprivate func isSuspended(_ workspace: String) throws(Refusal) -> Bool {
        do throws(ServerError) { return try statuses().first { $0.name == workspace }?.isSuspended ?? false } catch { throw Refusal(error) }
    }
}

extension RequestOffer {
    fileprivate func satisfies(_ query: [String: String]) -> Bool {
        (query["standing"] ?? standing.rawValue) == standing.rawValue && (query["team"] ?? team) == team
    }
}

extension Call {
    private static let bodyLimit = 16 << 10

    /// Why somebody asks, in the body; nil: there is none.
    fileprivate func reason(isRequired: Bool) throws(Refusal) -> String? {
        guard !request.body.isEmpty else {
            if isRequired { throw Refusal(400, "a body such as {\"reason\": \"…\"} is needed") }
            return nil
        }
        guard request.header("content-type")?.prefix(while: { $0 != ";" }).lowercased() == "application/json" else {
            throw Refusal(415, "the body must be application/json")
        }
        guard request.body.count <= Self.bodyLimit else { throw Refusal(413, "the body is larger than \(Self.bodyLimit) bytes") }
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONReader.read(request.body, limits: JSONLimits(size: Self.bodyLimit, depth: 4, members: 16))
        } catch { throw Refusal(400, "the body is no JSON within the limits") }
        guard case .object(let members) = document, members.count == 1, case .string(let reason)? = document["reason"] else {
            throw Refusal(400, "the body is an object with 'reason', a text, and nothing else")
        }
        guard (1...OrderShapes.reasonLimit).contains(reason.unicodeScalars.count),
            !reason.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { throw Refusal(400, "'reason' has 1 to \(OrderShapes.reasonLimit) characters, and no control characters") }
        if let kind = SecretScan.kind(in: reason) { throw Refusal(422, "the reason would hold \(kind)") }
        return reason
    }

    /// The same for the same key of the same token; without a key a new one.
    fileprivate func orderID(caller: String, workspace: String) throws(Refusal) -> String {
        let keys = request.headers.filter { $0.name == OrderShapes.keyHeader.lowercased() }.map(\.value)
        guard keys.count <= 1 else { throw Refusal(400, "\(OrderShapes.keyHeader) stands there twice") }
        guard let key = keys.first else {
            let digits = (0..<2).map { _ in String(UInt64.random(in: (1 << 60)...(.max)), radix: 16) }
            return "o-" + digits.joined()
        }
        guard (1...OrderShapes.keyLimit).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(400, "\(OrderShapes.keyHeader) has 1 to \(OrderShapes.keyLimit) printable ASCII characters without blanks")
        }
        var hash = SHA256()
        for field in ["order", caller, workspace, key] { hash.update(field: field) }
        return "o-" + hash.hexDigest().prefix(32)
    }
}
