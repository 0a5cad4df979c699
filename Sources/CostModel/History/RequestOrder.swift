/// What a client of the API asked the loop to do about a recommendation, or about a plan that was merged. The next run does it, and writes down
/// what came of it.
package struct RequestOrder: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Open the request now.
        case apply
        /// Turn it down, as a person does who closes it.
        case dismiss
        /// Open a request that undoes a merged plan.
        case rollback
    }

    package enum State: String, Hashable, Sendable, CaseIterable {
        case waiting
        case done
        /// Something that is said stands in the way; asked again later it may be done.
        case refused
        /// It was tried and did not come off.
        case failed
    }

    /// `o-` and hexadecimal digits.
    package var id: String
    package var kind: Kind
    /// A recommendation's group, or a plan's digest.
    package var object: String
    package var reason: String?
    /// The name of the token that asked.
    package var caller: String
    package var asked: Instant
    package var state: State
    /// What came of it, for people.
    package var detail: String?
    /// The request's address.
    package var url: String?
    package var ended: Instant?

    package init(
        id: String, kind: Kind, object: String, reason: String?, caller: String, asked: Instant, state: State = .waiting,
        detail: String? = nil, url: String? = nil, ended: Instant? = nil
    ) {
        self.id = id
        self.kind = kind
        self.object = object
        self.reason = reason
        self.caller = caller
        self.asked = asked
        self.state = state
        self.detail = detail
        self.url = url
        self.ended = ended
    }

    /// Whether two of them ask for the same.
    package func asksTheSame(as other: RequestOrder) -> Bool {
        (kind, object, reason, caller) == (other.kind, other.object, other.reason, other.caller)
    }

    /// What came of it.
    package enum Outcome: Hashable, Sendable {
        case done(String, url: String?)
        case refused(String)
        case failed(String)
    }

    package func ended(_ outcome: Outcome, at time: Instant) -> RequestOrder {
        var order = self
        order.ended = time
        switch outcome {
        case .done(let detail, let url): (order.state, order.detail, order.url) = (.done, detail, url)
        case .refused(let detail): (order.state, order.detail) = (.refused, detail)
        case .failed(let detail): (order.state, order.detail) = (.failed, detail)
        }
        return order
    }
}
