provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  storage_type            = "gp2"
  multi_az                = true
  backup_retention_period = 7
}

resource "aws_rds_cluster" "events" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "events" {
  cluster_identifier = aws_rds_cluster.events.id
  engine             = aws_rds_cluster.events.engine
  instance_class     = "db.r5.large"
}

resource "aws_docdb_cluster" "documents" {
  cluster_identifier = "documents"
}

resource "aws_docdb_cluster_instance" "documents" {
  cluster_identifier = aws_docdb_cluster.documents.id
  instance_class     = "db.t3.medium"
}

resource "aws_neptune_cluster" "graph" {
  region             = "eu-west-2"
  cluster_identifier = "graph"
}

resource "aws_neptune_cluster_instance" "graph" {
  region             = "eu-west-2"
  cluster_identifier = aws_neptune_cluster.graph.id
  instance_class     = "db.r5.large"
}

resource "aws_dynamodb_table" "sessions" {
  name           = "sessions"
  billing_mode   = "PROVISIONED"
  read_capacity  = 20
  write_capacity = 10
  hash_key       = "id"
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier = "warehouse"
  node_type          = "ra3.4xlarge"
  number_of_nodes    = 2
}

resource "aws_elasticache_cluster" "cache" {
  engine                   = "redis"
  node_type                = "cache.m5.large"
  num_cache_nodes          = 1
  snapshot_retention_limit = 5
}

resource "aws_elasticache_replication_group" "cache" {
  description             = "sessions"
  node_type               = "cache.t3.medium"
  num_node_groups         = 2
  replicas_per_node_group = 1
}

resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  cluster_config {
    instance_type            = "m5.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_type    = "m5.large.search"
    dedicated_master_count   = 3
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = "gp3"
  }
}

resource "aws_elasticsearch_domain" "old" {
  domain_name = "old"
  cluster_config {
    instance_type  = "c4.2xlarge.elasticsearch"
    instance_count = 2
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 100
    volume_type = "gp2"
  }
}
