provider "aws" {
  region = "us-east-1"
}

# Answers the shop. Half the CPU would not do at the peak.
resource "aws_instance" "web" {
  count         = 3
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.2xlarge"

  tags = { Name = "checkout-web", service = "checkout" }
}

# Writes reports at night; nobody waits for it.
resource "aws_instance" "reports" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.2xlarge"

  tags = { Name = "reports", service = "reports" }
}
