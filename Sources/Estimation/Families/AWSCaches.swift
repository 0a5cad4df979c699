import CostModel

/// Caches and search: ElastiCache, OpenSearch.
enum AWSCaches {
    static let models: [PriceModel] = [
        PriceModel("aws_elasticache_cluster") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            // A member of a replication group is of its type and engine.
            let group = draft.other("replication_group_id").map { Arguments($0.attributes) }
            guard let type = try arguments.text("node_type") ?| group?.text("node_type") else {
                throw .unknown("the code does not say 'node_type'")
            }
            let engine = try arguments.text("engine") ?| group?.text("engine") ?? "redis"
            draft.cache(type, engine: engine, count: try arguments.number("num_cache_nodes") ?? FixedDecimal(1))
            try draft.snapshots()
        },
        PriceModel("aws_elasticache_replication_group") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            let type = try arguments.needed("node_type")
            let mode = try arguments.block("cluster_mode")
            let shards = try arguments.number("num_node_groups") ?| mode?.number("num_node_groups")
            let replicas = try arguments.number("replicas_per_node_group") ?| mode?.number("replicas_per_node_group") ?? .zero
            let count: FixedDecimal
            if let shards {
                count = shards.multiplied(by: replicas + FixedDecimal(1))
            } else {
                count = try arguments.number("num_cache_clusters") ?| arguments.number("number_cache_clusters") ?? FixedDecimal(1)
            }
            draft.cache(type, engine: try arguments.text("engine") ?? "redis", count: count)
            try draft.snapshots()
        },
        PriceModel("aws_opensearch_domain", "aws_elasticsearch_domain") { draft throws(EstimateObstacle) in try draft.addSearch() },
    ]
}

extension PriceDraft {
    fileprivate mutating func cache(_ type: String, engine: String, count: FixedDecimal) {
        let known = price("AmazonElastiCache", type, ["engine": [engine]])
        if engine == "redis" {
            hourly(
                "nodes", count: count, known,
                published("ElastiCache (on-demand, \(type))", type: "aws_elasticache_cluster"))
        } else {
            hourly("nodes", count: count, known)
        }
    }

    fileprivate mutating func snapshots() throws(EstimateObstacle) {
        guard let kept = try arguments.number("snapshot_retention_limit"), kept > FixedDecimal(1) else { return }
        usage(
            "backup storage", "GB-month", key: "snapshot_storage_size_gb",
            price("AmazonElastiCache", "EU-ElastiCache:BackupUsage", units: ["GB-month"]), published("Backup storage", units: ["GB-month"]))
    }

    /// Data nodes, masters, warm nodes and what the data nodes store on.
    fileprivate mutating func addSearch() throws(EstimateObstacle) {
        let isSearch = resource.type == "aws_opensearch_domain"
        let ending = isSearch ? ".search" : ".elasticsearch"
        let cluster = try arguments.block("cluster_config") ?? Arguments([:])
        let count = try cluster.number("instance_count") ?? FixedDecimal(1)
        func add(_ name: String, _ label: String, _ type: String, _ count: FixedDecimal, to draft: inout PriceDraft) {
            // Both services have the same machines at the same price.
            let bare = type.replacingEnding(".elasticsearch", with: ".search")
            draft.hourly(name, count: count, draft.price("AmazonES", bare), draft.published("\(label) (on-demand, \(type))"))
        }
        add("data nodes", "Instance", try cluster.text("instance_type") ?? "m4.large" + ending, count, to: &self)
        if try cluster.flag("dedicated_master_enabled") == true {
            guard let masters = try cluster.number("dedicated_master_count") else {
                throw .unknown("the code does not say 'dedicated_master_count'")
            }
            add(
                "dedicated masters", "Dedicated master", try cluster.text("dedicated_master_type") ?? "m4.large" + ending, masters,
                to: &self)
        }
        if try cluster.flag("warm_enabled") == true {
            guard let warm = try cluster.number("warm_count"), let type = try cluster.text("warm_type") else {
                throw .unknown("the code does not say 'warm_count' and 'warm_type'")
            }
            add("UltraWarm nodes", "UltraWarm instance", type, warm, to: &self)
        }
        guard let disks = try arguments.block("ebs_options"), try disks.flag("ebs_enabled") != false else { return }
        guard let size = try disks.number("volume_size") else { throw .unknown("the code does not say 'ebs_options.volume_size'") }
        let type = try disks.text("volume_type") ?? "gp2"
        monthly(
            "storage \(type)", size.multiplied(by: count), "GB-month", published("Storage (\(type))", units: ["GB-month"]),
            published("Storage (\(type))", units: ["GB-month"], type: "aws_elasticsearch_domain"))
        if type == "io1", let iops = try disks.number("iops") {
            monthly("IOPS", iops.multiplied(by: count), "IOPS-month", published("Storage IOPS (io1)", units: ["IOPS"]))
        }
        if type == "gp3" {
            let throughput = (try disks.number("throughput") ?? .zero) - FixedDecimal(125)
            if throughput > .zero {
                monthly(
                    "throughput", throughput.multiplied(by: count), "MBps-month",
                    published("Throughput (gp3)", units: ["Mbps"], type: "aws_elasticsearch_domain"))
            }
        }
    }
}

extension String {
    func replacingEnding(_ ending: String, with other: String) -> String {
        hasSuffix(ending) ? String(dropLast(ending.count)) + other : self
    }
}
