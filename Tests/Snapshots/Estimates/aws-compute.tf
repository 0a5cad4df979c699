provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "web" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "m5.large"
  monitoring                  = true
  associate_public_ip_address = true
  root_block_device {
    volume_type = "gp3"
    volume_size = 40
    iops        = 4000
    throughput  = 200
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "io2"
    volume_size = 500
    iops        = 40000
  }
}

resource "aws_instance" "desktop" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t3.large"
  get_password_data = true
  root_block_device {
    volume_size = 50
  }
}

resource "aws_instance" "tenant" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
  tenancy       = "host"
}

resource "aws_spot_instance_request" "batch" {
  instance_type = "c5.xlarge"
}

resource "aws_launch_template" "web" {
  instance_type = "t3.medium"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 30
      volume_type = "gp3"
    }
  }
}

resource "aws_launch_configuration" "old" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t2.micro"
  root_block_device {
    volume_size = 8
  }
}

resource "aws_autoscaling_group" "web" {
  min_size         = 2
  max_size         = 10
  desired_capacity = 3
  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "old" {
  min_size             = 2
  max_size             = 4
  launch_configuration = aws_launch_configuration.old.name
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 200
  type              = "io1"
  iops              = 1000
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}

resource "aws_ebs_snapshot_copy" "data" {
  source_snapshot_id = aws_ebs_snapshot.data.id
  source_region      = "us-east-1"
}

resource "aws_eip" "web" {
  domain = "vpc"
}

resource "aws_ec2_host" "tenants" {
  availability_zone = "us-east-1a"
  instance_family   = "m5"
}
