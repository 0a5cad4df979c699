import CostModel
import Diagnostics
import HCL

/// Who names whom inside one module: which blocks mention a resource, directly or by way of locals.
struct ReferenceFinder {
    /// A block, or a local, that mentions others.
    private enum Source: Hashable {
        case resource(type: String, name: String)
        case data(type: String, name: String)
        case local(String)
        /// An output, or a module's argument: whoever uses it is not seen here.
        case outside
    }

    /// By `type.name`.
    private(set) var referrers: [String: [Resource.Referrer]] = [:]
    /// By `type.name`: what an output or a module's argument passes on.
    private(set) var passedOn: Set<String> = []

    init(_ code: ModuleCode) {
        var mentions: [Source: Set<String>] = [:]
        for (name, local) in code.locals { mentions[.local(name), default: []].formUnion(Self.mentions(in: local.attribute.value)) }
        for declaration in code.resources.values {
            let source = Source.resource(type: declaration.label(0) ?? "", name: declaration.label(1) ?? "")
            mentions[source, default: []].formUnion(Self.mentions(in: declaration))
        }
        for declaration in code.dataSources {
            let source = Source.data(type: declaration.label(0) ?? "", name: declaration.label(1) ?? "")
            mentions[source, default: []].formUnion(Self.mentions(in: declaration))
        }
        for declaration in Array(code.outputs.values) + Array(code.calls.values) {
            mentions[.outside, default: []].formUnion(Self.mentions(in: declaration))
        }
        for source in mentions.keys {
            if case .local = source { continue }
            for name in Self.closure(of: mentions[source] ?? [], mentions) where code.resources[name] != nil {
                switch source {
                case .outside: passedOn.insert(name)
                case .resource(let type, let own):
                    if "\(type).\(own)" != name { referrers[name, default: []].append(.init(type: type, address: "\(type).\(own)")) }
                case .data(let type, let own): referrers[name, default: []].append(.init(type: "data", address: "data.\(type).\(own)"))
                case .local: break
                }
            }
        }
        for name in referrers.keys { referrers[name]?.sort { ($0.address, $0.type) < ($1.address, $1.type) } }
        let namedBy = referrers.mapValues { Set($0.map(\.type)).sorted() }
        for name in referrers.keys {
            referrers[name] = referrers[name]?.map { referrer in
                var referrer = referrer
                referrer.referencedBy = namedBy[referrer.address] ?? []
                if referrer.type == "aws_vpc_endpoint", let declaration = code.resources[referrer.address] {
                    referrer.service = Self.service(of: declaration)
                }
                return referrer
            }
        }
    }

    /// What is mentioned, locals followed.
    private static func closure(of names: Set<String>, _ mentions: [Source: Set<String>]) -> Set<String> {
        var found = names
        var open = Array(names)
        while let name = open.popLast() {
            guard name.hasPrefix("local."), let more = mentions[.local(String(name.dropFirst(6)))] else { continue }
            for next in more where found.insert(next).inserted { open.append(next) }
        }
        return found
    }

    /// `s3` of `"com.amazonaws.${var.region}.s3"`; empty where the last word is not written out.
    private static func service(of declaration: Declaration) -> String {
        guard let (attribute, file) = declaration.attribute("service_name") else { return "" }
        let text = file.text(attribute.value.range)
        guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 2 else { return "" }
        let word = text.dropFirst().dropLast().split(separator: ".").last ?? ""
        return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ? String(word) : ""
    }

    private static func mentions(in declaration: Declaration) -> Set<String> {
        var found: Set<String> = []
        for block in [declaration.block] + declaration.overrides.map(\.block) { visit(block.body, &found) }
        return found
    }

    private static func mentions(in expression: Expression) -> Set<String> {
        var found: Set<String> = []
        visit(expression, &found)
        return found
    }

    private static func visit(_ body: Body, _ found: inout Set<String>) {
        for attribute in body.attributes { visit(attribute.value, &found) }
        for block in body.blocks { visit(block.body, &found) }
    }

    /// `aws_vpc.main`, `local.common`; the parser bounds how deep expressions are.
    private static func visit(_ expression: Expression, _ found: inout Set<String>) {
        if case .attribute(let value, let name) = expression.kind, case .variable(let root) = value.kind {
            found.insert("\(root).\(name)")
        }
        for child in expression.children { visit(child, &found) }
    }
}
