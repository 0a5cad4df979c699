resource "azurerm_mssql_server" "main" {
  location = "eastus"
}

resource "azurerm_mssql_database" "orders" {
  server_id = azurerm_mssql_server.main.id
  sku_name  = "GP_Gen5_4"
}

resource "azurerm_sql_database" "old" {
  location                         = "eastus"
  server_name                      = "old"
  requested_service_objective_name = "S0"
}

resource "azurerm_postgresql_flexible_server" "main" {
  location   = "westus"
  sku_name   = "GP_Standard_D4s_v3"
  storage_mb = 131072
}

resource "azurerm_mysql_flexible_server" "main" {
  location = "westus"
  sku_name = "GP_Standard_D4ds_v4"
  storage {
    size_gb = 30
  }
}

resource "azurerm_postgresql_server" "old" {
  location   = "eastus"
  sku_name   = "GP_Gen5_4"
  storage_mb = 51200
}

resource "azurerm_mysql_server" "old" {
  location   = "eastus"
  sku_name   = "GP_Gen5_4"
  storage_mb = 51200
}

resource "azurerm_mariadb_server" "old" {
  location   = "eastus"
  sku_name   = "GP_Gen5_4"
  storage_mb = 51200
}

resource "azurerm_redis_cache" "sessions" {
  location = "eastus"
  sku_name = "Basic"
  family   = "C"
  capacity = 2
}

resource "azurerm_managed_redis" "sessions" {
  location = "eastus"
  sku_name = "Balanced_B0"
}

resource "azurerm_cosmosdb_account" "main" {
  name     = "main-documents"
  location = "eastus"
}

resource "azurerm_cosmosdb_sql_database" "shop" {
  name         = "shop"
  account_name = azurerm_cosmosdb_account.main.name
  throughput   = 400
}

resource "azurerm_cosmosdb_sql_container" "carts" {
  name         = "carts"
  account_name = "main-documents"
  autoscale_settings {
    max_throughput = 4000
  }
}

resource "azurerm_synapse_workspace" "lake" {
  location = "westeurope"
}

resource "azurerm_synapse_sql_pool" "lake" {
  synapse_workspace_id = azurerm_synapse_workspace.lake.id
  sku_name             = "DW100c"
}
