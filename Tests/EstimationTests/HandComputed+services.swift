extension HandComputed {
    static let aws = machines + services

    /// Databases, networks and whatever else AWS has.
    static let services: [HandComputed] = [
        HandComputed(
            "a database in one zone", "aws_db_instance.d", "730*0.24 + 100*0.115",
            """
            resource "aws_db_instance" "d" {
              engine            = "mysql"
              instance_class    = "db.r5.large"
              allocated_storage = 100
            }
            """),
        HandComputed(
            "a database in two zones, whose storage is doubled too", "aws_db_instance.d", "730*0.394 + 100*0.253", region: "eu-west-1",
            """
            resource "aws_db_instance" "d" {
              engine            = "postgres"
              instance_class    = "db.m5.large"
              allocated_storage = 100
              multi_az          = true
            }
            """),
        HandComputed(
            "a database with provisioned IOPS", "aws_db_instance.d", "730*0.189 + 200*0.138 + 3000*0.11", region: "eu-west-1",
            """
            resource "aws_db_instance" "d" {
              engine            = "mysql"
              instance_class    = "db.m5.large"
              allocated_storage = 200
              iops              = 3000
            }
            """),
        HandComputed(
            "a database on gp3 beyond what is included", "aws_db_instance.d", "730*0.189 + 500*0.127 + 2000*0.022 + 100*0.088",
            region: "eu-west-1",
            """
            resource "aws_db_instance" "d" {
              engine             = "mysql"
              instance_class     = "db.m5.large"
              allocated_storage  = 500
              storage_type       = "gp3"
              iops               = 14000
              storage_throughput = 600
            }
            """),
        HandComputed(
            "a replica, which is as large as its source", "aws_db_instance.r", "730*0.189 + 100*0.127", region: "eu-west-1",
            """
            resource "aws_db_instance" "d" {
              engine            = "mysql"
              instance_class    = "db.m5.large"
              allocated_storage = 100
            }
            resource "aws_db_instance" "r" {
              replicate_source_db = aws_db_instance.d.identifier
            }
            """),
        HandComputed(
            "an instance of Aurora", "aws_rds_cluster_instance.i", "730*0.29",
            """
            resource "aws_rds_cluster" "c" {
              engine = "aurora-mysql"
            }
            resource "aws_rds_cluster_instance" "i" {
              cluster_identifier = aws_rds_cluster.c.id
              engine             = aws_rds_cluster.c.engine
              instance_class     = "db.r5.large"
            }
            """),
        HandComputed(
            "a replication group of shards with replicas", "aws_elasticache_replication_group.g", "2*3*730*1.724",
            """
            resource "aws_elasticache_replication_group" "g" {
              replication_group_id    = "g"
              description             = "g"
              node_type               = "cache.r5.4xlarge"
              num_node_groups         = 2
              replicas_per_node_group = 2
            }
            """),
        HandComputed(
            "a cache of two nodes", "aws_elasticache_cluster.c", "2*730*0.156",
            """
            resource "aws_elasticache_cluster" "c" {
              cluster_id      = "c"
              engine          = "memcached"
              node_type       = "cache.m5.large"
              num_cache_nodes = 2
            }
            """),
        HandComputed(
            "a gateway", "aws_nat_gateway.n", "730*0.045",
            """
            resource "aws_nat_gateway" "n" {
              subnet_id = "subnet-1"
            }
            """),
        HandComputed(
            "a balancer", "aws_lb.l", "730*0.0252", region: "eu-west-1",
            """
            resource "aws_lb" "l" {
              load_balancer_type = "network"
            }
            """),
        HandComputed(
            "an endpoint in three zones", "aws_vpc_endpoint.e", "3*730*0.01",
            """
            resource "aws_vpc_endpoint" "e" {
              vpc_id            = "vpc-1"
              service_name      = "com.amazonaws.us-east-1.ecr.api"
              vpc_endpoint_type = "Interface"
              subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
            }
            """),
        HandComputed(
            "a cluster", "aws_eks_cluster.c", "730*0.1",
            """
            resource "aws_eks_cluster" "c" {
              name     = "c"
              role_arn = "arn"
            }
            """),
        HandComputed(
            "nodes with their disks", "aws_eks_node_group.n", "3*730*0.096 + 3*20*0.1",
            """
            resource "aws_eks_node_group" "n" {
              cluster_name   = "c"
              instance_types = ["m5.large"]
              scaling_config {
                desired_size = 3
                max_size     = 6
                min_size     = 1
              }
            }
            """),
        HandComputed(
            "a service on Fargate", "aws_ecs_service.s", "2*730*0.04656*1/2 + 2*730*0.00511*1", region: "eu-central-1",
            """
            resource "aws_ecs_task_definition" "t" {
              family                   = "t"
              cpu                      = 512
              memory                   = 1024
              container_definitions    = "[]"
            }
            resource "aws_ecs_service" "s" {
              name            = "s"
              launch_type     = "FARGATE"
              desired_count   = 2
              task_definition = aws_ecs_task_definition.t.arn
            }
            """),
        HandComputed(
            "a table with provisioned capacity and an index", "aws_dynamodb_table.t", "30*730*0.00013 + 15*730*0.00065",
            """
            resource "aws_dynamodb_table" "t" {
              name           = "t"
              hash_key       = "id"
              read_capacity  = 20
              write_capacity = 10
              global_secondary_index {
                name            = "i"
                hash_key        = "x"
                projection_type = "ALL"
                read_capacity   = 10
                write_capacity  = 5
              }
            }
            """),
        HandComputed(
            "a search domain", "aws_opensearch_domain.o", "2*730*0.587 + 2*100*0.135",
            """
            resource "aws_opensearch_domain" "o" {
              domain_name = "o"
              cluster_config {
                instance_type  = "c4.2xlarge.search"
                instance_count = 2
              }
              ebs_options {
                ebs_enabled = true
                volume_size = 100
              }
            }
            """),
        HandComputed(
            "brokers", "aws_msk_cluster.m", "3*730*0.0456 + 3*100*0.1",
            """
            resource "aws_msk_cluster" "m" {
              cluster_name           = "m"
              kafka_version          = "3.6.0"
              number_of_broker_nodes = 3
              broker_node_group_info {
                instance_type  = "kafka.t3.small"
                client_subnets = ["a", "b", "c"]
                storage_info {
                  ebs_storage_info {
                    volume_size = 100
                  }
                }
              }
            }
            """),
        HandComputed(
            "a key", "aws_kms_key.k", "1",
            """
            resource "aws_kms_key" "k" {
            }
            """),
        HandComputed(
            "a secret with a copy", "aws_secretsmanager_secret.s", "2*0.4", region: "eu-north-1",
            """
            resource "aws_secretsmanager_secret" "s" {
              replica {
                region = "eu-west-1"
              }
            }
            """),
        HandComputed(
            "a zone of names, which is in no region", "aws_route53_zone.z", "0.5", region: "ap-southeast-2",
            """
            resource "aws_route53_zone" "z" {
              name = "example.com"
            }
            """),
        HandComputed(
            "instances of a count, each by itself", "aws_instance.a[1]", "730*0.192",
            """
            resource "aws_instance" "a" {
              count         = 2
              instance_type = ["m5.large", "m5.xlarge"][count.index]
            }
            """),
        HandComputed(
            "a machine of a provider's alias", "aws_instance.a", "730*0.107",
            """
            provider "aws" {
              alias  = "west"
              region = "eu-west-1"
            }
            resource "aws_instance" "a" {
              provider      = aws.west
              instance_type = "m5.large"
            }
            """),
    ]
}
