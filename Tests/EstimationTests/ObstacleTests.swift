import CostModel
import Testing

@testable import Estimation

/// Code that has no amount, and what is said of it.
struct Unpriced: Sendable, CustomTestStringConvertible {
    var name: String
    var status: ResourceEstimate.Status
    var reason: String
    var code: String
    var region: String?

    init(_ name: String, _ status: ResourceEstimate.Status, _ reason: String, region: String? = "us-east-1", _ code: String) {
        self.name = name
        self.status = status
        self.reason = reason
        self.code = code
        self.region = region
    }

    var testDescription: String { name }
}

@Suite("what has no amount")
struct ObstacleTests {
    static let all: [Unpriced] = [
        Unpriced(
            "an instance type that is not there", .notPriced, "instance: no price is known for 'm5.huge' in us-east-1",
            #"resource "aws_instance" "a" { instance_type = "m5.huge" }"#),
        Unpriced(
            "a region that is not there", .notPriced, "instance: no price is known in the region 'eu-nowhere-9'", region: "eu-nowhere-9",
            #"resource "aws_instance" "a" { instance_type = "m5.large" }"#),
        Unpriced(
            "a region that the list lacks, though another one has a price", .notPriced,
            "gateway: no price is known for 'nat-gateway' in ap-southeast-4", region: "ap-southeast-4",
            #"resource "aws_nat_gateway" "a" { subnet_id = "s" }"#),
        Unpriced(
            "no region", .unknown, "its region is not known: the provider 'aws' names no region", region: nil,
            #"resource "aws_instance" "a" { instance_type = "m5.large" }"#),
        Unpriced(
            "a type that is known after apply", .unknown,
            "'instance_type' is not known: variable 'size' has no default and no value is given",
            """
            variable "size" {}
            resource "aws_instance" "a" { instance_type = var.size }
            """),
        Unpriced(
            "a number of them that is known after apply", .unknown,
            "how many there are is not known: variable 'n' has no default and no value is given",
            """
            variable "n" {}
            resource "aws_instance" "a" {
              count         = var.n
              instance_type = "m5.large"
            }
            """),
        Unpriced(
            "keys that are known after apply", .unknown, "how many there are is not known: known only after apply: aws_subnet.s.tags_all",
            """
            resource "aws_subnet" "s" {}
            resource "aws_instance" "a" {
              for_each      = aws_subnet.s.tags_all
              instance_type = "m5.large"
            }
            """),
        Unpriced(
            "a negative size", .notPriced, "'size' is -100, and what is priced is between 0 and 1000000000",
            """
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              size              = -100
            }
            """),
        Unpriced(
            "an absurd size", .notPriced, "'size' is 100000000000, and what is priced is between 0 and 1000000000",
            """
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              size              = 100000000000
            }
            """),
        Unpriced(
            "a size that is no number", .notPriced, "'size' is no number: large",
            """
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              size              = "large"
            }
            """),
        Unpriced(
            "a size of a snapshot", .unknown, "its size is that of its snapshot",
            """
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              snapshot_id       = "snap-1"
            }
            """),
        Unpriced(
            "a kind of volume that is not there", .notPriced, "volumes of type 'gp9' are not priced",
            """
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              size              = 10
              type              = "gp9"
            }
            """),
        Unpriced(
            "a template that is elsewhere", .unknown, "its launch template is not in this code",
            """
            resource "aws_instance" "a" {
              launch_template {
                id = "lt-123"
              }
            }
            """),
        Unpriced(
            "a spot machine", .notPriced, "instance: spot prices change by the hour, and no list has them",
            #"resource "aws_spot_instance_request" "a" { instance_type = "m5.large" }"#),
        Unpriced(
            "a custom machine of a family that the list has none of", .notPriced,
            "instance: no price is known for 'e2-custom-2-4096' in us-central1: of custom machine types the list has those of N1, N2 and N2D",
            #"""
            resource "google_compute_instance" "a" {
              zone         = "us-central1-a"
              machine_type = "e2-custom-2-4096"
            }
            """#),
        Unpriced(
            "a custom machine with more memory than its vCPUs come with", .notPriced,
            "instance: no price is known for 'custom-1-7680-ext': no list has prices of memory beyond what vCPUs come with",
            #"""
            resource "google_compute_instance" "a" {
              zone         = "us-central1-a"
              machine_type = "custom-1-7680-ext"
            }
            """#),
        Unpriced(
            "a zone of names in China, though others have a price", .notPriced,
            "hosted zone: no price is known in the region 'cn-north-1'",
            region: "cn-north-1", #"resource "aws_route53_zone" "a" { name = "example.com" }"#),
        Unpriced(
            "a table of a dataset that is elsewhere", .unknown,
            "its region is not known: it is that of its dataset, which is not in this code",
            #"""
            provider "google" {
              region = "us-central1"
            }
            resource "google_bigquery_table" "a" { dataset_id = "somebody_elses" }
            """#),
        Unpriced(
            "a type that nobody knows", .notPriced, "resources of type 'aws_quantum_fridge' are not priced",
            #"resource "aws_quantum_fridge" "a" {}"#),
        Unpriced(
            "what costs by use only", .usage, "it costs by use, and what it will use is not known",
            #"resource "aws_sqs_queue" "a" {}"#),
    ]

    @Test("is said, and not guessed", arguments: all)
    func reason(_ known: Unpriced) throws {
        let estimate = try Estimated.estimate(known.code, region: known.region)
        let resource = try #require(estimate.resources.first { $0.identity.address.hasSuffix(".a") })
        #expect(resource.status == known.status)
        #expect(resource.reason == known.reason)
        #expect(resource.monthly == nil)
        #expect(estimate.totals.monthly == .zero)
    }

    @Test(
        "is free where its type costs nothing",
        arguments: [
            "aws_iam_role", "aws_vpc", "aws_subnet", "google_storage_bucket_iam_member", "terraform_data", "azurerm_resource_group",
            "google_project_iam_member", "random_id",
        ])
    func free(type: String) throws {
        let estimate = try Estimated.estimate("resource \"\(type)\" \"a\" {}")
        #expect(estimate.resources.map(\.status) == [.free])
    }

    @Test("in part leaves an amount that says what it lacks")
    func inPart() throws {
        let code = """
            resource "aws_db_instance" "a" {
              engine            = "postgres"
              instance_class    = "db.t3.medium"
              allocated_storage = 20
            }
            """
        let estimate = try Estimated.estimate(code, region: "us-west-2")
        let resource = estimate.resources[0]
        #expect(resource.status == .priced)
        #expect(resource.monthly != nil)
        #expect(resource.reason == "without storage gp2: no price is known for 'GP2-Storage' in us-west-2")
    }

    @Test(
        "in part says which licence or card it lacks",
        arguments: [
            (
                """
                resource "azurerm_linux_virtual_machine" "a" {
                  location = "westeurope"
                  size     = "Standard_D2s_v3"
                  source_image_reference {
                    publisher = "RedHat"
                    offer     = "RHEL"
                    sku       = "9-lvm"
                  }
                }
                """, "without RHEL licence: no list has the prices of this image's licence"
            ),
            (
                """
                resource "azurerm_linux_virtual_machine" "a" {
                  location     = "westeurope"
                  size         = "Standard_D2s_v3"
                  license_type = "RHEL_BYOS"
                  source_image_reference {
                    publisher = "RedHat"
                    offer     = "RHEL"
                  }
                }
                """, nil
            ),
            (
                """
                resource "google_compute_instance" "a" {
                  zone         = "europe-west1-b"
                  machine_type = "n1-standard-4"
                  guest_accelerator {
                    type  = "nvidia-tesla-t4"
                    count = 1
                  }
                }
                """,
                "without GPU nvidia-tesla-t4: no price is known for 'nvidia-tesla-t4' in europe-west1: of cards beside machines the list has the "
                    + "K80 in us-central1; types such as a2 and g2 have theirs in their price"
            ),
            (
                """
                resource "google_compute_instance" "a" {
                  zone         = "us-central1-a"
                  machine_type = "n1-standard-4"
                  boot_disk {
                    initialize_params {
                      image = "windows-sql-cloud/sql-std-2019-win-2022"
                      size  = 50
                    }
                  }
                }
                """, "without SQL Server licence: no list has prices of SQL Server on Google's machines"
            ),
        ] as [(String, String?)])
    func licences(code: String, reason: String?) throws {
        let resource = try #require(try Estimated.estimate(code, region: nil).resources.first)
        #expect(resource.status == .priced)
        #expect(resource.reason == reason)
    }

    @Test("by the list's currency is not taken for the workspace's")
    func otherCurrency() throws {
        let estimate = try Estimated.estimate(
            #"resource "aws_instance" "a" { instance_type = "m5.large" }"#, currency: try #require(Currency("EUR")))
        #expect(estimate.resources[0].status == .notPriced)
        #expect(estimate.resources[0].reason == "instance: its price is in USD, and the workspace counts in EUR")
    }

    @Test("of a machine's own volume, which its image decides, is listed without an amount")
    func rootVolume() throws {
        let estimate = try Estimated.estimate(#"resource "aws_instance" "a" { instance_type = "m5.large" }"#)
        let volume = try #require(estimate.resources[0].components.first { $0.name == "root volume" })
        #expect(volume.quantity == nil)
        #expect(volume.monthly == nil)
        #expect(volume.unitPrice == FixedDecimal(exactly: "0.1"))
        #expect(volume.note == "its size is that of the image, which the code does not say")
    }
}
