import CostModel

/// What one finding needs of the code: a tag or a size, and the places where it could be written, best first.
struct Wish: Hashable, Sendable {
    var finding: String
    var team: String?
    var resource: ResourceIdentity
    /// The tag's key, or the size argument's name.
    var subject: Subject
    var value: String
    var applicability: Applicability
    var monthlySavings: Money?
    /// Never empty; an impossible wish is a `Refusal`.
    var candidates: [Candidate]

    enum Subject: Hashable, Sendable, Comparable {
        case size(String)
        case tag(String)
        /// By its path: `root_block_device.volume_type`.
        case argument(String)
    }

    /// One way to fulfil a wish: an operation at a site.
    struct Candidate: Hashable, Sendable {
        var site: Site
        var operation: Operation
    }
}

/// Where a change is made. Changes at different sites touch different bytes.
enum Site: Hashable, Sendable, Comparable {
    /// An object literal `{ … }`.
    case object(FileSpan)
    /// A literal value that stands in no object: a local, a variable's default, a module's argument.
    case literal(FileSpan)
    /// An argument that a block lacks.
    case argument(name: String, block: FileSpan)

    var span: FileSpan {
        switch self {
        case .object(let span), .literal(let span), .argument(_, let span): span
        }
    }

    static func < (a: Site, b: Site) -> Bool { (a.span, a.rank) < (b.span, b.rank) }

    private var rank: Int {
        switch self {
        case .object: 0
        case .literal: 1
        case .argument: 2
        }
    }
}

/// What is done at a site.
enum Operation: Hashable, Sendable, Comparable {
    case insert(key: String, value: String)
    /// Gives an object's item another key and keeps its value.
    case rename(item: FileSpan, from: String, key: String)
    /// Writes another literal.
    case replace(literal: FileSpan, value: Rule.Literal)
    /// Adds an argument to the block that the site names.
    case assign(name: String, value: Rule.Literal)

    /// What two operations must not both do at one site.
    var target: Target {
        switch self {
        case .insert(let key, _): .key(key)
        case .rename(let item, _, _): .span(item)
        case .replace(let literal, _): .span(literal)
        case .assign(let name, _): .key(name)
        }
    }

    enum Target: Hashable, Sendable {
        case key(String)
        case span(FileSpan)
    }

    static func < (a: Operation, b: Operation) -> Bool { a.order < b.order }

    private var order: (Int, Int, String, String) {
        switch self {
        case .replace(let literal, let value): (0, literal.bytes.lowerBound, value.text, "")
        case .assign(let name, let value): (3, 0, name, value.text)
        case .rename(let item, _, let key): (1, item.bytes.lowerBound, key, "")
        case .insert(let key, let value): (2, 0, key, value)
        }
    }
}

/// A finding for which no edit is offered, and why.
struct Refusal: Hashable, Sendable {
    var finding: String
    var team: String?
    var location: Place?
    var title: String
    var reason: String
    var monthlySavings: Money?
}
