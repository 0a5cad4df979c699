provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "indexer" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "r5.4xlarge"

  user_data = <<-EOT
    #!/bin/sh
    # tags = { team = "nobody" } is text in a script, not code
    exec /opt/indexer --region us-east-1
  EOT

  tags = local.common
}

# Covered by a savings plan: nothing is billed for them, their effective cost is what counts.
resource "aws_instance" "node" {
  for_each = {
    a = "us-east-1a"
    b = "us-east-1b"
  }

  ami               = "ami-0abcdef1234567890"
  instance_type     = local.node_type
  availability_zone = each.value

  tags = local.common
}

# Nobody touches it any more; see policies/exemptions.yaml.
resource "aws_instance" "legacy" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "c5.xlarge"
}
