import CostModel
import Diagnostics
import HCL

/// What the code of one root makes.
struct RootContents: Sendable {
    /// Sorted, where it is read in one go.
    var resources: [Resource] = []
    var problems: [ObservationProblem] = []
    /// How addresses of its state become those of its code.
    var moves = StateMoves()
    /// The folders of the modules that it has instances of, and its own.
    var visited: Set<String> = []
    /// The calls of modules whose code is not here.
    var unseen: [UnseenModule] = []
    /// Of resources and modules.
    var instances = 0
}

/// Reads one root module: walks its modules and lists what their resource blocks make.
struct RootReader {
    let folder: String
    let context: RootContext
    let options: TerraformReader.Options
    private(set) var contents = RootContents()
    /// By the module's folder.
    private var references: [String: ReferenceFinder] = [:]
    /// Why it is not known how many instances the module has that is being read; nil: it is.
    private var unknownCount: String?

    init(folder: String, context: RootContext, options: TerraformReader.Options) {
        self.folder = folder
        self.context = context
        self.options = options
    }

    mutating func read(_ code: ModuleCode) {
        read(code, resources: code.resourceOrder[...], others: true)
        contents.resources.sortByIdentity()
        for error in context.evaluator.problems {
            contents.problems.append(error.isLimit ? problem(.partial, id: "limit", error) : problem(.note, id: "evaluation", error))
        }
    }

    /// Reads some of the root's own resource blocks, and with `others` whatever else it has.
    mutating func read(_ code: ModuleCode, resources names: ArraySlice<String>, others: Bool) {
        contents.resources.reserveCapacity(names.count)
        let instance = ModuleInstance(code: code, path: "", call: nil, context: context)
        contents.visited.insert(code.folder)
        if others { readMoves(of: instance) }
        readResources(names, of: instance)
        if others { readChildren(of: instance) }
        contents.instances = context.instances
        instance.letGo()
        context.letGo()
    }

    private func problem(_ severity: ObservationProblem.Severity, id: String, _ error: EvaluationError) -> ObservationProblem {
        guard let range = error.range else { return ObservationProblem(severity, id: id, file: folder, error.message) }
        return ObservationProblem(severity, id: id, error.message, at: range.file, range.bytes)
    }

    private mutating func visit(_ module: ModuleInstance) {
        contents.visited.insert(module.code.folder)
        readMoves(of: module)
        readResources(module.code.resourceOrder[...], of: module)
        readChildren(of: module)
    }

    private mutating func readMoves(of module: ModuleInstance) {
        for move in module.code.moves {
            let prefix = module.path.isEmpty ? "" : module.path + "."
            contents.moves.add(from: prefix + move.from, to: prefix + move.to)
        }
        if module.path.isEmpty { readImports(of: module) }
    }

    private mutating func readResources(_ names: ArraySlice<String>, of module: ModuleInstance) {
        for name in names {
            do {
                let repetition = try module.instances(ofResource: name)
                if case .single = repetition { try context.admitInstance() }
                if case .unknown(let instance, let reason) = repetition { remark(instance.declaration, "'\(instance.address)'", reason) }
                var reason: String?
                if case .unknown(_, let unknown) = repetition { reason = unknown }
                for instance in repetition.instances { add(instance, unknownCount: reason ?? unknownCount) }
            } catch {
                contents.problems.append(problem(.partial, id: "not-evaluated", error))
            }
        }
    }

    private mutating func readChildren(of module: ModuleInstance) {
        for name in module.code.callOrder {
            do {
                guard let repetition = try module.children(name) else {
                    if let unseen = try module.unseenModule(name, in: folder) { contents.unseen.append(unseen) }
                    continue
                }
                if case .unknown(let child, let reason) = repetition, let call = child.call {
                    remark(call.declaration, "module '\(name)'", reason)
                }
                let around = unknownCount
                if case .unknown(_, let reason) = repetition { unknownCount = reason }
                for child in repetition.instances { visit(child) }
                unknownCount = around
            } catch {
                contents.problems.append(problem(.partial, id: "not-evaluated", error))
            }
        }
    }

