extension HandComputed {
    /// Machines and volumes of AWS.
    static let machines: [HandComputed] = [
        HandComputed(
            "a machine", "aws_instance.a", "730*0.096",
            """
            resource "aws_instance" "a" {
              ami           = "ami-1"
              instance_type = "m5.large"
            }
            """),
        HandComputed(
            "a machine in another region", "aws_instance.a", "730*0.107", region: "eu-west-1",
            """
            resource "aws_instance" "a" {
              ami           = "ami-1"
              instance_type = "m5.large"
            }
            """),
        HandComputed(
            "a machine with a root volume and a further one", "aws_instance.a", "730*0.107 + 50*0.088 + 100*0.138 + 2000*0.072",
            region: "eu-west-1",
            """
            resource "aws_instance" "a" {
              instance_type = "m5.large"
              root_block_device {
                volume_type = "gp3"
                volume_size = 50
              }
              ebs_block_device {
                device_name = "/dev/sdb"
                volume_type = "io1"
                volume_size = 100
                iops        = 2000
              }
            }
            """),
        HandComputed(
            "a watched machine with a public address", "aws_instance.a", "730*0.096 + 7*0.3 + 730*0.005",
            """
            resource "aws_instance" "a" {
              instance_type               = "m5.large"
              monitoring                  = true
              associate_public_ip_address = true
            }
            """),
        HandComputed(
            "a machine on hardware of its own", "aws_instance.a", "730*0.114", region: "eu-west-1",
            """
            resource "aws_instance" "a" {
              instance_type = "m5.large"
              tenancy       = "dedicated"
            }
            """),
        HandComputed(
            "a machine by its template", "aws_instance.a", "730*0.096 + 30*0.08",
            """
            resource "aws_launch_template" "t" {
              instance_type = "m5.large"
              block_device_mappings {
                device_name = "/dev/sda1"
                ebs {
                  volume_size = 30
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_instance" "a" {
              launch_template {
                id = aws_launch_template.t.id
              }
            }
            """),
        HandComputed(
            "a volume of gp3 beyond what is included", "aws_ebs_volume.v", "200*0.088 + 1000*0.0055 + 75*0.044", region: "eu-west-1",
            """
            resource "aws_ebs_volume" "v" {
              availability_zone = "eu-west-1a"
              size              = 200
              type              = "gp3"
              iops              = 4000
              throughput        = 200
            }
            """),
        HandComputed(
            "a volume of io2 in two tiers", "aws_ebs_volume.v", "1000*0.138 + 32000*0.072 + 8000*0.0504", region: "eu-west-1",
            """
            resource "aws_ebs_volume" "v" {
              availability_zone = "eu-west-1a"
              size              = 1000
              type              = "io2"
              iops              = 40000
            }
            """),
        HandComputed(
            "a volume in the region of its zone, not of its provider", "aws_ebs_volume.v", "100*0.11", region: "us-east-1",
            """
            resource "aws_ebs_volume" "v" {
              availability_zone = "eu-west-1b"
              size              = 100
            }
            """),
        HandComputed(
            "a group by its template, desired", "aws_autoscaling_group.g", "3*730*0.096 + 3*20*0.08",
            """
            resource "aws_launch_template" "t" {
              instance_type = "m5.large"
              block_device_mappings {
                ebs {
                  volume_size = 20
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_autoscaling_group" "g" {
              min_size         = 1
              max_size         = 10
              desired_capacity = 3
              launch_template {
                id = aws_launch_template.t.id
              }
            }
            """),
        HandComputed(
            "a group at its minimum", "aws_autoscaling_group.g", "2*730*0.096 + 2*7*0.3",
            """
            resource "aws_launch_configuration" "c" {
              image_id      = "ami-1"
              instance_type = "m5.large"
            }
            resource "aws_autoscaling_group" "g" {
              min_size             = 2
              max_size             = 4
              launch_configuration = aws_launch_configuration.c.name
            }
            """),
        HandComputed(
            "an address", "aws_eip.e", "730*0.005",
            """
            resource "aws_eip" "e" {
              domain = "vpc"
            }
            """),
    ]
}
