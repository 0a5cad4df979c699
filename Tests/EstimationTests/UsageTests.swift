import CostModel
import Observation
import Testing

@testable import Estimation

@Suite("expected usage")
struct UsageTests {
    private static let file = """
        version: 0.1
        resource_type_default_usage:
          aws_lambda_function:
            monthly_requests: 1000000
        resource_usage:
          aws_nat_gateway.n:
            monthly_data_processed_gb: 200
          aws_s3_bucket.b[*]:
            standard:
              storage_gb: 500
              monthly_tier_1_requests: 3000
          aws_sqs_queue.q:
            monthly_requests: -4
            monthly_fax_pages: 12
        surprises: {}

        """

    @Test("is read as people have it, by address, by any instance and by type")
    func amounts() throws {
        let usage = try Estimated.usage(Self.file).usage
        let code = """
            resource "aws_nat_gateway" "n" {}
            resource "aws_s3_bucket" "b" {
              for_each = toset(["x"])
            }
            resource "aws_lambda_function" "f" {}
            """
        let estimate = try Estimated.estimate(code, usage: usage)
        #expect(Estimated.resource("aws_nat_gateway.n", in: estimate)?.monthly == Arithmetic.value("730*0.045 + 200*0.045"))
        let bucket = try #require(Estimated.resource("aws_s3_bucket.b[\"x\"]", in: estimate))
        #expect(bucket.status == .priced)
        #expect(bucket.components[0].monthly == Arithmetic.value("500*0.023"))
        #expect(Estimated.resource("aws_lambda_function.f", in: estimate)?.monthly == Arithmetic.value("1*0.2"))
    }

