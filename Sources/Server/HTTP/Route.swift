/// One thing the server does: where, for whom, how, and, for the API, how it is described.
struct Route: Sendable {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    let method: String
    /// `/api/v1/workspaces/{workspace}`
    let template: String
    let segments: [Segment]
    let need: Gatekeeper.Need
    /// Nil for what is not of the API.
    let operation: Operation?
    let answer: @Sendable (Call) throws(Refusal) -> Response

    init(
        _ method: String, _ template: String, needs need: Gatekeeper.Need, operation: Operation? = nil,
        answer: @escaping @Sendable (Call) throws(Refusal) -> Response
    ) {
        self.method = method
        self.template = template
        self.need = need
        self.operation = operation
        self.answer = answer
        segments = template.split(separator: "/").map {
            $0.hasPrefix("{") ? .parameter(String($0.dropFirst().dropLast())) : .literal(String($0))
        }
    }

    /// The values of the path's parameters; nil for another path.
    func parameters(of path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal): guard literal == text else { return nil }
            case .parameter(let name): values[name] = text
            }
        }
        return values
    }
}

/// Finds the route of a request among all there are.
struct Router: Sendable {
    let routes: [Route]

    enum Match {
        case route(Route, parameters: [String: String])
        /// The path exists, with other methods.
        case methods([String])
        case nothing
    }

    func match(_ request: Request) -> Match {
        // What answers GET answers HEAD; the body is left out where it is sent.
        let method = request.method == "HEAD" ? "GET" : request.method
        var methods: Set<String> = []
        for route in routes {
            guard let parameters = route.parameters(of: request.path) else { continue }
            if route.method == method { return .route(route, parameters: parameters) }
            methods.insert(route.method)
        }
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.isEmpty ? .nothing : .methods(methods.sorted())
    }
}

/// A request at its route.
struct Call: Sendable {
    let request: Request
    let parameters: [String: String]
    /// Whose token it is; nil where none was needed.
    let bearer: String?

    /// - Precondition: the route's template has the parameter.
    func parameter(_ name: String) -> String {
        guard let value = parameters[name] else { preconditionFailure("the route has no parameter '\(name)'") }
        return value
    }
}

/// An answer that is an error, thrown from where it is noticed.
struct Refusal: Error {
    let response: Response

    init(_ status: Int, _ detail: String, headers: [Request.Field] = []) {
        response = .problem(status, detail, headers: headers)
    }

    init(_ error: ServerError) {
        response = .problem(503, error.message)
    }
}
