import CostModel
import Observation
import Testing

@testable import Estimation

/// One piece of code with what it is expected to use, and what that costs: each step of a price times what falls in it.
struct PricedUse: Sendable, CustomTestStringConvertible {
    var name: String
    var address: String
    /// Sums of products: what is in a step times its price.
    var arithmetic: String
    var usage: String
    var code: String
    var region: String

    init(_ name: String, _ address: String, _ arithmetic: String, region: String = "us-east-1", usage: String, _ code: String) {
        (self.name, self.address, self.arithmetic, self.usage) = (name, address, arithmetic, usage)
        (self.code, self.region) = (code, region)
    }

    var testDescription: String { name }

    static let aws: [PricedUse] = [
        PricedUse(
            "calls of a function", "aws_lambda_function.f", "8*0.2 + 2000000*0.0000166667",
            usage: "{monthly_requests: 8000000, request_duration_ms: 500}",
            "resource \"aws_lambda_function\" \"f\" { memory_size = 512 }"),
        PricedUse(
            "twenty thousand million gigabyte-seconds", "aws_lambda_function.f",
            "6000000000*0.0000166667 + 9000000000*0.000015 + 5000000000*0.0000133334",
            usage: "{monthly_duration_gb_seconds: 20000000000}", "resource \"aws_lambda_function\" \"f\" {}"),
        PricedUse(
            "the same on ARM, whose steps are wider", "aws_lambda_function.f",
            "7500000000*0.0000133334 + 11250000000*0.0000120001 + 1250000000*0.0000106667",
            usage: "{monthly_duration_gb_seconds: 20000000000}",
            "resource \"aws_lambda_function\" \"f\" { architectures = [\"arm64\"] }"),
        PricedUse(
            "a REST API in its third step", "aws_api_gateway_rest_api.a", "333*3.5 + 667*2.8 + 500*2.38",
            usage: "{monthly_requests: 1500000000}", "resource \"aws_api_gateway_rest_api\" \"a\" {}"),
        PricedUse(
            "an HTTP API, whose requests count once for each 512 KB", "aws_apigatewayv2_api.a", "300*1 + 100*0.9",
            usage: "{monthly_requests: 200000000, request_size_kb: 600}",
            "resource \"aws_apigatewayv2_api\" \"a\" { protocol_type = \"HTTP\" }"),
        PricedUse(
            "messages and connections", "aws_apigatewayv2_api.a", "1000*1 + 500*0.8 + 10*0.25",
            usage: "{monthly_messages: 1500000000, message_size_kb: 32, monthly_connection_mins: 10000000}",
            "resource \"aws_apigatewayv2_api\" \"a\" { protocol_type = \"WEBSOCKET\" }"),
        PricedUse(
            "a queue, whose messages count once for each 64 KB", "aws_sqs_queue.q", "3*2*0.4",
            usage: "{monthly_requests: 3000000, request_size_kb: 65}", "resource \"aws_sqs_queue\" \"q\" {}"),
        PricedUse(
            "a topic beyond what is free, delivered to two addresses", "aws_sns_topic.t", "4*0.5 + 99*0.06",
            usage: "{monthly_requests: 5000000, http_subscriptions: 2}", "resource \"aws_sns_topic\" \"t\" {}"),
        PricedUse(
            "an express workflow: 128 MB for 500 ms", "aws_sfn_state_machine.s",
            "100*1 + 1000*0.060012 + 736.111111111111111111*0.029988",
            usage: "{monthly_requests: 100000000, memory_mb: 128, workflow_duration_ms: 500}",
            "resource \"aws_sfn_state_machine\" \"s\" { type = \"EXPRESS\" }"),
        PricedUse(
            "a bucket and its colder classes", "aws_s3_bucket.b",
            "500*0.023 + 3*0.005 + 20*0.0004 + 1000*0.0125 + 100*0.01 + 2000*0.0036 + 5*0.03",
            usage:
                "{standard: {storage_gb: 500, monthly_tier_1_requests: 3000, monthly_tier_2_requests: 20000}, "
                + "standard_infrequent_access: {storage_gb: 1000, monthly_data_retrieval_gb: 100}, "
                + "glacier_flexible_retrieval: {storage_gb: 2000, monthly_lifecycle_transition_requests: 5000}}",
            "resource \"aws_s3_bucket\" \"b\" {}"),
        PricedUse(
            "an interface in two zones with six petabytes", "aws_vpc_endpoint.e",
            "2*730*0.01 + 1048576*0.01 + 4194304*0.006 + 1048576*0.004", usage: "{monthly_data_processed_gb: 6291456}",
            """
            resource "aws_vpc_endpoint" "e" {
              vpc_endpoint_type = "Interface"
              subnet_ids        = ["a", "b"]
            }
            """),
        PricedUse(
            "queries beyond a thousand million", "aws_route53_record.r", "1000*0.4 + 100*0.2 + 1000*0.6 + 200*0.3",
            usage: "{monthly_standard_queries: 1100000000, monthly_latency_based_queries: 1200000000}",
            "resource \"aws_route53_record\" \"r\" {}"),
        PricedUse(
            "delivery to two parts of the world", "aws_cloudfront_distribution.d",
            "10240*0.085 + 40960*0.08 + 48800*0.06 + 1000*0.109 + 100*0.01 + 200*0.005",
            usage:
                "{monthly_data_transfer_to_internet_gb: {us: 100000, india: 1000}, monthly_https_requests: {us: 1000000}, "
                + "monthly_invalidation_requests: 1200}",
            "resource \"aws_cloudfront_distribution\" \"d\" {}"),
        PricedUse(
            "a stream beyond 500 TB", "aws_kinesis_firehose_delivery_stream.f", "512000*0.035 + 88000*0.03", region: "eu-west-2",
            usage: "{monthly_data_ingested_gb: 600000}", "resource \"aws_kinesis_firehose_delivery_stream\" \"f\" {}"),
        PricedUse(
            "evaluations of a rule", "aws_config_config_rule.r", "100000*0.001 + 400000*0.0008 + 500000*0.0005",
            usage: "{monthly_rule_evaluations: 1000000}", "resource \"aws_config_config_rule\" \"r\" {}"),
        PricedUse(
            "certificates", "aws_acmpca_certificate_authority.c", "400 + 1000*0.75 + 9000*0.35 + 10000*0.001",
            usage: "{monthly_requests: 20000}", "resource \"aws_acmpca_certificate_authority\" \"c\" {}"),
        PricedUse(
            "a balancer by its fullest measure", "aws_lb.l", "730*0.0225 + 400*730*0.008",
            usage: "{new_connections: 10000, active_connections: 10000, processed_bytes_gb: 1000, rule_evaluations: 10000}",
            "resource \"aws_lb\" \"l\" {}"),
        PricedUse(
            "what a table keeps", "aws_dynamodb_table.t", "230*0.25 + 460*0.1 + 10*0.15", region: "us-east-2",
            usage: "{storage_gb: 230, on_demand_backup_storage_gb: 460, monthly_data_restored_gb: 10}",
            "resource \"aws_dynamodb_table\" \"t\" { billing_mode = \"PAY_PER_REQUEST\" }"),
        PricedUse(
            "logs that are written, kept and searched", "aws_cloudwatch_log_group.g", "1000*0.5 + 1000*0.03 + 200*0.005",
            usage: "{monthly_data_ingested_gb: 1000, storage_gb: 1000, monthly_data_scanned_gb: 200}",
            "resource \"aws_cloudwatch_log_group\" \"g\" {}"),
    ]

