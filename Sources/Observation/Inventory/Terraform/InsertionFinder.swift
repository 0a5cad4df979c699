import CostModel
import Diagnostics
import HCL

/// Finds where a new tag can be written so that this resource gets it, the best place first.
///
/// Code of a module that several callers use is nobody's own: a key of one team has no place in it.
/// A resource in a module is the caller's: who calls a module with `tags` adds to those first. Then come the literals that stand in the
/// resource's block, then those that it refers to; of several the last, because its keys win.
struct InsertionFinder {
    let instance: ResourceInstance
    let argument: TagArgument

    func locations(_ own: Value?) -> [EditLocation] {
        guard let own else { return newObject }
        var sources = own.mapValue?.sources ?? []
        if own.isNull, var origin = own.origin {
            origin.computed = "null"
            sources = [origin]
        }
        let given = Set(sources.lazy.flatMap(\.path).compactMap(Self.callGiving))
        // Nearly every resource has its tags in one literal.
        if sources.count == 1 {
            let found = candidates(sources[0], given)
            if found.count < 2 { return found.map(\.location) }
        }
        let ranked = sources.reversed().flatMap { candidates($0, given) }
        var seen: Set<EditLocation> = []
        let order = ranked.indices.sorted { (ranked[$0].rank, $0) < (ranked[$1].rank, $1) }
        return order.map { ranked[$0].location }.filter { seen.insert($0).inserted }
    }

    private var newObject: [EditLocation] {
        guard !argument.isRepeatedBlock else { return [] }
        guard let name = argument.block else {
            return isShared(instance.declaration.file) ? [] : [.missingKey(argument.name, in: instance.declaration.span)]
        }
        guard let (block, file) = instance.declaration.blocks(name).first, !isShared(file) else { return [] }
        return [.missingKey(argument.name, in: FileSpan(file: file.path, bytes: block.range))]
    }

    /// The module whose call gives a part of the tags.
    private static func callGiving(_ step: Origin.Step) -> String? {
        guard case .reference(let reference) = step, reference.kind == .argument else { return nil }
        return reference.scope
    }

    /// - Parameter given: modules whose calls give a part of the tags.
    private func candidates(_ source: Origin, _ given: Set<String>) -> [(rank: Int, location: EditLocation)] {
        var result: [(rank: Int, location: EditLocation)] = []
        if let location = newArgument(source, given) { result.append((10, location)) }
        guard source.isLiteral, !isShared(source.file) else { return result }
        let place = EditLocation.collection(FileSpan(file: source.file.path, bytes: source.range))
        guard !source.path.isEmpty || !instance.module.path.isEmpty else { return result + [(0, place)] }
        let kinds = source.path.compactMap { step -> Origin.Reference.Kind? in
            if case .reference(let reference) = step { return reference.kind }
            return nil
        }
        // A detour such as a condition does not stand in the way, but whatever has none is better.
        var rank = 0
        if source.path.contains(.each) { rank += 3 }
        if source.viaCondition || source.viaFunction || source.path.contains(.iteration) { rank += 15 }
        if kinds.contains(.resource) { rank += 200 }
        let arguments = kinds.count { $0 == .argument }
        // The outermost caller knows best whose resource it is.
        if arguments > 0 {
            rank -= 10 * min(arguments, 9)
        } else if !instance.module.path.isEmpty || kinds.contains(.output) {
            rank += 20
        }
        if kinds.count > arguments { rank += 5 }
        result.append((rank, place))
        return result
    }

    /// Whether a file is code of a module that others use as well.
    private func isShared(_ file: SourceFile) -> Bool { instance.module.context.isShared(ModulePath.folder(of: file.path)) }

    /// Why there is no place in code of a module that others use as well; nil where that is not the reason.
    var lacking: String? {
        let code = instance.module.code
        guard instance.module.context.isShared(code.folder) else { return nil }
        let module = "the module in '\(code.folder)' has several callers"
        let name = argument.isRepeatedBlock ? "tags" : argument.name
        guard code.variables[name] != nil else { return "\(module): it should take '\(name)' as an argument" }
        return "\(module): its argument '\(name)' should reach this resource"
    }

    /// A variable that has its default in this module could be passed by the module block instead; but whoever passes tags already does not
    /// want the same said again for a part of the module's resources.
    private func newArgument(_ source: Origin, _ given: Set<String>) -> EditLocation? {
        for step in source.path {
            guard case .reference(let reference) = step, reference.kind == .variableDefault, !reference.scope.isEmpty,
                !given.contains(reference.scope)
            else { continue }
            guard let call = instance.module.context.call(of: reference.scope), !call.passes(reference.name),
                !isShared(call.declaration.file)
            else { continue }
            return .missingKey(reference.name, in: call.declaration.span)
        }
        return nil
    }
}
