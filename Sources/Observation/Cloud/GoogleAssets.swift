import CostModel
import JSON

/// What `gcloud asset list --content-type=resource --format=json` prints, with everything below `resource.data`, or `gcloud asset
/// search-all-resources --format=json`, with labels and some attributes.
///
/// Terraform's tags of what Google has are its labels.
enum GoogleAssets {
    /// By Google's name of a type: Terraform's arguments, and what its data call them. Types and sizes are names behind a link's last slash.
    private static let arguments: [String: [(argument: String, path: [String])]] = [
        "compute.googleapis.com/Instance": [("machine_type", ["machineType"])],
        "compute.googleapis.com/Disk": [("type", ["type"]), ("size", ["sizeGb"])],
        "sqladmin.googleapis.com/Instance": [("settings.tier", ["settings", "tier"])],
    ]

    /// - Returns: What is missing; nil: nothing.
    static func read(
        _ bytes: [UInt8], _ limits: JSONLimits, _ found: (String, CloudInventory.Entry) -> Void
    ) throws(JSONError) -> String? {
        let document = try JSONReader.read(bytes, limits: limits)
        guard let assets = document.elements else { return "it is no list of assets, as 'gcloud asset' prints with '--format=json'" }
        var missing: String?
        for asset in assets {
            guard let name = asset.at("name").textValue, let type = asset.at("assetType").textValue else {
                missing = "an asset has no 'name' or no 'assetType'"
                continue
            }
            let data = asset.at("resource", "data").isObject ? asset.at("resource", "data") : asset.at("additionalAttributes")
            // A search says the labels beside the attributes; a resource without labels lacks them, in both.
            let isWhole = asset.at("resource", "data").isObject || asset["labels"] != nil
            let labels = asset["labels"] ?? data["labels"] ?? data.at("settings")["userLabels"]
            var entry = CloudInventory.Entry(tags: isWhole ? Self.labels(labels) : nil)
            for (argument, path) in arguments[type] ?? [] {
                entry.arguments[argument] = data.at(path).numberText.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
            }
            found(name, entry)
        }
        return missing
    }

    private static func labels(_ value: JSONValue?) -> [String: String] {
        guard case .object(let members)? = value else { return [:] }
        return Dictionary(members.map { ($0.key, $0.value.textValue ?? "") }, uniquingKeysWith: { $1 })
    }
}
