import CostModel

/// Where a resource costs: in the region that its code says, else in the one in which it runs, else in that of what it belongs to, else in its
/// provider's.
enum ResourcePlace {
    /// A resource that has no region of its own belongs to one that has: by the argument that names it.
    private struct Owner {
        var argument: String
        /// The owner's types, and by which argument it is called there, for code that names it by a text.
        var types: [String]
        var name = "name"
    }

    private static let owners: [Owner] = [
        Owner(argument: "kubernetes_cluster_id", types: ["azurerm_kubernetes_cluster"]),
        Owner(argument: "cluster", types: ["google_container_cluster"]),
        Owner(argument: "server_id", types: ["azurerm_mssql_server", "azurerm_sql_server"]),
        Owner(argument: "server_name", types: ["azurerm_mssql_server", "azurerm_sql_server"]),
        Owner(argument: "managed_instance_id", types: ["azurerm_mssql_managed_instance"]),
        Owner(argument: "virtual_machine_id", types: ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"]),
        Owner(argument: "cluster_id", types: []),
        Owner(argument: "storage_account_id", types: ["azurerm_storage_account"]),
        Owner(argument: "storage_account_name", types: ["azurerm_storage_account"]),
        Owner(argument: "account_name", types: ["azurerm_cosmosdb_account"]),
        Owner(argument: "loadbalancer_id", types: ["azurerm_lb"]),
        Owner(argument: "vpn_gateway_id", types: ["azurerm_vpn_gateway"]),
        Owner(argument: "synapse_workspace_id", types: ["azurerm_synapse_workspace"]),
        Owner(argument: "key_ring", types: ["google_kms_key_ring"]),
        Owner(argument: "dataset_id", types: ["google_bigquery_dataset"], name: "dataset_id"),
        Owner(argument: "router", types: ["google_compute_router"]),
    ]

    /// What Google puts somewhere by itself, whatever the provider's region is.
    private static let presets = ["google_bigquery_dataset": "us", "google_container_registry": "us", "google_storage_bucket": "us"]

    /// What is never in the provider's region by itself, with what decides.
    private static let followers = ["google_bigquery_table": "dataset", "google_kms_crypto_key": "key ring"]

    /// Services without regions cost the same in every commercial region, and in others what their lists say there.
    static func region(of resource: Resource, _ model: PriceModel, in others: ResourceIndex) throws(EstimateObstacle) -> String {
        let place = region(of: resource, in: others)
        if let global = model.region {
            if case .known(let name) = place, !ResourceRegion.isCommercial(name) { return name }
            return global
        }
        switch place {
        case .known(let name): return name
        case .unknown(let reason): throw .unknown("its region is not known: \(reason)")
        case .unread: throw .unknown("its region is not known")
        }
    }

    static func region(of resource: Resource, in others: ResourceIndex) -> ResourceRegion {
        region(of: resource, in: others, depth: 0)
    }

    /// Code may be wrong, and a resource belong to itself by way of others.
    private static let deepest = 4

    private static func region(of resource: Resource, in others: ResourceIndex, depth: Int) -> ResourceRegion {
        let arguments = Arguments(resource.attributes)
        // What is written, or what AWS's provider says: its resources never belong elsewhere.
        let isStated = ["region", "location", "zone"].contains(where: arguments.has)
        if case .known = resource.region, isStated || !resource.type.hasPrefix("google_") { return resource.region }
        if let region = resource.deployed?.region, !region.isEmpty { return .known(ResourceRegion.named(region)) }
        if isStated { return resource.region }
        if let preset = presets[resource.type] { return .known(preset) }
        if depth < deepest, let owner = owner(of: resource, arguments, in: others) {
            let place = region(of: owner, in: others, depth: depth + 1)
            if case .known = place { return place }
        }
        if let place = (try? arguments.text("key_ring")).flatMap(location(in:)) { return .known(place) }
        if let owner = followers[resource.type] { return .unknown("it is that of its \(owner), which is not in this code") }
        return resource.region
    }

    /// Of the address of something of Google's: `projects/p/locations/europe-west1/keyRings/k`.
    private static func location(in path: String?) -> String? {
        let parts = (path ?? "").split(separator: "/")
        guard let index = parts.firstIndex(of: "locations"), index + 1 < parts.endIndex else { return nil }
        return ResourceRegion.named(String(parts[index + 1]))
    }

    private static func owner(of resource: Resource, _ arguments: Arguments, in others: ResourceIndex) -> Resource? {
        for owner in owners {
            guard let named = arguments.reference(owner.argument) else { continue }
            if let found = others[ResourceIdentity(root: resource.identity.root, address: named)] {
                if found.identity != resource.identity { return found }
                continue
            }
            guard !owner.types.isEmpty else { continue }
            let name = named.split(separator: "/").last.map(String.init) ?? named
            let called = others.resources.filter { other in
                owner.types.contains(other.type) && other.identity.root == resource.identity.root && other.identity != resource.identity
                    && other.attributes[owner.name]?.value == .string(name)
            }
            // Several of a name are in several places, as far as anybody knows.
            if called.count == 1 { return called[0] }
        }
        return nil
    }
}
