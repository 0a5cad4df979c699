provider "aws" {
  region = "us-east-1"
}

# Tags written out by hand, before cost centres were asked for.
resource "aws_instance" "api" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.4xlarge"

  tags = {
    Name        = "payments-api"
    team        = "payments"
    environment = "prod"
  }
}

# The settlement run. 'env' is how an older convention spelt it.
resource "aws_instance" "batch" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "c5.4xlarge"

  tags = {
    Name        = "payments-batch"
    team        = "payments"
    env         = "prod"
    cost-center = "CC-1010"
  }
}

resource "aws_s3_bucket" "statements" {
  bucket = "acme-payments-statements"
  tags   = { team = "payments", environment = "production", cost-center = "CC-1010" }
}

# Two resources in the module take these tags: one edit here fixes both.
module "ledger" {
  source        = "../../modules/service"
  name          = "payments-ledger"
  instance_type = "m5.2xlarge"
  volume_size   = 400

  tags = {
    environment = "prod"
    cost-center = "CC-1010"
  }
}
