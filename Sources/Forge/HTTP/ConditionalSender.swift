internal import Synchronization
package import WebClient

/// Remembers what a host answered, and asks from then on only whether it is still so (`If-None-Match`): such a question does not count where
/// hosts count, and its answer is short. In memory alone, for as long as the process lives.
package final class ConditionalSender: HTTPSending {
    private struct Kept {
        var tag: String
        var response: HTTPResponse
        /// How many were kept before it was last of use.
        var age: Int
    }

    private struct Answers {
        /// By the request, its token too: what one may see another may not.
        var kept: [HTTPRequest: Kept] = [:]
        var size = 0
        var age = 0
    }

    private let sender: any HTTPSending
    /// Bytes of bodies.
    private let limit: Int
    private let memory = Mutex(Answers())

    package init(_ sender: any HTTPSending, limit: Int = 16 << 20) {
        self.sender = sender
        self.limit = limit
    }

    package func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        guard request.method == .get else { return try sender.send(request) }
        var asked = request
        let known = memory.withLock { $0.kept[request] }
        if let known { asked.headers["if-none-match"] = known.tag }
        let response = try sender.send(asked)
        if response.status == 304, let known {
            keep(known.tag, known.response, of: request)
            var answer = known.response
            // How often we may still ask, and when, is of now.
            for (name, value) in response.headers.fields where name == "date" || name.contains("ratelimit") { answer.headers[name] = value }
            return answer
        }
        if response.status == 200, let tag = response.headers["etag"] { keep(tag, response, of: request) }
        return response
    }

    private func keep(_ tag: String, _ response: HTTPResponse, of request: HTTPRequest) {
        memory.withLock { memory in
            memory.size -= memory.kept.removeValue(forKey: request)?.response.body.count ?? 0
            guard response.body.count <= limit else { return }
            memory.age += 1
            memory.size += response.body.count
            memory.kept[request] = Kept(tag: tag, response: response, age: memory.age)
            while memory.size > limit, let oldest = memory.kept.min(by: { $0.value.age < $1.value.age }) {
                memory.kept[oldest.key] = nil
                memory.size -= oldest.value.response.body.count
            }
        }
    }
}
