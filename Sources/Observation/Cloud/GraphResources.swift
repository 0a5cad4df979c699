import CostModel
import JSON

/// What `az graph query -q "Resources | project id, type, tags, sku, properties"` prints.
enum GraphResources {
    /// By Azure's name of a type, in lower case: Terraform's arguments, and where a row has them.
    private static let arguments: [String: [(argument: String, path: [String])]] = [
        "microsoft.compute/virtualmachines": [
            ("size", ["properties", "hardwareProfile", "vmSize"]), ("vm_size", ["properties", "hardwareProfile", "vmSize"]),
            ("os_disk.disk_size_gb", ["properties", "storageProfile", "osDisk", "diskSizeGB"]),
            ("os_disk.storage_account_type", ["properties", "storageProfile", "osDisk", "managedDisk", "storageAccountType"]),
        ],
        "microsoft.compute/disks": [("disk_size_gb", ["properties", "diskSizeGB"]), ("storage_account_type", ["sku", "name"])],
    ]

    /// - Returns: What is missing; nil: nothing.
    static func read(
        _ bytes: [UInt8], _ limits: JSONLimits, _ found: (String, CloudInventory.Entry) -> Void
    ) throws(JSONError) -> String? {
        let document = try JSONReader.read(bytes, limits: limits)
        var missing: String?
        guard let rows = AzureGraphAnswer.rows(of: document, lacks: { missing = $0 }) else { return "it is no answer of Resource Graph" }
        for row in rows {
            guard let id = row.at("id").textValue, let type = row.at("type").textValue?.lowercased() else {
                missing = "a row has no 'id' or no 'type': project them"
                continue
            }
            var entry = CloudInventory.Entry(tags: tags(row))
            for (argument, path) in arguments[type] ?? [] { entry.arguments[argument] = row.at(path).numberText }
            found(id, entry)
        }
        return missing
    }

    /// Nil: the query did not ask for them. A resource without tags has `null`.
    private static func tags(_ row: JSONValue) -> [String: String]? {
        switch row["tags"] {
        case nil: nil
        case .object(let members): Dictionary(members.map { ($0.key, $0.value.textValue ?? "") }, uniquingKeysWith: { $1 })
        default: [:]
        }
    }
}
