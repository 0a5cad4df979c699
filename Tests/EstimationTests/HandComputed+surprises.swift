/// What costs more than its main part says: support of old versions, copies in other regions, what a cluster or a weight decides.
extension HandComputed {
    static let surprises: [HandComputed] = [
        HandComputed(
            "a group by a launch configuration, which watches closely unless it says otherwise", "aws_autoscaling_group.g",
            "2*730*0.096 + 2*7*0.3",
            """
            resource "aws_launch_configuration" "c" {
              image_id      = "ami-1"
              instance_type = "m5.large"
            }
            resource "aws_autoscaling_group" "g" {
              launch_configuration = aws_launch_configuration.c.name
              min_size             = 2
              max_size             = 3
            }
            """),
        HandComputed(
            "a task whose size is written with units", "aws_ecs_service.s", "730*0.04656*1 + 730*0.00511*2", region: "eu-central-1",
            """
            resource "aws_ecs_task_definition" "t" {
              family = "t"
              cpu    = "1 vCPU"
              memory = "2 GB"
            }
            resource "aws_ecs_service" "s" {
              name            = "s"
              launch_type     = "FARGATE"
              desired_count   = 1
              task_definition = aws_ecs_task_definition.t.arn
            }
            """),
        HandComputed(
            "a cluster of a version whose support is extended costs six times as much", "aws_eks_cluster.c", "730*0.1 + 730*0.5",
            """
            resource "aws_eks_cluster" "c" {
              name    = "c"
              version = "1.29"
            }
            """),
        HandComputed(
            "a cluster that is upgraded in time does not", "aws_eks_cluster.c", "730*0.1",
            """
            resource "aws_eks_cluster" "c" {
              name    = "c"
              version = "1.29"
              upgrade_policy {
                support_type = "STANDARD"
              }
            }
            """),
        HandComputed(
            "a database of a version whose support is extended", "aws_db_instance.d", "730*0.178 + 2*730*0.1 + 20*0.115",
            """
            resource "aws_db_instance" "d" {
              engine            = "postgres"
              engine_version    = "12.19"
              instance_class    = "db.m5.large"
              allocated_storage = 20
            }
            """),
        HandComputed(
            "a database that does without it", "aws_db_instance.d", "730*0.178 + 20*0.115",
            """
            resource "aws_db_instance" "d" {
              engine                   = "postgres"
              engine_version           = "12.19"
              engine_lifecycle_support = "open-source-rds-extended-support-disabled"
              instance_class           = "db.m5.large"
              allocated_storage        = 20
            }
            """),
        HandComputed(
            "a group whose machines weigh two each", "aws_autoscaling_group.g", "3*730*0.0928",
            """
            resource "aws_launch_template" "t" {
              name          = "workers"
              instance_type = "t2.medium"
            }
            resource "aws_autoscaling_group" "g" {
              desired_capacity = 6
              mixed_instances_policy {
                launch_template {
                  launch_template_specification {
                    launch_template_name = "workers"
                  }
                  override {
                    instance_type     = "t2.large"
                    weighted_capacity = "2"
                  }
                }
              }
            }
            """),
        HandComputed(
            "a service that runs as its cluster says", "aws_ecs_service.s", "2*730*0.04656*1/2 + 2*730*0.00511*1", region: "eu-central-1",
            """
            resource "aws_ecs_cluster" "c" { name = "c" }
            resource "aws_ecs_cluster_capacity_providers" "c" {
              cluster_name = aws_ecs_cluster.c.name
              default_capacity_provider_strategy {
                capacity_provider = "FARGATE"
              }
            }
            resource "aws_ecs_task_definition" "t" {
              family = "t"
              cpu    = 512
              memory = 1024
            }
            resource "aws_ecs_service" "s" {
              cluster         = aws_ecs_cluster.c.id
              task_definition = "t"
              desired_count   = 2
            }
            """),
        HandComputed(
            "a table with a copy in another region, at that region's price", "aws_dynamodb_table.t",
            "10*0.0949 + 10*0.4745 + 10*0.5295", region: "us-east-2",
            """
            resource "aws_dynamodb_table" "t" {
              name           = "t"
              hash_key       = "id"
              read_capacity  = 10
              write_capacity = 10
              replica {
                region_name = "us-west-1"
              }
            }
            """),
        HandComputed(
            "a registry with a copy in another region", "azurerm_container_registry.r", "2*1.6667*730/24", region: nil,
            """
            resource "azurerm_container_registry" "r" {
              location = "eastus"
              sku      = "Premium"
              georeplications {
                location = "West Europe"
              }
            }
            """),
        HandComputed(
            "an elastic plan, by its vCPUs and memory", "azurerm_service_plan.p", "2*126.29 + 7*8.979", region: nil,
            """
            resource "azurerm_service_plan" "p" {
              location = "eastus"
              os_type  = "Linux"
              sku_name = "EP1"
              worker_count = 2
            }
            """),
        HandComputed(
            "nodes of Windows, by their system's edition", "azurerm_kubernetes_cluster_node_pool.p", "730*0.212", region: nil,
            """
            resource "azurerm_kubernetes_cluster" "c" {
              location = "westeurope"
              default_node_pool {
                vm_size = "Standard_D2s_v3"
              }
            }
            resource "azurerm_kubernetes_cluster_node_pool" "p" {
              kubernetes_cluster_id = azurerm_kubernetes_cluster.c.id
              vm_size               = "Standard_D2s_v3"
              os_sku                = "Windows2022"
              os_disk_type          = "Ephemeral"
            }
            """),
    ]
}
