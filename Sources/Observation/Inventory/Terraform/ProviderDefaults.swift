import Diagnostics
import HCL

/// The tags that a provider adds to all its resources.
///
/// Which provider a resource uses is found as Terraform does: its own `provider` argument, else the default of its type's prefix; in a
/// module, what the caller's `providers` pass, else the caller's provider of the same name.
extension ModuleInstance {
    /// A provider's name as a module knows it: `aws`, `aws.west`.
    static func providerName(of resource: Declaration) -> String {
        let type = resource.label(0) ?? ""
        let prefix = type.utf8.firstIndex(of: UInt8(ascii: "_")).map { String(type[..<$0]) } ?? type
        guard let (attribute, _) = resource.attribute("provider") else { return prefix }
        // What cannot be read is some provider, but not the default one.
        return reference(attribute.value) ?? prefix + ".?"
    }

    /// The default tags of the provider of this name; null without any.
    func providerTags(_ name: String) -> Value {
        // In a module a block that configures nothing only says that its caller passes a provider, as modules were written before
        // `configuration_aliases`.
        if let configured = code.providers[name], call == nil || !configured.isProxy {
            // An error here concerns the tags of many resources: they are unknown for its reason.
            let value = try? remember(.provider(name), called: "provider '\(name)'") { () throws(EvaluationError) in tags(of: configured) }
            return value ?? .unknown("the provider '\(name)' refers to itself")
        }
        guard let call else {
            // Without a provider block the provider has no default tags; an alias needs one.
            return name.contains(".") ? .unknown("there is no provider '\(name)'") : .null
        }
        if let passed = passedProvider(name, in: call) { return call.caller.providerTags(passed) }
        return name.contains(".") ? .unknown("the provider '\(name)' is not passed to \(path)") : call.caller.providerTags(name)
    }

    /// The block that configures the provider of this name, and the module that it stands in; nil where there is none, or it is not known
    /// which.
    func provider(_ name: String) -> (declaration: Declaration, module: ModuleInstance)? {
        if let configured = code.providers[name], call == nil || !configured.isProxy { return (configured, self) }
        guard let call else { return nil }
        if let passed = passedProvider(name, in: call) { return call.caller.provider(passed) }
        return name.contains(".") ? nil : call.caller.provider(name)
    }

    /// What `providers = { aws = aws.west }` says of a name.
    private func passedProvider(_ name: String, in call: ModuleCall) -> String? {
        guard let (attribute, _) = call.declaration.attribute("providers"), case .object(let items) = attribute.value.kind else {
            return nil
        }
        for item in items {
            let key: String?
            switch item.key {
            case .bare(let text): key = text
            case .template(let template): key = template.literal
            case .expression(let expression): key = Self.reference(expression)
            }
            if key == name { return Self.reference(item.value) ?? name + ".?" }
        }
        return nil
    }

    /// `aws` or `aws.west`; old code writes it as a string.
    private static func reference(_ expression: Expression) -> String? {
        switch expression.kind {
        case .variable(let name): name
        case .attribute(let base, let name): reference(base).map { "\($0).\(name)" }
        // `aws.by_region[each.key]`: each of a provider with for_each says the same, or it is not known. The default one has no instances.
        case .index(let base, _): reference(base).flatMap { $0.contains(".") ? $0 : nil }
        case .template(let template): template.literal
        case .parentheses(let inner): reference(inner)
        default: nil
        }
    }

    /// What names mean in a provider's block. OpenTofu repeats providers: what differs between the instances is not known of any.
    func scope(_ file: SourceFile, of provider: Declaration) -> Scope {
        guard provider.isRepeated else { return scope(file) }
        let key = InstanceKey(kind: .unknown("it differs between the instances of the provider"))
        return Scope(file: file, references: InstanceReferences(module: self, key: key))
    }

    private func tags(of provider: Declaration) -> Value {
        if let (attribute, file) = provider.attribute("default_labels") {
            return evaluator.value(of: attribute.value, in: scope(file, of: provider))
        }
        let dynamic = provider.blocks("dynamic").contains { $0.block.labels.first?.text == "default_tags" }
        if dynamic { return .unknown("the provider's default_tags are made by a dynamic block") }
        let blocks = provider.blocks("default_tags")
        guard blocks.count < 2 else { return .unknown("the provider has \(blocks.count) blocks 'default_tags', and may have one") }
        if blocks.contains(where: { !$0.block.labels.isEmpty }) { return .unknown("the provider's block 'default_tags' has a label") }
        guard let (block, file) = blocks.first, let attribute = block.body.attribute("tags") else { return .null }
        return evaluator.value(of: attribute.value, in: scope(file, of: provider))
    }
}

extension Declaration {
    /// Whether a provider block configures nothing.
    fileprivate var isProxy: Bool { blockTypes.isEmpty && attributeNames.isSubset(of: ["alias", "version"]) }
}
