/// Systems with licences, custom machines, graphics cards, and what has no region of its own.
extension HandComputed {
    static let systems: [HandComputed] = [
        HandComputed(
            "a machine of EC2 whose password is asked for runs Windows", "aws_instance.w", "730*0.188 + 30*0.1",
            """
            resource "aws_instance" "w" {
              instance_type     = "m5.large"
              get_password_data = true
              root_block_device {
                volume_size = 30
              }
            }
            """),
        HandComputed(
            "a group of Windows machines, by the image of their template", "aws_autoscaling_group.w", "2*730*0.188 + 2*50*0.08",
            """
            resource "aws_launch_template" "w" {
              image_id      = "resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base"
              instance_type = "m5.large"
              block_device_mappings {
                device_name = "/dev/sda1"
                ebs {
                  volume_size = 50
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_autoscaling_group" "w" {
              desired_capacity = 2
              launch_template {
                id = aws_launch_template.w.id
              }
            }
            """),
        HandComputed(
            "a machine on a host of one's own costs its disk: the host is paid for", "aws_instance.h", "100*0.08",
            """
            resource "aws_instance" "h" {
              instance_type = "m5.large"
              tenancy       = "host"
              root_block_device {
                volume_size = 100
                volume_type = "gp3"
              }
            }
            """),
        HandComputed(
            "an older machine of Azure's whose owner brings Windows", "azurerm_virtual_machine.v", "730*0.12", region: nil,
            """
            resource "azurerm_virtual_machine" "v" {
              location     = "westeurope"
              vm_size      = "Standard_D2s_v3"
              license_type = "Windows_Server"
              os_profile_windows_config {}
            }
            """),
        HandComputed(
            "a zone of Azure's names, which is in no region", "azurerm_dns_zone.z", "0.5", region: nil,
            #"resource "azurerm_dns_zone" "z" { name = "example.com" }"#),
        HandComputed(
            "a rule is where its balancer is", "azurerm_lb_rule.r", "730*0.01", region: nil,
            """
            resource "azurerm_lb" "b" {
              location = "East US"
              sku      = "Standard"
            }
            resource "azurerm_lb_rule" "r" {
              loadbalancer_id = azurerm_lb.b.id
            }
            """),
        HandComputed(
            "a container is where its account is, which it names by a text", "azurerm_cosmosdb_sql_container.c", "730*4*0.008", region: nil,
            """
            resource "azurerm_cosmosdb_account" "a" {
              name     = "documents"
              location = "eastus"
            }
            resource "azurerm_cosmosdb_sql_container" "c" {
              account_name = "documents"
              throughput   = 400
            }
            """),
        HandComputed(
            "a custom machine of Google's first family, by what a vCPU and a gigabyte cost in custom machines of the list",
            "google_compute_instance.i", "730*4*0.03319155 + 730*8*0.004446", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "custom-4-8192"
            }
            """),
        HandComputed(
            "a custom machine of a later family costs 5 % more than predefined ones", "google_compute_instance.i",
            "730*6*0.031611*1.05 + 730*20*0.004237*1.05", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "n2-custom-6-20480"
            }
            """),
        HandComputed(
            "Windows on Google, whose licence is apart", "google_compute_instance.i", "730*0.189999 + 730*0.184 + 50*0.04", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "n1-standard-4"
              boot_disk {
                initialize_params {
                  image = "windows-cloud/windows-2022"
                  size  = 50
                }
              }
            }
            """),
        HandComputed(
            "Red Hat on Google, by an image that the provider looks up", "google_compute_instance.i",
            "730*0.03350571 + 730*0.0144 + 20*0.04",
            region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "e2-medium"
              boot_disk {
                initialize_params {
                  image = "rhel-9"
                  size  = 20
                }
              }
            }
            """),
        HandComputed(
            "Windows on a custom machine, a licence for each vCPU", "google_compute_instance.i",
            "730*2*0.03319155 + 730*4*0.004446 + 730*2*0.046 + 50*0.04", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "n1-custom-2-4096"
              boot_disk {
                initialize_params {
                  image = "projects/windows-cloud/global/images/family/windows-2022"
                  size  = 50
                }
              }
            }
            """),
        HandComputed(
            "a graphics card beside a machine, before the discount of a whole month", "google_compute_instance.i",
            "730*0.379998 + 2*730*0.45", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "n1-standard-8"
              guest_accelerator {
                type  = "nvidia-tesla-k80"
                count = 2
              }
            }
            """),
        HandComputed(
            "a card that belongs to the machine's type is in its price", "google_compute_instance.i", "730*3.673385", region: nil,
            """
            resource "google_compute_instance" "i" {
              zone         = "us-central1-a"
              machine_type = "a2-highgpu-1g"
              guest_accelerator {
                type  = "nvidia-tesla-a100"
                count = 1
              }
            }
            """),
        HandComputed(
            "nodes with a card and a local disk", "google_container_node_pool.p", "730*0.189999 + 730*0.45 + 100*0.04 + 375*0.08",
            region: nil,
            """
            resource "google_container_node_pool" "p" {
              location   = "us-central1-a"
              cluster    = "c"
              node_count = 1
              node_config {
                machine_type    = "n1-standard-4"
                local_ssd_count = 1
                guest_accelerator {
                  type  = "nvidia-tesla-k80"
                  count = 1
                }
              }
            }
            """),
        HandComputed(
            "nodes where their cluster is, and not where the provider is", "google_container_node_pool.p",
            "3*730*0.03350571 + 3*100*0.04",
            region: nil,
            """
            provider "google" {
              region = "europe-west1"
            }
            resource "google_container_cluster" "c" {
              name     = "c"
              location = "us-central1"
            }
            resource "google_container_node_pool" "p" {
              cluster    = google_container_cluster.c.id
              node_count = 1
            }
            """),
    ]
}
