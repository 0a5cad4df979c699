import CostModel
import Testing

@testable import Observation

@Suite("what the cloud says is there")
struct CloudReaderTests {
    private func read(_ format: CloudFormat, _ texts: String...) throws -> (CloudInventory, [String]) {
        let folder = try TemporaryFolder()
        for (index, text) in texts.enumerated() { try folder.write("\(index).json", text) }
        let source = CloudSource(name: "c", place: Place(file: "bursar.yaml", line: 12), format: format, paths: ["*"])
        let (inventory, _, problems) = CloudReader.read([source], directory: folder.path, now: Instant(seconds: 0))
        return (inventory, problems.map(BillFolder.line))
    }

    @Test("is read from the tagging API, over several files")
    func tagging() throws {
        let (inventory, problems) = try read(
            .awsTagging,
            """
            {"ResourceTagMappingList": [
              {"ResourceARN": "arn:a", "Tags": [{"Key": "team", "Value": "pay"}, {"Key": "empty", "Value": ""}]},
              {"ResourceARN": "arn:b", "Tags": [], "ComplianceDetails": {"ComplianceStatus": true}}
            ], "PaginationToken": ""}
            """, #"{"ResourceTagMappingList": [{"ResourceARN": "arn:c", "Tags": [{"Key": "x", "Value": "y"}]}]}"#)
        #expect(problems.isEmpty)
        #expect(
            inventory.entries == [
                "arn:a": .init(tags: ["team": "pay", "empty": ""]), "arn:b": .init(tags: [:]), "arn:c": .init(tags: ["x": "y"]),
            ])
    }

