package import CostModel

extension CostEstimator {
    /// What is expected of resources and has no effect: no price asks for it, or there is no such resource. Sorted.
    package func unusedUsage(in resources: ResourceIndex) -> [String] {
        guard !usage.isEmpty else { return [] }
        var ofType: [String: Set<String>] = [:]
        var ofAddress: [String: Set<String>] = [:]
        for resource in resources.resources {
            let names = [resource.identity.address, ExpectedUsage.anyInstance(of: resource.identity.address)]
            let isMeant = names.contains { usage.byAddress[$0] != nil || usage.systems[$0] != nil }
            guard isMeant || usage.byType[resource.type] != nil || usage.systems[resource.type] != nil else { continue }
            var asked: Set<String> = []
            _ = Self.composition(of: resource, resources, usage, asked: &asked)
            ofType[resource.type, default: []].formUnion(asked)
            for name in names { ofAddress[name, default: []].formUnion(asked) }
        }
        var messages: [String] = []
        func note(_ keys: some Sequence<String>, _ name: String, _ known: Set<String>) {
            messages += keys.filter { !known.contains($0) }.map { "no price of '\(name)' asks for '\($0)': it has no effect" }
        }
        // Of types that the code has none of nothing is said: people share such files.
        for (type, values) in usage.byType {
            if let known = ofType[type] { note(values.keys, type, known) }
        }
        for (address, values) in usage.byAddress {
            if let known = ofAddress[address] {
                note(values.keys, address, known)
            } else {
                messages.append("there is no resource '\(address)' in the code: what is expected of it has no effect")
            }
        }
        for name in usage.systems.keys {
            let isType = !name.contains(".")
            if let known = isType ? ofType[name] : ofAddress[name], known.contains(ExpectedUsage.systemKey) { continue }
            if isType, ofType[name] == nil { continue }
            note([ExpectedUsage.systemKey], name, [])
        }
        return messages.sorted()
    }
}
