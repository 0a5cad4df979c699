provider "aws" {
  region = "us-east-1"
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.34"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}

resource "aws_eks_node_group" "main" {
  cluster_name   = aws_eks_cluster.main.name
  instance_types = ["m5.large"]
  disk_size      = 50
  scaling_config {
    desired_size = 3
    min_size     = 1
    max_size     = 6
  }
}

resource "aws_eks_fargate_profile" "jobs" {
  cluster_name         = aws_eks_cluster.main.name
  fargate_profile_name = "jobs"
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  cpu                      = 512
  memory                   = 1024
  requires_compatibilities = ["FARGATE"]
}

resource "aws_ecs_service" "api" {
  name            = "api"
  launch_type     = "FARGATE"
  desired_count   = 4
  task_definition = aws_ecs_task_definition.api.arn
}

resource "aws_ecr_repository" "api" {
  name = "api"
}

resource "aws_eks_cluster" "old" {
  name     = "old"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.30"
}

resource "aws_ecs_cluster" "shared" {
  name = "shared"
}
