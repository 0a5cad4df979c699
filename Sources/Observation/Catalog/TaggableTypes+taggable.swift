// Written by a program from the schema that TaggableTypes.swift names; not meant to be read or edited line by line.

extension TaggableTypes {
    /// Takes a `tags` argument. Without the leading `aws_`.
    static let taggable = """
        accessanalyzer_analyzer acm_certificate acmpca_certificate_authority alb alb_listener alb_listener_rule alb_target_group ami
        ami_copy ami_from_instance amplify_app amplify_branch api_gateway_api_key api_gateway_client_certificate api_gateway_domain_name
        api_gateway_domain_name_access_association api_gateway_rest_api api_gateway_stage api_gateway_usage_plan api_gateway_vpc_link
        apigatewayv2_api apigatewayv2_domain_name apigatewayv2_stage apigatewayv2_vpc_link appautoscaling_target appconfig_application
        appconfig_configuration_profile appconfig_deployment appconfig_deployment_strategy appconfig_environment appconfig_extension
        appfabric_app_authorization appfabric_app_bundle appfabric_ingestion appfabric_ingestion_destination appflow_flow
        appintegrations_data_integration appintegrations_event_integration applicationinsights_application appmesh_gateway_route
        appmesh_mesh appmesh_route appmesh_virtual_gateway appmesh_virtual_node appmesh_virtual_router appmesh_virtual_service
        apprunner_auto_scaling_configuration_version apprunner_connection apprunner_observability_configuration apprunner_service
        apprunner_vpc_connector apprunner_vpc_ingress_connection appstream_fleet appstream_image_builder appstream_stack
        appsync_graphql_api athena_capacity_reservation athena_data_catalog athena_workgroup auditmanager_assessment
        auditmanager_control auditmanager_framework backup_framework backup_logically_air_gapped_vault backup_plan backup_report_plan
        backup_restore_testing_plan backup_vault batch_compute_environment batch_job_definition batch_job_queue batch_scheduling_policy
        bcmdataexports_export bedrock_custom_model bedrock_guardrail bedrock_inference_profile bedrock_provisioned_model_throughput
        bedrockagent_agent bedrockagent_agent_alias bedrockagent_knowledge_base bedrockagent_prompt budgets_budget budgets_budget_action
        ce_anomaly_monitor ce_anomaly_subscription ce_cost_category chatbot_slack_channel_configuration
        chatbot_teams_channel_configuration chime_voice_connector chimesdkmediapipelines_media_insights_pipeline_configuration
        chimesdkvoice_sip_media_application chimesdkvoice_voice_profile_domain cleanrooms_collaboration cleanrooms_configured_table
        cleanrooms_membership cloud9_environment_ec2 cloudformation_stack cloudformation_stack_set cloudfront_distribution
        cloudfront_vpc_origin cloudhsm_v2_cluster cloudtrail cloudtrail_event_data_store cloudwatch_composite_alarm
        cloudwatch_contributor_insight_rule cloudwatch_contributor_managed_insight_rule cloudwatch_event_bus cloudwatch_event_rule
        cloudwatch_log_anomaly_detector cloudwatch_log_delivery cloudwatch_log_delivery_destination cloudwatch_log_delivery_source
        cloudwatch_log_destination cloudwatch_log_group cloudwatch_metric_alarm cloudwatch_metric_stream codeartifact_domain
        codeartifact_repository codebuild_fleet codebuild_project codebuild_report_group codecommit_repository
        codeconnections_connection codeconnections_host codedeploy_app codedeploy_deployment_group codeguruprofiler_profiling_group
        codegurureviewer_repository_association codepipeline codepipeline_custom_action_type codepipeline_webhook
        codestarconnections_connection codestarnotifications_notification_rule cognito_identity_pool cognito_user_pool
        comprehend_document_classifier comprehend_entity_recognizer config_aggregate_authorization config_config_rule
        config_configuration_aggregator connect_contact_flow connect_contact_flow_module connect_hours_of_operation connect_instance
        connect_phone_number connect_queue connect_quick_connect connect_routing_profile connect_security_profile connect_user
        connect_user_hierarchy_group connect_vocabulary controltower_landing_zone cur_report_definition customer_gateway
        customerprofiles_domain dataexchange_data_set dataexchange_revision dataexchange_revision_assets datapipeline_pipeline
        datasync_agent datasync_location_azure_blob datasync_location_efs datasync_location_fsx_lustre_file_system
        datasync_location_fsx_ontap_file_system datasync_location_fsx_openzfs_file_system datasync_location_fsx_windows_file_system
        datasync_location_hdfs datasync_location_nfs datasync_location_object_storage datasync_location_s3 datasync_location_smb
        datasync_task datazone_domain dax_cluster db_cluster_snapshot db_event_subscription db_instance db_option_group
        db_parameter_group db_proxy db_proxy_endpoint db_snapshot db_snapshot_copy db_subnet_group default_network_acl
        default_route_table default_security_group default_subnet default_vpc default_vpc_dhcp_options detective_graph
        devicefarm_device_pool devicefarm_instance_profile devicefarm_network_profile devicefarm_project devicefarm_test_grid_project
        directory_service_directory directory_service_region dlm_lifecycle_policy dms_certificate dms_endpoint dms_event_subscription
        dms_replication_config dms_replication_instance dms_replication_subnet_group dms_replication_task dms_s3_endpoint docdb_cluster
        docdb_cluster_instance docdb_cluster_parameter_group docdb_event_subscription docdb_subnet_group docdbelastic_cluster
        drs_replication_configuration_template dsql_cluster dx_connection dx_hosted_private_virtual_interface_accepter
        dx_hosted_public_virtual_interface_accepter dx_hosted_transit_virtual_interface_accepter dx_lag dx_private_virtual_interface
        dx_public_virtual_interface dx_transit_virtual_interface dynamodb_table dynamodb_table_replica ebs_snapshot ebs_snapshot_copy
        ebs_snapshot_import ebs_volume ec2_capacity_block_reservation ec2_capacity_reservation ec2_carrier_gateway
        ec2_client_vpn_endpoint ec2_fleet ec2_host ec2_instance_connect_endpoint ec2_local_gateway_route_table_vpc_association
        ec2_managed_prefix_list ec2_network_insights_analysis ec2_network_insights_path ec2_traffic_mirror_filter
        ec2_traffic_mirror_session ec2_traffic_mirror_target ec2_transit_gateway ec2_transit_gateway_connect
        ec2_transit_gateway_connect_peer ec2_transit_gateway_multicast_domain ec2_transit_gateway_peering_attachment
        ec2_transit_gateway_peering_attachment_accepter ec2_transit_gateway_policy_table ec2_transit_gateway_route_table
        ec2_transit_gateway_vpc_attachment ec2_transit_gateway_vpc_attachment_accepter ecr_repository ecrpublic_repository
        ecs_capacity_provider ecs_cluster ecs_service ecs_task_definition ecs_task_set efs_access_point efs_file_system
        egress_only_internet_gateway eip eks_access_entry eks_addon eks_cluster eks_fargate_profile eks_identity_provider_config
        eks_node_group eks_pod_identity_association elastic_beanstalk_application elastic_beanstalk_application_version
        elastic_beanstalk_environment elasticache_cluster elasticache_parameter_group elasticache_replication_group
        elasticache_reserved_cache_node elasticache_serverless_cache elasticache_subnet_group elasticache_user elasticache_user_group
        elasticsearch_domain elb emr_cluster emr_studio emrcontainers_job_template emrcontainers_virtual_cluster
        emrserverless_application evidently_feature evidently_launch evidently_project evidently_segment finspace_kx_cluster
        finspace_kx_database finspace_kx_dataview finspace_kx_environment finspace_kx_scaling_group finspace_kx_user finspace_kx_volume
        fis_experiment_template flow_log fms_policy fms_resource_set fsx_backup fsx_data_repository_association fsx_file_cache
        fsx_lustre_file_system fsx_ontap_file_system fsx_ontap_storage_virtual_machine fsx_ontap_volume fsx_openzfs_file_system
        fsx_openzfs_snapshot fsx_openzfs_volume fsx_windows_file_system gamelift_alias gamelift_build gamelift_fleet
        gamelift_game_server_group gamelift_game_session_queue gamelift_script glacier_vault globalaccelerator_accelerator
        globalaccelerator_cross_account_attachment globalaccelerator_custom_routing_accelerator glue_catalog_database glue_connection
        glue_crawler glue_data_quality_ruleset glue_dev_endpoint glue_job glue_ml_transform glue_registry glue_schema glue_trigger
        glue_workflow grafana_workspace guardduty_detector guardduty_filter guardduty_ipset guardduty_malware_protection_plan
        guardduty_threatintelset iam_instance_profile iam_openid_connect_provider iam_policy iam_role iam_saml_provider
        iam_server_certificate iam_service_linked_role iam_user iam_virtual_mfa_device imagebuilder_component
        imagebuilder_container_recipe imagebuilder_distribution_configuration imagebuilder_image imagebuilder_image_pipeline
        imagebuilder_image_recipe imagebuilder_infrastructure_configuration imagebuilder_lifecycle_policy imagebuilder_workflow
        inspector2_filter inspector_assessment_template inspector_resource_group instance internet_gateway internetmonitor_monitor
        iot_authorizer iot_billing_group iot_ca_certificate iot_domain_configuration iot_policy iot_provisioning_template iot_role_alias
        iot_thing_group iot_thing_type iot_topic_rule ivs_channel ivs_playback_key_pair ivs_recording_configuration
        ivschat_logging_configuration ivschat_room kendra_data_source kendra_faq kendra_index kendra_query_suggestions_block_list
        kendra_thesaurus key_pair keyspaces_keyspace keyspaces_table kinesis_analytics_application kinesis_firehose_delivery_stream
        kinesis_stream kinesis_video_stream kinesisanalyticsv2_application kms_external_key kms_key kms_replica_external_key
        kms_replica_key lambda_code_signing_config lambda_event_source_mapping lambda_function launch_template lb lb_listener
        lb_listener_rule lb_target_group lb_trust_store lexv2models_bot licensemanager_license_configuration lightsail_bucket
        lightsail_certificate lightsail_container_service lightsail_database lightsail_disk lightsail_distribution lightsail_instance
        lightsail_key_pair lightsail_lb location_geofence_collection location_map location_place_index location_route_calculator
        location_tracker m2_application m2_environment macie2_classification_job macie2_custom_data_identifier macie2_findings_filter
        macie2_member media_convert_queue media_package_channel media_packagev2_channel_group media_store_container medialive_channel
        medialive_input medialive_input_security_group medialive_multiplex memorydb_acl memorydb_cluster memorydb_multi_region_cluster
        memorydb_parameter_group memorydb_snapshot memorydb_subnet_group memorydb_user mq_broker mq_configuration msk_cluster
        msk_replicator msk_serverless_cluster msk_vpc_connection mskconnect_connector mskconnect_custom_plugin
        mskconnect_worker_configuration mwaa_environment nat_gateway neptune_cluster neptune_cluster_endpoint neptune_cluster_instance
        neptune_cluster_parameter_group neptune_event_subscription neptune_parameter_group neptune_subnet_group neptunegraph_graph
        network_acl network_interface networkfirewall_firewall networkfirewall_firewall_policy networkfirewall_rule_group
        networkfirewall_tls_inspection_configuration networkmanager_connect_attachment networkmanager_connect_peer
        networkmanager_connection networkmanager_core_network networkmanager_device networkmanager_dx_gateway_attachment
        networkmanager_global_network networkmanager_link networkmanager_site networkmanager_site_to_site_vpn_attachment
        networkmanager_transit_gateway_peering networkmanager_transit_gateway_route_table_attachment networkmanager_vpc_attachment
        networkmonitor_monitor networkmonitor_probe notifications_notification_configuration notificationscontacts_email_contact
        oam_link oam_sink opensearch_domain opensearchserverless_collection opsworks_custom_layer opsworks_ecs_cluster_layer
        opsworks_ganglia_layer opsworks_haproxy_layer opsworks_java_app_layer opsworks_memcached_layer opsworks_mysql_layer
        opsworks_nodejs_app_layer opsworks_php_app_layer opsworks_rails_app_layer opsworks_stack opsworks_static_web_layer
        organizations_account organizations_organizational_unit organizations_policy organizations_resource_policy osis_pipeline
        paymentcryptography_key pinpoint_app pinpoint_email_template pinpointsmsvoicev2_configuration_set
        pinpointsmsvoicev2_opt_out_list pinpointsmsvoicev2_phone_number pipes_pipe placement_group prometheus_rule_group_namespace
        prometheus_scraper prometheus_workspace qbusiness_application qldb_ledger qldb_stream quicksight_analysis quicksight_dashboard
        quicksight_data_set quicksight_data_source quicksight_folder quicksight_namespace quicksight_template quicksight_theme
        quicksight_vpc_connection ram_resource_share rbin_rule rds_cluster rds_cluster_endpoint rds_cluster_instance
        rds_cluster_parameter_group rds_cluster_snapshot_copy rds_custom_db_engine_version rds_global_cluster rds_integration
        rds_reserved_instance rds_shard_group redshift_cluster redshift_cluster_snapshot redshift_event_subscription
        redshift_hsm_client_certificate redshift_hsm_configuration redshift_integration redshift_parameter_group
        redshift_snapshot_copy_grant redshift_snapshot_schedule redshift_subnet_group redshift_usage_limit redshiftserverless_namespace
        redshiftserverless_workgroup rekognition_collection rekognition_project rekognition_stream_processor
        resiliencehub_resiliency_policy resourceexplorer2_index resourceexplorer2_view resourcegroups_group rolesanywhere_profile
        rolesanywhere_trust_anchor route53_health_check route53_resolver_endpoint route53_resolver_firewall_domain_list
        route53_resolver_firewall_rule_group route53_resolver_firewall_rule_group_association route53_resolver_query_log_config
        route53_resolver_rule route53_zone route53domains_domain route53domains_registered_domain route53profiles_association
        route53profiles_profile route53recoveryreadiness_cell route53recoveryreadiness_readiness_check
        route53recoveryreadiness_recovery_group route53recoveryreadiness_resource_set route_table rum_app_monitor s3_bucket
        s3_bucket_object s3_object s3_object_copy s3control_access_grant s3control_access_grants_instance
        s3control_access_grants_location s3control_bucket s3control_storage_lens_configuration sagemaker_app sagemaker_app_image_config
        sagemaker_code_repository sagemaker_data_quality_job_definition sagemaker_device_fleet sagemaker_domain sagemaker_endpoint
        sagemaker_endpoint_configuration sagemaker_feature_group sagemaker_flow_definition sagemaker_hub sagemaker_human_task_ui
        sagemaker_image sagemaker_mlflow_tracking_server sagemaker_model sagemaker_model_package_group sagemaker_monitoring_schedule
        sagemaker_notebook_instance sagemaker_notebook_instance_lifecycle_configuration sagemaker_pipeline sagemaker_project
        sagemaker_space sagemaker_studio_lifecycle_config sagemaker_user_profile sagemaker_workteam scheduler_schedule_group
        schemas_discoverer schemas_registry schemas_schema secretsmanager_secret security_group securityhub_automation_rule
        securitylake_data_lake securitylake_subscriber serverlessapplicationrepository_cloudformation_stack
        service_discovery_http_namespace service_discovery_private_dns_namespace service_discovery_public_dns_namespace
        service_discovery_service servicecatalog_portfolio servicecatalog_product servicecatalog_provisioned_product
        servicecatalogappregistry_application servicecatalogappregistry_attribute_group sesv2_configuration_set sesv2_contact_list
        sesv2_dedicated_ip_pool sesv2_email_identity sfn_activity sfn_state_machine shield_protection shield_protection_group
        signer_signing_profile sns_topic spot_fleet_request spot_instance_request sqs_queue ssm_activation ssm_association ssm_document
        ssm_maintenance_window ssm_parameter ssm_patch_baseline ssmcontacts_contact ssmcontacts_rotation ssmincidents_replication_set
        ssmincidents_response_plan ssmquicksetup_configuration_manager ssoadmin_application ssoadmin_permission_set
        ssoadmin_trusted_token_issuer storagegateway_cached_iscsi_volume storagegateway_file_system_association storagegateway_gateway
        storagegateway_nfs_file_share storagegateway_smb_file_share storagegateway_stored_iscsi_volume storagegateway_tape_pool subnet
        swf_domain synthetics_canary synthetics_group timestreaminfluxdb_db_instance timestreamquery_scheduled_query
        timestreamwrite_database timestreamwrite_table transcribe_language_model transcribe_medical_vocabulary transcribe_vocabulary
        transcribe_vocabulary_filter transfer_agreement transfer_certificate transfer_connector transfer_profile transfer_server
        transfer_user transfer_workflow verifiedaccess_endpoint verifiedaccess_group verifiedaccess_instance
        verifiedaccess_trust_provider verifiedpermissions_policy_store vpc vpc_block_public_access_exclusion vpc_dhcp_options
        vpc_endpoint vpc_endpoint_service vpc_ipam vpc_ipam_pool vpc_ipam_resource_discovery vpc_ipam_resource_discovery_association
        vpc_ipam_scope vpc_peering_connection vpc_peering_connection_accepter vpc_route_server vpc_route_server_endpoint
        vpc_route_server_peer vpc_security_group_egress_rule vpc_security_group_ingress_rule vpclattice_access_log_subscription
        vpclattice_listener vpclattice_listener_rule vpclattice_resource_configuration vpclattice_resource_gateway vpclattice_service
        vpclattice_service_network vpclattice_service_network_resource_association vpclattice_service_network_service_association
        vpclattice_service_network_vpc_association vpclattice_target_group vpn_connection vpn_gateway waf_rate_based_rule waf_rule
        waf_rule_group waf_web_acl wafregional_rate_based_rule wafregional_rule wafregional_rule_group wafregional_web_acl wafv2_ip_set
        wafv2_regex_pattern_set wafv2_rule_group wafv2_web_acl workspaces_connection_alias workspaces_directory workspaces_ip_group
        workspaces_workspace workspacesweb_browser_settings workspacesweb_data_protection_settings workspacesweb_ip_access_settings
        workspacesweb_network_settings workspacesweb_user_access_logging_settings workspacesweb_user_settings xray_group
        xray_sampling_rule
        """
}
