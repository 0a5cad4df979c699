/// Where a type has its tags: facts of the providers' documentation, as `TaggableTypes` names it.
package struct TagArgument: Hashable, Sendable {
    /// The block around the argument, where it does not stand in the resource's own.
    package var block: String?
    package var name: String
    /// Whether the provider adds its default tags.
    package var hasDefaults = true
    /// `tag { key = … }` blocks, one for each tag.
    package var isRepeatedBlock = false

    /// As a person writes it.
    package var path: String { block.map { "\($0).\(name)" } ?? name }

    package static func of(_ type: String) -> TagArgument {
        if let other = others[type] { return other }
        if type.hasPrefix("google_monitoring_") { return TagArgument(name: "user_labels", hasDefaults: false) }
        return TagArgument(name: type.hasPrefix("google_") ? "labels" : "tags")
    }

    /// Whether a type is one tag of another resource.
    package static func isTag(_ type: String) -> Bool { tags.contains(type) }

    private static let tags: Set<String> = ["aws_dynamodb_tag", "aws_ec2_tag", "aws_ecs_tag", "aws_transfer_tag"]

    private static let others: [String: TagArgument] = [
        "aws_autoscaling_group": TagArgument(name: "tag", hasDefaults: false, isRepeatedBlock: true),
        "google_cloud_run_domain_mapping": TagArgument(block: "metadata", name: "labels"),
        "google_cloud_run_service": TagArgument(block: "metadata", name: "labels"),
        "google_container_cluster": TagArgument(name: "resource_labels"),
        // Its `labels` are those of Kubernetes.
        "google_container_node_pool": TagArgument(block: "node_config", name: "resource_labels", hasDefaults: false),
        "google_sql_database_instance": TagArgument(block: "settings", name: "user_labels", hasDefaults: false),
    ]
}
