import Diagnostics
import HCL

/// Finds the lines of Terraform files on which secrets are written out, so that nothing shows them that shows code.
///
/// A secret is what Terraform would not show, and what is handed to a place that it would not show: with `password = local.p` the local is one.
final class SecretLines {
    private let code: TerraformCode
    private var folders: [String: FolderSecrets] = [:]

    init(_ code: TerraformCode) {
        self.code = code
    }

    func lines(of path: String) -> Set<Int> {
        let folder = ModulePath.folder(of: path)
        var ranges = secrets(of: folder).ranges[path] ?? []
        // A variable file belongs to the nearest code around.
        if ranges.isEmpty, code.folders[folder]?.isEmpty ?? true, let owner = code.owner(of: folder) {
            ranges = secrets(of: owner).ranges[path] ?? []
        }
        guard !ranges.isEmpty, let source = code.source(of: path) else { return [] }
        return ranges.reduce(into: []) { lines, range in
            lines.formUnion(source.line(at: range.lowerBound)...source.line(at: max(range.lowerBound, range.upperBound - 1)))
        }
    }

    /// Whether a module hides what is passed for a variable.
    fileprivate func hides(_ variable: String, in folder: String) -> Bool { secrets(of: folder).names.contains("var." + variable) }

    private func secrets(of folder: String) -> FolderSecrets {
        if let known = folders[folder] { return known }
        // Modules that call each other in a circle find nothing more by going round.
        folders[folder] = FolderSecrets()
        let module = ModuleCode(folder: folder, code: code)
        var found = FolderSecrets()
        for parsed in code.files(of: folder) { found.visit(parsed.file.body, parsed.file.source.path, module, self) }
        found.follow(module)
        folders[folder] = found
        return found
    }
}

private struct FolderSecrets {
    /// By path.
    var ranges: [String: [Range<Int>]] = [:]
    /// `local.p`, `var.p`: what comes to a place that is not shown.
    private(set) var names: Set<String> = []
    private var pending: [String] = []

    mutating func visit(_ body: Body, _ path: String, _ module: ModuleCode, _ others: SecretLines, type: String = "") {
        for attribute in body.attributes {
            if SensitiveArguments.contains(attribute.name, of: type) {
                hide(attribute.value, path)
            } else {
                scan(attribute.value, path)
            }
        }
        for block in body.blocks {
            switch block.type {
            case "variable" where Self.isMarked(block):
                if let name = block.labels.first?.text { hide("var." + name) }
            case "output" where Self.isMarked(block):
                if let value = block.body.attribute("value") { hide(value.value, path) }
            case "module": visit(call: block, path, module, others)
            case "resource", "data", "ephemeral": visit(block.body, path, module, others, type: block.labels.first?.text ?? "")
            default: visit(block.body, path, module, others, type: type)
            }
        }
    }

    private mutating func visit(call: Block, _ path: String, _ module: ModuleCode, _ others: SecretLines) {
        let declaration = call.labels.first.flatMap { module.calls[$0.text] }
        for attribute in call.body.attributes {
            if case .folder(let folder)? = declaration.flatMap({ module.target(of: $0) }), others.hides(attribute.name, in: folder) {
                hide(attribute.value, path)
            } else if SensitiveArguments.contains(attribute.name, of: "") {
                hide(attribute.value, path)
            } else {
                scan(attribute.value, path)
            }
        }
    }

    /// What nobody says is not marked; what cannot be read is.
    private static func isMarked(_ block: Block) -> Bool {
        ["sensitive", "ephemeral"].contains { mark in
            guard let attribute = block.body.attribute(mark) else { return false }
            if case .bool(false) = attribute.value.kind { return false }
            return true
        }
    }

    /// Looks for secrets inside what is none itself.
    private mutating func scan(_ expression: Expression, _ path: String) {
        switch expression.kind {
        case .call("sensitive", _, let arguments, _), .call("ephemeral", _, let arguments, _):
            for argument in arguments { hide(argument, path) }
        case .object(let items):
            for item in items {
                if let key = item.key.literal, SensitiveArguments.contains(key, of: "") {
                    hide(item.value, path)
                } else {
                    scan(item.value, path)
                }
            }
        default:
            for child in expression.children { scan(child, path) }
        }
    }

    /// Everything that is written out in an expression is hidden, and what it refers to.
    private mutating func hide(_ expression: Expression, _ path: String) {
        switch expression.kind {
        case .template(let template):
            let hasText = template.parts.contains { if case .literal(let text) = $0 { !text.isEmpty } else { false } }
            if hasText { ranges[path, default: []].append(expression.range) }
        case .number: ranges[path, default: []].append(expression.range)
        case .attribute, .index:
            if let words = expression.address?.split(separator: "."), words.count > 1, words[0] == "local" || words[0] == "var" {
                hide("\(words[0]).\(words[1].prefix { $0 != "[" })")
            }
        default: break
        }
        for child in expression.children { hide(child, path) }
    }

    private mutating func hide(_ name: String) {
        if names.insert(name).inserted { pending.append(name) }
    }

    mutating func follow(_ module: ModuleCode) {
        while let name = pending.popLast() {
            let word = String(name.drop { $0 != "." }.dropFirst())
            if name.hasPrefix("local.") {
                if let local = module.locals[word] { hide(local.attribute.value, local.file.path) }
                continue
            }
            if let (preset, file) = module.variables[word]?.attribute("default") { hide(preset.value, file.path) }
            for given in [module.variableValues[word]].compactMap(\.self) + (module.otherVariableValues[word] ?? []) {
                hide(given.attribute.value, given.file.path)
            }
        }
    }
}
