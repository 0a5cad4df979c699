extension FreeTypes {
    /// Without their prefix `aws_`.
    static let aws = """
        accessanalyzer_analyzer accessanalyzer_archive_rule account_alternate_contact acm_certificate_validation acmpca_permission
        acmpca_policy alb_listener alb_listener_certificate alb_listener_rule alb_target_group alb_target_group_attachment
        ami_launch_permission amplify_backend_environment amplify_branch amplify_domain_association amplify_webhook api_gateway_account
        api_gateway_api_key api_gateway_authorizer api_gateway_base_path_mapping api_gateway_client_certificate api_gateway_deployment
        api_gateway_documentation_part api_gateway_documentation_version api_gateway_domain_name api_gateway_gateway_response
        api_gateway_integration api_gateway_integration_response api_gateway_method api_gateway_method_response api_gateway_method_settings
        api_gateway_model api_gateway_request_validator api_gateway_resource api_gateway_response api_gateway_rest_api_policy
        api_gateway_usage_plan api_gateway_usage_plan_key api_gateway_vpc_link apigatewayv2_api_mapping apigatewayv2_authorizer
        apigatewayv2_deployment apigatewayv2_domain_name apigatewayv2_integration apigatewayv2_integration_response apigatewayv2_model
        apigatewayv2_route apigatewayv2_route_response apigatewayv2_stage apigatewayv2_vpc_link app_cookie_stickiness_policy
        appautoscaling_policy appautoscaling_scheduled_action appconfig_configuration_profile appconfig_extension
        appconfig_extension_association appconfig_hosted_configuration_version appflow_connector_profile appintegrations_event_integration
        appmesh_gateway_route appmesh_mesh appmesh_route appmesh_virtual_gateway appmesh_virtual_node appmesh_virtual_router
        appmesh_virtual_service apprunner_custom_domain_association appstream_fleet_stack_association autoscaling_attachment
        autoscaling_group_tag autoscaling_lifecycle_hook autoscaling_notification autoscaling_policy backup_global_settings backup_plan
        backup_region_settings backup_selection backup_vault_notifications backup_vault_policy batch_job_queue budgets_budget
        cloudformation_stack_set_instance cloudformation_type cloudfront_cache_policy cloudfront_key_group cloudfront_origin_access_control
        cloudfront_origin_access_identity cloudfront_origin_request_policy cloudfront_public_key cloudfront_response_headers_policy
        cloudhsm_v2_cluster cloudwatch_event_api_destination cloudwatch_event_bus_policy cloudwatch_event_connection
        cloudwatch_event_permission cloudwatch_event_rule cloudwatch_log_destination cloudwatch_log_destination_policy
        cloudwatch_log_metric_filter cloudwatch_log_resource_policy cloudwatch_log_stream cloudwatch_log_subscription_filter
        codebuild_report_group codebuild_source_credential codebuild_webhook codedeploy_app codedeploy_deployment_config
        cognito_identity_pool_roles_attachment cognito_resource_server cognito_user_pool_client config_aggregate_authorization
        config_configuration_aggregator config_configuration_recorder_status config_delivery_channel config_remediation_configuration
        customer_gateway db_event_subscription db_instance_role_association db_option_group db_parameter_group db_proxy_default_target_group
        db_proxy_target db_subnet_group default_network_acl default_route_table default_security_group default_subnet default_vpc
        default_vpc_dhcp_options dms_certificate dms_endpoint dms_event_subscription dms_replication_subnet_group dms_replication_task
        dms_s3_endpoint docdb_cluster_parameter_group docdb_subnet_group dx_bgp_peer dx_gateway dx_gateway_association_proposal
        dx_hosted_private_virtual_interface dx_hosted_private_virtual_interface_accepter dx_hosted_public_virtual_interface
        dx_hosted_public_virtual_interface_accepter dx_hosted_transit_virtual_interface dx_hosted_transit_virtual_interface_accepter dx_lag
        dx_private_virtual_interface dx_public_virtual_interface dx_transit_virtual_interface dynamodb_table_item ebs_default_kms_key
        ebs_encryption_by_default ec2_client_vpn_authorization_rule ec2_client_vpn_route ec2_managed_prefix_list
        ec2_managed_prefix_list_entry ec2_tag ec2_traffic_mirror_filter ec2_traffic_mirror_filter_rule ec2_traffic_mirror_target
        ec2_transit_gateway ec2_transit_gateway_peering_attachment_accepter ec2_transit_gateway_route ec2_transit_gateway_route_table
        ec2_transit_gateway_route_table_association ec2_transit_gateway_route_table_propagation ec2_transit_gateway_vpc_attachment_accepter
        ecr_pull_through_cache_rule ecr_repository_policy ecs_account_setting_default efs_access_point efs_file_system_policy
        efs_mount_target egress_only_internet_gateway eks_access_policy_association eks_addon eks_identity_provider_config
        eks_pod_identity_association elastic_beanstalk_application elasticache_parameter_group elasticache_security_group
        elasticache_subnet_group elasticache_user elasticache_user_group elasticache_user_group_association elasticsearch_domain_policy
        elasticsearch_domain_saml_options elb_attachment globalaccelerator_listener glue_catalog_table glue_classifier glue_connection
        glue_data_catalog_encryption_settings glue_partition glue_partition_index glue_registry glue_resource_policy glue_schema
        glue_security_configuration glue_trigger glue_user_defined_function glue_workflow iam_access_key iam_account_alias
        iam_account_password_policy iam_group iam_group_membership iam_group_policy iam_group_policy_attachment iam_instance_profile
        iam_openid_connect_provider iam_policy iam_policy_attachment iam_role iam_role_policy iam_role_policy_attachment iam_saml_provider
        iam_server_certificate iam_service_linked_role iam_user iam_user_group_membership iam_user_login_profile iam_user_policy
        iam_user_policy_attachment iam_user_ssh_key imagebuilder_component imagebuilder_image_pipeline internet_gateway iot_policy
        iot_role_alias key_pair kms_alias kms_ciphertext kms_grant kms_key_policy lambda_alias lambda_code_signing_config
        lambda_event_source_mapping lambda_function_event_invoke_config lambda_function_url lambda_layer_version
        lambda_layer_version_permission lambda_permission launch_configuration launch_template lb_cookie_stickiness_policy lb_listener
        lb_listener_certificate lb_listener_rule lb_ssl_negotiation_policy lb_target_group lb_target_group_attachment lightsail_domain
        lightsail_key_pair lightsail_static_ip lightsail_static_ip_attachment load_balancer_backend_server_policy
        load_balancer_listener_policy load_balancer_policy main_route_table_association mq_configuration msk_configuration
        msk_scram_secret_association neptune_cluster_parameter_group neptune_event_subscription neptune_parameter_group neptune_subnet_group
        network_acl network_acl_rule network_interface network_interface_attachment network_interface_sg_attachment
        networkfirewall_firewall_policy networkfirewall_logging_configuration networkfirewall_rule_group opensearch_domain_policy
        opensearch_domain_saml_options opsworks_user_profile organizations_account organizations_organizational_unit organizations_policy
        organizations_policy_attachment placement_group ram_principal_association ram_resource_association ram_resource_share
        ram_resource_share_accepter rds_cluster_endpoint rds_cluster_parameter_group rds_cluster_role_association redshift_cluster_iam_roles
        resourcegroups_group resourcegroups_resource route route53_resolver_dnssec_config route53_resolver_query_log_config
        route53_resolver_query_log_config_association route53_resolver_rule route53_resolver_rule_association
        route53_vpc_association_authorization route53_zone_association route_table route_table_association s3_access_point
        s3_account_public_access_block s3_bucket_acl s3_bucket_cors_configuration s3_bucket_logging s3_bucket_metric s3_bucket_notification
        s3_bucket_object s3_bucket_object_lock_configuration s3_bucket_ownership_controls s3_bucket_policy s3_bucket_public_access_block
        s3_bucket_replication_configuration s3_bucket_server_side_encryption_configuration s3_bucket_website_configuration s3_object
        sagemaker_user_profile scheduler_schedule_group secretsmanager_secret_policy secretsmanager_secret_rotation
        secretsmanager_secret_version security_group security_group_rule service_discovery_http_namespace service_discovery_service
        ses_active_receipt_rule_set ses_configuration_set ses_domain_dkim ses_domain_identity ses_domain_identity_verification
        ses_domain_mail_from ses_email_identity ses_event_destination ses_identity_notification_topic ses_identity_policy ses_receipt_filter
        ses_receipt_rule ses_receipt_rule_set ses_template sesv2_configuration_set sesv2_configuration_set_event_destination
        sesv2_contact_list sesv2_email_identity sesv2_email_identity_feedback_attributes sesv2_email_identity_mail_from_attributes
        sesv2_email_identity_policy shield_drt_access_role_arn_association shield_protection_health_check_association
        sns_platform_application sns_sms_preferences sns_topic_policy sqs_queue_policy sqs_queue_redrive_allow_policy
        sqs_queue_redrive_policy ssm_association ssm_document ssm_maintenance_window ssm_maintenance_window_target
        ssm_maintenance_window_task ssm_patch_baseline ssm_patch_group ssm_resource_data_sync ssoadmin_account_assignment
        ssoadmin_application ssoadmin_application_access_scope ssoadmin_application_assignment ssoadmin_application_assignment_configuration
        ssoadmin_customer_managed_policy_attachment ssoadmin_instance_access_control_attributes ssoadmin_managed_policy_attachment
        ssoadmin_permission_set ssoadmin_permission_set_inline_policy ssoadmin_permissions_boundary_attachment ssoadmin_trusted_token_issuer
        transfer_access transfer_ssh_key transfer_tag transfer_user volume_attachment vpc_dhcp_options vpc_dhcp_options_association
        vpc_endpoint_connection_notification vpc_endpoint_route_table_association vpc_endpoint_security_group_association
        vpc_endpoint_service vpc_endpoint_service_allowed_principal vpc_endpoint_subnet_association vpc_ipv4_cidr_block_association
        vpc_peering_connection vpc_peering_connection_accepter vpc_peering_connection_options vpc_security_group_egress_rule
        vpc_security_group_ingress_rule vpn_connection_route vpn_gateway vpn_gateway_attachment vpn_gateway_route_propagation
        waf_byte_match_set waf_geo_match_set waf_ipset waf_rate_based_rule waf_regex_match_set waf_regex_pattern_set waf_rule waf_rule_group
        waf_size_constraint_set waf_sql_injection_match_set waf_xss_match_set wafregional_byte_match_set wafregional_size_constraint_set
        wafregional_sql_injection_match_set wafregional_web_acl_association wafregional_xss_match_set wafv2_ip_set wafv2_regex_pattern_set
        wafv2_rule_group wafv2_web_acl_association wafv2_web_acl_logging_configuration
        """
}
