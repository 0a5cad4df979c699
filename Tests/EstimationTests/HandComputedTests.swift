import CostModel
import Testing

@testable import Estimation

/// One piece of code and what it costs in a month, worked out by hand from the list's prices.
struct HandComputed: Sendable, CustomTestStringConvertible {
    var name: String
    /// Whose sum is worked out.
    var address: String
    var code: String
    /// `730*0.096`: hours times price, gigabytes times price.
    var arithmetic: String
    var region: String?

    init(_ name: String, _ address: String, _ arithmetic: String, region: String? = "us-east-1", _ code: String) {
        self.name = name
        self.address = address
        self.code = code
        self.arithmetic = arithmetic
        self.region = region
    }

    var testDescription: String { name }
}

@Suite("estimates that were worked out by hand")
struct HandComputedTests {
    @Test("are the program's, to the last digit", arguments: HandComputed.aws + HandComputed.azure + HandComputed.google)
    func amount(_ known: HandComputed) throws {
        let estimate = try Estimated.estimate(known.code, region: known.region)
        let resource = try #require(Estimated.resource(known.address, in: estimate))
        #expect(resource.status == .priced, "\(resource.reason ?? "")")
        let expected = Arithmetic.value(known.arithmetic)
        let monthly = try #require(resource.monthly, "\(resource)")
        // Published estimates have the price of a month where the list has none of an hour; that of an hour is then rounded.
        #expect(
            (monthly - expected).magnitude < FixedDecimal(exactly: "0.000001") ?? .zero,
            "\(monthly) is not \(known.arithmetic) = \(expected)")
    }
}

