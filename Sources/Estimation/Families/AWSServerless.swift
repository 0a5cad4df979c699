import CostModel

/// Functions, queues, topics and interfaces: what costs by the call.
enum AWSServerless {
    static let models: [PriceModel] = [
        PriceModel("aws_lambda_function") { draft throws(EstimateObstacle) in
            let arm = try draft.arguments.firstText("architectures") == "arm64"
            draft.usage(
                "requests", "1M requests", key: "monthly_requests", per: 1_000_000, draft.published("Requests", units: ["1M requests"]))
            let memory = try draft.arguments.number("memory_size") ?? FixedDecimal(128)
            let first = draft.price("AWSLambda", "duration", ["architecture": [arm ? "arm64" : "x86_64"]], units: ["GB-second"])
            func published(_ label: String) -> PricedPart.Option { draft.published("Duration (\(label))", units: ["GB-seconds"]) }
            let steps: [(end: Int?, options: [PricedPart.Option])] =
                arm
                ? [
                    (7_500_000_000, [first, published("first 7.5B")]), (18_750_000_000, [published("next 11.25B")]),
                    (nil, [published("over 18.75B")]),
                ]
                : [
                    (6_000_000_000, [first, published("first 6B")]), (15_000_000_000, [published("next 9B")]),
                    (nil, [published("over 15B")]),
                ]
            let seconds = draft.amount("monthly_requests", "request_duration_ms", factor: memory.scaled(by: 1, over: 1024 * 1000))
            draft.steps("duration", "GB-second", amount: draft.value("monthly_duration_gb_seconds") ?? seconds, steps)
        },
        PriceModel("aws_lambda_provisioned_concurrency_config") { draft throws(EstimateObstacle) in
            guard let count = try draft.arguments.number("provisioned_concurrent_executions") else {
                throw .unknown("the code does not say 'provisioned_concurrent_executions'")
            }
            guard let function = draft.other("function_name") else { throw .unknown("its function is not in this code") }
            let memory = try Arguments(function.attributes).number("memory_size") ?? FixedDecimal(128)
            let seconds = FixedDecimal(730 * 3600)
            draft.monthly(
                "concurrency", count.multiplied(by: memory).multiplied(by: seconds).scaled(by: 1, over: 1024), "GB-second",
                draft.published("Provisioned Concurrency", units: ["GB-seconds"]))
        },
        PriceModel("aws_sqs_queue") { draft throws(EstimateObstacle) in
            let isOrdered = try draft.arguments.flag("fifo_queue") ?? false
            var option = draft.published("Requests", units: ["1M requests"])
            option.query.attributes["address"] = [isOrdered ? "fifo_sqs_queue" : "standard_sqs_queue"]
            // A request counts once for each 64 KB of it.
            let pieces = draft.pieces("request_size_kb", of: 64)
            draft.usage(
                "requests", "1M requests", amount: draft.amount("monthly_requests", factor: pieces)?.scaled(by: 1, over: 1_000_000), option)
        },
        PriceModel("aws_sns_topic") { draft throws(EstimateObstacle) in
            guard try draft.arguments.flag("fifo_topic") != true else {
                draft.usage("requests and payload", "1M requests")
                return
            }
            let pieces = draft.pieces("request_size_kb", of: 64)
            let requests = draft.amount("monthly_requests", factor: pieces)
            draft.beyond(
                1, "requests", "1M requests", amount: requests?.scaled(by: 1, over: 1_000_000), per: 1_000_000,
                draft.published("API requests (over 1M)", units: ["1M requests"]))
            // Each request is delivered to each subscription.
            func deliveries(_ key: String, per scale: Int) -> FixedDecimal? {
                draft.amount("monthly_requests", key, factor: pieces)?.scaled(by: 1, over: Int128(scale))
            }
            draft.beyond(
                1, "HTTP notifications", "100k notifications", amount: deliveries("http_subscriptions", per: 100_000), per: 100_000,
                draft.published("HTTP/HTTPS notifications (over 100k)", units: ["100k notifications"]))
            for (name, label, key) in [
                ("Firehose notifications", "Kinesis Firehose notifications", "kinesis_subscriptions"),
                ("mobile push notifications", "Mobile Push notifications", "mobile_push_subscriptions"),
                ("macOS notifications", "MacOS notifications", "macos_subscriptions"),
            ] {
                guard let amount = deliveries(key, per: 1_000_000), amount > .zero else { continue }
                draft.usage(name, "1M notifications", amount: amount, draft.published(label, units: ["1M notifications"]))
            }
        },
        PriceModel("aws_sns_topic_subscription") { draft throws(EstimateObstacle) in
            let pieces = draft.pieces("request_size_kb", of: 64)
            draft.usage(
                "notifications", "1M notifications",
                amount: draft.amount("monthly_requests", factor: pieces)?.scaled(by: 1, over: 1_000_000),
                draft.published("HTTP notifications", units: ["1M notifications"]))
        },
        .usage(
            "aws_cloudwatch_event_bus",
            parts: [("custom events", "Custom events published", "1M events", "monthly_custom_events", 1_000_000)]),
        PriceModel("aws_sfn_state_machine") { draft throws(EstimateObstacle) in
            if try draft.arguments.text("type") == "EXPRESS" {
                draft.usage(
                    "requests", "1M requests", key: "monthly_requests", per: 1_000_000, draft.published("Requests", units: ["1M requests"]))
                // Memory counts in pieces of 64 MB, time in pieces of 100 ms.
                let (memory, time) = (draft.pieces("memory_mb", of: 64), draft.pieces("workflow_duration_ms", of: 100))
                let isStated = draft.value("memory_mb") != nil && draft.value("workflow_duration_ms") != nil
                let factor = memory.multiplied(by: time).scaled(by: 64 * 100, over: 1024 * 1000 * 3600)
                func published(_ label: String) -> PricedPart.Option { draft.published("Duration (\(label))", units: ["GB-hours"]) }
                draft.steps(
                    "duration", "GB-hour", amount: isStated ? draft.amount("monthly_requests", factor: factor) : nil,
                    [(1_000, [published("first 1K")]), (5_000, [published("next 4K")]), (nil, [published("over 5K")])])
            } else {
                draft.usage(
                    "transitions", "transition", key: "monthly_transitions",
                    draft.price("AmazonStates", "state transition", units: ["transition"]))
            }
        },
        PriceModel("aws_api_gateway_rest_api") { draft throws(EstimateObstacle) in
            func published(_ label: String) -> PricedPart.Option { draft.published("Requests (\(label))", units: ["1M requests"]) }
            draft.steps(
                "requests", "1M requests", amount: draft.amount("monthly_requests")?.scaled(by: 1, over: 1_000_000), per: 1_000_000,
                [
                    (333, [published("first 333M")]), (1_000, [published("next 667M")]), (20_000, [published("next 19B")]),
                    (nil, [published("over 20B")]),
                ])
        },
        PriceModel("aws_apigatewayv2_api") { draft throws(EstimateObstacle) in
            if try draft.arguments.text("protocol_type") == "WEBSOCKET" {
                let pieces = draft.pieces("message_size_kb", of: 32)
                draft.steps(
                    "messages", "1M messages", amount: draft.amount("monthly_messages", factor: pieces)?.scaled(by: 1, over: 1_000_000),
                    per: 1_000_000,
                    [
                        (1_000, [draft.published("Messages (first 1B)", units: ["1M messages"])]),
                        (nil, [draft.published("Messages (over 1B)", units: ["1M messages"])]),
                    ])
                draft.usage(
                    "connection minutes", "1M minutes", key: "monthly_connection_mins", per: 1_000_000,
                    draft.published("Connection duration", units: ["1M minutes"]))
            } else {
                let pieces = draft.pieces("request_size_kb", of: 512)
                draft.steps(
                    "requests", "1M requests", amount: draft.amount("monthly_requests", factor: pieces)?.scaled(by: 1, over: 1_000_000),
                    per: 1_000_000,
                    [
                        (300, [draft.published("Requests (first 300M)", units: ["1M requests"])]),
                        (nil, [draft.published("Requests (over 300M)", units: ["1M requests"])]),
                    ])
            }
        },
        PriceModel("aws_api_gateway_stage") { draft throws(EstimateObstacle) in
            guard try draft.arguments.flag("cache_cluster_enabled") == true else { return }
            draft.hourly("cache memory", draft.published("Cache memory (\(try draft.arguments.needed("cache_cluster_size")) GB)"))
        },
    ]
}
