provider "aws" {
  region = "us-east-1"
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_s3_bucket_inventory" "files" {
  bucket = aws_s3_bucket.files.id
}

resource "aws_s3_bucket_analytics_configuration" "files" {
  bucket = aws_s3_bucket.files.id
}

resource "aws_efs_file_system" "home" {
  throughput_mode                 = "provisioned"
  provisioned_throughput_in_mibps = 10
}

resource "aws_fsx_windows_file_system" "share" {
  deployment_type     = "MULTI_AZ_1"
  storage_type        = "SSD"
  storage_capacity    = 1000
  throughput_capacity = 16
}

resource "aws_fsx_openzfs_file_system" "share" {
  deployment_type     = "SINGLE_AZ_1"
  storage_capacity    = 100
  throughput_capacity = 64
  disk_iops_configuration {
    mode = "USER_PROVISIONED"
    iops = 1000
  }
}

resource "aws_backup_vault" "vault" {
  region = "us-west-1"
  name   = "vault"
}

resource "aws_msk_cluster" "stream" {
  cluster_name           = "stream"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = ["subnet-1"]
    storage_info {
      ebs_storage_info {
        volume_size = 1000
      }
    }
  }
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  region      = "eu-west-2"
  name        = "clicks"
  destination = "extended_s3"
}

resource "aws_mwaa_environment" "flows" {
  name              = "flows"
  environment_class = "mw1.medium"
  min_workers       = 2
}

resource "aws_mq_broker" "broker" {
  broker_name        = "broker"
  engine_type        = "ActiveMQ"
  host_instance_type = "mq.t3.micro"
}

resource "aws_glue_job" "nightly" {
  name = "nightly"
}

resource "aws_glue_catalog_database" "lake" {
  name = "lake"
}

resource "aws_codebuild_project" "build" {
  name = "build"
}

resource "aws_transfer_server" "drop" {
  protocols = ["SFTP", "FTPS"]
}

resource "aws_directory_service_directory" "corp" {
  name    = "corp.example.com"
  type    = "MicrosoftAD"
  edition = "Standard"
}

resource "aws_kms_key" "main" {
  description = "main"
}

resource "aws_kms_external_key" "brought" {
  description = "brought"
}

resource "aws_kms_replica_key" "main" {
  primary_key_arn = aws_kms_key.main.arn
}

resource "aws_secretsmanager_secret" "password" {
  name = "password"
  replica {
    region = "us-west-2"
  }
}

resource "aws_ssm_parameter" "settings" {
  name = "settings"
  type = "String"
  tier = "Advanced"
}

resource "aws_cloudwatch_log_group" "app" {
  name = "app"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 300
}

resource "aws_cloudwatch_dashboard" "main" {
  dashboard_name = "main"
}

resource "aws_route53_health_check" "www" {
  type = "HTTPS"
}

resource "aws_acmpca_certificate_authority" "inside" {
  type = "ROOT"
}

resource "aws_wafv2_web_acl" "edge" {
  scope = "REGIONAL"
  rule {
    name     = "a"
    priority = 1
  }
  rule {
    name     = "b"
    priority = 2
  }
}

resource "aws_cloudhsm_v2_hsm" "keys" {
  cluster_id = "cluster-1"
}

resource "aws_cloudtrail" "audit" {
  name = "audit"
}

resource "aws_config_config_rule" "tags" {
  name = "tags"
}
