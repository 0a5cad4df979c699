extension FreeTypes {
    /// With their prefixes: networks, definitions, rights and settings that no vendor's price list has an entry for.
    static let settings = """
        aws_appautoscaling_target aws_athena_named_query aws_athena_workgroup aws_autoscaling_schedule aws_autoscaling_traffic_source_attachment
        aws_cloudwatch_event_target aws_codedeploy_deployment_group aws_cognito_user_group aws_cognito_user_pool_domain aws_db_security_group
        aws_dynamodb_resource_policy aws_ecr_lifecycle_policy aws_ecs_cluster aws_ecs_cluster_capacity_providers aws_ecs_task_definition
        aws_eks_access_entry aws_eks_access_policy_association aws_emr_security_configuration aws_identitystore_group
        aws_identitystore_group_membership aws_identitystore_user aws_lambda_function_recursion_config aws_organizations_organization
        aws_redshift_security_group aws_redshift_snapshot_copy_grant aws_rolesanywhere_profile aws_rolesanywhere_trust_anchor
        aws_s3_bucket_lifecycle_configuration aws_s3_bucket_request_payment_configuration aws_s3_bucket_versioning
        aws_servicequotas_service_quota aws_subnet aws_vpc
        azurerm_app_service_source_control azurerm_batch_account azurerm_cdn_endpoint_custom_domain azurerm_disk_encryption_set
        azurerm_federated_identity_credential azurerm_storage_account_customer_managed_key
        azurerm_synapse_workspace_extended_auditing_policy azurerm_virtual_hub_routing_intent
        google_compute_resource_policy google_kms_key_ring google_spanner_database terraform_data
        """

    /// Who may do what to something, for any type of Google's: `google_storage_bucket_iam_member`.
    static let rights = ["_iam_audit_config", "_iam_binding", "_iam_member", "_iam_policy"]
}
