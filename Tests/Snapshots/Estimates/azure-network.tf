resource "azurerm_public_ip" "web" {
  location          = "westeurope"
  allocation_method = "Static"
}

resource "azurerm_public_ip_prefix" "out" {
  location      = "westeurope"
  prefix_length = 30
}

resource "azurerm_nat_gateway" "out" {
  location = "westeurope"
}

resource "azurerm_lb" "web" {
  location = "eastus"
  sku      = "Standard"
}

resource "azurerm_lb_rule" "web" {
  loadbalancer_id = azurerm_lb.web.id
  protocol        = "Tcp"
}

resource "azurerm_lb" "out" {
  name     = "out"
  location = "westeurope"
  sku      = "Basic"
}

resource "azurerm_lb_outbound_rule" "out" {
  loadbalancer_id = azurerm_lb.out.id
  protocol        = "All"
}

resource "azurerm_application_gateway" "web" {
  location = "eastus"
  sku {
    name     = "WAF_v2"
    tier     = "WAF_v2"
    capacity = 2
  }
}

resource "azurerm_firewall" "edge" {
  location = "eastus"
  sku_name = "AZFW_VNet"
  sku_tier = "Standard"
}

resource "azurerm_bastion_host" "in" {
  location = "australiaeast"
}

resource "azurerm_virtual_network_gateway" "vpn" {
  location = "eastus"
  type     = "Vpn"
  sku      = "VpnGw1"
}

resource "azurerm_private_endpoint" "store" {
  location = "westus"
}

resource "azurerm_private_dns_zone" "inside" {
  name = "inside.example.com"
}

resource "azurerm_dns_zone" "public" {
  name = "example.com"
}

resource "azurerm_dns_a_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_aaaa_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_caa_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_cname_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_mx_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_ns_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_ptr_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_srv_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_dns_txt_record" "www" {
  zone_name = azurerm_dns_zone.public.name
}

resource "azurerm_private_dns_a_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_aaaa_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_cname_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_mx_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_ptr_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_srv_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_txt_record" "db" {
  zone_name = azurerm_private_dns_zone.inside.name
}

resource "azurerm_private_dns_resolver_inbound_endpoint" "in" {
  location = "westeurope"
}

resource "azurerm_private_dns_resolver_outbound_endpoint" "out" {
  location = "westeurope"
}

resource "azurerm_virtual_hub" "hub" {
  location = "westeurope"
}

resource "azurerm_vpn_gateway" "hub" {
  location       = "westeurope"
  virtual_hub_id = azurerm_virtual_hub.hub.id
  scale_unit     = 2
}

resource "azurerm_vpn_gateway_connection" "office" {
  vpn_gateway_id = azurerm_vpn_gateway.hub.id
}

resource "azurerm_network_ddos_protection_plan" "plan" {
  location = "westeurope"
}

resource "azurerm_traffic_manager_profile" "www" {
  traffic_routing_method = "Performance"
}