    static let others: [PricedUse] = [
        PricedUse(
            "capacity of Aurora, which is stated by the hour", "aws_rds_cluster_instance.i", "5*730*0.12",
            usage: "{capacity_units_per_hr: 5}",
            """
            resource "aws_rds_cluster" "c" { engine = "aurora-mysql" }
            resource "aws_rds_cluster_instance" "i" {
              cluster_identifier = aws_rds_cluster.c.id
              engine             = "aurora-mysql"
              instance_class     = "db.serverless"
            }
            """),
        PricedUse(
            "credits of two processors for 350 hours", "aws_instance.i", "730*0.0416 + 350*2*0.05",
            usage: "{monthly_cpu_credit_hrs: 350}", "resource \"aws_instance\" \"i\" { instance_type = \"t3.medium\" }"),
        PricedUse(
            "hot blobs in three steps", "azurerm_storage_account.s",
            "51200*0.0208 + 460800*0.019968 + 488000*0.019136 + 100*0.05 + 10*0.004",
            usage: "{storage_gb: 1_000_000, monthly_write_operations: 1_000_000, monthly_read_operations: 100000}",
            """
            resource "azurerm_storage_account" "s" {
              location                 = "eastus"
              account_tier             = "Standard"
              account_replication_type = "LRS"
            }
            """),
        PricedUse(
            "cool blobs", "azurerm_storage_account.s", "1000*0.02 + 2*0.2 + 500*0.01",
            usage: "{storage_gb: 1000, monthly_write_operations: 20000, monthly_read_operations: 0, monthly_data_retrieval_gb: 500}",
            """
            resource "azurerm_storage_account" "s" {
              location                 = "westeurope"
              account_tier             = "Standard"
              account_replication_type = "GRS"
              access_tier              = "Cool"
            }
            """),
        PricedUse(
            "a function of Google's by time, memory and speed", "google_cloudfunctions_function.f",
            "10000000*0.0000004 + 10000000*3/10*0.4*0.00001 + 10000000*3/10*1/4*0.0000025 + 100*0.12",
            usage: "{monthly_function_invocations: 10000000, request_duration_ms: 300, monthly_outbound_data_gb: 100}",
            "resource \"google_cloudfunctions_function\" \"f\" { region = \"us-central1\" }"),
        PricedUse(
            "tunnels and what passes a gateway", "aws_vpn_connection.v", "730*0.05 + 730*0.05 + 100*0.02",
            usage: "{monthly_data_processed_gb: 100}",
            """
            resource "aws_ec2_transit_gateway" "t" {}
            resource "aws_vpn_connection" "v" { transit_gateway_id = aws_ec2_transit_gateway.t.id }
            """),
        PricedUse(
            "queries of Azure's names", "azurerm_dns_a_record.r", "1000*0.4 + 500*0.2", usage: "{monthly_queries: 1500000000}",
            "resource \"azurerm_dns_a_record\" \"r\" { zone_name = \"z\" }"),
        PricedUse(
            "a private endpoint", "azurerm_private_endpoint.e", "730*0.01 + 1048576*0.01 + 951424*0.006 + 100*0.01",
            usage: "{monthly_inbound_data_processed_gb: 2000000, monthly_outbound_data_processed_gb: 100}",
            "resource \"azurerm_private_endpoint\" \"e\" { location = \"westus\" }"),
        PricedUse(
            "a message bus, whose first 13 million operations and thousand connections are free", "azurerm_servicebus_namespace.n",
            "730*0.01344 + 87*0.8 + 2400*0.5 + 500*0.2 + 99000*0.03 + 400000*0.015 + 500000*0.025",
            usage: "{monthly_messaging_operations: 3000000000, monthly_brokered_connections: 1000000}",
            """
            resource "azurerm_servicebus_namespace" "n" {
              location = "westeurope"
              sku      = "Standard"
            }
            """),
        PricedUse(
            "a function by executions", "azurerm_linux_function_app.f", "10*0.2 + 625000*0.000016",
            usage: "{monthly_executions: 10000000, execution_duration_ms: 500, memory_mb: 100}",
            "resource \"azurerm_linux_function_app\" \"f\" { location = \"eastus\" }"),
        PricedUse(
            "keys in hardware", "google_kms_crypto_key.k", "2000*2.5 + 8000*1 + 100*0.03",
            usage: "{key_versions: 10000, monthly_key_operations: 1000000}",
            """
            resource "google_kms_key_ring" "r" {
              name     = "r"
              location = "us-central1"
            }
            resource "google_kms_crypto_key" "k" {
              key_ring = google_kms_key_ring.r.id
              version_template {
                algorithm        = "EC_SIGN_P256_SHA256"
                protection_level = "HSM"
              }
            }
            """),
        PricedUse(
            "a gateway for forty machines, which costs what one for 32 does", "google_compute_router_nat.n",
            "32*730*0.0014 + 1000*0.045", usage: "{assigned_vms: 40, monthly_data_processed_gb: 1000}",
            "resource \"google_compute_router_nat\" \"n\" { region = \"us-central1\" }"),
        PricedUse(
            "a bucket that is read from elsewhere", "google_storage_bucket.b",
            "150*0.02 + 1024*0.12 + 9216*0.11 + 2260*0.08", usage: "{storage_gb: 150, monthly_egress_data_transfer_gb: {worldwide: 12500}}",
            "resource \"google_storage_bucket\" \"b\" { location = \"us-central1\" }"),
    ]
}

