import CEL
import Diagnostics
import Testing

/// What an expression comes to, as text: the value, or the message of what is wrong.
func evaluate(_ text: String, _ bindings: [(CELVariable, CELValue)] = [], limits: CELLimits = .default) -> String {
    switch CELEnvironment(variables: bindings.map(\.0), limits: limits).compile(text) {
    case .problems(let problems): return problems.map(\.message).joined(separator: "; ")
    case .program(let program):
        let result = program.evaluate(bindings.map(\.1))
        if case .error(let error) = result.value { return error.message }
        // An unknown value ends things early.
        if case .unknown = result.value { return result.value.description }
        #expect(program.estimatedCost.contains(result.cost), "\(text) cost \(result.cost), estimated \(program.estimatedCost)")
        return result.value.description
    }
}

/// The problems of an expression, drawn as in a report.
func drawn(_ text: String, _ variables: [CELVariable], expecting: CELType? = nil) -> String {
    guard case .problems(let problems) = CELEnvironment(variables: variables).compile(text, expecting: expecting) else { return "" }
    let file = SourceFile(path: "policy", text: text)
    let diagnostics = problems.map {
        Diagnostic(.error, id: "cel", $0.message, at: SourceRange(file, $0.range))
    }
    return CaretPrinter().render(diagnostics)
}

/// A resource as policies see it.
enum Sample {
    static let attributes = CELObjectType(name: "attributes", fields: [CELField("type", .string), CELField("size", .int)])
    static let type = CELObjectType(
        name: "resource",
        fields: [
            CELField("type", .string), CELField("tags", .map(.string, .string)), CELField("monthlyCost", .money),
            CELField("attributes", .object(attributes)), CELField("cores", .int),
        ])
    static let variable = CELVariable("resource", .object(type))

    static func resource(cost: String = "120", cores: CELValue = .int(4), tags: CELValue? = nil) -> CELValue {
        let units = (Int128(cost) ?? 0) * 1_000_000_000_000_000_000
        let tags = tags ?? .map([("team", .string("payments")), ("environment", .string("production"))])
        let attributes = CELObject(type: Self.attributes, values: [.string("m5.large"), .absent])
        return .object(
            CELObject(
                type: type, values: [.string("aws_instance"), tags, .money(units: units, currency: "USD"), .object(attributes), cores]))
    }
}
