resource "azurerm_linux_virtual_machine" "web" {
  location = "westeurope"
  size     = "Standard_D2s_v3"
  os_disk {
    storage_account_type = "Premium_LRS"
    disk_size_gb         = 64
  }
}

resource "azurerm_windows_virtual_machine" "desktop" {
  location = "westeurope"
  size     = "Standard_D2s_v3"
  os_disk {
    storage_account_type = "Standard_LRS"
    disk_size_gb         = 127
  }
}

resource "azurerm_virtual_machine" "old" {
  location     = "westeurope"
  vm_size      = "Standard_D2s_v3"
  license_type = "Windows_Server"
  os_profile_windows_config {}
  storage_os_disk {
    managed_disk_type = "StandardSSD_LRS"
    disk_size_gb      = 128
    create_option     = "FromImage"
  }
}

resource "azurerm_linux_virtual_machine_scale_set" "workers" {
  location  = "westeurope"
  sku       = "Standard_D2s_v3"
  instances = 3
}

resource "azurerm_windows_virtual_machine_scale_set" "workers" {
  location  = "westeurope"
  sku       = "Standard_D2s_v3"
  instances = 2
}

resource "azurerm_virtual_machine_scale_set" "old" {
  location = "westeurope"
  sku {
    name     = "Standard_D2s_v3"
    capacity = 2
  }
  os_profile_windows_config {}
}

resource "azurerm_managed_disk" "data" {
  location             = "westeurope"
  storage_account_type = "Premium_LRS"
  disk_size_gb         = 300
}

resource "azurerm_snapshot" "data" {
  location      = "westeurope"
  create_option = "Copy"
}

resource "azurerm_image" "base" {
  location = "westeurope"
}

resource "azurerm_kubernetes_cluster" "main" {
  location = "eastus"
  sku_tier = "Standard"
  default_node_pool {
    vm_size         = "Standard_D2s_v3"
    node_count      = 3
    os_disk_type    = "Ephemeral"
    os_disk_size_gb = 64
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "windows" {
  kubernetes_cluster_id = azurerm_kubernetes_cluster.main.id
  vm_size               = "Standard_D2s_v3"
  os_type               = "Windows"
  node_count            = 2
  os_disk_type          = "Ephemeral"
}

resource "azurerm_container_registry" "images" {
  location = "eastus"
  sku      = "Premium"
}
