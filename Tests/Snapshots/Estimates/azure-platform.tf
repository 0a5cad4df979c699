resource "azurerm_service_plan" "web" {
  location     = "eastus"
  os_type      = "Linux"
  sku_name     = "P1v3"
  worker_count = 2
}

resource "azurerm_app_service_plan" "old" {
  location = "eastus"
  kind     = "Linux"
  sku {
    tier     = "Standard"
    size     = "S1"
    capacity = 2
  }
}

resource "azurerm_linux_function_app" "jobs" {
  location = "eastus"
}

resource "azurerm_windows_function_app" "jobs" {
  location = "eastus"
}

resource "azurerm_function_app" "old" {
  location = "eastus"
}

resource "azurerm_static_web_app" "site" {
  location = "centralus"
  sku_tier = "Standard"
}

resource "azurerm_static_site" "site" {
  location = "centralus"
  sku_tier = "Standard"
}

resource "azurerm_storage_account" "files" {
  name                     = "files"
  location                 = "westus"
  account_tier             = "Standard"
  account_replication_type = "LRS"
}

resource "azurerm_storage_queue" "jobs" {
  name                 = "jobs"
  storage_account_name = azurerm_storage_account.files.name
}

resource "azurerm_storage_table" "rows" {
  name                 = "rows"
  storage_account_name = "files"
}

resource "azurerm_storage_share" "home" {
  name               = "home"
  storage_account_id = azurerm_storage_account.files.id
}

resource "azurerm_servicebus_namespace" "bus" {
  location = "westeurope"
  sku      = "Standard"
}

resource "azurerm_eventhub_namespace" "events" {
  location = "eastus"
  sku      = "Standard"
  capacity = 2
}

resource "azurerm_eventgrid_topic" "events" {
  location = "westeurope"
}

resource "azurerm_eventgrid_system_topic" "events" {
  location = "westeurope"
}

resource "azurerm_log_analytics_workspace" "logs" {
  location = "westeurope"
  sku      = "PerGB2018"
}

resource "azurerm_application_insights" "app" {
  location         = "westeurope"
  application_type = "web"
}

resource "azurerm_key_vault_managed_hardware_security_module" "keys" {
  location = "eastus"
}

resource "azurerm_signalr_service" "chat" {
  location = "westeurope"
  sku {
    name     = "Standard_S1"
    capacity = 2
  }
}

resource "azurerm_api_management" "api" {
  location = "eastus"
  sku_name = "Basic_2"
}

resource "azurerm_service_plan" "windows_containers" {
  location = "eastus"
  os_type  = "WindowsContainer"
  sku_name = "P1v3"
}

resource "azurerm_eventhub_cluster" "own" {
  location = "eastus"
  sku_name = "Dedicated_2"
}

resource "azurerm_eventhub_namespace" "own" {
  location             = "eastus"
  sku                  = "Standard"
  dedicated_cluster_id = azurerm_eventhub_cluster.own.id
}
