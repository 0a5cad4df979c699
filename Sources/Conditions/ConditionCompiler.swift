package import CEL
package import CostModel

/// Compiles the expressions of policies: once to check them when policies are loaded, once to evaluate them.
package struct ConditionCompiler: Sendable {
    /// What an expression has to give.
    package enum Expectation: Hashable, Sendable {
        /// True or false.
        case truth
        /// Money, or a number in the workspace's currency.
        case amount
        /// Anything that can be shown.
        case anything
    }

    package let environment: CELEnvironment
    let subject: Vocabulary.Subject
    /// The parameters' values, last among the variables; nil without parameters.
    let params: CELObject?

    /// For expressions over a resource.
    package init(parameters: [Rule.Parameter] = []) {
        subject = .resource
        params = parameters.isEmpty ? nil : Self.object(of: parameters)
        environment = CELEnvironment(variables: Vocabulary.resourceVariables(params: params?.type))
    }

    /// For expressions over a line of the bill.
    package init(overCost: Void) {
        subject = .cost
        params = nil
        environment = CELEnvironment(variables: Vocabulary.costVariables)
    }

    /// For expressions over what is told of.
    package init(overEvents: Void) {
        subject = .event
        params = nil
        environment = CELEnvironment(variables: Vocabulary.eventVariables)
    }

    package func compile(_ text: String, _ expectation: Expectation, recordingBranches: Bool = false) -> CELCompilation {
        let compiled = environment.compile(text, expecting: expectation == .truth ? .bool : nil, recordingBranches: recordingBranches)
        guard case .program(let program) = compiled else { return compiled }
        if expectation == .amount, ![.money, .int, .uint, .double, .dyn].contains(program.resultType) {
            return .problems([
                CELProblem("an amount must be money or a number, but this is \(program.resultType)", 0..<text.utf8.count)
            ])
        }
        if subject == .cost {
            do throws(CELProblem) {
                _ = try CostTagKeys.keys(in: text, references: program.references)
            } catch { return .problems([error]) }
        }
        return compiled
    }

    /// A condition ready to run.
    ///
    /// - Precondition: it was checked when the policies were loaded.
    func program(of condition: Condition, _ expectation: Expectation, recordingBranches: Bool = false) -> CELProgram {
        guard case .program(let program) = compile(condition.text, expectation, recordingBranches: recordingBranches) else {
            preconditionFailure("\(condition.place): the condition was not checked")
        }
        return program
    }

    /// The parameters as an object whose fields have the types of their values.
    private static func object(of parameters: [Rule.Parameter]) -> CELObject {
        let values = parameters.map { value(of: $0.value) }
        let fields = zip(parameters, values).map { CELField($0.name, $1.type) }
        return CELObject(type: CELObjectType(name: "params", fields: fields), values: values.map(\.value))
    }

    private static func value(of value: Rule.Parameter.Value) -> (type: CELType, value: CELValue) {
        switch value {
        case .bool(let flag): return (.bool, .bool(flag))
        case .integer(let number): return (.int, .int(Int64(number)))
        case .number(let number): return (.double, .double(number.approximation))
        case .string(let text): return (.string, .string(text))
        case .list(let elements):
            let read = elements.map { Self.value(of: $0) }
            let types = Set(read.map(\.type))
            return (.list(types.count == 1 ? read[0].type : .dyn), .list(read.map(\.value)))
        }
    }
}
