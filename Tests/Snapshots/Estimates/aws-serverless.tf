provider "aws" {
  region = "us-east-1"
}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  architectures = ["arm64"]
  memory_size   = 512
}

resource "aws_lambda_provisioned_concurrency_config" "resize" {
  function_name                     = aws_lambda_function.resize.function_name
  provisioned_concurrent_executions = 2
}

resource "aws_lambda_provisioned_concurrency_config" "resize_by_id" {
  function_name                     = aws_lambda_function.resize.id
  provisioned_concurrent_executions = 2
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sns_topic_subscription" "alerts" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "https"
}

resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_sfn_state_machine" "orders" {
  name = "orders"
}

resource "aws_api_gateway_rest_api" "public" {
  name = "public"
}

resource "aws_api_gateway_stage" "live" {
  stage_name            = "live"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
}

resource "aws_apigatewayv2_api" "public" {
  name          = "public"
  protocol_type = "HTTP"
}
