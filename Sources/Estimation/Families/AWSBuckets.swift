import CostModel

/// A storage class of S3: what costs in it, by the keys of a usage file.
struct S3Class: Sendable {
    struct Part: Sendable {
        var name: String
        var unit: String
        var key: String
        var scale = 1
        /// As published estimates call it.
        var label: String
    }

    /// The map of a usage file.
    var key: String
    /// As published estimates call it.
    var title: String
    var parts: [Part]

    private static func requests(_ name: String, _ key: String, _ label: String) -> Part {
        Part(name: name, unit: "1k requests", key: key, scale: 1_000, label: label)
    }
    private static func gigabytes(_ name: String, _ key: String, _ label: String) -> Part {
        Part(name: name, unit: "GB", key: key, label: label)
    }
    private static func storage(_ name: String = "storage", _ key: String = "storage_gb", _ label: String = "Storage") -> Part {
        Part(name: name, unit: "GB-month", key: key, label: label)
    }

    private static let calls = [
        requests("PUT, COPY, POST, LIST requests", "monthly_tier_1_requests", "PUT, COPY, POST, LIST requests"),
        requests("GET, SELECT and other requests", "monthly_tier_2_requests", "GET, SELECT, and all other requests"),
    ]
    private static let transitions = requests("lifecycle transitions", "monthly_lifecycle_transition_requests", "Lifecycle transition")
    private static let selects = [
        gigabytes("select: scanned", "monthly_select_data_scanned_gb", "Select data scanned"),
        gigabytes("select: returned", "monthly_select_data_returned_gb", "Select data returned"),
    ]
    private static func retrieval(_ speed: String) -> [Part] {
        [
            requests("\(speed) retrieval requests", "monthly_\(speed)_data_retrieval_requests", "Retrieval requests (\(speed))"),
            gigabytes("\(speed) retrievals", "monthly_\(speed)_data_retrieval_gb", "Retrievals (\(speed))"),
        ]
    }
    private static func selects(_ speed: String) -> [Part] {
        [
            gigabytes("\(speed) select: scanned", "monthly_\(speed)_select_data_scanned_gb", "Select data scanned (\(speed))"),
            gigabytes("\(speed) select: returned", "monthly_\(speed)_select_data_returned_gb", "Select data returned (\(speed))"),
        ]
    }
    private static func early(_ days: Int) -> Part {
        gigabytes("early deletion", "early_delete_gb", "Early delete (within \(days) days)")
    }

    static let standard = S3Class(key: "standard", title: "Standard", parts: [storage()] + calls + selects)
    static let all: [S3Class] = [
        standard,
        S3Class(
            key: "intelligent_tiering", title: "Intelligent tiering",
            parts: [
                storage("frequent access storage", "frequent_access_storage_gb", "Storage (frequent access)"),
                storage("infrequent access storage", "infrequent_access_storage_gb", "Storage (infrequent access)"),
                storage("archive access storage", "archive_access_storage_gb", "Storage (archive access)"),
                storage("deep archive access storage", "deep_archive_access_storage_gb", "Storage (deep archive access)"),
                Part(
                    name: "monitoring and automation", unit: "1k objects", key: "monitored_objects", scale: 1_000,
                    label: "Monitoring and automation"),
                transitions, early(30),
            ] + calls + selects),
        S3Class(
            key: "standard_infrequent_access", title: "Standard - infrequent access",
            parts: [storage(), transitions, gigabytes("retrievals", "monthly_data_retrieval_gb", "Retrievals")] + calls + selects),
        S3Class(
            key: "one_zone_infrequent_access", title: "One zone - infrequent access",
            parts: [storage(), transitions, gigabytes("retrievals", "monthly_data_retrieval_gb", "Retrievals")] + calls + selects),
        S3Class(
            key: "glacier_flexible_retrieval", title: "Glacier flexible retrieval",
            parts: [storage(), transitions, early(90)] + calls + selects("standard") + selects("bulk") + selects("expedited")
                + retrieval("standard") + retrieval("expedited")),
        S3Class(
            key: "glacier_deep_archive", title: "Glacier deep archive",
            parts: [storage(), transitions, early(180)] + calls + retrieval("standard") + retrieval("bulk")),
    ]
}

extension PriceDraft {
    /// What a class costs. Of the standard one its storage and requests are listed where nobody says how much of them there is; all else is only there
    /// where it is said.
    mutating func add(_ kind: S3Class) {
        let isStandard = kind.key == S3Class.standard.key
        for (index, part) in kind.parts.enumerated() {
            let stated = value("\(kind.key).\(part.key)")
            guard stated != nil || isStandard && index < 3 else { continue }
            var published = published(part.label, units: [part.unit])
            published.query.attributes["in"] = [kind.title]
            let name = isStandard ? part.name : "\(kind.title): \(part.name)"
            guard isStandard, index == 0 else {
                usage(name, part.unit, key: "\(kind.key).\(part.key)", per: part.scale, published)
                continue
            }
            let listed = price("AmazonS3", "STANDARD", ["dimension": ["storage"], "tier": ["first 50 TB"]], units: ["GB-month"])
            func later(_ tier: String) -> PricedPart.Option {
                price("AmazonS3", "STANDARD", ["dimension": ["storage"], "tier": [tier]], units: ["GB-month"])
            }
            steps(
                name, part.unit, amount: stated,
                [(51_200, [listed, published]), (512_000, [later("next 450 TB")]), (nil, [later("over 500 TB")])])
        }
    }
}
