import CostModel

/// Functions, queues, topics and interfaces: what costs by the call.
enum AWSServerless {
    static let models: [PriceModel] = [
        PriceModel("aws_lambda_function") { draft throws(EstimateObstacle) in
            let arm = try draft.arguments.firstText("architectures") == "arm64"
            draft.usage(
                "requests", "1M requests", key: "monthly_requests", per: 1_000_000, draft.published("Requests", units: ["1M requests"]))
            let memory = try draft.arguments.number("memory_size") ?? FixedDecimal(128)
            draft.usage(
                "duration", "GB-second",
                product: .init(keys: ["monthly_requests", "request_duration_ms"], factor: memory.scaled(by: 1, over: 1024 * 1000)),
                key: "monthly_duration_gb_seconds",
                draft.price(
                    "AWSLambda", "duration", ["architecture": [arm ? "arm64" : "x86_64"]], units: ["GB-second"]),
                draft.published(arm ? "Duration (first 7.5B)" : "Duration (first 6B)", units: ["GB-seconds"]))
        },
        PriceModel("aws_lambda_provisioned_concurrency_config") { draft throws(EstimateObstacle) in
            guard let count = try draft.arguments.number("provisioned_concurrent_executions") else {
                throw .unknown("the code does not say 'provisioned_concurrent_executions'")
            }
            guard let function = draft.other("function_name") else { throw .unknown("its function is not in this code") }
            let memory = try Arguments(function.attributes).number("memory_size") ?? FixedDecimal(128)
            let seconds = FixedDecimal(730 * 3600)
            draft.monthly(
                "concurrency", count.times(memory).times(seconds).scaled(by: 1, over: 1024), "GB-second",
                draft.published("Provisioned Concurrency", units: ["GB-seconds"]))
        },
        PriceModel("aws_sqs_queue") { draft throws(EstimateObstacle) in
            let isOrdered = try draft.arguments.flag("fifo_queue") ?? false
            var option = draft.published("Requests", units: ["1M requests"])
            option.query.attributes["address"] = [isOrdered ? "fifo_sqs_queue" : "standard_sqs_queue"]
            draft.usage("requests", "1M requests", key: "monthly_requests", per: 1_000_000, option)
        },
        .usage("aws_sns_topic", parts: [("requests", "API requests (over 1M)", "1M requests", "monthly_requests", 1_000_000)]),
        .usage(
            "aws_sns_topic_subscription",
            parts: [("notifications", "HTTP notifications", "1M notifications", "monthly_requests", 1_000_000)]),
        .usage(
            "aws_cloudwatch_event_bus",
            parts: [("custom events", "Custom events published", "1M events", "monthly_custom_events", 1_000_000)]),
        PriceModel("aws_sfn_state_machine") { draft throws(EstimateObstacle) in
            if try draft.arguments.text("type") == "EXPRESS" {
                draft.usage(
                    "requests", "1M requests", key: "monthly_requests", per: 1_000_000, draft.published("Requests", units: ["1M requests"]))
                draft.usage("duration", "GB-hour", draft.published("Duration (first 1K)", units: ["GB-hours"]))
            } else {
                draft.usage(
                    "transitions", "transition", key: "monthly_transitions",
                    draft.price("AmazonStates", "state transition", units: ["transition"]))
            }
        },
        .usage(
            "aws_api_gateway_rest_api",
            parts: [("requests", "Requests (first 333M)", "1M requests", "monthly_requests", 1_000_000)]),
        PriceModel("aws_apigatewayv2_api") { draft throws(EstimateObstacle) in
            if try draft.arguments.text("protocol_type") == "WEBSOCKET" {
                draft.usage(
                    "messages", "1M messages", key: "monthly_messages", per: 1_000_000,
                    draft.published("Messages (first 1B)", units: ["1M messages"]))
            } else {
                draft.usage(
                    "requests", "1M requests", key: "monthly_requests", per: 1_000_000,
                    draft.published("Requests (first 300M)", units: ["1M requests"]))
            }
        },
        PriceModel("aws_api_gateway_stage") { draft throws(EstimateObstacle) in
            guard try draft.arguments.flag("cache_cluster_enabled") == true else { return }
            draft.hourly("cache memory", draft.published("Cache memory (\(try draft.arguments.needed("cache_cluster_size")) GB)"))
        },
    ]
}
