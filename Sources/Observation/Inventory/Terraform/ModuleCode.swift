import CostModel
import Diagnostics
import HCL

/// What a folder of `.tf` files declares, each by name. Built once a folder and shared by all that call it.
final class ModuleCode: Sendable {
    struct Local: Sendable {
        var attribute: Attribute
        var file: SourceFile
    }

    let folder: String
    /// The start of its first file.
    let place: Place?
    let variables: [String: Declaration]
    let locals: [String: Local]
    let outputs: [String: Declaration]
    /// By `type.name`.
    let resources: [String: Declaration]
    /// In source order.
    let resourceOrder: [String]
    let dataSources: [Declaration]
    /// By `type.name`, those of checks too.
    let dataNames: Set<String>
    /// `moved` blocks: from which address to which, inside the module.
    let moves: [(from: String, to: String)]
    /// Blocks that declare nothing by name and may read values: checks, imports, ephemeral resources, Terraform's own settings.
    let otherBlocks: [Declaration]
    let calls: [String: Declaration]
    let callOrder: [String]
    let usualTags: UsualTags
    /// By `aws` or `aws.alias`.
    let providers: [String: Declaration]
    /// What `terraform.tfvars` and `*.auto.tfvars` set; it counts in a root only.
    let variableValues: [String: Local]
    /// What variable files set that are read only when Terraform is told to, by variable.
    let otherVariableValues: [String: [Local]]
    /// Errors of parsing: the folder is not evaluated.
    let errors: [Diagnostic]
    /// Comments that exempt resources, by the files that have some and the start of the resource's block.
    private let exemptions: [String: [Int: [InlineExemption]]]
    let problems: [ObservationProblem]

    init(folder: String, code: TerraformCode) {
        var reader = DeclarationReader()
        let files = code.files(of: folder)
        for parsed in files { reader.add(parsed.file, isOverride: parsed.name.role == .override) }
        let variableFiles = code.variableFiles[folder] ?? []
        var values: [String: Local] = [:]
        for parsed in variableFiles {
            for attribute in parsed.file.body.attributes where !reader.variables.hasOtherForm(of: attribute.name) {
                values[attribute.name] = Local(attribute: attribute, file: parsed.file.source)
            }
        }
        var others: [String: [Local]] = [:]
        for parsed in code.otherVariableFiles(of: folder) {
            for attribute in parsed.file.body.attributes where !reader.variables.hasOtherForm(of: attribute.name) {
                others[attribute.name, default: []].append(Local(attribute: attribute, file: parsed.file.source))
            }
        }
        self.folder = folder
        otherVariableValues = others
        variables = reader.variables
        locals = reader.locals
        outputs = reader.outputs
        resources = reader.resources
        resourceOrder = reader.resourceOrder
        dataSources = reader.dataSources
        let checked = reader.otherBlocks.flatMap { $0.blocks("data") }.map(\.block)
        dataNames = Set((reader.dataSources.map(\.block) + checked).map { $0.labels.map(\.text).joined(separator: ".") })
        otherBlocks = reader.otherBlocks
        moves = reader.moves
        place = files.first.map { Place($0.file.source, 0..<1) }
        calls = reader.calls
        callOrder = reader.callOrder
        usualTags = UsualTags(
            reader.resourceOrder.compactMap { reader.resources[$0] } + reader.callOrder.compactMap { reader.calls[$0] })
        providers = reader.providers
        variableValues = values
        errors = (files + variableFiles).flatMap(\.errors)
        let exempting = files.filter { !$0.exemptions.byBlock.isEmpty }
        exemptions = Dictionary(exempting.map { ($0.path, $0.exemptions.byBlock) }, uniquingKeysWith: { first, _ in first })
        problems =
            reader.problems + variableFiles.flatMap { Self.blocks(in: $0.file) } + (files + variableFiles).flatMap(\.exemptions.problems)
    }

    private static func blocks(in file: HCLFile) -> [ObservationProblem] {
        file.body.blocks.map { block in
            let message = "a variable file has no blocks, and this one has '\(block.type)': Terraform refuses it"
            return ObservationProblem(.partial, id: "misplaced-code", message, at: file.source, block.typeRange)
        }
    }

    /// Whether it is applied by itself, also when something calls it.
    var isApplied: Bool {
        guard variableValues.isEmpty else { return true }
        return otherBlocks.contains { block in
            block.block.type == "terraform" && (!block.blocks("backend").isEmpty || !block.blocks("cloud").isEmpty)
        }
    }

    /// Comments above and in a resource's blocks, those of override files too.
    func inlineExemptions(of declaration: Declaration) -> [InlineExemption] {
        guard !exemptions.isEmpty else { return [] }
        let blocks = [(block: declaration.block, file: declaration.file)] + declaration.overrides
        return blocks.flatMap { exemptions[$0.file.path]?[$0.block.range.lowerBound] ?? [] }.sorted { $0.place < $1.place }
    }

    /// The folder or other source that a module block names.
    func target(of call: Declaration) -> ModulePath.Target? {
        guard let (attribute, _) = call.attribute("source"), case .template(let template) = attribute.value.kind,
            let source = template.literal
        else { return nil }
        return ModulePath.target(of: source, from: folder)
    }
}

