package import Diagnostics

/// A parsed file. Together with its source it is lossless: every node carries the byte range it was written in, and nothing is normalised.
package struct HCLFile: Sendable {
    package var source: SourceFile
    package var body: Body
    /// What stands under `//` in a file of JSON; nil for native syntax.
    package var jsonComments: [JSONComment]?

    package init(source: SourceFile, body: Body) {
        self.source = source
        self.body = body
    }
}

/// Attributes and blocks, each in source order.
package struct Body: Sendable {
    package var attributes: [Attribute]
    package var blocks: [Block]
    private var bytes: ByteRange
    /// For a block's body what lies between the braces, for a file everything after a byte order mark.
    package var range: Range<Int> {
        get { bytes.range }
        set { bytes = ByteRange(newValue) }
    }

    package init(attributes: [Attribute], blocks: [Block], range: Range<Int>) {
        self.attributes = attributes
        self.blocks = blocks
        bytes = ByteRange(range)
    }

    package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
    package func blocks(_ type: String) -> [Block] { blocks.filter { $0.type == type } }
}

/// `name = expression`
package struct Attribute: Sendable {
    package let name: String
    private let nameBytes: ByteRange
    private let equalsBytes: ByteRange
    package let value: Expression
    package var nameRange: Range<Int> { nameBytes.range }
    /// The `=`.
    package var equals: Range<Int> { equalsBytes.range }
    /// From the name to the end of the expression, without the line ending.
    package var range: Range<Int> { nameRange.lowerBound..<value.range.upperBound }

    package init(name: String, nameRange: Range<Int>, equals: Range<Int>, value: Expression) {
        self.name = name
        nameBytes = ByteRange(nameRange)
        equalsBytes = ByteRange(equals)
        self.value = value
    }
}

/// `type "label" "label" { … }`
package struct Block: Sendable {
    package let type: String
    private let typeBytes: ByteRange
    private let braces: ByteRange
    package let labels: [Label]
    package let body: Body
    package var typeRange: Range<Int> { typeBytes.range }
    package var openBrace: Int { braces.range.lowerBound }
    package var closeBrace: Int { braces.range.upperBound }
    /// From the type to behind the closing brace.
    package var range: Range<Int> { typeRange.lowerBound..<closeBrace + 1 }

    package struct Label: Sendable {
        package let text: String
        private let bytes: ByteRange
        package var range: Range<Int> { bytes.range }

        package init(text: String, range: Range<Int>) {
            self.text = text
            bytes = ByteRange(range)
        }
    }

    package init(type: String, typeRange: Range<Int>, labels: [Label], body: Body, openBrace: Int, closeBrace: Int) {
        self.type = type
        typeBytes = ByteRange(typeRange)
        self.labels = labels
        self.body = body
        braces = ByteRange(openBrace..<closeBrace)
    }
}

/// An expression and where it stands.
package struct Expression: Sendable {
    package indirect enum Kind: Sendable {
        /// Digits as written: `1`, `2.5`, `1e3`.
        case number(String)
        case bool(Bool)
        case null
        /// A quoted template, or a heredoc. A plain string is a template with at most one literal part.
        case template(Template)
        /// The first name of a traversal: `var`, `local`, `aws_instance`, `each`.
        case variable(String)
        /// `value.name`
        case attribute(Expression, name: String)
        /// `value[key]`; the legacy `value.0` is this with a number.
        case index(Expression, key: Expression)
        /// `value.*` or `value[*]` and what follows it, applied to each element: `each` refers to the element as `.splatElement`.
        case splat(Expression, each: Expression, full: Bool)
        /// The element inside a splat's `each`.
        case splatElement
        case call(name: String, nameRange: Range<Int>, arguments: [Expression], expandsLast: Bool)
        case unary(UnaryOperator, Expression)
        case binary(BinaryOperator, Expression, Expression)
        case conditional(Expression, then: Expression, otherwise: Expression)
        case tuple([Expression])
        case object([ObjectItem])
        case forExpression(ForExpression)
        case parentheses(Expression)
    }

    package let kind: Kind
    private let bytes: ByteRange
    package var range: Range<Int> { bytes.range }

    package init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        bytes = ByteRange(range)
    }
}

