# Nearly idle at noon, busy when everybody releases: 'critical' keeps rightsizing away.
resource "aws_instance" "runner" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.8xlarge"

  tags = {
    Name        = "platform-runner"
    environment = var.environment
    critical    = "true"
  }
}

# No tags of its own: the provider's defaults leave one key missing.
resource "aws_ebs_volume" "cache" {
  availability_zone = "us-east-1a"
  size              = 500
  type              = "gp3"
}

# Takes no tags at all, so no tagging policy applies.
resource "aws_volume_attachment" "cache" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.cache.id
  instance_id = aws_instance.runner.id
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "platform/audit"
  retention_in_days = 90

  tags = {
    environment = var.environment
  }
}

# Not applied yet, so it is in no state and on no bill.
resource "aws_sqs_queue" "events" {
  name = "platform-events"
  tags = var.event_tags
}
