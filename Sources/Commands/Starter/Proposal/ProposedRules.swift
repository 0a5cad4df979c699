/// The few rules of the library that need neither a bill nor measurements and have a fix, for the types that are there.
struct ProposedRules {
    let types: Set<String>

    struct Rule: Sendable {
        var types: [String]
        var text: String
    }

    var text: String? {
        let chosen = Self.all.filter { rule in rule.types.contains(where: types.contains) }
        guard !chosen.isEmpty else { return nil }
        let head = """
            # yaml-language-server: $schema=../.bursar/schema.json
            # What costs money for nothing, judged by the code alone. More rules, with sources and examples: policies/library of bursar's source.

            """
        return head + chosen.map(\.text).joined(separator: "---\n")
    }

    /// As in `policies/library`; a test holds both against each other.
    static let all = [
        Rule(
            types: ["aws_ebs_volume"],
            text: #"""
                kind: Rule
                metadata: {name: aws-ebs-gp2}
                spec:
                  description: Volumes are gp3, not gp2, which costs a quarter more. A volume without a type is gp2.
                  docs: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
                  severity: medium
                  match: {types: [aws_ebs_volume]}
                  assert: resource.attributes.?type.orValue("gp2") != "gp2"
                  message: "{resource.address} is gp2; gp3 costs 20 % less at the same size"
                  saves: resource.monthlyCost * 0.2
                  fix: {mode: review, set: {type: gp3}}

                """#),
        Rule(
            types: ["aws_instance", "aws_launch_configuration"],
            text: #"""
                kind: Rule
                metadata: {name: aws-instance-root-gp2}
                spec:
                  description: Root volumes of instances are gp3 where their type is written.
                  docs: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
                  severity: low
                  match: {types: [aws_instance, aws_launch_configuration]}
                  assert: resource.attributes.?root_block_device.orValue([]).all(disk, disk.?volume_type.orValue("") != "gp2")
                  message: "the root volume of {resource.address} is gp2; gp3 costs 20 % less at the same size"
                  fix: {mode: review, set: {root_block_device.volume_type: gp3}}

                """#),
        Rule(
            types: ["aws_cloudwatch_log_group"],
            text: #"""
                kind: Rule
                metadata: {name: aws-log-retention}
                spec:
                  description: Log groups delete what is old; without a retention their bill only grows.
                  docs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
                  severity: medium
                  match:
                    types: [aws_cloudwatch_log_group]
                    where: resource.attributes.?log_group_class.orValue("STANDARD") != "DELIVERY"
                  assert: int(resource.attributes.?retention_in_days.orValue(0)) > 0
                  message: "{resource.address} keeps its logs for ever"
                  fix: {mode: review, set: {retention_in_days: 30}}

                """#),
        Rule(
            types: ["aws_db_instance"],
            text: #"""
                kind: Rule
                metadata: {name: aws-rds-gp2}
                spec:
                  description: Databases store on gp3, which costs the same as gp2 and gives more IOPS.
                  docs: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
                  severity: low
                  match:
                    types: [aws_db_instance]
                    where: '!resource.attributes.?engine.orValue("").startsWith("aurora")'
                  assert: >-
                    resource.attributes.?storage_type.orValue("iops" in resource.attributes ? "io1" : "gp2") != "gp2"
                  message: "{resource.address} stores on gp2; gp3 costs the same and gives more IOPS"
                  fix: {mode: review, set: {storage_type: gp3}}

                """#),
        Rule(
            types: ["azurerm_log_analytics_workspace"],
            text: #"""
                kind: Rule
                metadata: {name: azure-log-analytics-retention}
                spec:
                  description: Log workspaces keep what is free, which is 31 days, 90 with Sentinel.
                  docs: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
                  severity: medium
                  parameters:
                    # Free, https://azure.microsoft.com/pricing/details/monitor/; with Sentinel write 90.
                    freeDays: 31
                  match: {types: [azurerm_log_analytics_workspace]}
                  assert: int(resource.attributes.?retention_in_days.orValue(30)) <= params.freeDays
                  message: "{resource.address} keeps logs for {resource.attributes.retention_in_days} days; {params.freeDays} are free"
                  fix: {mode: review, set: {retention_in_days: 31}}

                """#),
        Rule(
            types: ["google_compute_subnetwork"],
            text: #"""
                kind: Rule
                metadata: {name: google-flow-log-sampling}
                spec:
                  description: Flow logs sample half of the flows at most; twice the sample is twice the log, and its price.
                  docs: https://cloud.google.com/vpc/docs/flow-logs
                  severity: low
                  parameters:
                    # The provider's and Google's default.
                    highest: 0.5
                  match: {types: [google_compute_subnetwork]}
                  assert: >-
                    resource.attributes.?log_config.orValue([]).all(log, double(log.?flow_sampling.orValue(params.highest)) <= params.highest)
                  message: "{resource.address} logs more than every second flow, at 0.50 USD a GiB"
                  fix: {mode: review, set: {log_config.flow_sampling: 0.5}}

                """#),
    ]
}
