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

    /// A place, with what the blocks around would write there.
    struct Found {
        var locations: [EditLocation] = []
        var adoptions: [TagAdoption] = []
        /// Why there is no place, where that is not for want of one.
        var obstacle: String?

        /// - Returns: whether worse places may be looked at.
        fileprivate mutating func add(_ place: Place) -> Bool {
            switch place.usual {
            case .unknown(let name):
                if locations.isEmpty { obstacle = InsertionFinder.takesTags(from: name) }
                return false
            case .adopt(let adoption): adoptions.append(adoption)
            case .none: break
            }
            locations.append(place.location)
            return true
        }
    }

    fileprivate struct Place {
        var location: EditLocation
        var usual = ModuleInstance.UsualWay.none
        var rank = 0
    }

    func find(_ own: Value?) -> Found {
        var found = Found()
        var seen: Set<EditLocation> = []
        for place in places(own) where seen.insert(place.location).inserted {
            guard found.add(place) else { break }
        }
        return found
    }

    /// Best first.
    private func places(_ own: Value?) -> [Place] {
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
            if found.count < 2 { return found }
        }
        let ranked = sources.reversed().flatMap { candidates($0, given) }
        return ranked.indices.sorted { (ranked[$0].rank, $0) < (ranked[$1].rank, $1) }.map { ranked[$0] }
    }

    private var newObject: [Place] {
        guard !argument.isRepeatedBlock else { return [] }
        guard let name = argument.block else {
            guard !isShared(instance.declaration.file) else { return [] }
            let location = EditLocation.missingKey(argument.name, in: instance.declaration.span)
            return [Place(location: location, usual: instance.module.usualWay(argument.name, at: location))]
        }
        guard let (block, file) = instance.declaration.blocks(name).first, !isShared(file) else { return [] }
        return [Place(location: .missingKey(argument.name, in: FileSpan(file: file.path, bytes: block.range)))]
    }

    /// The module whose call gives a part of the tags.
    private static func callGiving(_ step: Origin.Step) -> String? {
        guard case .reference(let reference) = step, reference.kind == .argument else { return nil }
        return reference.scope
    }

    /// - Parameter given: modules whose calls give a part of the tags.
    private func candidates(_ source: Origin, _ given: Set<String>) -> [Place] {
        var result: [Place] = []
        if let place = newArgument(source, given) { result.append(place) }
        guard source.isLiteral, !isShared(source.file) else { return result }
        let place = EditLocation.collection(FileSpan(file: source.file.path, bytes: source.range))
        guard !source.path.isEmpty || !instance.module.path.isEmpty else { return result + [Place(location: place)] }
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
        result.append(Place(location: place, rank: rank))
        return result
    }

    /// Whether a file is code of a module that others use as well.
    private func isShared(_ file: SourceFile) -> Bool { instance.module.context.isShared(ModulePath.folder(of: file.path)) }

    /// Why there is no place in code of a module that others use as well; nil where that is not the reason.
    var lacking: String? {
        let code = instance.module.code
        guard let sharing = instance.module.context.sharing(of: code.folder) else { return nil }
        let folder = code.folder.isEmpty ? "." : code.folder
        let module = "the module in '\(folder)' \(Self.words(sharing))"
        let name = argument.isRepeatedBlock ? "tags" : argument.name
        guard code.variables[name] != nil else { return "\(module): it should take '\(name)' as an argument" }
        return "\(module): its argument '\(name)' should reach this resource"
    }

    private static func words(_ sharing: ModuleGraph.Sharing) -> String {
        switch sharing {
        case .callers: "has several callers"
        case .trials: "is only tried out by its caller"
        case .nobody: "is called by nothing here"
        }
    }

    /// A variable that has its default in this module could be passed by the module block instead; but whoever passes tags already does not
    /// want the same said again for a part of the module's resources.
    private func newArgument(_ source: Origin, _ given: Set<String>) -> Place? {
        for step in source.path {
            guard case .reference(let reference) = step, reference.kind == .variableDefault, !reference.scope.isEmpty,
                !given.contains(reference.scope)
            else { continue }
            guard let call = instance.module.context.call(of: reference.scope), !call.passes(reference.name),
                !isShared(call.declaration.file)
            else { continue }
            let location = EditLocation.missingKey(reference.name, in: call.declaration.span)
            return Place(location: location, usual: call.caller.usualWay(reference.name, at: location), rank: 10)
        }
        return nil
    }

    private static func takesTags(from name: String) -> String {
        "the blocks around take their tags from \(name), which cannot be known here: so should this one"
    }
}
