import CostModel
import Observation
import TestSupport
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

    private func read(_ text: String) throws -> (usage: ExpectedUsage, problems: [ObservationProblem]) {
        let folder = TemporaryDirectory()
        try folder.write(text, to: "usage.yml")
        return UsageFileReader.read(["usage.yml"], statedAt: Place(file: "bursar.yaml", line: 1), directory: folder.path)
    }

    @Test("is read as people have it, by address, by any instance and by type")
    func amounts() throws {
        let usage = try read(Self.file).usage
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
        let found = try read(Self.file).problems
        #expect(
            found.map { "\($0.place): \($0.message)" } == [
                "usage.yml:13:23: 'monthly_requests' is -4, and what is used is neither negative nor that much: it has no effect",
                "usage.yml:15:1: unknown key 'surprises': it has no effect",
            ])
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test("that no price asks for, or of what is not there, has no effect, and that is said")
    func unused() throws {
        let usage = try read(Self.file).usage
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
        let (usage, problems) = try read(
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

    @Test("in a file that is no YAML is a gap")
    func broken() throws {
        let found = try read("resource_usage: [\n").problems
        #expect(found.contains { $0.severity == .partial })
    }
}
