import CostModel

/// What one finding asks of the code: a tag, a size or an argument, and the locations where it could be written, best first.
struct FixRequest: Hashable, Sendable {
    var finding: String
    var team: String?
    var resource: ResourceIdentity
    /// What is to be written.
    var subject: Subject
    var value: String
    var applicability: Applicability
    var monthlySavings: Money?
    /// Never empty; where nothing can be written, there is a `RefusedFix`.
    var candidates: [Candidate]
    /// Whether nobody else may get what is written: a tag by which a scheduler switches machines off harms whoever inherits it.
    var isForItselfOnly = false
    /// Blocks that are written anew, without keys of instances.
    var added: Set<ResourceIdentity> = []

    enum Subject: Hashable, Sendable, Comparable {
        /// The argument that says how large a resource is.
        case size(String)
        /// By its key.
        case tag(String)
        /// By its path: `root_block_device.volume_type`.
        case argument(String)
        /// Another resource, beside it, by its address in the module.
        case block(String)
    }

    /// One way to fulfil the request: a step, or several that only do together.
    struct Candidate: Hashable, Sendable {
        var steps: [Step]

        init(_ steps: [Step]) {
            self.steps = steps
        }

        init(location: EditLocation, operation: EditOperation) {
            steps = [Step(location: location, operation: operation)]
        }
    }

    struct Step: Hashable, Sendable {
        var location: EditLocation
        var operation: EditOperation
    }
}

/// A finding for which no edit is offered, and why.
struct RefusedFix: Hashable, Sendable {
    var finding: String
    var team: String?
    var location: Place?
    var title: String
    var reason: String
    var monthlySavings: Money?
    var resource: ResourceIdentity?
    /// The tag that would fix it.
    var key: String?
    var value: String?

    var wanted: (key: String, value: String)? { key.flatMap { key in value.map { (key, $0) } } }
}
