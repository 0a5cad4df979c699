provider "aws" {
  region = "us-east-1"
}

resource "aws_nat_gateway" "a" {
  subnet_id = "subnet-1"
}

resource "aws_lb" "web" {
  load_balancer_type = "application"
}

resource "aws_alb" "old" {
  load_balancer_type = "network"
}

resource "aws_elb" "classic" {
  name = "classic"
}

resource "aws_vpc_endpoint" "queues" {
  vpc_id            = "vpc-1"
  service_name      = "com.amazonaws.us-east-1.sqs"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-1", "subnet-2"]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  transit_gateway_id = "tgw-1"
  vpc_id             = "vpc-1"
  subnet_ids         = ["subnet-1"]
}

resource "aws_ec2_transit_gateway_peering_attachment" "west" {
  transit_gateway_id      = "tgw-1"
  peer_transit_gateway_id = "tgw-2"
  peer_region             = "us-west-2"
}

resource "aws_vpn_connection" "office" {
  type               = "ipsec.1"
  transit_gateway_id = "tgw-1"
}

resource "aws_ec2_client_vpn_network_association" "people" {
  client_vpn_endpoint_id = "cvpn-1"
  subnet_id              = "subnet-1"
}

resource "aws_ec2_traffic_mirror_session" "audit" {
  session_number = 1
}

resource "aws_globalaccelerator_accelerator" "edge" {
  name = "edge"
}

resource "aws_networkfirewall_firewall" "edge" {
  name = "edge"
  subnet_mapping {
    subnet_id = "subnet-1"
  }
  subnet_mapping {
    subnet_id = "subnet-2"
  }
}

resource "aws_route53_zone" "example" {
  name = "example.com"
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.example.zone_id
  name    = "www"
  type    = "A"
}

resource "aws_route53_resolver_endpoint" "inside" {
  direction = "INBOUND"
  ip_address {
    subnet_id = "subnet-1"
  }
  ip_address {
    subnet_id = "subnet-2"
  }
}

resource "aws_cloudfront_distribution" "www" {
  enabled = true
}
