provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "sandbox" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.xlarge"

  tags = {
    "team"        = "search"
    "cost-center" = "CC-1020"
  }
}