@Suite("prices that fall with use")
struct VolumeTests {
    @Test("are what falls in each step times its price", arguments: PricedUse.aws + PricedUse.others)
    func amount(_ known: PricedUse) throws {
        let usage = try Estimated.usage("version: 0.1\nresource_usage:\n  \(known.address): \(known.usage)\n")
        #expect(usage.problems.isEmpty)
        let estimate = try Estimated.estimate(known.code, region: known.region, usage: usage.usage)
        let resource = try #require(Estimated.resource(known.address, in: estimate))
        #expect(resource.status == .priced)
        #expect(resource.reason == nil)
        let monthly = try #require(resource.monthly, "\(resource)")
        let expected = Arithmetic.value(known.arithmetic)
        #expect(
            (monthly - expected).magnitude < FixedDecimal(exactly: "0.000001") ?? .zero,
            "\(monthly) is not \(known.arithmetic) = \(expected)")
        let estimator = CostEstimator(currency: .usd, prices: PriceList.builtIn, usage: usage.usage)
        #expect(estimator.unusedUsage(in: try Estimated.resources(known.code, region: known.region)).isEmpty)
    }

    @Test("without a known use show the first one, and up to where it counts")
    func unknown() throws {
        let code = """
            resource "aws_api_gateway_rest_api" "a" {}
            resource "aws_sns_topic" "t" {}
            """
        let estimate = try Estimated.estimate(code)
        let api = try #require(Estimated.resource("aws_api_gateway_rest_api.a", in: estimate))
        #expect(api.status == .usage)
        #expect(api.components.map(\.name) == ["requests"])
        #expect(api.components.map(\.note) == ["up to 333M"])
        #expect(api.components.map(\.unitPrice) == [FixedDecimal(exactly: "3.5")])
        // What is free up to a point costs nobody knows how much.
        let topic = try #require(Estimated.resource("aws_sns_topic.t", in: estimate))
        #expect(topic.status == .usage)
        #expect(topic.monthly == nil)
        #expect(topic.components[0].note == "beyond 1M")
    }

    @Test("say which step is which")
    func names() throws {
        let usage = try Estimated.usage(
            "version: 0.1\nresource_usage:\n  aws_lambda_function.f: {monthly_duration_gb_seconds: 8000000000}\n"
                + "  aws_sns_topic.t: {monthly_requests: 500000}\n"
        ).usage
        let estimate = try Estimated.estimate(
            "resource \"aws_lambda_function\" \"f\" {}\nresource \"aws_sns_topic\" \"t\" {}", usage: usage)
        let function = try #require(Estimated.resource("aws_lambda_function.f", in: estimate))
        #expect(function.components.map(\.name) == ["requests", "duration", "duration over 6B"])
        let topic = try #require(Estimated.resource("aws_sns_topic.t", in: estimate))
        #expect(topic.monthly == .zero)
        #expect(topic.components[0].note == "free up to 1M")
    }
}
