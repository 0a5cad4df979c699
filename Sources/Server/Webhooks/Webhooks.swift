internal import CostModel
internal import Forge

/// Deliveries of code hosts: `POST /hooks/github`, and one route for each other host.
///
/// The body's size is limited before a byte is read, the signature is checked over the bytes as they came, and only then are they parsed. A
/// delivery that comes twice asks twice for a pass, of which the second finds nothing changed.
struct Webhooks: Sendable {
    let context: ServerContext
    let secrets: WebhookSecrets
    let log: any LogSink

    var routes: [Route] {
        CodeHost.allCases.map { host in
            Route("POST", "/hooks/\(host.rawValue)", needs: .anybody) { call throws(Refusal) in try take(call.request, from: host) }
        }
    }

    private func take(_ request: Request, from host: CodeHost) throws(Refusal) -> Response {
        let form = host.support.webhook
        guard secrets.contains(where: { form.isProven(by: request, with: $0) }) else {
            let message = "a delivery of \(host.rawValue) from \(request.client) was refused: its signature does not hold"
            log.write(LogEntry(.warning, message, time: context.clock()))
            throw Refusal(401, "the signature does not hold", headers: [.init("WWW-Authenticate", "Signature")])
        }
        let type = request.header("content-type")?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == "application/json" else { throw Refusal(415, "the delivery must be application/json") }
        guard let delivery = Delivery(request.body) else { throw Refusal(400, "the delivery is no JSON object") }
        let cause = RunCause.webhook(host, event: form.event(of: request))
        for workspace in context.workspaces {
            guard let address = RepositoryAddress.normalised(workspace.repository), delivery.repositories.contains(address) else {
                continue
            }
            if context.source?.requestReconcile(workspace: workspace.name, cause: cause) == true {
                log.write(LogEntry(.info, "asked for by \(cause)", time: context.clock(), workspace: workspace.name))
            }
        }
        // The same answer whether somebody watches the repository or not.
        return .text("accepted\n", status: 202)
    }
}
