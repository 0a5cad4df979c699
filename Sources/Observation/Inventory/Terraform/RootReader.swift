import CostModel
import Diagnostics
import HCL

/// Reads one root module: walks its modules and lists what their resource blocks make.
struct RootReader {
    let folder: String
    let context: RootContext
    let options: TerraformReader.Options
    private(set) var resources: [Resource] = []
    private(set) var problems: [ObservationProblem] = []
    private(set) var moves = StateMoves()
    /// By the module's folder.
    private var references: [String: ReferenceFinder] = [:]

    init(folder: String, context: RootContext, options: TerraformReader.Options) {
        self.folder = folder
        self.context = context
        self.options = options
    }

    mutating func read(_ code: ModuleCode) {
        resources.reserveCapacity(code.resourceOrder.count)
        let instance = ModuleInstance(code: code, path: "", call: nil, context: context)
        visit(instance)
        instance.letGo()
        context.letGo()
        resources.sort { $0.identity < $1.identity }
        for error in context.evaluator.problems {
            problems.append(error.isLimit ? problem(.partial, id: "limit", error) : problem(.note, id: "evaluation", error))
        }
    }

    private func problem(_ severity: ObservationProblem.Severity, id: String, _ error: EvaluationError) -> ObservationProblem {
        guard let range = error.range else { return ObservationProblem(severity, id: id, file: folder, error.message) }
        return ObservationProblem(severity, id: id, error.message, at: range.file, range.bytes)
    }

    private mutating func visit(_ module: ModuleInstance) {
        for move in module.code.moves {
            let prefix = module.path.isEmpty ? "" : module.path + "."
            moves.add(from: prefix + move.from, to: prefix + move.to)
        }
        if module.path.isEmpty { readImports(of: module) }
        for name in module.code.resourceOrder {
            do {
                let repetition = try module.instances(ofResource: name)
                if case .single = repetition { try context.admitInstance() }
                if case .unknown(let instance, let reason) = repetition { remark(instance.declaration, "'\(instance.address)'", reason) }
                for instance in repetition.instances { add(instance) }
            } catch {
                problems.append(problem(.partial, id: "not-evaluated", error))
            }
        }
        for name in module.code.callOrder {
            do {
                guard let repetition = try module.children(name) else { continue }
                if case .unknown(let child, let reason) = repetition, let call = child.call {
                    remark(call.declaration, "module '\(name)'", reason)
                }
                for child in repetition.instances { visit(child) }
            } catch {
                problems.append(problem(.partial, id: "not-evaluated", error))
            }
        }
    }

    private mutating func readImports(of module: ModuleInstance) {
        for block in module.code.otherBlocks where block.block.type == "import" {
            guard let to = block.attribute("to")?.attribute.value.address, let (id, file) = block.attribute("id"),
                let text = module.evaluator.value(of: id.value, in: module.scope(file)).text
            else { continue }
            moves.add(import: text, to: to)
        }
    }

    private mutating func remark(_ declaration: Declaration, _ what: String, _ reason: String) {
        problems.append(
            ObservationProblem(
                .note, id: "unknown-repetition", "how many instances \(what) has is not known: \(reason)", at: declaration.file,
                declaration.block.typeRange))
    }

    private mutating func add(_ instance: ResourceInstance) {
        let tags = TagReader(instance: instance, takesTags: options.takesTags(instance.type))
        let size = SizeReader.read(instance)
        var resource = Resource(
            identity: ResourceIdentity(root: folder, address: instance.address), type: instance.type,
            provider: Self.shortName(ModuleInstance.providerName(of: instance.declaration)),
            location: instance.declaration.place, block: instance.declaration.span, tags: tags.read(), size: size,
            inlineExemptions: instance.module.code.inlineExemptions(of: instance.declaration))
        resource.ignoredChanges = IgnoredChangesReader.read(instance)
        ArgumentCheck.run(on: instance, without: readArguments(of: instance, size))
        if options.readsAttributes {
            resource.attributes = AttributeReader.attributes(of: instance)
            let found = references(in: instance.module.code)
            let name = "\(instance.type).\(instance.name)"
            resource.referencedBy = found.referrers[name] ?? []
            resource.isPassedOn = found.passedOn.contains(name)
        }
        resources.append(resource)
    }

    /// `aws` of `aws.west`
    private static func shortName(_ provider: String) -> String {
        provider.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(provider[..<$0]) } ?? provider
    }

    /// The arguments that are read for what they mean.
    private func readArguments(of instance: ResourceInstance, _ size: SizeArgument?) -> [String] {
        [TagArgument.of(instance.type).name] + (size.map { [$0.name] } ?? [])
    }

    private mutating func references(in code: ModuleCode) -> ReferenceFinder {
        if let known = references[code.folder] { return known }
        let found = ReferenceFinder(code)
        references[code.folder] = found
        return found
    }
}
