internal import CostModel
internal import JSON
internal import Reporting

/// The REST API: what is remembered about workspaces, and the little that may be asked of the loop.
struct API: Sendable {
    let context: ServerContext
    let version: String
    let keys = KeysInUse()

    /// Every route of it. The description is one of them, and is made of the others.
    var routes: [Route] {
        let described = readRoutes + historyRoutes + standingRoutes + gameRoutes + orderRoutes + writeRoutes
        let own = Operation(id: "describe", summary: "This description")
        let document = OpenAPI.document(
            described + [Route("GET", Self.root + "/openapi.json", needs: .role(.read), operation: own) { _ in .json(.null) }],
            schemas: Self.schemas, version: version)
        return described + [
            Route("GET", Self.root + "/openapi.json", needs: .role(.read), operation: own) { call throws(Refusal) in
                _ = try call.query([])
                return .json(document)
            }
        ]
    }

    static let root = "/api/v1"
    static let workspace = root + "/workspaces/{workspace}"

    private static var schemas: [(name: String, schema: Schema)] {
        func named<Value>(_ shape: RecordShape<Value>) -> [(String, Schema)] { [(shape.name, shape.schema)] }
        func paged<Value>(_ shape: RecordShape<Value>) -> [(String, Schema)] { [(shape.name, shape.schema), shape.page] }
        let small: [(String, Schema)] = [
            ("Money", .money), ("Policy", .policy), ("Problem", .problem), ("Accepted", .object([("workspace", .text)])),
        ]
        let ofRuns = named(Shapes.stage) + paged(Shapes.workspace) + named(Shapes.summary) + paged(Shapes.run) + paged(Shapes.audit)
        let ofFindings =
            paged(Shapes.finding) + named(Shapes.event) + named(Shapes.findingWithEvents) + paged(Shapes.score) + named(Shapes.badge)
            + paged(Shapes.scorecard)
        let ofRequests =
            named(Shapes.changedResource) + named(Shapes.change) + named(Shapes.plan) + paged(Shapes.request) + paged(Shapes.saving)
        return small + ofRuns + ofFindings + ofRequests + OrderShapes.schemas + StandingShapes.schemas + GameShapes.schemas
    }

    /// The workspace that the path names.
    func workspace(of call: Call) throws(Refusal) -> String {
        let name = call.parameter("workspace")
        guard context.names.contains(name) else { throw Refusal(404, "there is no such workspace") }
        return name
    }

    /// What the archive says; that it cannot be read is the server's problem, not the client's.
    func read<Value>(_ body: (any Archive) throws(ServerError) -> Value) throws(Refusal) -> Value {
        do throws(ServerError) { return try body(context.archive) } catch { throw Refusal(error) }
    }

    /// A route that reads one workspace.
    func reading(
        _ path: String, _ operation: Operation,
        _ body: @escaping @Sendable (String, Call, [String: String]) throws(Refusal) -> JSONValue
    ) -> Route {
        Route("GET", Self.workspace + path, needs: .role(.read), operation: operation) { call throws(Refusal) in
            let query = try call.query(operation.query)
            return .json(try body(try workspace(of: call), call, query))
        }
    }

    /// A route that reads a list of one workspace, page by page.
    func listing<Element>(
        _ path: String, _ id: String, _ summary: String, _ shape: RecordShape<Element>, filters: [QueryParameter] = [],
        _ body: @escaping @Sendable (String, Call, [String: String]) throws(Refusal) -> ListPage<Element>
    ) -> Route {
        let operation = Operation(id: id, summary: summary, query: [.limit, .cursor] + filters, schema: shape.page.name)
        return reading(path, operation) { workspace, call, query throws(Refusal) in try body(workspace, call, query).json(shape) }
    }
}
