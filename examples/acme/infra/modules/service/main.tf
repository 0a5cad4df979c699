variable "name" {
  type = string
}

variable "instance_type" {
  type = string
}

variable "volume_size" {
  type = number
}

variable "tags" {
  type    = map(string)
  default = {}
}

resource "aws_instance" "this" {
  ami               = "ami-0abcdef1234567890"
  instance_type     = var.instance_type
  availability_zone = "us-east-1a"
  tags              = merge({ Name = var.name }, var.tags)
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = var.volume_size
  type              = "gp3"
  tags              = merge({ Name = "${var.name}-data" }, var.tags)
}
