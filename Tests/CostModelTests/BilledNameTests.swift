import CostModel
import Testing

@Suite("names under which resources are billed")
struct BilledNameTests {
    private static let azure = "/subscriptions/1A2B/resourceGroups/Pay/providers/Microsoft.Compute/virtualMachines/Api-1"

    @Test(
        "one resource has one comparable name, however bill and state write it",
        arguments: [
            (azure, azure.lowercased()), (azure, azure.uppercased()),
            (
                "projects/pay/zones/europe-west1-b/instances/api-1",
                "//compute.googleapis.com/projects/pay/zones/europe-west1-b/instances/api-1"
            ),
            (
                "projects/pay/zones/europe-west1-b/instances/api-1",
                "https://www.googleapis.com/compute/v1/projects/pay/zones/europe-west1-b/instances/api-1"
            ),
            (
                "//compute.googleapis.com/projects/441570621172/zones/europe-west4-a/disk/5731447681477044785",
                "//compute.googleapis.com/projects/pay/zones/europe-west4-a/disks/5731447681477044785"
            ),
            ("acme-logs", "//storage.googleapis.com/projects/_/buckets/acme-logs"),
            ("projects/pay/instances/ledger", "//cloudsql.googleapis.com/projects/pay/instances/ledger"),
            ("vol-0123456789abcdef0", "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0"),
            ("nat-0123456789abcdef0", "arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-0123456789abcdef0"),
            ("i-12345678", "arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-12345678"),
        ])
    func same(a: String, b: String) {
        #expect(BilledName.comparable(a) == BilledName.comparable(b))
        #expect(BilledName.comparable(BilledName.comparable(a)) == BilledName.comparable(a))
    }

    @Test(
        "what has no other form stays as it is",
        arguments: [
            "", "/", "//", "a", "arn:", "arn:aws:ec2:eu-west-1:111122223333:vpc/", "arn:aws:ec2:eu-west-1:1:key-pair/my-0123456",
            "arn:aws:rds:eu-west-1:111122223333:db:Ledger", "arn:aws:s3:::Acme-Logs", "https://sqs.eu-west-1.amazonaws.com/1/Jobs",
            "/aws/lambda/Pay", "//compute.googleapis.com/", "//example.com/projects/a/b/c", "i-0123456789abcdef0", "Acme-Logs",
        ])
    func own(name: String) { #expect(BilledName.comparable(name) == name) }

    @Test("two resources never share one")
    func different() {
        let names = [
            Self.azure, Self.azure + "2", "projects/a/zones/z/instances/x", "projects/b/zones/z/instances/x",
            "//compute.googleapis.com/projects/1/zones/z/disk/5731447681477044785",
            "//compute.googleapis.com/projects/1/zones/z/disk/5731447681477044786", "//pubsub.googleapis.com/projects/a/topics/5731447681",
            "//pubsub.googleapis.com/projects/b/topics/5731447681", "arn:aws:ec2:r:1:volume/vol-0123456789abcdef0",
            "arn:aws:ec2:r:1:key-pair/deploy-key", "arn:aws:ec2:r:2:key-pair/deploy-key",
        ]
        #expect(Set(names.map(BilledName.comparable)).count == names.count)
    }
}