package enum UnaryOperator: Sendable { case minus, not }

package enum BinaryOperator: String, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
}

/// `key = value` or `key : value` inside `{ … }`.
package struct ObjectItem: Sendable {
    package enum Key: Sendable {
        /// `name = …`
        case bare(String)
        /// `"name" = …`, `"${x}" = …`
        indirect case template(Template)
        /// `(expression) = …`, and anything else HCL accepts there, such as `var.x`.
        case expression(Expression)

        /// The key where it is written out: bare, or quoted without interpolation.
        package var literal: String? {
            switch self {
            case .bare(let name): name
            case .template(let template): template.literal
            case .expression: nil
            }
        }
    }

    package let key: Key
    private let keyBytes: ByteRange
    private let separatorBytes: ByteRange
    package let value: Expression
    package var keyRange: Range<Int> { keyBytes.range }
    /// The `=` or `:`.
    package var separator: Range<Int> { separatorBytes.range }
    /// From the key to the end of the value, without a comma.
    package var range: Range<Int> { keyRange.lowerBound..<value.range.upperBound }

    package init(key: Key, keyRange: Range<Int>, separator: Range<Int>, value: Expression) {
        self.key = key
        keyBytes = ByteRange(keyRange)
        separatorBytes = ByteRange(separator)
        self.value = value
    }
}

/// `[for k, v in xs : value if condition]` or `{for k, v in xs : key => value... if condition}`
package struct ForExpression: Sendable {
    package var keyName: String?
    package var valueName: String
    package var collection: Expression
    /// Set for the object form.
    package var key: Expression?
    package var value: Expression
    /// The object form's `...`.
    package var groups: Bool
    package var condition: Expression?

    package init(
        keyName: String?, valueName: String, collection: Expression, key: Expression?, value: Expression, groups: Bool,
        condition: Expression?
    ) {
        self.keyName = keyName
        self.valueName = valueName
        self.collection = collection
        self.key = key
        self.value = value
        self.groups = groups
        self.condition = condition
    }
}

/// The inside of a quoted string or heredoc.
package struct Template: Sendable {
    package enum Form: Sendable {
        case quoted
        /// `<<EOT`, or with `indented` `<<-EOT`.
        case heredoc(indented: Bool)
    }

    package indirect enum Part: Sendable {
        /// Text after escapes are resolved.
        case literal(String)
        /// `${expression}`; with `~` the white space beside it is already stripped from the literals.
        case interpolation(Expression)
        /// `%{ if c }…%{ else }…%{ endif }`
        case condition(Expression, then: [Part], otherwise: [Part])
        /// `%{ for k, v in xs }…%{ endfor }`
        case loop(keyName: String?, valueName: String, collection: Expression, body: [Part])
    }

    /// Nearly every template is a plain string, and a tree has more of them than of anything else.
    private enum Content: Sendable {
        case plain(String)
        case parts(Form, [Part])
    }

    private let content: Content

    package init(form: Form, parts: [Part]) { content = .parts(form, parts) }

    /// A quoted string in which nothing is interpolated.
    package init(plain text: String) { content = .plain(text) }

    package var form: Form {
        switch content {
        case .plain: .quoted
        case .parts(let form, _): form
        }
    }

    package var parts: [Part] {
        switch content {
        case .plain(let text): text.isEmpty ? [] : [.literal(text)]
        case .parts(_, let parts): parts
        }
    }

    /// The text where nothing is interpolated.
    package var literal: String? {
        switch content {
        case .plain(let text): return text
        case .parts(_, let parts):
            var text = ""
            for part in parts {
                guard case .literal(let piece) = part else { return nil }
                text += piece
            }
            return text
        }
    }

    /// What is interpolated where that is all there is: `"${x}"`.
    package var interpolation: Expression? {
        guard case .parts(_, let parts) = content, parts.count == 1, case .interpolation(let inner) = parts[0] else { return nil }
        return inner
    }
}