    @Test("that makes no sense is said, with its line")
    func problems() throws {
        let found = try Estimated.usage(Self.file).problems
        #expect(
            found.map { "\($0.place): \($0.message)" } == [
                "usage.yml:13:23: 'monthly_requests' is -4, and what is used is neither negative nor that much: it has no effect",
                "usage.yml:15:1: unknown key 'surprises': it has no effect",
            ])
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test("that no price asks for, or of what is not there, has no effect, and that is said")
    func unused() throws {
        let usage = try Estimated.usage(Self.file).usage
        let resources = try Estimated.resources("resource \"aws_sqs_queue\" \"q\" {}\nresource \"aws_nat_gateway\" \"n\" {}")
        let estimator = CostEstimator(currency: .usd, prices: PriceList.builtIn, usage: usage)
        #expect(
            estimator.unusedUsage(in: resources) == [
                "no price of 'aws_sqs_queue.q' asks for 'monthly_fax_pages': it has no effect",
                "there is no resource 'aws_s3_bucket.b[*]' in the code: what is expected of it has no effect",
            ])
    }

    @Test("says what machines run, whose image code does not tell, and how long calls last")
    func systems() throws {
        let (usage, problems) = try Estimated.usage(
            """
            version: 0.1
            resource_type_default_usage:
              aws_lambda_function: {monthly_requests: 4000000, request_duration_ms: 250}
            resource_usage:
              aws_instance.w[*]: {operating_system: windows}
              aws_instance.r: {operating_system: rhel}
              aws_instance.x: {operating_system: beos}
              aws_sqs_queue.q: {operating_system: linux}

            """)
        #expect(
            problems.map(\.message) == ["'operating_system' is 'beos', and linux, rhel, suse, windows are known: it has no effect"])
        let code = """
            resource "aws_instance" "w" {
              count         = 2
              instance_type = "m5.large"
            }
            resource "aws_instance" "r" { instance_type = "m5.large" }
            resource "aws_instance" "x" { instance_type = "m5.large" }
            resource "aws_sqs_queue" "q" {}
            resource "aws_lambda_function" "f" { memory_size = 512 }
            """
        let estimate = try Estimated.estimate(code, usage: usage)
        func amount(_ address: String) -> FixedDecimal? { Estimated.resource(address, in: estimate)?.monthly }
        #expect(amount("aws_instance.w[1]") == Arithmetic.value("730*0.188"))
        #expect(amount("aws_instance.r") == Arithmetic.value("730*0.125"))
        #expect(amount("aws_instance.x") == Arithmetic.value("730*0.096"))
        // Four million calls of a quarter of a second with half a gigabyte.
        #expect(amount("aws_lambda_function.f") == Arithmetic.value("4*0.2 + 500000*0.0000166667"))
        let estimator = CostEstimator(currency: .usd, prices: PriceList.builtIn, usage: usage)
        #expect(
            estimator.unusedUsage(in: try Estimated.resources(code)) == [
                "no price of 'aws_sqs_queue.q' asks for 'operating_system': it has no effect"
            ])
    }

    @Test("says how long machines run and how many a group has")
    func hours() throws {
        let (usage, problems) = try Estimated.usage(
            """
            version: 0.1
            resource_usage:
              aws_instance.i: {monthly_hrs: 450}
              aws_instance.x: {monthly_hrs: 7300}
              aws_autoscaling_group.g: {instances: 5}
              aws_eks_node_group.n: {instances: 4}

            """)
        #expect(problems.isEmpty)
        let code = """
            resource "aws_instance" "i" { instance_type = "m5.large" }
            resource "aws_instance" "x" { instance_type = "m5.large" }
            resource "aws_launch_template" "t" {
              name          = "t"
              instance_type = "m5.large"
              monitoring { enabled = true }
            }
            resource "aws_autoscaling_group" "g" {
              min_size = 0
              max_size = 9
              launch_template { id = aws_launch_template.t.id }
            }
            resource "aws_eks_node_group" "n" {
              cluster_name   = "c"
              instance_types = ["m5.large"]
              scaling_config {
                desired_size = 1
                max_size     = 6
                min_size     = 1
              }
            }
            """
        let estimate = try Estimated.estimate(code, usage: usage)
        func amount(_ address: String) -> FixedDecimal? { Estimated.resource(address, in: estimate)?.monthly }
        #expect(amount("aws_instance.i") == Arithmetic.value("450*0.096"))
        #expect(amount("aws_autoscaling_group.g") == Arithmetic.value("5*730*0.096 + 5*7*0.3"))
        #expect(amount("aws_eks_node_group.n") == Arithmetic.value("4*730*0.096 + 4*20*0.1"))
        let absurd = try #require(Estimated.resource("aws_instance.x", in: estimate))
        #expect(absurd.status == .notPriced)
        #expect(absurd.reason == "'monthly_hrs' is 7300, and a month has at most 744 hours")
        let estimator = CostEstimator(currency: .usd, prices: PriceList.builtIn, usage: usage)
        #expect(estimator.unusedUsage(in: try Estimated.resources(code)).isEmpty)
    }

    @Test("of a type is asked for where any resource of the type asks for it, and words that are no numbers are named")
    func keysOfTypes() throws {
        let (usage, problems) = try Estimated.usage(
            """
            version: 0.1
            resource_type_default_usage:
              aws_dynamodb_table: {monthly_write_request_units: 2000000, monthly_fax_pages: 1}
              aws_neptune_cluster: {storage_gb: 3}
            resource_usage:
              aws_instance.i: {reserved_instance_term: 1_year}

            """)
        #expect(
            problems.map(\.message) == ["'reserved_instance_term' is '1_year', and only numbers say how much is used: it has no effect"])
        let resources = try Estimated.resources(
            """
            resource "aws_dynamodb_table" "a" { billing_mode = "PROVISIONED" }
            resource "aws_dynamodb_table" "b" { billing_mode = "PAY_PER_REQUEST" }
            resource "aws_instance" "i" { instance_type = "m5.large" }
            """)
        let estimator = CostEstimator(currency: .usd, prices: PriceList.builtIn, usage: usage)
        #expect(
            estimator.unusedUsage(in: resources) == ["no price of 'aws_dynamodb_table' asks for 'monthly_fax_pages': it has no effect"])
    }

    @Test("that has no price is said, and is neither nothing nor unknown use")
    func withoutPrice() throws {
        let usage = try Estimated.usage(
            """
            version: 0.1
            resource_usage:
              aws_kinesis_firehose_delivery_stream.f: {monthly_data_ingested_gb: 300}
              aws_s3_bucket.b:
                standard: {storage_gb: 60000}

            """
        ).usage
        let code = """
            resource "aws_kinesis_firehose_delivery_stream" "f" { name = "f" }
            resource "aws_s3_bucket" "b" {}
            """
        let estimate = try Estimated.estimate(code, usage: usage)
        let stream = try #require(Estimated.resource("aws_kinesis_firehose_delivery_stream.f", in: estimate))
        #expect(stream.status == .notPriced)
        #expect(stream.monthly == nil)
        #expect(stream.reason == "data ingested: no price is known for 'Data ingested (first 500TB)' in us-east-1")
        // What is beyond the first step has no price in the list: the sum is without it, and says so.
        let bucket = try #require(Estimated.resource("aws_s3_bucket.b", in: estimate))
        #expect(bucket.monthly == Arithmetic.value("51200*0.023"))
        #expect(bucket.reason == "without storage over 50 TB: no price is known for 'STANDARD' in us-east-1")
    }

    @Test("in a file that is no YAML is a gap")
    func broken() throws {
        let found = try Estimated.usage("resource_usage: [\n").problems
        #expect(found.contains { $0.severity == .partial })
    }
}
