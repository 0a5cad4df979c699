import CostModel

/// What storage accounts of blobs cost: their capacity, by steps where it is hot, and operations.
enum AzureBuckets {
    static let models: [PriceModel] = [
        PriceModel("azurerm_storage_account") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let kind = try arguments.text("account_kind") ?? "StorageV2"
            let isStandard = try arguments.text("account_tier") ?? "Standard" == "Standard"
            guard isStandard, kind == "StorageV2" || kind == "BlobStorage" else {
                return draft.usage("capacity and operations", "GB-month", key: "storage_gb")
            }
            let copies = (try arguments.text("account_replication_type") ?? "LRS").uppercased()
            let written = copies.replacing("RAG", with: "RA-G")
            let tier = try arguments.text("access_tier") ?? "Hot"
            // Lists write each of these in their own way: by the name of a meter, and by the name of a product and its SKU.
            func meter(_ name: String, _ unit: String, from: Int? = nil, factor: Int = 1) -> PricedPart.Option {
                var option = draft.price(
                    "BlobStorage", "Blob-\(tier)-\(name)", ["from": [from.map { "\($0)" }]], units: [unit])
                option.factor = FixedDecimal(factor)
                return option
            }
            func listed(_ name: String, _ unit: String, steps: [String?] = [nil]) -> PricedPart.Option {
                draft.price(
                    "Storage", name, ["product": ["General Block Blob v2"], "sku": ["\(tier) \(written)"], "tier": steps], units: [unit])
            }
            let lastStep = "the last (cheapest) volume tier only"
            let stored = listed("\(tier) \(written) Data Stored", "GB-month", steps: [nil, lastStep])
            let amount = draft.amount("storage_gb")
            let capacity = "\(copies)-GB-Month"
            if tier == "Hot" {
                func published(_ label: String) -> PricedPart.Option {
                    var option = draft.published("Capacity (\(label))", units: ["GB-month"])
                    option.query.attributes["address"] = ["storagev2[\"StorageV2.Standard.\(copies).Hot\"]"]
                    return option
                }
                draft.steps(
                    "capacity", "GB-month", amount: amount,
                    [
                        (51_200, [meter(capacity, "GB-Mo"), published("first 50TB")]),
                        (512_000, [meter(capacity, "GB-Mo", from: 51_200), published("next 450TB")]),
                        (nil, [meter(capacity, "GB-Mo", from: 512_000), stored, published("over 500TB")]),
                    ])
            } else {
                draft.usage("capacity", "GB-month", amount: amount, meter(capacity, "GB-Mo"), stored)
            }
            let read = tier == "Hot" && copies == "LRS" ? "Read-Operation" : "\(copies)-Read-Operation"
            draft.usage(
                "write operations", "10k operations", key: "monthly_write_operations", per: 10_000,
                meter("\(copies)-Write-Operation", "requests", factor: 10_000), listed("\(tier) \(written) Write Operations", "10k"))
            draft.usage(
                "read operations", "10k operations", key: "monthly_read_operations", per: 10_000,
                meter(read, "requests", factor: 10_000), listed("\(tier) Read Operations", "10k"))
            if draft.value("monthly_data_retrieval_gb") != nil, tier != "Hot" {
                draft.usage(
                    "data retrieval", "GB", key: "monthly_data_retrieval_gb", meter("\(copies)-Retrieval-GB", "GB"),
                    listed("\(tier) Data Retrieval", "GB"))
            }
            for (name, key, label) in [
                ("other operations", "monthly_other_operations", "All Other Operations"),
                (
                    "list and create operations", "monthly_list_and_create_container_operations",
                    "\(copies == "LRS" ? "" : written + " ")List and Create Container Operations"
                ),
            ] where draft.value(key) != nil {
                draft.usage(name, "10k operations", key: key, per: 10_000, listed(label, "10k"))
            }
        }
    ]
}
