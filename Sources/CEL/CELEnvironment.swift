/// A name that expressions may use.
package struct CELVariable: Hashable, Sendable {
    /// May be qualified: `a.b`.
    package let name: String
    package let type: CELType
    package let documentation: String
    /// How long a text or how large a list or map can be at most, for the estimate of costs; nil when nobody knows.
    package let maximumSize: Int?

    package init(_ name: String, _ type: CELType, documentation: String = "", maximumSize: Int? = nil) {
        self.name = name
        self.type = type
        self.documentation = documentation
        self.maximumSize = maximumSize
    }
}

/// A function that is declared but not built in: it type-checks and has no value.
package struct CELDeclaration: Hashable, Sendable {
    package let name: String
    package let parameters: [CELType]
    package let result: CELType
    package let isMethod: Bool

    package init(_ name: String, _ parameters: [CELType], result: CELType, isMethod: Bool = false) {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.isMethod = isMethod
    }
}

/// The names an expression can use, and how far it may go.
///
/// ```
/// let environment = CELEnvironment(variables: [CELVariable("resource", .object(resourceType))])
/// switch environment.compile("resource.monthlyCost > 100.0") { … }
/// ```
package struct CELEnvironment: Sendable {
    package let variables: [CELVariable]
    /// The name space in which names are looked up first, as `com.example`.
    package let container: String
    package let limits: CELLimits
    let declarations: [CELDeclaration]
    /// Without checks, mistakes in types become errors when they are met.
    let isChecked: Bool

    package init(variables: [CELVariable], container: String = "", limits: CELLimits = .default) {
        self.init(variables: variables, declarations: [], container: container, limits: limits, isChecked: true)
    }

    /// - Parameter declarations: functions for which there is a type but no code.
    package init(
        variables: [CELVariable], declarations: [CELDeclaration], container: String = "", limits: CELLimits = .default,
        isChecked: Bool = true
    ) {
        self.variables = variables
        self.declarations = declarations
        self.container = container
        self.limits = limits
        self.isChecked = isChecked
    }

    /// Reads, checks and prepares an expression once, so that it can be evaluated often.
    ///
    /// - Parameters:
    ///   - expecting: the type the expression has to have; `dyn` fits everything.
    ///   - recordingBranches: whether results say which ways were taken; costs time.
    package func compile(_ text: String, expecting: CELType? = nil, recordingBranches: Bool = false) -> CELCompilation {
        Compiler(environment: self, recordingBranches: recordingBranches).compile(text, expecting: expecting)
    }
}

package enum CELCompilation: Sendable {
    case program(CELProgram)
    /// At least one, in the order of the text.
    case problems([CELProblem])
}

/// What is wrong with an expression, and where.
package struct CELProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Lower case, no full stop, names the thing.
    package let message: String
    /// In UTF-8 bytes of the expression.
    package let range: Range<Int>

    package init(_ message: String, _ range: Range<Int>) {
        self.message = message
        self.range = range
    }

    package var description: String { message }
}