extension HandComputed {
    static let aws: [HandComputed] = [
        HandComputed(
            "a machine", "aws_instance.a", "730*0.096",
            """
            resource "aws_instance" "a" {
              ami           = "ami-1"
              instance_type = "m5.large"
            }
            """),
        HandComputed(
            "a machine in another region", "aws_instance.a", "730*0.107", region: "eu-west-1",
            """
            resource "aws_instance" "a" {
              ami           = "ami-1"
              instance_type = "m5.large"
            }
            """),
        HandComputed(
            "a machine with a root volume and a further one", "aws_instance.a", "730*0.107 + 50*0.088 + 100*0.138 + 2000*0.072",
            region: "eu-west-1",
            """
            resource "aws_instance" "a" {
              instance_type = "m5.large"
              root_block_device {
                volume_type = "gp3"
                volume_size = 50
              }
              ebs_block_device {
                device_name = "/dev/sdb"
                volume_type = "io1"
                volume_size = 100
                iops        = 2000
              }
            }
            """),
        HandComputed(
            "a watched machine with a public address", "aws_instance.a", "730*0.096 + 7*0.3 + 730*0.005",
            """
            resource "aws_instance" "a" {
              instance_type               = "m5.large"
              monitoring                  = true
              associate_public_ip_address = true
            }
            """),
        HandComputed(
            "a machine on hardware of its own", "aws_instance.a", "730*0.114", region: "eu-west-1",
            """
            resource "aws_instance" "a" {
              instance_type = "m5.large"
              tenancy       = "dedicated"
            }
            """),
        HandComputed(
            "a machine by its template", "aws_instance.a", "730*0.096 + 30*0.08",
            """
            resource "aws_launch_template" "t" {
              instance_type = "m5.large"
              block_device_mappings {
                device_name = "/dev/sda1"
                ebs {
                  volume_size = 30
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_instance" "a" {
              launch_template {
                id = aws_launch_template.t.id
              }
            }
            """),
        HandComputed(
            "a volume of gp3 beyond what is included", "aws_ebs_volume.v", "200*0.088 + 1000*0.0055 + 75*0.044", region: "eu-west-1",
            """
            resource "aws_ebs_volume" "v" {
              availability_zone = "eu-west-1a"
              size              = 200
              type              = "gp3"
              iops              = 4000
              throughput        = 200
            }
            """),
        HandComputed(
            "a volume of io2 in two tiers", "aws_ebs_volume.v", "1000*0.138 + 32000*0.072 + 8000*0.0504", region: "eu-west-1",
            """
            resource "aws_ebs_volume" "v" {
              availability_zone = "eu-west-1a"
              size              = 1000
              type              = "io2"
              iops              = 40000
            }
            """),
        HandComputed(
            "a volume in the region of its zone, not of its provider", "aws_ebs_volume.v", "100*0.11", region: "us-east-1",
            """
            resource "aws_ebs_volume" "v" {
              availability_zone = "eu-west-1b"
              size              = 100
            }
            """),
        HandComputed(
            "a group by its template, desired", "aws_autoscaling_group.g", "3*730*0.096 + 3*20*0.08",
            """
            resource "aws_launch_template" "t" {
              instance_type = "m5.large"
              block_device_mappings {
                ebs {
                  volume_size = 20
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_autoscaling_group" "g" {
              min_size         = 1
              max_size         = 10
              desired_capacity = 3
              launch_template {
                id = aws_launch_template.t.id
              }
            }
            """),
        HandComputed(
            "a group at its minimum", "aws_autoscaling_group.g", "2*730*0.096",
            """
            resource "aws_launch_configuration" "c" {
              image_id      = "ami-1"
              instance_type = "m5.large"
            }
            resource "aws_autoscaling_group" "g" {
              min_size             = 2
              max_size             = 4
              launch_configuration = aws_launch_configuration.c.name
            }
            """),
        HandComputed(
            "an address", "aws_eip.e", "730*0.005",
            """
            resource "aws_eip" "e" {
              domain = "vpc"
            }
            """),
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

    static let azure: [HandComputed] = [
        HandComputed(
            "a virtual machine with its disk", "azurerm_linux_virtual_machine.v", "730*0.12 + 9.6", region: nil,
            """
            resource "azurerm_linux_virtual_machine" "v" {
              location = "West Europe"
              size     = "Standard_D2s_v3"
              os_disk {
                caching              = "ReadWrite"
                storage_account_type = "StandardSSD_LRS"
                disk_size_gb         = 128
              }
            }
            """),
        HandComputed(
            "Windows", "azurerm_windows_virtual_machine.v", "730*0.212", region: nil,
            """
            resource "azurerm_windows_virtual_machine" "v" {
              location = "westeurope"
              size     = "Standard_D2s_v3"
            }
            """),
        HandComputed(
            "Windows with a licence of one's own", "azurerm_windows_virtual_machine.v", "730*0.12", region: nil,
            """
            resource "azurerm_windows_virtual_machine" "v" {
              location     = "westeurope"
              size         = "Standard_D2s_v3"
              license_type = "Windows_Server"
            }
            """),
        HandComputed(
            "a disk, which costs what the next larger size does", "azurerm_managed_disk.d", "9.6", region: nil,
            """
            resource "azurerm_resource_group" "g" {
              name     = "g"
              location = "West Europe"
            }
            resource "azurerm_managed_disk" "d" {
              location             = azurerm_resource_group.g.location
              storage_account_type = "StandardSSD_LRS"
              disk_size_gb         = 100
            }
            """),
        HandComputed(
            "a plan of three instances", "azurerm_service_plan.p", "3*730*0.155", region: nil,
            """
            resource "azurerm_service_plan" "p" {
              location     = "eastus"
              os_type      = "Linux"
              sku_name     = "P1v3"
              worker_count = 3
            }
            """),
        HandComputed(
            "a gateway", "azurerm_nat_gateway.n", "730*0.045", region: nil,
            """
            resource "azurerm_nat_gateway" "n" {
              location = "westeurope"
            }
            """),
    ]

    static let google: [HandComputed] = [
        HandComputed(
            "a machine with a boot disk and an address", "google_compute_instance.i", "730*0.194236 + 50*0.17 + 730*0.005", region: nil,
            """
            provider "google" {
              region = "us-central1"
            }
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "n2-standard-4"
              boot_disk {
                initialize_params {
                  size = 50
                  type = "pd-ssd"
                }
              }
              network_interface {
                access_config {}
              }
            }
            """),
        HandComputed(
            "a spot machine", "google_compute_instance.i", "730*0.083752", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "n2-standard-4"
              scheduling {
                provisioning_model = "SPOT"
              }
            }
            """),
        HandComputed(
            "a disk of its type's own size", "google_compute_disk.d", "500*0.04", region: nil,
            """
            resource "google_compute_disk" "d" {
              zone = "us-central1-a"
            }
            """),
        HandComputed(
            "nodes in the three zones of a region", "google_container_node_pool.p", "3*2*730*0.03350571 + 3*2*100*0.04", region: nil,
            """
            resource "google_container_cluster" "c" {
              name                     = "c"
              location                 = "us-central1"
              remove_default_node_pool = true
              initial_node_count       = 1
            }
            resource "google_container_node_pool" "p" {
              cluster    = google_container_cluster.c.name
              location   = "us-central1"
              node_count = 2
            }
            """),
        HandComputed(
            "a cluster without pools of its own", "google_container_cluster.c", "730*0.1", region: nil,
            """
            resource "google_container_cluster" "c" {
              name                     = "c"
              location                 = "europe-west1"
              remove_default_node_pool = true
              initial_node_count       = 1
            }
            """),
        HandComputed(
            "a database in two zones", "google_sql_database_instance.d", "730*0.2702 + 20*0.34", region: nil,
            """
            resource "google_sql_database_instance" "d" {
              region           = "us-central1"
              database_version = "POSTGRES_15"
              settings {
                tier              = "db-n1-standard-2"
                availability_type = "REGIONAL"
                disk_size         = 20
              }
            }
            """),
        HandComputed(
            "a cache", "google_redis_instance.r", "5*39.42", region: nil,
            """
            resource "google_redis_instance" "r" {
              region         = "us-central1"
              tier           = "STANDARD_HA"
              memory_size_gb = 5
            }
            """),
    ]
}
