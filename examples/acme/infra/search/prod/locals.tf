locals {
  node_type = "r5.2xlarge"

  # No cost-center: every resource that takes these tags lacks it.
  common = {
    team        = "search"
    environment = "prod"
  }
}
