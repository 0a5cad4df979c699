import CostModel

/// Buckets and file systems.
enum AWSStorage {
    static let models: [PriceModel] = [
        PriceModel("aws_s3_bucket") { draft throws(EstimateObstacle) in
            for kind in S3Class.all { draft.add(kind) }
            if draft.value("object_tags") != nil {
                draft.usage(
                    "object tags", "10k tags", key: "object_tags", per: 10_000, draft.published("Object tagging", units: ["10k tags"]))
            }
        },
        PriceModel("aws_efs_file_system") { draft throws(EstimateObstacle) in
            if try draft.arguments.text("throughput_mode") == "provisioned" {
                guard let throughput = try draft.arguments.number("provisioned_throughput_in_mibps") else {
                    throw .unknown("the code does not say 'provisioned_throughput_in_mibps'")
                }
                draft.monthly(
                    "provisioned throughput", throughput, "MBps-month", draft.published("Provisioned throughput", units: ["MBps"]))
            }
            let place = draft.arguments.has("availability_zone_name") ? "one zone" : "standard"
            draft.usage("storage", "GB-month", key: "storage_gb", draft.published("Storage (\(place))", units: ["GB-month"]))
            if draft.arguments.has("lifecycle_policy") {
                draft.usage(
                    "infrequent access storage", "GB-month", key: "infrequent_access_storage_gb",
                    draft.published("Storage (\(place), infrequent access)", units: ["GB-month"]))
                draft.usage(
                    "infrequent access reads", "GB", key: "monthly_infrequent_access_read_gb",
                    draft.published("Read requests (infrequent access)", units: ["GB"]))
                draft.usage(
                    "infrequent access writes", "GB", key: "monthly_infrequent_access_write_gb",
                    draft.published("Write requests (infrequent access)", units: ["GB"]))
            }
        },
        PriceModel("aws_fsx_windows_file_system") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard try arguments.text("deployment_type") ?? "SINGLE_AZ_1" == "MULTI_AZ_1" else {
                throw .notPriced("no price is known for file systems in one zone")
            }
            guard let size = try arguments.number("storage_capacity") else { throw .unknown("the code does not say 'storage_capacity'") }
            let kind = try arguments.text("storage_type") ?? "SSD"
            draft.monthly("\(kind) storage", size, "GB-month", draft.published("\(kind) storage", units: ["GB-month"]))
            if let throughput = try arguments.number("throughput_capacity") {
                draft.monthly("throughput", throughput, "MBps-month", draft.published("Throughput capacity", units: ["MBps"]))
            }
            if draft.value("backup_storage_gb") != nil {
                draft.usage(
                    "backup storage", "GB-month", key: "backup_storage_gb", draft.published("Backup storage", units: ["GB-month"]))
            }
        },
        PriceModel("aws_fsx_openzfs_file_system") { draft throws(EstimateObstacle) in
            let arguments = draft.arguments
            guard let size = try arguments.number("storage_capacity") else { throw .unknown("the code does not say 'storage_capacity'") }
            draft.monthly("SSD storage", size, "GB-month", draft.published("SSD storage", units: ["GB-month"]))
            if let throughput = try arguments.number("throughput_capacity") {
                draft.monthly("throughput", throughput, "MBps-month", draft.published("Throughput capacity", units: ["MBps"]))
            }
            if let iops = try arguments.block("disk_iops_configuration")?.number("iops") {
                // Three for each GB are included.
                let extra = iops - size.multiplied(by: FixedDecimal(3))
                if extra > .zero { draft.monthly("IOPS", extra, "IOPS-month", draft.published("Provisioned IOPS", units: ["IOPS"])) }
            }
        },
        .usage(
            "aws_backup_vault",
            parts: [
                ("EBS snapshots", "EBS snapshot", "GB-month", "monthly_ebs_snapshot_gb", 1),
                ("RDS snapshots", "RDS snapshot", "GB-month", "monthly_rds_snapshot_gb", 1),
                ("EFS backups", "EFS backup (warm)", "GB-month", "monthly_efs_warm_backup_gb", 1),
            ]),
        .usage("aws_s3_bucket_inventory", parts: [("objects listed", "Objects listed", "1M objects", "monthly_listed_objects", 1_000_000)]),
        .usage(
            "aws_s3_bucket_analytics_configuration",
            parts: [("objects monitored", "Objects monitored", "1M objects", "monthly_monitored_objects", 1_000_000)]),
    ]
}