    private mutating func readImports(of module: ModuleInstance) {
        for block in module.code.otherBlocks where block.block.type == "import" {
            guard let (to, place) = block.attribute("to"), let (id, file) = block.attribute("id") else { continue }
            let keys = try? block.repetition(in: module) { (key: InstanceKey) throws(EvaluationError) in key }
            for key in keys?.instances ?? [] {
                let references = InstanceReferences(module: module, key: key)
                guard let address = address(to.value, in: Scope(file: place, references: references)),
                    let text = context.evaluator.value(of: id.value, in: Scope(file: file, references: references)).text
                else { continue }
                contents.moves.add(import: text, to: address)
            }
        }
    }

    /// `aws_instance.web[each.key]` with the key that it has.
    private func address(_ expression: Expression, in scope: Scope) -> String? {
        switch expression.kind {
        case .attribute(let base, let name): return address(base, in: scope).map { "\($0).\(name)" }
        case .index(let base, let key):
            guard let base = address(base, in: scope) else { return nil }
            switch context.evaluator.value(of: key, in: scope).kind {
            case .string(let text): return "\(base)[\(InstanceKey.quoted(text))]"
            case .number(let number): return "\(base)[\(number)]"
            default: return nil
            }
        default: return expression.address
        }
    }

    private mutating func remark(_ declaration: Declaration, _ what: String, _ reason: String) {
        contents.problems.append(
            ObservationProblem(
                .note, id: "unknown-repetition", "how many instances \(what) has is not known: \(reason)", at: declaration.file,
                declaration.block.typeRange))
    }

    private mutating func add(_ instance: ResourceInstance, unknownCount: String?) {
        let tags = TagReader(instance: instance, takesTags: options.takesTags(instance.type))
        let size = SizeReader.read(instance)
        var resource = Resource(
            identity: ResourceIdentity(root: folder, address: instance.address), type: instance.type,
            provider: Self.shortName(ModuleInstance.providerName(of: instance.declaration)),
            location: instance.declaration.place, block: instance.declaration.span, tags: tags.read(), size: size,
            inlineExemptions: instance.module.code.inlineExemptions(of: instance.declaration))
        resource.ignoredChanges = IgnoredChangesReader.read(instance)
        resource.unknownCount = unknownCount
        ArgumentCheck.run(on: instance, without: readArguments(of: instance, size))
        if options.readsAttributes {
            resource.attributes = AttributeReader.attributes(of: instance)
            resource.region = RegionReader.region(of: instance)
            let found = references(in: instance.module.code)
            let name = "\(instance.type).\(instance.name)"
            resource.referencedBy = found.referrers[name] ?? []
            resource.isPassedOn = found.passedOn.contains(name)
        }
        contents.resources.append(resource)
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

extension RootContents {
    /// The same resources with the tags that hold in every workspace.
    ///
    /// - Parameter other: what is known without knowing the workspace. How many instances there are may depend on it as well; then one of its
    ///   resources stands for all.
    func doubted(by other: RootContents) -> RootContents {
        let known = Dictionary(other.resources.map { ($0.identity.address, $0.tags) }, uniquingKeysWith: { first, _ in first })
        var result = self
        result.visited.formUnion(other.visited)
        result.unseen = other.unseen
        for index in resources.indices {
            let (address, tags) = (resources[index].identity.address, resources[index].tags)
            let found = known[address] ?? ResourceAddress.broader(address).lazy.compactMap { known[$0] }.first
            guard let found, found.openReason != tags.openReason || !found.tags.hasSameValues(as: tags.tags) else { continue }
            result.resources[index].tags.tags = found.tags
            result.resources[index].tags.openReason = found.openReason
            result.resources[index].tags.openKeys = found.openKeys
            result.resources[index].tags.presumed = PresumedTags(tags: tags.tags, isWhole: tags.openReason == nil)
        }
        return result
    }
}
