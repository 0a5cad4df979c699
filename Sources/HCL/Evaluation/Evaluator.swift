package import Diagnostics

/// What names mean where an expression stands.
package struct Scope {
    package var file: SourceFile
    package var references: any References
    /// The variables of `for` expressions and template loops, innermost first.
    var locals: Local?
    /// Inside try() and can() an error must reach the function; elsewhere it stays with the item that has it.
    var isStrict = false
    /// Inside try() and can(): which version's operators. Nil: outside, where what differs is refused by the older.
    var operators: LogicalOperators?

    /// What `&&` and `||` do with the right side where the left one decides.
    enum LogicalOperators {
        /// It is evaluated all the same, and a mistake in it is one: before Terraform 1.12 and OpenTofu 1.10.
        case both
        /// It is left alone.
        case needed
    }

    package init(file: SourceFile, references: any References) {
        self.file = file
        self.references = references
    }

    final class Local {
        let name: String
        let value: Value
        let next: Local?

        init(name: String, value: Value, next: Local?) {
            self.name = name
            self.value = value
            self.next = next
        }
    }

    func binding(_ name: String, to value: Value) -> Scope {
        var scope = self
        scope.locals = Local(name: name, value: value, next: locals)
        return scope
    }

    func local(_ name: String) -> Value? {
        var at = locals
        while let local = at {
            // By bytes: names are not composed, as texts are.
            if local.name.utf8.elementsEqual(name.utf8) { return local.value }
            at = local.next
        }
        return nil
    }
}

/// Finds what a name such as `local.tags` stands for. What a host knows of roots (`var`, `each`, resources) is its own business.
package protocol References {
    /// The value, and how many of the steps behind the root it has used up: `local.tags.team` uses one. Nil: there is no such root.
    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)?

    /// The expression that a name such as `local.tags` stands for, and where it stands; nil where it stands for none.
    func definition(_ root: String, _ name: String) -> (expression: Expression, scope: Scope)?

    /// Whether anything declares what a name such as `local.tags` stands for; `steps` are the names behind its root.
    func declares(_ root: String, _ steps: [String]) -> Bool

    /// Whether functions may be called: in variable files and defaults they may not.
    var allowsCalls: Bool { get }
}

extension References {
    package func definition(_ root: String, _ name: String) -> (expression: Expression, scope: Scope)? { nil }
    package func declares(_ root: String, _ steps: [String]) -> Bool { true }
    package var allowsCalls: Bool { true }
}

/// A step behind a root name: `.name` or `[key]`.
package enum TraversalStep {
    case name(String)
    case key(Value)
}

/// Computes the values of expressions, with unknown values and with the places where values were written.
///
/// A mistake in an expression costs what Terraform would refuse, not the run: its value is unknown, for the reason that the mistake is.
/// Every evaluator has a budget of steps, so that no input keeps it busy for long.
package final class Evaluator {
    package struct Limits: Sendable {
        /// Steps of one evaluator; a resource needs some tens.
        package var steps = 5_000_000
        /// Nested expressions and references.
        package var depth = 400
        /// Nodes of one value; also its text in units of eight bytes.
        package var size = 200_000
        package var nesting = 100

        package init() {}
    }

    package let limits: Limits
    /// The mistakes that were met, each once.
    package private(set) var problems: [EvaluationError] = []
    /// How much it did.
    package private(set) var steps = 0
    private var budget: Int
    private var depth = 0
    private let workLimit = WorkLimit.current
    /// At so many steps it is looked whether anybody still waits.
    private var nextLook = 0
    private static let stepsBetweenLooks = 1_024
    /// Takes steps from what several evaluators have together; false: there is not so much.
    private let takeShared: ((Int) -> Bool)?
    /// The steps that were taken from there.
    package private(set) var sharedSteps = 0

    package init(limits: Limits = Limits(), takeShared: ((Int) -> Bool)? = nil) {
        self.limits = limits
        self.takeShared = takeShared
        budget = limits.steps
    }

    /// The expression's value; a mistake makes it unknown and is added to `problems`.
    package func value(of expression: Expression, in scope: Scope) -> Value {
        do {
            return try evaluate(expression, scope)
        } catch {
            return failure(error, expression.range, scope)
        }
    }

    /// The unknown value that stands for a mistake.
    func failure(_ error: EvaluationError, _ range: Range<Int>, _ scope: Scope) -> Value {
        // A limit means that something was not looked at: many mistakes before it must not hide that.
        if problems.count < 100 || error.isLimit && problems.count < 200 { problems.append(error) }
        return Value(.unknown(error.message), origin: Origin(file: scope.file, range: range, computed: error.message))
    }

    func evaluate(_ expression: Expression, _ scope: Scope) throws(EvaluationError) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.depth else { throw EvaluationError("the expression is nested or refers too deeply", kind: .limit) }
        try charge(1)
        do {
            return try dispatch(expression, scope)
        } catch {
            guard error.range == nil else { throw error }
            throw EvaluationError(error.message, at: SourceRange(scope.file, expression.range), kind: error.kind)
        }
    }

    /// Lets it do more: for work that is known to be honest.
    package func extendBudget(by steps: Int) { budget += steps }

    /// Takes from the budget.
    func charge(_ count: Int) throws(EvaluationError) {
        steps += count
        guard steps <= budget else { throw EvaluationError("the evaluation takes too long", kind: .limit) }
        guard steps >= nextLook else { return }
        nextLook = steps + Self.stepsBetweenLooks
        if let takeShared {
            let count = steps - sharedSteps
            sharedSteps = steps
            guard takeShared(count) else { throw EvaluationError("the evaluation of the workspace takes too long", kind: .limit) }
        }
        if let workLimit, workLimit.isReached { throw EvaluationError("the evaluation was stopped", kind: .limit) }
    }

    /// Lets a made value pass when it is within the limits.
    func admitted(_ value: Value) throws(EvaluationError) -> Value {
        guard value.size <= limits.size else { throw EvaluationError("the value is too large", kind: .limit) }
        guard value.depth <= limits.nesting else { throw EvaluationError("the value is nested too deeply", kind: .limit) }
        try charge(value.size)
        return value
    }

    private func dispatch(_ expression: Expression, _ scope: Scope) throws(EvaluationError) -> Value {
        let range = expression.range
        func literal(_ kind: Value.Kind) -> Value { Value(kind, origin: Origin(file: scope.file, range: range)) }
        switch expression.kind {
        case .number(let text):
            guard let number = Number(text) else { throw EvaluationError("the number \(text) is out of range", kind: .unsupported) }
            return literal(.number(number))
        case .bool(let flag): return literal(.bool(flag))
        case .null: return literal(.null)
        case .template(let template): return try evaluate(template, range, scope)
        case .variable, .attribute, .index: return try traverse(expression, scope)
        case .splat(let source, let each, _): return try splat(source, each, range, scope)
        case .splatElement:
            guard let element = scope.local("*") else { throw EvaluationError("there is no element here") }
            return element
        case .call(let name, _, let arguments, let expandsLast): return try call(name, arguments, expandsLast, range, scope)
        case .unary(let sign, let operand): return try unary(sign, operand, range, scope)
        case .binary(let sign, let left, let right): return try binary(sign, left, right, range, scope)
        case .conditional(let condition, let then, let otherwise): return try conditional(condition, then, otherwise, range, scope)
        case .tuple(let elements): return try tuple(elements, range, scope)
        case .object(let items): return try object(items, range, scope)
        case .forExpression(let loop): return try evaluate(loop, range, scope)
        case .parentheses(let inner): return try evaluate(inner, scope)
        }
    }
}
