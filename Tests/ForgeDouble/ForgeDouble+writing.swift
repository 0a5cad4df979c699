internal import CostModel
internal import Forge
internal import JSON

/// What the APIs write alike.
extension ForgeDouble {
    func add(
        title: String, body: String, head: String, base: String, headCommit: String, baseCommit: String, isDraft: Bool,
        _ state: inout DoubleState
    ) -> DoubleRequest {
        let request = DoubleRequest(
            number: ((state.requests.map(\.number) + (kind == .gitlab ? [] : state.issues.map(\.number))).max() ?? 0) + 1, title: title,
            body: body, head: head, base: base, author: account,
            isDraft: isDraft, created: clock(), updated: clock(), headCommit: headCommit, baseCommit: baseCommit)
        state.requests.append(request)
        return request
    }

    /// Closes or opens again by the token's account.
    func set(open isOpen: Bool, _ request: inout DoubleRequest) {
        guard request.isOpen != isOpen else { return }
        request.isOpen = isOpen
        request.closed = isOpen ? nil : clock()
        request.closedBy = isOpen ? nil : account
    }

    func addComment(_ body: String, _ state: inout DoubleState, _ index: Int) -> DoubleComment {
        state.beforeComment?(&state.requests[index])
        state.beforeComment = nil
        let comment = DoubleComment(id: state.newID(), author: account, body: body, created: clock(), updated: clock())
        state.requests[index].comments.append(comment)
        return comment
    }

    /// Only its own.
    func removeComment(_ id: String, _ state: inout DoubleState) throws -> Answer {
        guard let (request, comment) = find(comment: id, state) else { throw Answer.notFound }
        guard state.requests[request].comments[comment].author == account else { throw Answer(403, ["message": "Forbidden"]) }
        state.requests[request].comments.remove(at: comment)
        return Answer(204, .null)
    }

    func find(comment id: String, _ state: DoubleState) -> (request: Int, comment: Int)? {
        for (index, request) in state.requests.enumerated() {
            if let place = request.comments.firstIndex(where: { String($0.id) == id }) { return (index, place) }
        }
        return nil
    }

    func texts(_ items: [JSONValue]) -> [String] { items.compactMap { if case .string(let text) = $0 { text } else { nil } } }
    func numbers(_ items: [JSONValue]) -> [Int] { items.compactMap { if case .number(let text) = $0 { Int(text) } else { nil } } }
}