    @Test("is read from AWS Config: tags, types and volumes, by arn and id")
    func config() throws {
        let (inventory, problems) = try read(
            .awsConfig,
            #"""
            {"fileVersion": "1.0", "configSnapshotId": "s", "configurationItems": [
              {"resourceType": "AWS::EC2::Instance", "resourceId": "i-1", "ARN": "arn:i-1", "configurationItemStatus": "OK",
               "tags": {"team": "pay"}, "configuration": {"instanceType": "m5.large", "tags": [{"key": "team"}]}},
              {"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "tags": {},
               "configuration": "{\"volumeType\": \"gp3\", \"size\": 100, \"iops\": 3000}"},
              {"resourceType": "AWS::EC2::Instance", "resourceId": "i-2", "configurationItemStatus": "ResourceDeleted", "tags": {}, "configuration": null},
              {"resourceType": "AWS::Lambda::Function", "resourceId": "f", "tags": null, "configuration": {"size": 3}}
            ]}
            """#)
        #expect(problems.isEmpty)
        let instance = CloudInventory.Entry(tags: ["team": "pay"], arguments: ["instance_type": "m5.large"])
        #expect(
            inventory.entries == [
                "i-1": instance, "arn:i-1": instance,
                "vol-1": .init(tags: [:], arguments: ["type": "gp3", "size": "100", "iops": "3000"]), "f": .init(),
            ])
    }

    @Test("of an instance's root device stands with its volume")
    func rootDevice() throws {
        let (inventory, problems) = try read(
            .awsConfig,
            #"""
            {"configurationItems": [
              {"resourceType": "AWS::EC2::Instance", "resourceId": "i-1", "tags": {}, "configuration": {"instanceType": "m5.large",
                "rootDeviceName": "/dev/xvda", "blockDeviceMappings": [{"deviceName": "/dev/sdb", "ebs": {"volumeId": "vol-2"}},
                  {"deviceName": "/dev/xvda", "ebs": {"volumeId": "vol-1"}}]}},
              {"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "tags": {}, "configuration": {"volumeType": "gp3", "size": 80}},
              {"resourceType": "AWS::EC2::Volume", "resourceId": "vol-2", "tags": {}, "configuration": {"volumeType": "io2", "size": 9}}
            ]}
            """#)
        #expect(problems.isEmpty)
        #expect(
            inventory.entries["i-1"]?.arguments == [
                "instance_type": "m5.large", "root_block_device.volume_type": "gp3", "root_block_device.volume_size": "80",
            ])
    }

    @Test("is read from Azure's Resource Graph: tags, sizes and disks, whatever the case of ids")
    func azure() throws {
        let (inventory, problems) = try read(
            .azureGraph,
            #"""
            {"count": 3, "data": [
              {"id": "/subscriptions/S/resourceGroups/RG/vm", "type": "Microsoft.Compute/virtualMachines", "tags": {"team": "pay"},
               "properties": {"hardwareProfile": {"vmSize": "Standard_D2s_v3"}, "storageProfile": {"osDisk": {"diskSizeGB": 64}}}},
              {"id": "/subscriptions/S/disk", "type": "microsoft.compute/disks", "tags": null, "sku": {"name": "Premium_LRS"},
               "properties": {"diskSizeGB": 128}},
              {"id": "/subscriptions/S/other", "type": "microsoft.storage/storageaccounts"}
            ], "skip_token": null, "total_records": 3}
            """#)
        #expect(problems.isEmpty)
        #expect(
            inventory.entries == [
                "/subscriptions/s/resourcegroups/rg/vm": .init(
                    tags: ["team": "pay"],
                    arguments: ["size": "Standard_D2s_v3", "vm_size": "Standard_D2s_v3", "os_disk.disk_size_gb": "64"]),
                "/subscriptions/s/disk": .init(tags: [:], arguments: ["disk_size_gb": "128", "storage_account_type": "Premium_LRS"]),
                "/subscriptions/s/other": .init(),
            ])
    }

    @Test("is read from Google's assets, as a list with data and as a search")
    func google() throws {
        let (inventory, problems) = try read(
            .googleAssets,
            #"""
            [{"name": "//compute.googleapis.com/projects/p/zones/z/instances/i", "assetType": "compute.googleapis.com/Instance",
              "resource": {"data": {"machineType": "https://www.googleapis.com/compute/v1/projects/p/zones/z/machineTypes/e2-medium",
                "labels": {"team": "pay"}}}},
             {"name": "//compute.googleapis.com/projects/p/zones/z/disks/d", "assetType": "compute.googleapis.com/Disk",
              "resource": {"data": {"sizeGb": "50", "type": "https://www.googleapis.com/compute/v1/projects/p/zones/z/diskTypes/pd-ssd"}}}]
            """#,
            #"""
            [{"name": "//compute.googleapis.com/projects/p/zones/z/instances/j", "assetType": "compute.googleapis.com/Instance",
              "labels": {"env": "prod"}, "additionalAttributes": {"machineType": "n1-standard-1"}},
             {"name": "//compute.googleapis.com/projects/p/zones/z/instances/k", "assetType": "compute.googleapis.com/Instance"}]
            """#)
        #expect(problems.isEmpty)
        #expect(
            inventory.entries == [
                "projects/p/zones/z/instances/i": .init(tags: ["team": "pay"], arguments: ["machine_type": "e2-medium"]),
                "projects/p/zones/z/disks/d": .init(tags: [:], arguments: ["size": "50", "type": "pd-ssd"]),
                "projects/p/zones/z/instances/j": .init(tags: ["env": "prod"], arguments: ["machine_type": "n1-standard-1"]),
                "projects/p/zones/z/instances/k": .init(),
            ])
    }

    @Test(
        "is partial where it is not whole, or something else",
        arguments: [
            (CloudFormat.awsTagging, #"{"ResourceTagMappingList": [], "PaginationToken": "x"}"#, "another page follows"),
            (.awsTagging, "{}", "'ResourceTagMappingList' is missing"),
            (.awsTagging, #"{"ResourceTagMappingList": [{"Tags": []}]}"#, "a resource without an arn"),
            (.awsTagging, #"{"ResourceTagMappingList": [{"ResourceARN": "#, "the text ends too early"),
            (.awsConfig, "[]", "expected an object"), (.awsConfig, "{}", "'configurationItems' is missing"),
            (.awsConfig, #"{"configurationItems": [{"tags": {"a": 1}}]}"#, "expected a string"),
            (.azureGraph, #"{"data": [], "skip_token": "x"}"#, "another page follows"),
            (.azureGraph, #"{"data": [{"id": "x"}]}"#, "no 'type'"), (.azureGraph, "3", "no answer of Resource Graph"),
            (.googleAssets, "{}", "no list of assets"), (.googleAssets, #"[{"name": "x"}]"#, "no 'assetType'"),
        ])
    func gaps(format: CloudFormat, text: String, problem: String) throws {
        let (_, problems) = try read(format, text)
        #expect(problems.count == 1 && problems[0].contains(": partial ") && problems[0].contains(problem), "\(problems)")
    }

    @Test("stands in a snapshot as it was read, and one without it is read as before")
    func snapshot() throws {
        var snapshot = Snapshots.small
        let without = try SnapshotWriter.bytes(of: snapshot, version: "1")
        #expect(try SnapshotReader.read(without).cloud == nil)
        snapshot.cloud = CloudInventory(entries: [
            "i-1": .init(tags: ["team": "a \"b\""], arguments: ["instance_type": "m5.large"]), "vol-1": .init(arguments: ["size": "1"]),
            "x": .init(tags: [:]),
        ])
        snapshot.cloudProblems = [ObservationProblem(.partial, id: "partial-cloud", file: "c.json", "another page follows")]
        let bytes = try SnapshotWriter.bytes(of: snapshot, version: "1")
        #expect(try SnapshotReader.read(bytes) == snapshot)
        #expect(snapshot.folded().cloud?.entries.keys.sorted() == ["i-1"])
        #expect(snapshot.problems.contains { $0.id == "partial-cloud" })
    }
}
