import CostModel

/// Keys, secrets, logs, alarms: what watches and guards the rest.
enum AWSOperations {
    static let models: [PriceModel] = [
        PriceModel("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key") { draft throws(EstimateObstacle) in
            draft.monthly("key", FixedDecimal(1), "month", draft.published("Customer master key", units: ["month"], type: "aws_kms_key"))
            draft.usage("requests", "10k requests", draft.published("Requests", units: ["10k requests"], type: "aws_kms_key"))
        },
        PriceModel("aws_secretsmanager_secret") { draft throws(EstimateObstacle) in
            let copies = 1 + (try draft.arguments.count("replica") ?? 0)
            draft.monthly(
                "secret", FixedDecimal(copies), "month", draft.price("AWSSecretsManager", "secret", units: ["month"]),
                draft.published("Secret", units: ["month"]))
            draft.usage(
                "requests", "10k requests", key: "monthly_requests", per: 10_000, draft.published("API requests", units: ["10k requests"]))
        },
        PriceModel("aws_ssm_parameter") { draft throws(EstimateObstacle) in
            guard try draft.arguments.text("tier") == "Advanced" else { return }
            draft.hourly("parameter", draft.published("Parameter storage (advanced)"))
        },
        PriceModel("aws_cloudwatch_log_group") { draft throws(EstimateObstacle) in
            draft.usage(
                "data ingested", "GB", key: "monthly_data_ingested_gb", draft.published("Data ingested", units: ["GB"]),
                draft.price("AmazonCloudWatch", "EU-DataProcessing-Bytes", units: ["GB"]))
            draft.usage(
                "storage", "GB-month", key: "storage_gb", draft.published("Archival Storage", units: ["GB-month"]),
                draft.price("AmazonCloudWatch", "EU-TimedStorage-ByteHrs", units: ["GB-month"]))
            if draft.value("monthly_data_scanned_gb") != nil {
                draft.usage(
                    "queries: scanned", "GB", key: "monthly_data_scanned_gb",
                    draft.published("Insights queries data scanned", units: ["GB"]))
            }
        },
        PriceModel("aws_cloudwatch_metric_alarm") { draft throws(EstimateObstacle) in
            let queries = try draft.arguments.blocks("metric_query").count { $0.has("metric") }
            let isFast = (try draft.arguments.number("period")).map { $0 < FixedDecimal(60) } ?? false
            let usageType = isFast ? "EU-CW:HighResAlarmMonitorUsage" : "EU-CW:AlarmMonitorUsage"
            draft.monthly(
                "metrics", FixedDecimal(max(1, queries)), "alarm metric",
                draft.published(isFast ? "High resolution" : "Standard resolution", units: ["alarm metrics"]),
                draft.price("AmazonCloudWatch", usageType, units: ["Alarms"]))
        },
        .each("aws_cloudwatch_dashboard", region: "us-east-1", month: [("dashboard", "Dashboard")]),
        PriceModel("aws_route53_health_check", region: "us-east-1") { draft throws(EstimateObstacle) in
            draft.usage("checks", "month")
        },
        PriceModel("aws_acmpca_certificate_authority") { draft throws(EstimateObstacle) in
            let isShort = try draft.arguments.text("usage_mode") == "SHORT_LIVED_CERTIFICATE"
            draft.monthly(
                "certificate authority", FixedDecimal(1), "month",
                draft.published(
                    isShort ? "Private certificate authority (short-lived certificate mode)" : "Private certificate authority",
                    units: ["month"]))
            if isShort {
                draft.usage("certificates", "request")
            } else {
                func published(_ label: String) -> PricedPart.Option { draft.published("Certificates (\(label))", units: ["requests"]) }
                draft.steps(
                    "certificates", "request", amount: draft.amount("monthly_requests"),
                    [(1_000, [published("first 1K")]), (10_000, [published("next 9K")]), (nil, [published("over 10K")])])
            }
        },
        PriceModel("aws_wafv2_web_acl") { draft throws(EstimateObstacle) in
            draft.monthly("web ACL", FixedDecimal(1), "month", draft.published("Web ACL usage", units: ["month", "months"]))
            if let rules = try draft.arguments.count("rule"), rules > 0 {
                draft.monthly("rules", FixedDecimal(rules), "rule", draft.published("Rules", units: ["rules"]))
            }
            draft.usage(
                "requests", "1M requests", key: "monthly_requests", per: 1_000_000, draft.published("Requests", units: ["1M requests"]))
        },
        PriceModel("aws_cloudhsm_v2_hsm") { draft throws(EstimateObstacle) in
            draft.hourly("HSM", hours: try draft.runningHours(), draft.published("HSM usage"))
        },
        .usage(
            "aws_cloudtrail",
            parts: [("data events", "Data events", "100k events", "monthly_data_events", 100_000)]),
        PriceModel("aws_config_config_rule") { draft throws(EstimateObstacle) in
            func published(_ label: String) -> PricedPart.Option { draft.published("Rule evaluations (\(label))", units: ["evaluations"]) }
            draft.steps(
                "evaluations", "evaluation", amount: draft.amount("monthly_rule_evaluations"),
                [(100_000, [published("first 100K")]), (500_000, [published("next 400K")]), (nil, [published("over 500K")])])
        },
    ]
}
