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
