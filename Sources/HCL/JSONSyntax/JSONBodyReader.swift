import Diagnostics
import JSON

/// Makes of a JSON document the tree that native syntax has, by the rules of HCL's JSON syntax.
///
/// <https://github.com/hashicorp/hcl/blob/main/json/spec.md>. All ranges are those of the document: of a block that begins with its last
/// key, so that blocks that share the others lie beside each other.
struct JSONBodyReader {
    let source: SourceFile
    let limits: ParserLimits
    private(set) var diagnostics: [Diagnostic] = []
    /// What stands under `//` in bodies.
    private(set) var comments: [HCLFile.JSONComment] = []

    init(_ source: SourceFile, limits: ParserLimits) {
        self.source = source
        self.limits = limits
    }

    mutating func report(_ error: SyntaxError) {
        if diagnostics.count < limits.errors { diagnostics.append(error.diagnostic(in: source)) }
    }

    // MARK: Bodies

    /// - Parameter range: of the value without its brackets.
    mutating func body(_ node: JSONNode, _ schema: BodySchema, depth: Int) -> Body {
        var body = Body(
            attributes: [], blocks: [], range: node.range.lowerBound + 1..<max(node.range.lowerBound + 1, node.range.upperBound - 1))
        var names: [String: Range<Int>] = [:]
        for member in members(of: node, "its arguments and blocks") {
            let name = member.key.text
            if name == "//" {
                comment(member.value)
                continue
            }
            switch schema.property(name, member.value) {
            case .block(let labels, let inner):
                blocks(name, member.value, place(member), labels, [], inner, depth + 1, into: &body)
            case .argument(let reading):
                if let first = names[name] { report(.duplicateAttribute(name, at: member.key.range, first: first)) }
                names[name] = member.key.range
                body.attributes.append(
                    Attribute(
                        name: name, nameRange: member.key.range, equals: member.colon..<member.colon + 1,
                        value: expression(member.value, reading, depth: depth + 1)))
            case nil: report(.unknownProperty(name, at: member.key.range))
            }
        }
        return body
    }

    /// The properties of an object, or of all objects of an array.
    private mutating func members(of node: JSONNode, _ what: String) -> [JSONNode.Member] {
        switch node.kind {
        case .null: return []
        case .object(let members): return members
        case .array(let elements):
            var all: [JSONNode.Member] = []
            for element in elements {
                guard case .object(let members) = element.kind else {
                    report(.expectedObject(what, at: element.range))
                    continue
                }
                all += members
            }
            return all
        default:
            report(.expectedObject(what, at: node.range))
            return []
        }
    }

    private mutating func comment(_ value: JSONNode) {
        switch value.kind {
        case .string(let text): comments.append(HCLFile.JSONComment(text: text.text, range: text.range))
        case .array(let elements): for element in elements { comment(element) }
        default: break
        }
    }

    // MARK: Blocks

    /// Where a block begins that is written as a member, and where one that is an element of an array.
    private func place(_ member: JSONNode.Member) -> Range<Int> {
        if case .object = member.value.kind { return member.key.range }
        return member.value.range.lowerBound..<member.value.range.lowerBound + 1
    }

    private mutating func blocks(
        _ type: String, _ node: JSONNode, _ place: Range<Int>, _ labelsLeft: Int, _ labels: [Block.Label], _ schema: BodySchema,
        _ depth: Int, into body: inout Body
    ) {
        if labelsLeft > 0 {
            let members = members(of: node, "the names of blocks '\(type)'")
            if members.isEmpty { report(.missingLabel(type, at: node.range)) }
            for member in members {
                let label = Block.Label(text: member.key.text, range: member.key.range)
                blocks(type, member.value, self.place(member), labelsLeft - 1, labels + [label], schema, depth + 1, into: &body)
            }
            return
        }
        switch node.kind {
        case .null: break
        case .object: body.blocks.append(block(type, node, place, labels, schema, depth))
        case .array(let elements):
            for element in elements {
                let start = element.range.lowerBound..<element.range.lowerBound + 1
                body.blocks.append(block(type, element, start, labels, schema, depth))
            }
        default: report(.expectedObject("the blocks '\(type)'", at: node.range))
        }
    }

    private mutating func block(
        _ type: String, _ node: JSONNode, _ place: Range<Int>, _ labels: [Block.Label], _ schema: BodySchema, _ depth: Int
    ) -> Block {
        Block(
            type: type, typeRange: place, labels: labels, body: body(node, schema, depth: depth), openBrace: node.range.lowerBound,
            closeBrace: max(node.range.lowerBound, node.range.upperBound - 1))
    }
}

extension BodySchema {
    /// Nil for a name that may not stand there.
    fileprivate func property(_ name: String, _ value: JSONNode) -> Property? {
        if let known = properties[name] { return known }
        switch others {
        case .refused: return nil
        case .arguments(let reading): return .argument(reading)
        case .provider where name == "dynamic": return .block(labels: 1, .dynamic)
        case .provider: return Self.looksLikeBlocks(name, value) ? .block(labels: 0, .nested) : .argument(.expression)
        }
    }

    private static func looksLikeBlocks(_ name: String, _ value: JSONNode) -> Bool {
        switch value.kind {
        case .object(let members): !isMap(name) && hasNames(members)
        case .array(let elements):
            !elements.isEmpty
                && elements.allSatisfy { element in
                    if case .object(let members) = element.kind { hasNames(members) } else { false }
                }
        default: false
        }
    }

    private static func hasNames(_ members: [JSONNode.Member]) -> Bool {
        members.allSatisfy { $0.key.text == "//" || HCLString.isIdentifier($0.key.text) }
    }
}

extension SyntaxError {
    fileprivate static func unknownProperty(_ name: String, at range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "syntax", message: "a file of Terraform has no block or argument '\(name.prefix(80))'", range: range)
    }

    fileprivate static func expectedObject(_ what: String, at range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "syntax", message: "expected an object or an array of objects with \(what)", range: range)
    }

    fileprivate static func missingLabel(_ type: String, at range: Range<Int>) -> SyntaxError {
        SyntaxError(id: "syntax", message: "expected an object whose keys name the blocks '\(type)'", range: range)
    }
}