/// Sorts a folder's blocks.
private struct DeclarationReader {
    var variables: [String: Declaration] = [:]
    var locals: [String: ModuleCode.Local] = [:]
    var outputs: [String: Declaration] = [:]
    var resources: [String: Declaration] = [:]
    var resourceOrder: [String] = []
    var dataSources: [Declaration] = []
    var otherBlocks: [Declaration] = []
    var moves: [(from: String, to: String)] = []
    var calls: [String: Declaration] = [:]
    var callOrder: [String] = []
    var providers: [String: Declaration] = [:]
    var problems: [ObservationProblem] = []

    mutating func add(_ file: HCLFile, isOverride: Bool) {
        problems += MisplacedCode.all(in: file).map { mistake in
            ObservationProblem(.partial, id: "misplaced-code", mistake.message, at: file.source, mistake.range)
        }
        for block in file.body.blocks {
            let declaration = Declaration(block: block, file: file.source)
            switch (block.type, block.labels.count) {
            case ("variable", 1): place(declaration, block.labels[0].text, in: \.variables, isOverride)
            case ("output", 1): place(declaration, block.labels[0].text, in: \.outputs, isOverride)
            case ("resource", 2):
                let name = "\(block.labels[0].text).\(block.labels[1].text)"
                if place(declaration, name, in: \.resources, isOverride) { resourceOrder.append(name) }
            case ("data", 2): dataSources.append(declaration)
            case ("module", 1):
                if place(declaration, block.labels[0].text, in: \.calls, isOverride) { callOrder.append(block.labels[0].text) }
            case ("provider", 1):
                let alias = Self.literal(block.body.attribute("alias"))
                if alias == nil, let attribute = block.body.attribute("alias") {
                    let message = "a provider's alias is a plain text, and this one is computed: Terraform refuses it"
                    problems.append(
                        ObservationProblem(.partial, id: "misplaced-code", message, at: file.source, attribute.nameRange))
                }
                place(declaration, block.labels[0].text + (alias.map { ".\($0)" } ?? ""), in: \.providers, isOverride)
            case ("locals", 0):
                for attribute in block.body.attributes { place(ModuleCode.Local(attribute: attribute, file: file.source), isOverride) }
            // It names resources and reads nothing.
            case ("moved", 0):
                guard let from = block.body.attribute("from")?.value.address, let to = block.body.attribute("to")?.value.address else {
                    break
                }
                moves.append((from, to))
            default: otherBlocks.append(declaration)
            }
        }
    }

    private mutating func place(_ local: ModuleCode.Local, _ isOverride: Bool) {
        let name = local.attribute.name
        let isKnown = locals[name] != nil
        if locals.hasOtherForm(of: name) || isKnown && !isOverride {
            reportSecond("local", name, at: local.file, local.attribute.nameRange)
        }
        locals[name] = local
    }

    private mutating func reportSecond(_ type: String, _ name: String, at file: SourceFile, _ range: Range<Int>) {
        problems.append(ObservationProblem(.partial, id: "duplicate-declaration", "\(type) '\(name)' is declared twice", at: file, range))
    }

    /// True for a new name. Terraform refuses a second block of a name, and an override of nothing. Names that are equal here and not by
    /// their bytes are two for Terraform, of which only one is read.
    @discardableResult
    private mutating func place(
        _ declaration: Declaration, _ name: String, in names: WritableKeyPath<Self, [String: Declaration]>, _ isOverride: Bool
    ) -> Bool {
        guard self[keyPath: names][name] != nil else {
            self[keyPath: names][name] = declaration
            return true
        }
        if isOverride, !self[keyPath: names].hasOtherForm(of: name) {
            self[keyPath: names][name]?.overrides.append((declaration.block, declaration.file))
        } else {
            reportSecond(declaration.block.type, name, at: declaration.file, declaration.block.typeRange)
        }
        return false
    }

    private static func literal(_ attribute: Attribute?) -> String? {
        guard case .template(let template)? = attribute?.value.kind else { return nil }
        return template.literal
    }
}

extension Dictionary where Key == String {
    /// Whether it has this name in another form: the same characters by other bytes. Terraform composes texts, and not names.
    func hasOtherForm(of name: String) -> Bool {
        index(forKey: name).map { !self[$0].key.utf8.elementsEqual(name.utf8) } ?? false
    }
}

extension Expression {
    /// `module.a.aws_instance.web["k"]`, as addresses are written; nil for what is none.
    var address: String? {
        switch kind {
        case .variable(let name): return name
        // An interpolation alone is the value itself, as JSON syntax has to write it.
        case .template(let template):
            return template.interpolation?.address
        case .attribute(let base, let name): return base.address.map { "\($0).\(name)" }
        case .index(let base, let key):
            switch key.kind {
            case .number(let text): return base.address.map { "\($0)[\(text)]" }
            case .template(let template):
                guard let text = template.literal else { return nil }
                return base.address.map { "\($0)[\(InstanceKey.quoted(text.composed))]" }
            default: return nil
            }
        default: return nil
        }
    }
}
