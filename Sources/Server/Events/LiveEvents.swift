internal import CostModel
internal import Pages

/// Tells pages that are open when there is something newer (server-sent events, HTML Living Standard, 9.2).
///
/// Each answer is one event, and the browser asks again after the time it names: no connection is held, so that open pages take none from
/// others.
struct LiveEvents: Sendable {
    /// Milliseconds until the browser asks again.
    private static let pause = 5_000

    let context: ServerContext

    var route: Route {
        Route("GET", "/ui/{workspace}/\(LivePage.events)", needs: .role(.read)) { call throws(Refusal) in
            let name = call.parameter("workspace")
            guard context.names.contains(name) else { throw Refusal(404, "there is no such workspace") }
            let status: WorkspaceStatus?
            do throws(ServerError) { status = try context.archive.status(of: name) } catch { throw Refusal(error) }
            let text = "retry: \(Self.pause)\nevent: state\ndata: \(Self.version(of: status))\n\n"
            return Response(contentType: "text/event-stream", body: Array(text.utf8))
        }
    }

    /// What changes when a run has seen something: pages made of the same have the same.
    static func version(of status: WorkspaceStatus?) -> String {
        let revision = (status?.observedRevision ?? "none").filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return "\(revision)-\(status?.lastSuccess?.seconds ?? 0)"
    }
}
