internal import Diagnostics

/// Finds out what every name means and of what type every part is, and collects what is wrong.
final class Checker {
    let environment: CELEnvironment
    var unifier = Unifier()
    private(set) var problems: [CELProblem] = []
    private(set) var references: Set<String> = []
    /// The names of macros around the current place, innermost last.
    private var locals: [(name: String, slot: Int, type: CELType)] = []
    private(set) var slotCount = 0
    let library = Library.standard
    private let variables: [String: Int]
    let declared: [String: [Function]]
    /// A few names can make types that are far deeper than the expression, and every one of them is walked through.
    private static let typeDepth = 64

    init(_ environment: CELEnvironment) {
        self.environment = environment
        variables = Dictionary(environment.variables.enumerated().map { ($1.name, $0) }) { first, _ in first }
        declared = Dictionary(
            grouping: environment.declarations.map {
                Function($0.name, isMethod: $0.isMethod, $0.parameters, $0.result, .one, .missing)
            }, by: \.name)
    }

    var isChecked: Bool { environment.isChecked }

    func report(_ message: String, _ range: Range<Int>) { problems.append(CELProblem(message, range)) }

    /// A mistake stops the program from being built; without checks it stops the evaluation that meets it.
    func fail(_ expression: Expression, _ message: String, _ range: Range<Int>? = nil) {
        if isChecked { report(message, range ?? expression.range) }
        expression.meaning = .failure(message)
        expression.type = .dyn
    }

    /// Sets the type and meaning of an expression and of everything in it.
    @discardableResult
    func check(_ expression: Expression) -> CELType {
        switch expression.kind {
        case .constant(let value): expression.type = value.type
        case .name(let name, let isAbsolute): checkName(expression, name, isAbsolute)
        case .select(let operand, let field): checkSelection(expression, operand, field)
        case .index(let operand, let key, let isOptional): checkIndex(expression, operand, key, isOptional)
        case .call(let name, let target, let arguments, let nameRange):
            checkCall(expression, name, target, arguments, nameRange)
        case .and(let operands), .or(let operands):
            for operand in operands { expect(operand, .bool, "a condition") }
            expression.type = .bool
        case .choice(let condition, let yes, let no): checkChoice(expression, condition, yes, no)
        case .list(let elements):
            expression.type = .list(joined(elements.map { checkElement($0.element, isOptional: $0.isOptional) }))
        case .map(let entries): checkMap(expression, entries)
        case .message(let name): fail(expression, "there are no messages, and so no '\(name)'; an object is written as a map")
        case .loop(let loop): checkLoop(expression, loop)
        case .bind(let name, let value, let body):
            let type = check(value)
            let slot = push(name, type)
            expression.meaning = .slots([slot])
            expression.type = check(body)
            pop(1)
        case .block(let values, let body):
            var slots: [Int] = []
            for (index, value) in values.enumerated() {
                let type = check(value)
                slots.append(push("@index\(index)", type))
            }
            expression.meaning = .slots(slots)
            expression.type = check(body)
            pop(values.count)
        case .optionalMap(let target, let name, let body, let isFlat):
            checkOptionalMap(expression, target, name, body, isFlat)
        }
        if expression.type.isDeeper(than: Self.typeDepth) {
            if isChecked { report("the type nests deeper than the limit of \(Self.typeDepth)", expression.range) }
            expression.type = .dyn
        }
        return expression.type
    }

    /// Checks that a part has a type; says what the part is when it has not.
    func expect(_ expression: Expression, _ wanted: CELType, _ role: String) {
        let type = check(expression)
        guard isChecked, !unifier.assign(type, to: wanted) else { return }
        report("\(role) is \(wanted.spoken), not \(resolved(type).spoken)", expression.range)
    }

    func resolved(_ type: CELType) -> CELType { unifier.resolve(type) }

    // MARK: Names

    func push(_ name: String, _ type: CELType) -> Int {
        locals.append((name, slotCount, type))
        slotCount += 1
        return slotCount - 1
    }

    func pop(_ count: Int) { locals.removeLast(count) }

    func isLocal(_ qualified: String) -> Bool {
        let first = qualified.prefix { $0 != "." }
        return locals.contains { $0.name == first }
    }

    /// The names that a name can mean, the most special first: with container `a.b`, `x` can be `a.b.x`, `a.x` and `x`.
    func candidates(_ name: String) -> [String] {
        if name.hasPrefix(".") { return [String(name.dropFirst())] }
        guard !environment.container.isEmpty else { return [name] }
        var parts = environment.container.split(separator: ".")
        var result: [String] = []
        while !parts.isEmpty {
            result.append(parts.joined(separator: ".") + "." + name)
            parts.removeLast()
        }
        return result + [name]
    }

    /// Whether the qualified name is a variable or a type; sets the expression's meaning then.
    private func resolve(_ expression: Expression, _ qualified: String) -> Bool {
        for name in candidates(qualified) {
            if let index = variables[name] {
                expression.meaning = .variable(index)
                expression.type = isChecked ? environment.variables[index].type : .dyn
                references.insert(name)
                return true
            }
            if let type = Self.typeNames[name] {
                expression.meaning = .typeName(type)
                expression.type = .type(type)
                return true
            }
        }
        return false
    }

