internal import CostModel
internal import JSON
internal import Reporting

extension API {
    /// What may be asked of the loop. Each says who asked, for the audit.
    var writeRoutes: [Route] {
        [
            writing(
                "/reconcile",
                Operation(
                    id: "requestReconcile", summary: "Asks for a pass as soon as possible", status: 202, schema: "Accepted", errors: [409])
            ) { source, workspace, cause in source.requestReconcile(workspace: workspace, cause: cause) },
            writing(
                "/suspend",
                Operation(
                    id: "suspend", summary: "Lets a workspace rest until it is resumed", status: 202, schema: "Accepted", errors: [409])
            ) { source, workspace, cause in source.setSuspended(workspace: workspace, true, cause: cause) },
            writing(
                "/resume",
                Operation(id: "resume", summary: "Ends a workspace's rest", status: 202, schema: "Accepted", errors: [409])
            ) { source, workspace, cause in source.setSuspended(workspace: workspace, false, cause: cause) },
        ]
    }

    private func writing(
        _ path: String, _ operation: Operation, _ body: @escaping @Sendable (any ServerSource, String, RunCause) -> Bool
    ) -> Route {
        Route("POST", Self.workspace + path, needs: .role(.write), operation: operation) { call throws(Refusal) in
            _ = try call.query(operation.query)
            let name = try workspace(of: call)
            guard let source = context.source else { throw Refusal(409, "no loop runs in this server: it only reads") }
            guard body(source, name, .api(caller: call.bearer ?? "unknown")) else { throw Refusal(404, "there is no such workspace") }
            return .json(["workspace": .string(name)], status: operation.status)
        }
    }
}
