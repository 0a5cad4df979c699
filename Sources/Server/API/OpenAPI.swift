internal import JSON
internal import Reporting

/// The API's description, OpenAPI 3.1, made of the routes that answer.
enum OpenAPI {
    static func document(_ routes: [Route], schemas: [(name: String, schema: Schema)], version: String) -> JSONValue {
        let described = routes.filter { $0.operation != nil }
        let paths = Dictionary(grouping: described, by: \.template).sorted { $0.key < $1.key }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Bursar", "version": .string(version),
                "description": .string(
                    "Runs, findings, scorecards, requests, savings, budgets, campaigns and seasons of workspaces. Times are UTC; money is exact. A record is shown with all "
                        + "that the ledger keeps of it: a later version may add members, and takes none away."),
            ],
            "servers": [["url": "/"]], "security": [["bearer": []]],
            "paths": .object(
                paths.map { path, routes in
                    .init(path, .object(routes.sorted { $0.method < $1.method }.map { .init($0.method.lowercased(), operation($0)) }))
                }),
            "components": [
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer", "description": "A token of the server's token file"]
                ],
                "schemas": .object(schemas.sorted { $0.name < $1.name }.map { .init($0.name, $0.schema.json) }),
            ],
        ]
    }

    private static func operation(_ route: Route) -> JSONValue {
        guard let operation = route.operation else { return .null }
        let inPath = route.segments.compactMap { segment -> JSONValue? in
            guard case .parameter(let name) = segment else { return nil }
            let schema: JSONValue = ["type": "string", "minLength": 1, "pattern": .string(QueryParameter.printable)]
            return ["name": .string(name), "in": "path", "required": true, "schema": schema]
        }
        let inQuery = operation.query.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "in": "query", "required": false, "description": .string(parameter.summary),
                "schema": parameter.schema,
            ]
        }
        let description: JSONValue = [
            "operationId": .string(operation.id), "summary": .string(operation.summary),
            "parameters": .array(inPath + inQuery + (operation.body == nil ? [] : [key])),
            "responses": .object(
                [.init(String(operation.status), response(operation))]
                    + errors(of: route, operation).map { .init(String($0), problem($0)) }),
        ]
        guard let body = operation.body else { return description }
        let content: JSONValue = ["application/json": ["schema": Schema.reference(body.schema).json]]
        return description.appending(["requestBody": ["required": JSONValue(body.isRequired), "content": content]])
    }

    private static let key: JSONValue = [
        "name": .string(OrderShapes.keyHeader), "in": "header", "required": false,
        "description": .string(
            "The same key of the same token is answered alike for seven days after what it asked for has ended, and nothing is done twice"),
        "schema": [
            "type": "string", "minLength": 1, "maxLength": JSONValue(OrderShapes.keyLimit), "pattern": .string(#"^[!-~]+$"#),
        ],
    ]

    private static func errors(of route: Route, _ operation: Operation) -> [Int] {
        let hasParameters = route.segments.contains { if case .parameter = $0 { true } else { false } }
        let hasCursor = operation.query.contains { $0.name == QueryParameter.cursor.name }
        return Set([400, 401, 403, 421, 429, 503] + (hasParameters || hasCursor ? [404] : []) + operation.errors).sorted()
    }

    private static func response(_ operation: Operation) -> JSONValue {
        let schema = operation.schema.map { Schema.reference($0).json } ?? ["type": "object"]
        return [
            "description": .string(Response.title(of: operation.status)), "content": ["application/json": ["schema": schema]],
        ]
    }

    private static func problem(_ status: Int) -> JSONValue {
        let response: JSONValue = [
            "description": .string(Response.title(of: status)),
            "content": ["application/problem+json": ["schema": Schema.reference("Problem").json]],
        ]
        let header: (String, JSONValue)? =
            switch status {
            case 401: ("WWW-Authenticate", ["schema": ["type": "string"]])
            case 429: ("Retry-After", ["description": "Seconds", "schema": ["type": "integer"]])
            default: nil
            }
        return header.map { response.appending(["headers": .object([.init($0.0, $0.1)])]) } ?? response
    }
}