    private func checkName(_ expression: Expression, _ name: String, _ isAbsolute: Bool) {
        if !isAbsolute, let local = locals.last(where: { $0.name == name }) {
            expression.meaning = .local(local.slot)
            expression.type = local.type
            return
        }
        guard !resolve(expression, isAbsolute ? ".\(name)" : name) else { return }
        let known = environment.variables.map(\.name) + locals.map(\.name).filter { !$0.hasPrefix("@") }
        let near = DidYouMean.hint(for: name, in: known)
        fail(expression, "unknown variable '\(name)'" + (near.isEmpty ? inside(name) : near))
    }

    /// Where a name that is no variable may be found instead: as a field of one, or among what one of them does not list.
    private func inside(_ name: String) -> String {
        for variable in environment.variables {
            guard case .object(let object) = variable.type else { continue }
            if object.index(of: name) != nil { return "; did you mean '\(variable.name).\(name)'?" }
        }
        for variable in environment.variables {
            guard case .object(let object) = variable.type, let rest = object.rest else { continue }
            return "; an argument of a \(variable.name) is '\(variable.name).\(rest).\(name)'"
        }
        return ""
    }

    private func checkSelection(_ expression: Expression, _ operand: Expression, _ field: Expression.Field) {
        if let qualified = expression.qualifiedName, !isLocal(qualified), resolve(expression, qualified) { return }
        let type = check(operand)
        if let path = path(operand) { references.insert("\(path).\(field.name)") }
        var result = fieldType(expression, of: resolved(type), field)
        if field.isOptional { result = .optional(result.unwrapped) }
        expression.type = field.isTest ? .bool : result
    }

    private func fieldType(_ expression: Expression, of type: CELType, _ field: Expression.Field) -> CELType {
        switch type {
        case .object(let object):
            if let index = object.index(of: field.name) {
                expression.meaning = .field(index)
                return object.fields[index].type
            }
            guard !object.open else { return .dyn }
            let near = DidYouMean.hint(for: field.name, in: object.fields.map(\.name))
            let hint = near.isEmpty ? object.rest.map { "; what it does not list is in '\($0)': '\($0).\(field.name)'" } ?? "" : near
            fail(expression, "unknown field '\(field.name)' of \(object.name)\(hint)", field.range)
            return .dyn
        case .map(let key, let value):
            guard unifier.assign(.string, to: key) else {
                fail(expression, "a map with \(resolved(key).spoken) keys has no field '\(field.name)'", field.range)
                return .dyn
            }
            return value
        case .optional(let wrapped): return .optional(fieldType(expression, of: resolved(wrapped), field).unwrapped)
        case .dyn: return .dyn
        case .parameter:
            _ = unifier.assign(type, to: .dyn)
            return .dyn
        default:
            fail(expression, "\(type.spoken) has no fields, so no '\(field.name)'", field.range)
            return .dyn
        }
    }

    /// `resource.tags` for names and fields that start at a variable; nil for everything else.
    private func path(_ expression: Expression) -> String? {
        if case .variable(let index) = expression.meaning { return environment.variables[index].name }
        switch expression.kind {
        case .select(let operand, let field): return path(operand).map { "\($0).\(field.name)" }
        case .index(let operand, let key, _):
            guard case .constant(.string(let name)) = key.kind else { return nil }
            return path(operand).map { "\($0).\(name)" }
        default: return nil
        }
    }

    private func checkIndex(_ expression: Expression, _ operand: Expression, _ key: Expression, _ isOptional: Bool) {
        let type = resolved(check(operand))
        let keyType = check(key)
        if let path = path(operand), case .constant(.string(let name)) = key.kind { references.insert("\(path).\(name)") }
        var result = elementType(expression, of: type, keyType)
        if isOptional { result = .optional(result.unwrapped) }
        expression.type = result
    }

    private func elementType(_ expression: Expression, of type: CELType, _ key: CELType) -> CELType {
        switch type {
        case .list(let element):
            guard unifier.assign(key, to: .int) else {
                fail(expression, "a list is indexed by int, not by \(resolved(key).spoken)")
                return .dyn
            }
            return element
        case .map(let wanted, let value):
            guard unifier.assign(key, to: wanted) else {
                fail(expression, "a map with \(resolved(wanted).spoken) keys is not indexed by \(resolved(key).spoken)")
                return .dyn
            }
            return value
        case .optional(let wrapped): return .optional(elementType(expression, of: resolved(wrapped), key).unwrapped)
        case .dyn, .parameter, .object: return .dyn
        default:
            fail(expression, "\(type.spoken) has no elements")
            return .dyn
        }
    }

    static let typeNames: [String: CELType] = {
        let types: [CELType] = [
            .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .money, .quantity, .ip, .cidr, .type(nil),
            .list(.dyn), .map(.dyn, .dyn), .optional(.dyn),
        ]
        return Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })
    }()
}

extension CELType {
    /// Optionals of optionals collapse when fields are selected.
    fileprivate var unwrapped: CELType {
        if case .optional(let wrapped) = self { return wrapped }
        return self
    }
}
