extension TaggableTypes {
    /// Whether the provider destroys a resource of this type and makes another one when its tags change. AWS changes all of its own in place.
    package static func replacesWithTags(_ type: String) -> Bool {
        if type.hasPrefix("azurerm_") { return replacedByAzure.contains(String(type.dropFirst(8))) }
        if type.hasPrefix("google_") { return replacedByGoogle.contains(String(type.dropFirst(7))) }
        return false
    }

    private static let replacedByAzure = words(
        """
        api_management_standalone_gateway custom_provider key_vault_managed_storage_account
        key_vault_managed_storage_account_sas_token_definition log_analytics_saved_search machine_learning_compute_instance
        machine_learning_datastore_blobstorage machine_learning_datastore_datalake_gen2 machine_learning_datastore_fileshare
        machine_learning_inference_cluster machine_learning_synapse_spark oracle_autonomous_database_clone_from_backup
        oracle_autonomous_database_clone_from_database
        """)

    private static let replacedByGoogle = words(
        """
        apihub_api_hub_instance bigquery_job certificate_manager_certificate_issuance_config cloud_run_domain_mapping
        clouddomains_registration colab_runtime_template compute_instance_template compute_region_instance_template
        database_migration_service_private_connection dataproc_batch dataproc_gdc_service_instance dataproc_gdc_spark_application
        dataproc_job dataproc_workflow_template datastream_private_connection developer_connect_git_repository_link
        edgecontainer_vpn_connection edgenetwork_interconnect_attachment edgenetwork_network edgenetwork_subnet
        firebase_app_hosting_build migration_center_assets_export_job network_connectivity_gateway_advertised_route
        network_connectivity_policy_based_route network_connectivity_regional_endpoint network_services_service_binding
        oracle_database_autonomous_database oracle_database_cloud_exadata_infrastructure oracle_database_cloud_vm_cluster
        oracle_database_db_system oracle_database_exascale_db_storage_vault oracle_database_goldengate_connection
        oracle_database_goldengate_connection_assignment oracle_database_goldengate_deployment oracle_database_odb_network
        oracle_database_odb_subnet secure_source_manager_instance transcoder_job transcoder_job_template vertex_ai_evaluation_metric
        vertex_ai_persistent_resource
        """)

    private static func words(_ text: String) -> Set<String> { Set(text.split(whereSeparator: \.isWhitespace).map { String($0) }) }
}
