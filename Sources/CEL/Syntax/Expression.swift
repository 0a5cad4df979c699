/// A part of an expression as it was read. The checker writes down what it finds out.
final class Expression {
    enum Kind {
        case constant(CELValue)
        /// An absolute name starts with a dot and is looked up outside of everything.
        case name(String, isAbsolute: Bool)
        case select(Expression, Field)
        case index(Expression, Expression, isOptional: Bool)
        /// Operators are calls too, named as in `_+_`.
        case call(String, target: Expression?, [Expression], nameRange: Range<Int>)
        case and([Expression])
        case or([Expression])
        case choice(Expression, Expression, Expression)
        case list([(element: Expression, isOptional: Bool)])
        case map([(key: Expression, value: Expression, isOptional: Bool)])
        case message(String)
        case loop(Loop)
        case bind(String, Expression, Expression)
        case block([Expression], Expression)
        case optionalMap(Expression, String, Expression, isFlat: Bool)
    }

    struct Field {
        var name: String
        var range: Range<Int>
        /// Written `.?`.
        var isOptional = false
        /// Inside `has()`.
        var isTest = false
    }

    /// A macro over the elements of a list or the entries of a map.
    struct Loop {
        enum Kind { case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry, sortBy }
        var kind: Kind
        var domain: Expression
        /// One name, or index and element, or key and value.
        var names: [String]
        var condition: Expression?
        var result: Expression?
    }

    let kind: Kind
    /// In UTF-8 bytes.
    let range: Range<Int>
    /// How deep it nests.
    let depth: Int

    // What the checker finds out.
    var type = CELType.dyn
    var meaning = Meaning.plain

    enum Meaning {
        /// What the kind says.
        case plain
        case variable(Int)
        case local(Int)
        case typeName(CELType)
        /// A field of an object, by its place.
        case field(Int)
        case functions([Function])
        /// Slots of the names that a macro introduces.
        case slots([Int])
        /// It fails whenever it is evaluated: only without checks.
        case failure(String)
    }

    init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
        depth = 1 + (kind.children.map(\.depth).max() ?? 0)
    }
}

extension Expression.Kind {
    var children: [Expression] {
        switch self {
        case .constant, .name, .message: []
        case .select(let operand, _): [operand]
        case .index(let operand, let key, _): [operand, key]
        case .call(_, let target, let arguments, _): (target.map { [$0] } ?? []) + arguments
        case .and(let operands), .or(let operands): operands
        case .choice(let condition, let yes, let no): [condition, yes, no]
        case .list(let elements): elements.map(\.element)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .loop(let loop): [loop.domain] + [loop.condition, loop.result].compactMap { $0 }
        case .bind(_, let value, let body): [value, body]
        case .block(let values, let body): values + [body]
        case .optionalMap(let target, _, let body, _): [target, body]
        }
    }
}
