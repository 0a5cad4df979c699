# What every resource of this folder carries, unless it says otherwise itself.
provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      team        = "platform"
      cost-center = "CC-1030"
    }
  }
}
