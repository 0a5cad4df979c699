import CostModel
import Diagnostics
import HCL

/// Finds where a new tag can be written so that this resource gets it, the best place first.
///
/// A resource in a module is the caller's: who calls a module with `tags` adds to those first. Then come the literals that stand in the
/// resource's block, then those that it refers to; of several the last, because its keys win.
struct InsertionFinder {
    let instance: ResourceInstance
    let argument: String

    func locations(_ own: Value?) -> [EditLocation] {
        guard let own else { return [.missingKey(argument, in: instance.declaration.span)] }
        var sources = own.mapValue?.sources ?? []
        if own.isNull, var origin = own.origin {
            origin.computed = "null"
            sources = [origin]
        }
        let ranked = sources.reversed().flatMap { candidates($0) }
        var seen: Set<EditLocation> = []
        let order = ranked.indices.sorted { (ranked[$0].rank, $0) < (ranked[$1].rank, $1) }
        return order.map { ranked[$0].location }.filter { seen.insert($0).inserted }
    }

    private func candidates(_ source: Origin) -> [(rank: Int, location: EditLocation)] {
        var result: [(rank: Int, location: EditLocation)] = []
        if let location = newArgument(source) { result.append((10, location)) }
        guard source.isLiteral else { return result }
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
        result.append((rank, .collection(FileSpan(file: source.file.path, bytes: source.range))))
        return result
    }

    /// A variable that has its default in this module could be passed by the module block instead.
    private func newArgument(_ source: Origin) -> EditLocation? {
        for step in source.path {
            guard case .reference(let reference) = step, reference.kind == .variableDefault, !reference.scope.isEmpty else { continue }
            guard let call = instance.module.context.call(of: reference.scope), !call.passes(reference.name) else { continue }
            return .missingKey(reference.name, in: call.declaration.span)
        }
        return nil
    }
}
