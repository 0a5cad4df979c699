import CostModel
import Observation
import Testing

/// Where providers have their tags, and which types take any.
@Suite("the tags of providers")
struct TagArgumentTests {
    @Test(
        "are taken by the types that their documentation says",
        arguments: [
            ("google_compute_instance", true), ("google_sql_database_instance", true), ("google_container_node_pool", true),
            ("google_cloud_run_service", true), ("google_monitoring_alert_policy", true), ("google_storage_bucket", true),
            ("google_project_service", false), ("google_compute_subnetwork", false), ("google_pubsub_topic_iam_member", false),
            ("google_monitoring_metric_descriptor", false), ("google_invented", nil),
            ("azurerm_resource_group", true), ("azurerm_kubernetes_cluster", true), ("azurerm_kubernetes_cluster_node_pool", true),
            ("azurerm_subnet", false), ("azurerm_role_assignment", false), ("azurerm_netapp_volume_group_oracle", nil),
            ("azurerm_netapp_volume_group_sap_hana", nil), ("azurerm_stream_analytics_job", true),
            ("azurerm_sentinel_threat_intelligence_indicator", nil),
            ("azurerm_invented", nil), ("aws_autoscaling_group", true), ("aws_ec2_tag", false), ("aws_invented", nil),
            ("random_pet", false), ("null_resource", false), ("time_sleep", false), ("terraform_data", false), ("tls_private_key", false),
            ("helm_release", nil),
        ] as [(String, Bool?)])
    func taken(type: String, takes: Bool?) {
        #expect(TaggableTypes.takesTags(type) == takes)
    }

    @Test(
        "have other names, and may stand in a block",
        arguments: [
            ("google_container_cluster", "resource_labels = { team = \"a\" }"), ("google_monitoring_slo", "user_labels = { team = \"a\" }"),
            (
                "google_container_node_pool",
                "node_config {\n  labels = { team = \"of Kubernetes\" }\n  resource_labels = { team = \"a\" }\n}"
            ),
            ("google_sql_database_instance", "settings {\n  user_labels = { team = \"a\" }\n}"),
            ("google_cloud_run_service", "metadata {\n  labels = { team = \"a\" }\n}"),
            ("google_compute_instance", "tags = [\"web\"]\nlabels = { team = \"a\" }"), ("azurerm_key_vault", "tags = { team = \"a\" }"),
            ("aws_autoscaling_group", "tag {\n  key = \"team\"\n  value = \"a\"\n  propagate_at_launch = true\n}"),
            (
                "aws_autoscaling_group",
                "dynamic \"tag\" {\n  for_each = { team = \"a\" }\n  content {\n    key = tag.key\n    value = tag.value\n  }\n}"
            ),
            (
                "aws_autoscaling_group",
                "dynamic \"tag\" {\n  for_each = local.all\n  iterator = it\n  content {\n    key = it.key\n    value = it.value\n  }\n}"
            ),
        ])
    func places(type: String, code: String) {
        let fixture = TerraformFixture("locals {\n  all = { team = \"a\" }\n}\nresource \"\(type)\" \"x\" {\n\(code)\n}\n")
        #expect(fixture.tags("\(type).x") == ["team": "a"])
    }

    @Test(
        "that are missing belong where the provider has them",
        arguments: [
            ("google_sql_database_instance", "settings {\n  tier = \"x\"\n}", ["app/main.tf: user_labels in settings "]),
            ("google_sql_database_instance", "name = \"x\"", []),
            ("google_container_cluster", "name = \"x\"", ["app/main.tf: resource_labels in resource \"google_container_cluster\" \"x\" "]),
            ("aws_autoscaling_group", "name = \"x\"", []),
            (
                "aws_autoscaling_group",
                "dynamic \"tag\" {\n  for_each = { a = \"b\" }\n  content {\n    key = tag.key\n    value = tag.value\n  }\n}",
                ["app/main.tf: { a = \"b\" }"]
            ), ("google_invented", "name = \"x\"", []), ("azurerm_subnet", "name = \"x\"", []),
        ])
    func missing(type: String, code: String, insertions: [String]) {
        #expect(TerraformFixture("resource \"\(type)\" \"x\" {\n\(code)\n}\n").insertions("\(type).x") == insertions)
    }

    @Test("are not known where a block is made by another or of computed keys")
    func unknown() {
        for code in [
            "dynamic \"tag\" {\n  for_each = [\"a\"]\n  content {\n    key = tag.value\n    value = \"x\"\n  }\n}",
            "tag {\n  key = data.x.y.z\n  value = \"x\"\n}", "tags = [{ key = \"team\", value = \"a\" }]",
        ] {
            #expect(
                TerraformFixture("resource \"aws_autoscaling_group\" \"x\" {\n\(code)\n}\n").tags("aws_autoscaling_group.x")["…"] != nil)
        }
        let twice = "settings {}\ndynamic \"settings\" {\n  for_each = []\n}"
        let fixture = TerraformFixture("resource \"google_sql_database_instance\" \"x\" {\n\(twice)\n}\n")
        #expect(fixture.tags("google_sql_database_instance.x")["…"] == "there is not exactly one block 'settings'")
    }

    @Test(
        "get the provider's defaults where the provider adds them",
        arguments: [
            ("google_compute_instance", "labels = { a = \"b\" }", true), ("google_container_cluster", "name = \"x\"", true),
            ("google_monitoring_slo", "user_labels = { a = \"b\" }", false), ("google_sql_database_instance", "settings {}", false),
        ])
    func defaults(type: String, code: String, hasDefaults: Bool) {
        let fixture = TerraformFixture(
            "provider \"google\" {\n  default_labels = { team = \"a\" }\n}\nresource \"\(type)\" \"x\" {\n\(code)\n}\n")
        #expect((fixture.tags("\(type).x")["team"] == "a") == hasDefaults)
    }

    @Test("that Terraform ignores are those of the type")
    func ignored() {
        let cases = [
            ("google_compute_instance", "[tags]", false), ("google_compute_instance", "[labels]", true),
            ("google_compute_instance", "[labels[\"team\"]]", true), ("google_compute_instance", "[labels[\"other\"]]", false),
            ("google_sql_database_instance", "[settings[0].user_labels]", true), ("google_sql_database_instance", "[settings]", true),
            ("google_sql_database_instance", "[settings[0].user_labels[\"team\"]]", true),
            ("google_sql_database_instance", "[settings[0].tier]", false), ("aws_sqs_queue", "[tags]", true),
            ("aws_autoscaling_group", "[tag]", true),
        ]
        for (type, names, covers) in cases {
            let code = "resource \"\(type)\" \"x\" {\n  lifecycle {\n    ignore_changes = \(names)\n  }\n}\n"
            #expect(TerraformFixture(code)["\(type).x"]?.ignoredChanges.coversTag("team") == covers, "\(type) \(names)")
        }
    }
}
