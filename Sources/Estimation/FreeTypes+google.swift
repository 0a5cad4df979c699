extension FreeTypes {
    /// Without their prefix `google_`.
    static let google = """
        artifact_registry_repository_iam_binding artifact_registry_repository_iam_member bigquery_dataset_access
        bigquery_dataset_iam_binding bigquery_dataset_iam_member bigquery_dataset_iam_policy bigquery_job bigquery_routine
        bigquery_table_iam_binding bigquery_table_iam_member bigquery_table_iam_policy bigtable_instance_iam_member
        billing_account_iam_member cloud_run_domain_mapping cloud_run_service_iam_binding cloud_run_service_iam_member
        cloud_run_service_iam_policy cloud_run_v2_job_iam cloud_run_v2_service_iam cloudfunctions2_function_iam_policy
        cloudfunctions_function_iam_binding cloudfunctions_function_iam_member cloudfunctions_function_iam_policy compute_attached_disk
        compute_backend_bucket compute_backend_bucket_signed_url_key compute_backend_service compute_backend_service_signed_url_key
        compute_disk_iam_binding compute_disk_iam_member compute_disk_iam_policy compute_disk_resource_policy_attachment compute_firewall
        compute_global_network_endpoint compute_global_network_endpoint_group compute_health_check compute_http_health_check
        compute_https_health_check compute_image_iam_binding compute_image_iam_member compute_image_iam_policy compute_instance_group
        compute_instance_group_named_port compute_instance_iam_binding compute_instance_iam_member compute_instance_iam_policy
        compute_instance_template compute_machine_image_iam_binding compute_machine_image_iam_member compute_machine_image_iam_policy
        compute_managed_ssl_certificate compute_network compute_network_endpoint compute_network_endpoint_group
        compute_network_firewall_policy_association compute_network_peering compute_network_peering_routes_config
        compute_organization_security_policy compute_organization_security_policy_association compute_organization_security_policy_rule
        compute_project_default_network_tier compute_project_metadata compute_project_metadata_item compute_region_backend_service
        compute_region_disk_iam_binding compute_region_disk_iam_member compute_region_disk_iam_policy compute_region_health_check
        compute_region_network_endpoint_group compute_region_url_map compute_route compute_router compute_router_bgp_peer
        compute_router_interface compute_shared_vpc_host_project compute_shared_vpc_service_project compute_ssl_certificate
        compute_ssl_policy compute_subnetwork compute_subnetwork_iam_binding compute_subnetwork_iam_member compute_subnetwork_iam_policy
        compute_url_map dns_policy folder_iam_binding folder_iam_member folder_iam_policy iam_custom_role iam_workload_identity_pool
        iam_workload_identity_pool_provider iap_app_engine_service_iam_member iap_web_backend_service_iam_binding
        iap_web_backend_service_iam_member iap_web_backend_service_iam_policy iap_web_iam_binding iap_web_iam_member iap_web_iam_policy
        iap_web_type_app_engine_iam_binding kms_crypto_key_iam_binding kms_crypto_key_iam_member kms_crypto_key_iam_policy kms_key_ring
        kms_key_ring_iam_binding kms_key_ring_iam_member kms_key_ring_iam_policy kms_key_ring_import_job kms_secret_ciphertext
        logging_billing_account_exclusion logging_folder_exclusion logging_metric logging_organization_exclusion logging_project_exclusion
        monitoring_alert_policy monitoring_custom_service monitoring_dashboard monitoring_group monitoring_notification_channel
        monitoring_slo monitoring_uptime_check_config notebooks_instance_iam_member organization_iam_binding organization_iam_custom_role
        organization_iam_member os_login_ssh_public_key project project_default_service_accounts project_iam_audit_config
        project_iam_binding project_iam_custom_role project_iam_member project_iam_policy project_organization_policy project_service
        project_service_identity pubsub_subscription_iam_binding pubsub_subscription_iam_member pubsub_subscription_iam_policy
        pubsub_topic_iam_binding pubsub_topic_iam_member pubsub_topic_iam_policy secret_manager_secret_iam_binding
        secret_manager_secret_iam_member secret_manager_secret_iam_policy service_account service_account_iam_binding
        service_account_iam_member service_account_iam_policy service_account_key sourcerepo_repository_iam_binding
        sourcerepo_repository_iam_member spanner_database_iam_member spanner_instance_iam_member sql_database sql_ssl_cert sql_user
        storage_bucket_access_control storage_bucket_acl storage_bucket_iam_binding storage_bucket_iam_member storage_bucket_iam_policy
        storage_bucket_object storage_default_object_access_control storage_default_object_acl storage_hmac_key storage_notification
        storage_object_access_control storage_object_acl tags_tag_value_iam_binding usage_export_bucket
        """
}
