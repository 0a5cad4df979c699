extension HandComputed {
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
